"""What the associates must see of payments: unknown results, contradictions, pieces that were sold twice.

Read from the journal: nothing that is not final and older than its limit is absent.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any, Final

from kiosk.clock import US
from kiosk.core.domain.follow_up import WholeFollowUp
from kiosk.core.domain.follow_up_kind import FollowUpKind
from kiosk.core.domain.ids import OrderId
from kiosk.core.domain.payment import Attempt, Order, OrderLine, PaymentState
from kiosk.core.domain.refund import Refund, RefundState
from kiosk.core.domain.terminal_events import ANSWERED, PARTIAL
from kiosk.store.errors import NotFoundError
from kiosk.store.floor.event_hub import FLOOR_TOPIC
from kiosk.store.floor.shop_floor import ShopFloor
from kiosk.store.payments.context import PaymentContext
from kiosk.store.payments.desk_tasks.desk_task import TaskKind, UnsettledTransaction
from kiosk.store.payments.follow_ups import FollowUps
from kiosk.store.payments.foreign_sales import ForeignSale, log_foreign_sale
from kiosk.store.payments.ledger.open_keys import TASK, TaskState
from kiosk.store.payments.settlement import TransactionChanged
from kiosk.store.staff.associates import Associate

OVERDUE_US: Final = 60 * US
"""A payment that is still waiting this long after the terminal must have ended it is shown as overdue."""


class DeskTasks:
    """The list of the desk. Safe to use from any thread."""

    def __init__(self, context: PaymentContext, floor: ShopFloor, follow_ups: FollowUps) -> None:
        self._book, self._refunds, self._ledger = context.book, context.refund_book, context.book.ledger
        self._floor, self._follow_ups, self._hub = floor, follow_ups, context.hub
        self._writer, self._now = context.writer, context.now_us
        self._ages, self._overdue_us = context.ages, context.timeouts.wait_for_card_us + OVERDUE_US

    def all(self) -> tuple[UnsettledTransaction, ...]:
        """Every task, the oldest first. A charge that is given back is one task: that of its void or refund while that
        has no reply."""
        asked = [f for f in self._follow_ups.book.unfinished() if self._of_follow_up(f) is not None]
        followed = frozenset(f.attempt for f in asked)
        found = [*self._payments(followed), *self._paid_back(), *self._followed(asked), *self._sales()]
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

    def paid_out(self, refund: Refund) -> None:
        """Journals that a piece was paid back whose sale is taken back; in the transaction that takes it back."""
        body = {
            "order": refund.order_id, "piece": refund.piece, "by": refund.key, "at_us": self._now(),
            "task": TaskKind.PAID_OUT.value,
        }  # fmt: skip
        self._put(_key_of(body), body, TaskState.OPEN)

    def is_journaled(self, key: str) -> bool:
        """Whether the key is that of an open task that no transaction stands for: it is closed by being seen."""
        return any(one["key"] == key for one in self._open())

    def close(self, key: str, who: Associate) -> None:
        """An associate has dealt with a task that no transaction stands for. Raises NotFoundError."""
        with self._writer:
            body = self._ledger.last(TASK, key=key)
            if body is None:
                raise NotFoundError("there is no such task")
            self._put(key, {**body, "closed_by": who.associate_id}, TaskState.CLOSED)

    def _payments(self, followed: Collection[str]) -> Iterator[UnsettledTransaction]:
        for attempt in self._book.unfinished():
            kind, acts = self._of_attempt(attempt)
            if kind is TaskKind.UNWANTED and not acts and attempt.key in followed:
                continue
            order = self._book.order(attempt.order_id)
            if kind is not None and order is not None:
                yield UnsettledTransaction(
                    attempt.key, order.order_id, self._floor.title(order.room), order.lines, attempt.collected,
                    attempt.terminal or self._book.terminal(attempt.key), acts, attempt.changed_us, task=kind,
                    why=_why(attempt), said_done=attempt.state in (PaymentState.PAID, PaymentState.REVERSED),
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
            case PaymentState.KEYED | PaymentState.SENT if self._is_overdue(attempt.key, attempt.changed_us):
                return TaskKind.OVERDUE, False
            case _:
                return None, False

    def _paid_back(self) -> Iterator[UnsettledTransaction]:
        for refund in self._refunds.unfinished():
            kind, order = self._of_follow_up(refund), self._book.order_now(refund.order_id)
            if kind is not None and order is not None:
                lines = tuple(li for li in order.lines if li.piece == refund.piece)
                yield self._shown(refund, order, lines, kind, None)

    def _followed(self, found: Iterable[WholeFollowUp]) -> Iterator[UnsettledTransaction]:
        for follow_up in found:
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
            case RefundState.KEYED if self._is_overdue(found.key, found.changed_us):
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
            order = self._book.order_now(OrderId(task["order"]))
            if order is not None:
                lines = tuple(li for li in order.lines if li.piece == task["piece"])
                kind = _kind_of(task)
                amount = (
                    (lines[0].price if kind is TaskKind.FOREIGN_SALE else lines[0].paid)
                    if lines
                    else order.total
                )
                yield UnsettledTransaction(
                    task["key"], order.order_id, self._floor.title(order.room), lines, amount, "", parked=True,
                    since_us=task["at_us"], task=kind, why=task["by"],
                )  # fmt: skip

    def _open(self) -> tuple[dict[str, Any], ...]:
        bodies = self._ledger.open_entries(TASK)
        return tuple({**body, "key": _key_of(body)} for body in bodies)

    def _put(self, key: str, body: dict[str, Any], state: TaskState) -> None:
        order_id = OrderId(body["order"])
        self._ledger.append(TASK, order_id, body, self._now(), key=key, state=state.value)
        self._hub.publish(FLOOR_TOPIC, TransactionChanged(order_id, key, state.value))

    def _is_overdue(self, key: str, changed_us: int) -> bool:
        waited_s = self._ages.waited_s(key)
        if waited_s is not None:
            return waited_s * US > self._overdue_us
        # of an earlier run; also where the clock was set back meanwhile, so that nobody knows how long it waits
        return abs(self._now() - changed_us) > self._overdue_us


def _task_key(order_id: str, piece: str) -> str:
    return f"{order_id}|{piece}"


def _why(attempt: Attempt) -> str:
    """Code of the reason; PARTIAL also where a person had called the whole amount charged."""
    partly = attempt.contradicted and attempt.state is PaymentState.PAID and attempt.charged is not None
    return PARTIAL if partly else attempt.why


def _kind_of(body: dict[str, Any]) -> TaskKind:
    """A task of earlier versions names no kind."""
    return TaskKind(body.get("task", TaskKind.FOREIGN_SALE.value))


def _key_of(body: dict[str, Any]) -> str:
    key = _task_key(body["order"], body["piece"])
    return key if _kind_of(body) is TaskKind.FOREIGN_SALE else f"{key}|{body['task']}"
