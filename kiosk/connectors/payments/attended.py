"""Driver `attended://NAME`: an associate takes the payment at the shop's own terminal and enters its number here.

Nothing is sent anywhere: the driver keeps the list of what waits for an associate. After a restart of the store a
charge or refund comes back into the list when it is queried, as one that may have been taken already; only what an
associate enters ends it. A charge that no associate has begun is cancelled at once and ends by itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from threading import Condition

from kiosk.connectors.payments.place import TerminalPlace
from kiosk.connectors.payments.port import (
    REFERENCE,
    Capabilities,
    Charge,
    FollowUp,
    NoTerminalDriverError,
    PaymentError,
    Presented,
    ProbeFinding,
    TerminalBusyError,
    TerminalLostError,
    TerminalProbe,
    TerminalReply,
    TerminalStatus,
)
from kiosk.core.domain.follow_up_kind import FollowUpKind
from kiosk.core.domain.money import Money

CAPABILITIES = Capabilities(attended=True)
MAX_WAITING = 200
"""Charges and refunds that may wait at once; more are refused as busy."""
MAX_KNOWN = 5_000
"""Results that are kept for queries; the ledger has them too."""
_IDENTITY = "attended:"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ./_-]{0,31}")
_CARD_NUMBER = re.compile(r"\d(?:[ ./_-]?\d){11}")


class AttendedEntryError(PaymentError):
    """An entry of an associate cannot be taken; `code` says why: unknown, ended, number, used."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class AttendedTask:
    """A charge or a refund that waits for an associate.

    `reference`: the number of the payment that is paid back. `begun`: an associate may have it at the terminal.
    `cancel_wanted`: the shopper does not wait for it any more.
    """

    key: str
    order_id: str
    amount: Money
    refund: bool = False
    reference: str = ""
    sent_us: int = 0
    begun: bool = False
    cancel_wanted: bool = False


@dataclass(slots=True)
class _Entry:
    task: AttendedTask
    status: TerminalStatus = TerminalStatus.PENDING
    number: str = ""
    why: str = ""

    def reply(self) -> TerminalReply:
        task, pending = self.task, self.status is TerminalStatus.PENDING
        references = {REFERENCE: self.number} if self.number else {}
        approved = self.status is TerminalStatus.APPROVED
        return TerminalReply(
            self.status, task.key, task.order_id, task.amount, references, None, self.why, approved, pending
        )


class AttendedTerminal:
    """`PaymentTerminal` of an associate with a terminal that Cheval does not reach. Safe to use from any thread."""

    def __init__(self, name: str) -> None:
        self.identity = f"{_IDENTITY}{name}"
        self.capabilities = CAPABILITIES
        self.name = name
        self.on_change: Callable[[], None] = lambda: None
        """Called, without a lock, when the list of tasks has changed."""
        self._entries: dict[str, _Entry] = {}
        self._numbers: dict[str, str] = {}
        self._presented: set[str] = set()
        self._changed = Condition()
        self._closed = False

    def create(self, charge: Charge) -> str:
        del charge
        return ""

    def present(
        self, charge: Charge, provider_id: str, on_taken_up: Callable[[], None], wait_s: float
    ) -> TerminalReply:
        del provider_id
        if charge.stored:
            raise TerminalBusyError("stored means cannot be charged by an associate", "no-stored-means")
        entry = self._taken(AttendedTask(charge.key, charge.order_id, charge.amount), limited=True)
        on_taken_up()
        with self._changed:
            self._presented.add(charge.key)
            self._changed.wait_for(lambda: self._is_over(entry), wait_s)
            if self._closed:
                raise TerminalLostError("the store is closing")
            if entry.status is TerminalStatus.PENDING and not entry.task.begun:
                entry.status, entry.why = TerminalStatus.CANCELLED, "timeout"
            self._presented.discard(charge.key)
            reply = entry.reply()
        self.on_change()
        return reply

    def query(self, wanted: Presented | FollowUp) -> TerminalReply:
        # unknown after a restart: an associate may have taken it
        return self._taken(_task(wanted, begun=True)).reply()

    def cancel(self, presented: Presented) -> None:
        with self._changed:
            if presented.key not in self._entries and not presented.sent_us:
                return  # it was never sent, so no associate has seen it
        entry = self._taken(_task(presented, begun=True))
        with self._changed:
            if entry.status is TerminalStatus.PENDING:
                task = entry.task
                if not task.begun:
                    entry.status = TerminalStatus.CANCELLED
                entry.task = replace(task, cancel_wanted=True)
                self._changed.notify_all()
        self.on_change()

    def follow_up(self, follow_up: FollowUp) -> TerminalReply:
        if follow_up.kind is not FollowUpKind.REFUND:
            raise TerminalBusyError("an associate pays back, and cannot capture or void", "not-supported")
        return self._taken(_task(follow_up, begun=False), limited=True).reply()

    def probe(self) -> TerminalProbe:
        advice = "Nothing to connect: its payments are in the list of the associates' page."
        return TerminalProbe(
            reachable=True, findings=(ProbeFinding("an associate takes the payment", advice, good=True),)
        )

    def show(self, text: str) -> None:
        """There is no display."""

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def tasks(self) -> tuple[AttendedTask, ...]:
        """What waits for an associate, the oldest first."""
        with self._changed:
            return tuple(e.task for e in self._entries.values() if e.status is TerminalStatus.PENDING)

    def is_presented(self, key: str) -> bool:
        """Whether a call of `present` waits for this key, and so returns what is entered."""
        with self._changed:
            return key in self._presented

    def check(self, key: str, *, done: bool, number: str = "", day: str = "") -> str:
        """The reference that `enter` would give; empty if it is not done. Raises AttendedEntryError as `enter`."""
        with self._changed:
            task = self._open(key).task
            return self._dated(" ".join(number.split()), task, day) if done else ""

    def begin(self, key: str) -> AttendedTask:
        """An associate takes it to the terminal; from now on only `enter` ends it. Raises AttendedEntryError."""
        with self._changed:
            entry = self._open(key)
            entry.task = replace(entry.task, begun=True)
            task = entry.task
        self.on_change()
        return task

    def enter(self, key: str, *, done: bool, number: str = "", day: str = "") -> AttendedTask:
        """What came of it at the terminal; `number` is the one on the terminal's slip, `day` the shop's day.

        Raises AttendedEntryError.
        """
        number = " ".join(number.split())
        with self._changed:
            entry = self._open(key)
            if done:
                entry.number = self._dated(number, entry.task, day)
                self._numbers[entry.number] = key
            entry.status = TerminalStatus.APPROVED if done else _not_done(entry.task)
            entry.why = "" if done else "by-associate"
            self._changed.notify_all()
            task = entry.task
        self.on_change()
        return task

    def drop(self, key: str) -> None:
        """It has ended otherwise: it is no task any more. Nothing, while a call of `present` waits for it."""
        with self._changed:
            if key not in self._presented:
                self._entries.pop(key, None)
        self.on_change()

    def _open(self, key: str) -> _Entry:
        entry = self._entries.get(key)
        if entry is None:
            raise AttendedEntryError("unknown", "no payment or refund with this key waits for an associate")
        if entry.status is not TerminalStatus.PENDING:
            raise AttendedEntryError("ended", "it has ended already")
        return entry

    @staticmethod
    def dated(number: str, task: AttendedTask, day: str = "") -> str:
        """The reference of an approval: the slip's number and the day, since a terminal counts its slips from the
        beginning again on another day. Without a day it is that on which the charge was sent (UTC)."""
        sent = f"{datetime.fromtimestamp(task.sent_us / 1e6, UTC):%Y-%m-%d}" if task.sent_us else ""
        return f"{number} {day or sent}".rstrip()

    def _dated(self, number: str, task: AttendedTask, day: str) -> str:
        if not _NUMBER.fullmatch(number) or _CARD_NUMBER.search(number):
            raise AttendedEntryError(
                "number", "enter the number of the terminal's slip: letters and digits, never a card number"
            )
        dated = self.dated(number, task, day)
        if self._numbers.get(dated, task.key) != task.key:
            raise AttendedEntryError("used", "this number was entered for another payment of the same day")
        return dated

    def _taken(self, task: AttendedTask, *, limited: bool = False) -> _Entry:
        with self._changed:
            entry = self._entries.get(task.key)
            if entry is None:
                self._make_room(limited=limited)
                entry = self._entries[task.key] = _Entry(task)
                self._changed.notify_all()
            else:
                return entry
        self.on_change()
        return entry

    def _make_room(self, *, limited: bool) -> None:
        if limited and sum(e.status is TerminalStatus.PENDING for e in self._entries.values()) >= MAX_WAITING:
            raise TerminalBusyError(f"{MAX_WAITING} payments wait for an associate already")
        if len(self._entries) >= MAX_KNOWN:
            ended = [k for k, e in self._entries.items() if e.status is not TerminalStatus.PENDING]
            for key in ended[: MAX_KNOWN // 10]:
                del self._entries[key]

    def _is_over(self, entry: _Entry) -> bool:
        return self._closed or entry.status is not TerminalStatus.PENDING


def is_attended(identity: str) -> bool:
    """Whether the terminal with this identity is one of an associate, configured or not."""
    return identity.startswith(_IDENTITY)


def open_attended(place: TerminalPlace) -> AttendedTerminal:
    """The driver for `attended://NAME`. Raises NoTerminalDriverError."""
    parts = place.parts
    if not _NAME.fullmatch(parts.netloc) or parts.path.strip("/"):
        raise NoTerminalDriverError("write attended://NAME with the name of the shop's terminal or till")
    place.options()
    return AttendedTerminal(parts.netloc)


def _task(wanted: Presented | FollowUp, *, begun: bool) -> AttendedTask:
    refund = isinstance(wanted, FollowUp)
    reference = wanted.references.get(REFERENCE, "") if isinstance(wanted, FollowUp) else ""
    return AttendedTask(wanted.key, wanted.order_id, wanted.amount, refund, reference, wanted.sent_us, begun)


def _not_done(task: AttendedTask) -> TerminalStatus:
    return TerminalStatus.CANCELLED if task.cancel_wanted else TerminalStatus.REFUSED
