"""What associates take at the shop's own terminal: the list, who began it, what came of it, and who confirmed it.

An entry is journaled before the driver learns of it. If the store is killed in between, the journaled entry is used
when the payment comes back into the list.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo

from kiosk.connectors.payments.attended import (
    AttendedEntryError,
    AttendedTask,
    AttendedTerminal,
    is_attended,
)
from kiosk.core.domain.ids import AssociateId, OrderId
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import Attempt, OrderLine, PaymentState
from kiosk.core.domain.refund import Refund, RefundState
from kiosk.store.errors import (
    NotFoundError,
    PinDueError,
    RefusedError,
    SecondPersonError,
    UnauthenticatedError,
)
from kiosk.store.floor.event_hub import FLOOR_TOPIC
from kiosk.store.floor.shop_floor import ShopFloor
from kiosk.store.payments.context import PaymentContext
from kiosk.store.payments.desk_tasks.desk_task import UnsettledTransaction
from kiosk.store.payments.settlement import TransactionChanged
from kiosk.store.staff.associates import Associate, AssociateAccounts
from kiosk.store.staff.pin_tries import at_the_desk

log = logging.getLogger(__name__)
ENTERED = "attended"
"""Kind of the ledger entry: what an associate entered, who it was, and who confirmed it."""


@dataclass(frozen=True, slots=True)
class AttendedPayment:
    """A payment, or a refund (then `refund` is set), that an associate takes at the terminal of that name.

    `reference`: the number of the payment that is paid back. `begun`: somebody has taken it to the terminal.
    `cancel_wanted`: the shopper does not wait for it any more. `second_person`: its entry needs a second associate.
    """

    key: str
    order_id: OrderId
    terminal: str
    where: str
    lines: tuple[OrderLine, ...]
    amount: Money
    refund: bool
    reference: str
    begun: bool
    cancel_wanted: bool
    second_person: bool
    since_us: int


@dataclass(frozen=True, slots=True)
class SecondPerson:
    """The associate who confirms an entry above the limit."""

    associate_id: AssociateId
    pin: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What came of it at the terminal: done or not, and the number of the terminal's slip if it is done."""

    done: bool
    number: str = ""
    day: str = ""
    """The shop's day (ISO 8601) on which it was entered; empty in entries of earlier versions."""


class AttendedDesk:
    """The payments and refunds of all attended terminals. Safe to use from any thread."""

    def __init__(
        self, context: PaymentContext, floor: ShopFloor, accounts: AssociateAccounts, *,
        second_person_above: int | None, query: Callable[[str], object], zone: tzinfo = UTC,
    ) -> None:  # fmt: skip
        self._zone = zone
        self._book, self._refunds, self._floor, self._accounts = (
            context.book, context.refund_book, floor, accounts,
        )  # fmt: skip
        self._now, self._writer, self._hub = context.now_us, context.writer, context.hub
        self._above, self._query = second_person_above, query
        self._terminals = {
            name: driver
            for name, driver in context.terminals.drivers.items()
            if isinstance(driver, AttendedTerminal)
        }
        for terminal in self._terminals.values():
            terminal.on_change = self._publish

    def waiting(self) -> tuple[AttendedPayment, ...]:
        """What waits for an associate, the oldest first."""
        found = []
        for name, terminal, task in self._tasks():
            if self._result(task.key) is not None:
                terminal.drop(task.key)
                continue
            if (entered := self._entered(task)) is not None:
                self._finish(terminal, task, entered)
                continue
            found.append(self._payment(name, task))
        return tuple(sorted(found, key=lambda one: one.since_us))

    def begin(self, key: str, who: Associate) -> None:
        """An associate takes it to the terminal. Raises NotFoundError, RefusedError."""
        terminal, _ = self._task(key)
        with _as_refusal():
            terminal.begin(key)
        log.info("attended %s is begun by %s", key, who.associate_id)

    def enter(self, key: str, who: Associate, entry: Entry, second: SecondPerson | None = None) -> None:
        """Ends it with what came of it at the terminal.

        Raises NotFoundError; RefusedError, also if the settlement has said something else; SecondPersonError without a
        valid second associate above the limit; LockedOutError for too many wrong PINs.
        """
        terminal, task = self._task(key)
        entry = replace(entry, day=self.day_of(self._now()))
        with _as_refusal():
            reference = terminal.check(key, done=entry.done, number=entry.number, day=entry.day)
        if reference and self._book.owner_of(terminal.identity, reference) not in ("", key):
            raise RefusedError("this number was entered for another payment of the same day")
        confirmed_by = self.confirmed(task.amount, who, second) if entry.done else None
        with self._writer:  # also while it is applied: what the settlement says comes before or after it
            self._check_result(key, entry)
            before = self._entered(task)
            if before is not None and (before.done, before.number) != (entry.done, entry.number):
                raise RefusedError("another associate has entered something else meanwhile")
            if before is None:
                body = {
                    "done": entry.done,
                    "number": entry.number,
                    "day": entry.day,
                    "by": who.associate_id,
                    "second": confirmed_by,
                }
                self._book.ledger.append(ENTERED, task.order_id, body, self._now(), key=key)
            entry = before or entry
            done = "done" if entry.done else "not done"
            log.info("attended %s was entered by %s: %s", key, who.associate_id, done)
            self._finish(terminal, task, entry)

    def _check_result(self, key: str, entry: Entry) -> None:
        """Raises RefusedError for an entry that would change nothing any more."""
        result = self._result(key)
        if result is not None and result is not entry.done:
            ended = "done" if result else "not done"
            raise RefusedError(
                f"it has ended meanwhile as {ended}; answer its task at the desk, or correct it at the terminal's "
                "service"
            )

    def _finish(self, terminal: AttendedTerminal, task: AttendedTask, entry: Entry) -> None:
        with _as_refusal():
            terminal.enter(task.key, done=entry.done, number=entry.number, day=entry.day)
        if not terminal.is_presented(task.key):
            self._query(task.key)

    def word(
        self, task: UnsettledTransaction, who: Associate, second: SecondPerson | None, number: str
    ) -> str:
        """Checks that money was moved at an attended terminal, as said of a task of the desk; the reference of it.

        Of other terminals the number as it is. Raises SecondPersonError, LockedOutError.
        """
        one = self._attended(task)
        if one is None:
            return number
        self.confirmed(task.amount, who, second)
        number = " ".join(number.split())
        return f"{number} {self.day_of(one.sent_us or one.changed_us)}" if number else ""

    def needs_second(self, task: UnsettledTransaction) -> bool:
        """Whether the word that money was moved, as said of a task of the desk, needs a second associate."""
        return self._needs_second(task.amount) and self._attended(task) is not None

    def _attended(self, task: UnsettledTransaction) -> Attempt | Refund | None:
        """The payment or refund of a task; None if it was sent to a terminal that is asked by the store."""
        one = self._book.attempt(task.key) or self._refunds.refund(task.key)
        return one if one is not None and is_attended(one.terminal_id) else None

    def day_of(self, at_us: int) -> str:
        """The shop's day of a time, ISO 8601."""
        return f"{datetime.fromtimestamp(at_us / 1e6, self._zone):%Y-%m-%d}"

    def confirmed(self, amount: Money, who: Associate, second: SecondPerson | None) -> AssociateId | None:
        """The second associate, who confirms that this amount was moved; None where none is needed.

        Raises SecondPersonError, LockedOutError.
        """
        if not self._needs_second(amount):
            return None
        if second is None or second.associate_id == who.associate_id:
            raise SecondPersonError("above the shop's limit a second associate confirms this with a PIN")
        counted = at_the_desk(who.associate_id, second.associate_id)
        try:
            found = self._accounts.verified(counted, second.pin, self._accounts.clock()).associate_id
        except (UnauthenticatedError, PinDueError) as error:
            raise SecondPersonError(f"the second associate: {error}") from error
        if found == who.associate_id:
            raise SecondPersonError("the second associate must be another person")
        return found

    def _needs_second(self, amount: Money) -> bool:
        return self._above is not None and amount.minor > self._above

    def _result(self, key: str) -> bool | None:
        """Whether money was moved; None while it is not known, or only a person has said it: then an entry counts."""
        attempt = self._book.attempt(key)
        if attempt is not None:
            open_ = attempt.state.is_open and attempt.state is not PaymentState.UNWANTED
            return None if attempt.provisional or open_ else not _not_charged(attempt)
        refund = self._refunds.refund(key)
        return None if refund is None or refund.is_asked_for else refund.state is RefundState.DONE

    def _entered(self, task: AttendedTask) -> Entry | None:
        body = self._book.ledger.last(ENTERED, key=task.key)
        if body is None:
            return None
        return Entry(bool(body["done"]), str(body["number"]), str(body.get("day", "")))

    def _tasks(self) -> Iterator[tuple[str, AttendedTerminal, AttendedTask]]:
        for name, terminal in self._terminals.items():
            for task in terminal.tasks():
                yield name, terminal, task

    def _task(self, key: str) -> tuple[AttendedTerminal, AttendedTask]:
        for _, terminal, task in self._tasks():
            if task.key == key:
                return terminal, task
        raise NotFoundError("this payment does not wait for an associate any more")

    def _payment(self, name: str, task: AttendedTask) -> AttendedPayment:
        order = self._book.order(OrderId(task.order_id))
        return AttendedPayment(
            task.key, OrderId(task.order_id), name, self._floor.title(order.room) if order else "",
            order.lines if order and not task.refund else (), task.amount, task.refund, task.reference, task.begun,
            task.cancel_wanted, self._needs_second(task.amount), task.sent_us,
        )  # fmt: skip

    def _publish(self) -> None:
        self._hub.publish(FLOOR_TOPIC, TransactionChanged(OrderId(""), "", ENTERED))


def _not_charged(attempt: Attempt) -> bool:
    return attempt.state in (PaymentState.DECLINED, PaymentState.ABANDONED)


@contextmanager
def _as_refusal() -> Iterator[None]:
    """Turns the driver's errors into refusals of the store."""
    try:
        yield
    except AttendedEntryError as error:
        raise RefusedError(str(error)) from error
