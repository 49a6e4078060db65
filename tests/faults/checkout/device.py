"""A payment terminal that outlives every store: its account, the card reader, and the faults that it has.

The account is that of the simulated terminal (`SimBook`), which also knows what was forgotten: what the bank knows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import Enum, unique
from threading import Condition
from typing import Final

from kiosk.connectors.payments.port import Capabilities, Charge, TerminalReply
from kiosk.connectors.payments.sim_book import SimBook, SimBookEntry
from kiosk.core.domain.money import Money

CENTS_APPROVED_IN_PART: Final = 500
"""What a card pays that does not hold enough, in minor units."""
ERRORS: Final = (ValueError, KeyError, RuntimeError, TimeoutError, RecursionError, OSError, ZeroDivisionError)
"""What a driver may raise though no port names it; one after the other."""


@unique
class Call(Enum):
    """A call of the port that can fail."""

    CREATE = "create"
    PRESENT = "present"
    QUERY = "query"
    CANCEL = "cancel"
    FOLLOW = "follow"


@unique
class Fault(Enum):
    """What happens to the next call of one kind.

    NOT_SENT: the request is lost. UNANSWERED: the reply is lost. ERROR: an error that no port names, after the work.
    KILL_BEFORE and KILL_AFTER: the store is killed before the request is sent, or before the reply comes. SLOW: the
    request is still on its way when the store has stopped waiting. PENDING: carried out, but the reply says that it
    takes longer. STALE: the reply of the call before comes once more. OTHER_*: the reply belongs to another charge.
    GIVEN_UP: the order is given up while the charge is registered.
    """

    NOT_SENT = "not-sent"
    UNANSWERED = "unanswered"
    ERROR = "error"
    BUSY = "busy"
    KILL_BEFORE = "kill-before"
    KILL_AFTER = "kill-after"
    SLOW = "slow"
    PENDING = "pending"
    REFUSED = "refused"
    GIVEN_UP = "given-up"
    STALE = "stale"
    OTHER_KEY = "other-key"
    OTHER_ORDER = "other-order"
    OTHER_AMOUNT = "other-amount"
    OTHER_CURRENCY = "other-currency"


_ANY: Final = (Fault.NOT_SENT, Fault.UNANSWERED, Fault.ERROR, Fault.KILL_BEFORE, Fault.KILL_AFTER)
_OTHER: Final = (
    Fault.STALE, Fault.OTHER_KEY, Fault.OTHER_ORDER, Fault.OTHER_AMOUNT, Fault.OTHER_CURRENCY
)  # fmt: skip
POSSIBLE: Final = {
    Call.CREATE: (Fault.NOT_SENT, Fault.ERROR, Fault.BUSY, Fault.KILL_BEFORE, Fault.GIVEN_UP),
    Call.PRESENT: (*_ANY, *_OTHER, Fault.BUSY, Fault.SLOW, Fault.PENDING),
    Call.QUERY: (*_ANY, *_OTHER),
    Call.CANCEL: _ANY,
    Call.FOLLOW: (*_ANY, *_OTHER, Fault.BUSY, Fault.PENDING, Fault.REFUSED),
}
"""The faults of each call."""
CHANGED_REPLIES: Final[dict[Fault, Callable[[TerminalReply], TerminalReply]]] = {
    Fault.OTHER_KEY: lambda reply: replace(reply, key="KEY9999999"),
    Fault.OTHER_ORDER: lambda reply: replace(reply, order_id="o99"),
    Fault.OTHER_AMOUNT: lambda reply: replace(reply, amount=Money(1, "EUR")),
    Fault.OTHER_CURRENCY: lambda reply: replace(reply, amount=Money(12_900, "USD")),
}


@dataclass(frozen=True, slots=True)
class Delayed:
    """A request that is still on its way; `since_s` by the monotonic clock."""

    charge: Charge
    since_s: float


class RefusingBook(SimBook):
    """An account whose bank refuses the next void, refund or capture if it is asked to."""

    refuse_next = False

    def _refusal(self, kind: str, charge: SimBookEntry | None, entry: SimBookEntry) -> str:
        refused, self.refuse_next = self.refuse_next, False
        return "declined" if refused else super()._refusal(kind, charge, entry)


class Device:
    """One terminal. `bars`: a key that was asked for before it arrived collects nothing when it arrives later.

    Everything is used under `changed`.
    """

    def __init__(self, name: str, capabilities: Capabilities) -> None:
        self.name, self.identity, self.capabilities = name, f"device:{name}", capabilities
        self.bars = not capabilities.not_found_after_s
        self.book = RefusingBook()
        self.changed = Condition()
        self.mute = self.deaf = False
        self.faults: dict[Call, Fault] = {}
        self.delayed: list[Delayed] = []
        self.cut: set[str] = set()
        """Keys of charges whose connection was lost while they wait for the card."""
        self.expired: set[str] = set()
        """Keys of charges for which the store has stopped waiting."""
        self.given_up: set[str] = set()
        """Keys of charges that were given up before they were presented."""
        self.wrong: list[str] = []
        """What no correct store does."""
        self.last_reply: TerminalReply | None = None
        self._errors = 0

    def fault(self, call: Call) -> Fault | None:
        """The fault of this call, used up by it."""
        return self.faults.pop(call, None)

    def error(self) -> Exception:
        """An error that no port names."""
        self._errors += 1
        return ERRORS[self._errors % len(ERRORS)]("nobody expects this")

    def heal(self) -> None:
        """Without faults from now on; what was on its way and has not arrived never will."""
        with self.changed:
            self.mute = self.deaf = self.book.refuse_next = False
            self.faults.clear()
            self.delayed.clear()

    def waiting(self) -> SimBookEntry | None:
        """The charge that waits for a card."""
        with self.changed:
            return self.book.waiting()

    def read(self, key: str, *, good: bool, part: bool = False) -> None:
        """A card is laid on the terminal for the charge that waits under this key."""
        with self.changed:
            entry = self.book.waiting()
            if entry is None or entry.key != key:
                return
            self.book.decide(entry, good=good, partial_minor=CENTS_APPROVED_IN_PART if part else 0)
            self.changed.notify_all()

    def time_out(self) -> None:
        """Ends the charge that waits for a card, by itself."""
        with self.changed:
            entry = self.book.waiting()
            if entry is not None:
                self.book.cancel(entry.key, "timeout")
            self.changed.notify_all()

    def lose_connections(self, *, expired: bool) -> None:
        """The store's call for the waiting charge ends without a reply; `expired`: with one that says nothing yet."""
        with self.changed:
            entry = self.book.waiting()
            if entry is not None:
                (self.expired if expired else self.cut).add(entry.key)
            self.changed.notify_all()

    def forget(self) -> None:
        """Restarts with an empty book."""
        with self.changed:
            entry = self.book.waiting()
            if entry is not None:
                self.cut.add(entry.key)
            self.book.forget()
            self.changed.notify_all()

    def arrive(self, now_s: float) -> None:
        """What was on its way arrives, unless it is too old: a provider collects nothing for such a request."""
        with self.changed:
            limit_s = self.capabilities.not_found_after_s or 1.0
            for late in self.delayed:
                if now_s - late.since_s < limit_s:
                    self.take_up(late.charge)
            self.delayed.clear()

    def take_up(self, charge: Charge) -> SimBookEntry | None:
        """The charge is at the terminal; None while another one waits for its card."""
        return self.book.collect(
            charge.key, charge.amount.minor, charge.amount.currency, charge.stored,
            order=charge.order_id, capture=charge.capture,
        )  # fmt: skip

    def charges(self, order: str = "") -> Iterator[SimBookEntry]:
        """Every charge of an order, or of all."""
        with self.changed:
            found = [e for e in self.book.entries() if e.kind == "charge" and (not order or e.order == order)]
        yield from found

    def kept(self, charge: SimBookEntry) -> int:
        """What the card has lost by a charge, in minor units."""
        with self.changed:
            repaid = sum(e.minor * e.repaid for e in self.book.entries() if e.of and e.of == charge.reference)
        return (0 if charge.voided else charge.approved * charge.collected) - repaid

    def held(self, charge: SimBookEntry) -> int:
        """What is authorised and neither taken nor released, in minor units."""
        return 0 if charge.voided or charge.collected else charge.approved

    def give_back(self, charge: SimBookEntry, minor: int | None = None) -> None:
        """An associate gives back at the terminal, by hand, what is left of a charge, or so much of it."""
        kept = self.kept(charge) if minor is None else min(minor, self.kept(charge))
        with self.changed:
            if not charge.collected and charge.approved:
                charge.voided = True
            if kept:
                key = f"HAND{len(self.book._entries)}-{charge.key}"
                self.book._entries[key] = SimBookEntry(
                    key, kept, charge.currency, charge.order, "approved", of=charge.reference,
                    reference=f"{charge.reference}-H", approved=kept, repaid=1, kind="refund",
                )  # fmt: skip

    def capture(self, charge: SimBookEntry) -> None:
        """An associate captures a charge at the terminal, by hand."""
        with self.changed:
            if not charge.voided and not charge.collected:
                charge.collected = 1

    def find(self, key: str) -> SimBookEntry | None:
        """What the bank knows of a key; None if nothing ever arrived under it."""
        with self.changed:
            return next((e for e in self.book.entries() if e.key == key and not e.barred), None)
