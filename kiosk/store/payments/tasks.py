"""What the associates must see of payments: unknown results, contradictions, pieces that were sold twice.

Read from the journal: nothing that is not final and older than its limit is absent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, unique
from typing import Any, Final

from kiosk.clock import US
from kiosk.core.domain.follow_up import WholeFollowUp
from kiosk.core.domain.follow_up_kind import FollowUpKind
from kiosk.core.domain.ids import OrderId
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import Attempt, Order, OrderLine, PaymentState
from kiosk.core.domain.refund import Refund, RefundState
from kiosk.core.domain.terminal_events import ANSWERED
from kiosk.store.errors import NotFoundError
from kiosk.store.floor.event_hub import FLOOR_TOPIC
from kiosk.store.floor.shop_floor import ShopFloor
from kiosk.store.payments.context import PaymentContext
from kiosk.store.payments.follow_ups import FollowUps
from kiosk.store.payments.foreign_sales import ForeignSale, log_foreign_sale
from kiosk.store.payments.ledger.open_keys import TASK, TaskState
from kiosk.store.payments.settlement import TransactionChanged
from kiosk.store.staff.associates import Associate

OVERDUE_US: Final = 60 * US
"""A payment that is still waiting this long after the terminal must have ended it is shown as overdue."""


@unique
class TaskKind(Enum):
    """Why it is shown."""

    ASKED = "asked"
    """No reply came; the store asks the terminal."""
    OVERDUE = "overdue"
    """The terminal should have ended it by now."""
    PARKED = "parked"
    """The terminal does not say what became of it: look at the terminal, then settle it."""
    UNWANTED = "unwanted"
    """Charged although it was cancelled or collected otherwise, or in part only; it is voided or paid back, by hand if
    the terminal cannot."""
    CONTRADICTION = "contradiction"
    """The terminal contradicts what a person said."""
    CAPTURE = "capture"
    """Paid, but the amount is not collected yet; the terminal has refused to."""
    FOREIGN_SALE = "foreign-sale"
    """A piece of a paid order was already sold by another order."""


@unique
class TaskAnswer(Enum):
    """What an associate says of a task. Each answer has one meaning; each task takes only those in its `answers`."""

    CHARGED = "charged"
    """The terminal has collected the amount."""
    NOT_CHARGED = "not-charged"
    """The terminal has collected nothing."""
    PAID_BACK = "paid-back"
    """The terminal has paid the amount back, or has voided the charge."""
    NOT_PAID_BACK = "not-paid-back"
    """The terminal has paid nothing back, and has voided nothing."""
    CAPTURED = "captured"
    """The terminal has taken the authorised amount."""
    NOT_CAPTURED = "not-captured"
    """The terminal has not taken the authorised amount."""
    GIVEN_BACK = "given-back"
    """The associate has given the money back by hand."""
    KEEPS_PIECES = "keeps-pieces"
    """The shopper has the pieces: what was charged pays for them."""
    GIVE_BACK = "give-back"
    """The shopper has not got the pieces: what was charged is to be given back."""
    COLLECTED_OTHERWISE = "collected-otherwise"
    """The associate has collected an amount otherwise that the terminal has not taken."""
    SEEN = "seen"
    """The associate knows of it; nothing changes."""

    @property
    def says_done(self) -> bool:
        """Whether it says that money was moved, or is to stay where it is (`SettledByAssociate.done`)."""
        return self not in _NOT_DONE


_NOT_DONE: Final = frozenset(
    {TaskAnswer.NOT_CHARGED, TaskAnswer.NOT_PAID_BACK, TaskAnswer.NOT_CAPTURED, TaskAnswer.GIVE_BACK}
)


@dataclass(frozen=True, slots=True)
class UnsettledTransaction:
    """A payment, a refund (then `refund` is set) or a sale that an associate must see.

    `parked`: an associate must act. `since_us` is the time of its last change, `said_done` what a person has said of
    it, `why` a short code. `follow_up`: a capture, void or refund of the whole charge. `second_person`: the answer that
    money was moved needs a second associate.
    """

    key: str
    order_id: OrderId
    where: str
    lines: tuple[OrderLine, ...]
    amount: Money
    terminal: str
    parked: bool
    since_us: int
    refund: bool = False
    task: TaskKind = TaskKind.ASKED
    why: str = ""
    said_done: bool = False
    follow_up: FollowUpKind | None = None
    second_person: bool = False

    @property
    def answers(self) -> tuple[TaskAnswer, ...]:
        """What an associate may say of it; none while the store works on it."""
        if not self.parked:
            return ()
        match self.task:
            case TaskKind.UNWANTED:
                return (TaskAnswer.GIVEN_BACK,)
            case TaskKind.CONTRADICTION if not (self.refund or self.said_done):
                return TaskAnswer.KEEPS_PIECES, TaskAnswer.GIVE_BACK
            case TaskKind.CONTRADICTION if not self.refund:
                return TaskAnswer.COLLECTED_OTHERWISE, TaskAnswer.NOT_CHARGED
            case TaskKind.CAPTURE:
                return (TaskAnswer.COLLECTED_OTHERWISE,)
            case TaskKind.PARKED if self.follow_up is FollowUpKind.CAPTURE:
                return TaskAnswer.CAPTURED, TaskAnswer.NOT_CAPTURED
            case TaskKind.PARKED if self.refund:
                return TaskAnswer.PAID_BACK, TaskAnswer.NOT_PAID_BACK
            case TaskKind.PARKED:
                return TaskAnswer.CHARGED, TaskAnswer.NOT_CHARGED
            case _:
                return (TaskAnswer.SEEN,)


class DeskTasks:
    """The list of the desk. Safe to use from any thread."""

    def __init__(self, context: PaymentContext, floor: ShopFloor, follow_ups: FollowUps) -> None:
        self._book, self._refunds, self._ledger = context.book, context.refund_book, context.book.ledger
        self._floor, self._follow_ups, self._hub = floor, follow_ups, context.hub
        self._writer, self._now = context.writer, context.now_us
        self._overdue_us = context.timeouts.wait_for_card_us + OVERDUE_US

    def all(self) -> tuple[UnsettledTransaction, ...]:
        """Every task, the oldest first."""
        found = [*self._payments(), *self._paid_back(), *self._followed(), *self._sales()]
        return tuple(sorted(found, key=lambda one: one.since_us))

    def task(self, key: str) -> UnsettledTransaction | None:
        """The task about a payment, refund or sale; None if there is none."""
        return next((one for one in self.all() if one.key == key), None)

    def foreign_sale(self, sale: ForeignSale) -> None:
        """Journals that a piece of a paid order was sold by another order; once for each."""
        key = _task_key(sale.order_id, sale.piece)
        with self._writer:
            if self._ledger.last(TASK, key=key) is not None:
                return
            log_foreign_sale(sale)
            body = {"order": sale.order_id, "piece": sale.piece, "by": sale.by_order, "at_us": self._now()}
            self._put(key, body, TaskState.OPEN)

    def is_foreign_sale(self, key: str) -> bool:
        """Whether the key is that of an open task about a piece that was sold twice."""
        return any(one["key"] == key for one in self._open())

    def close(self, key: str, who: Associate) -> None:
        """An associate has dealt with a piece that was sold twice. Raises NotFoundError."""
        with self._writer:
            body = self._ledger.last(TASK, key=key)
            if body is None:
                raise NotFoundError("there is no such task")
            self._put(key, {**body, "closed_by": who.associate_id}, TaskState.CLOSED)

    def _payments(self) -> Iterator[UnsettledTransaction]:
        for attempt in self._book.unfinished():
            kind, acts = self._of_attempt(attempt)
            order = self._book.order(attempt.order_id)
            if kind is not None and order is not None:
                yield UnsettledTransaction(
                    attempt.key, order.order_id, self._floor.title(order.room), order.lines, attempt.collected,
                    attempt.terminal or self._book.terminal(attempt.key), acts, attempt.changed_us, task=kind,
                    why=attempt.why, said_done=attempt.state in (PaymentState.PAID, PaymentState.REVERSED),
                    refund=attempt.state is PaymentState.REVERSED,
                )  # fmt: skip

    def _of_attempt(self, attempt: Attempt) -> tuple[TaskKind | None, bool]:
        """What an attempt is shown as (None: not), and whether an associate must act."""
        if attempt.contradicted:
            twice = attempt.why == ANSWERED and not attempt.provisional and attempt.state is PaymentState.PAID
            return (TaskKind.UNWANTED if twice else TaskKind.CONTRADICTION), True
        match attempt.state:
            case PaymentState.UNWANTED:
                return TaskKind.UNWANTED, self._follow_ups.is_stuck(attempt)
            case PaymentState.PARKED:
                return TaskKind.PARKED, True
            case PaymentState.UNSURE:
                return TaskKind.ASKED, False
            case PaymentState.PAID if not attempt.captured and self._follow_ups.is_stuck(attempt):
                return TaskKind.CAPTURE, True
            case PaymentState.KEYED | PaymentState.SENT if self._is_overdue(attempt.changed_us):
                return TaskKind.OVERDUE, False
            case _:
                return None, False

    def _paid_back(self) -> Iterator[UnsettledTransaction]:
        for refund in self._refunds.unfinished():
            kind, order = self._of_follow_up(refund), self._book.order_now(refund.order_id)
            if kind is not None and order is not None:
                lines = tuple(li for li in order.lines if li.piece == refund.piece)
                yield self._shown(refund, order, lines, kind, None)

    def _followed(self) -> Iterator[UnsettledTransaction]:
        for follow_up in self._follow_ups.book.unfinished():
            kind, order = self._of_follow_up(follow_up), self._book.order(follow_up.order_id)
            if kind is not None and order is not None:
                yield self._shown(follow_up, order, order.lines, kind, follow_up.kind)

    def _of_follow_up(self, found: Refund | WholeFollowUp) -> TaskKind | None:
        if found.contradicted:
            return TaskKind.CONTRADICTION
        match found.state:
            case RefundState.PARKED:
                return TaskKind.PARKED
            case RefundState.UNSURE:
                return TaskKind.ASKED
            case RefundState.KEYED if self._is_overdue(found.changed_us):
                return TaskKind.OVERDUE
            case _:
                return None

    def _shown(
        self, found: Refund | WholeFollowUp, order: Order, lines: tuple[OrderLine, ...], kind: TaskKind,
        follow_up: FollowUpKind | None,
    ) -> UnsettledTransaction:  # fmt: skip
        acts = kind in (TaskKind.PARKED, TaskKind.CONTRADICTION)
        return UnsettledTransaction(
            found.key, order.order_id, self._floor.title(order.room), lines, found.amount, found.terminal, acts,
            found.changed_us, refund=True, task=kind, why=found.why, said_done=found.state is RefundState.DONE,
            follow_up=follow_up,
        )  # fmt: skip

    def _sales(self) -> Iterator[UnsettledTransaction]:
        for task in self._open():
            order = self._book.order(OrderId(task["order"]))
            if order is not None:
                lines = tuple(li for li in order.lines if li.piece == task["piece"])
                amount = lines[0].price if lines else order.total
                yield UnsettledTransaction(
                    task["key"], order.order_id, self._floor.title(order.room), lines, amount, "", parked=True,
                    since_us=task["at_us"], task=TaskKind.FOREIGN_SALE, why=task["by"],
                )  # fmt: skip

    def _open(self) -> tuple[dict[str, Any], ...]:
        bodies = self._ledger.open_entries(TASK)
        return tuple({**body, "key": _task_key(body["order"], body["piece"])} for body in bodies)

    def _put(self, key: str, body: dict[str, Any], state: TaskState) -> None:
        order_id = OrderId(body["order"])
        self._ledger.append(TASK, order_id, body, self._now(), key=key, state=state.value)
        self._hub.publish(FLOOR_TOPIC, TransactionChanged(order_id, key, state.value))

    def _is_overdue(self, changed_us: int) -> bool:
        # also where the clock was set back meanwhile, so that nobody knows how long it waits
        return abs(self._now() - changed_us) > self._overdue_us


def _task_key(order_id: str, piece: str) -> str:
    return f"{order_id}|{piece}"
