"""What the suite of payment terminals needs of each driver: a rig that starts its double, lays cards, causes faults.

A new driver adds one rig to `rigs.RIGS`; everything else of this package then runs on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, unique
from typing import Protocol

from kiosk.connectors.payments.port import PaymentTerminal


@unique
class Call(Enum):
    """The calls of the port that can go wrong."""

    CREATE = "create"
    PRESENT = "present"
    QUERY = "query"
    CANCEL = "cancel"
    CAPTURE = "capture"
    VOID = "void"
    REFUND = "refund"


@unique
class Fault(Enum):
    """What goes wrong with one call.

    NEVER_ARRIVES: the request is lost. REPLY_LOST: it is carried out, its reply is lost. TAKEN_UP_LOST: a charge waits
    for its card and the store has no word of it. IN_PROGRESS: refused as a conflict. ERROR_AFTER: HTTP 500 or the like
    after success. LATE: the reply comes after the longest wait of the driver (150 s in the field; the rig shortens
    both). TWICE: the reply comes twice. OTHER_ORDER, WRONG_AMOUNT, OTHER_CURRENCY: the reply states them. EMPTY_BOOK:
    carried out, then the terminal restarts without its journal. EXCEPTION: the driver raises what nobody expects, once
    before the request is sent, or after it (EXCEPTION_AFTER).
    """

    NEVER_ARRIVES = "never-arrives"
    REPLY_LOST = "reply-lost"
    TAKEN_UP_LOST = "taken-up-lost"
    IN_PROGRESS = "in-progress"
    ERROR_AFTER = "error-after"
    LATE = "late"
    TWICE = "twice"
    OTHER_ORDER = "other-order"
    WRONG_AMOUNT = "wrong-amount"
    OTHER_CURRENCY = "other-currency"
    NONSENSE = "nonsense"
    EMPTY_BOOK = "empty-book"
    EXCEPTION = "exception"
    EXCEPTION_AFTER = "exception-after"


@dataclass(frozen=True, slots=True)
class Booked:
    """A charge in the provider's account: `times` it was collected (2 is a double charge), less what was undone."""

    key: str
    minor: int
    times: int
    reference: str
    undone_minor: int = 0


class TerminalRig(Protocol):
    """One terminal of a provider's double, and the hand that lays cards on it. Safe to use from any thread."""

    def driver(self, *, patient: bool = False) -> PaymentTerminal:
        """A new driver of this terminal, with waits that are short enough for a reply that comes late; `patient`: long
        enough for a busy machine."""
        ...

    def waits(self) -> bool:
        """Whether a charge waits for a card."""
        ...

    def tap(self, *, good: bool = True, partial_minor: int = 0) -> bool:
        """Lays a card on it, which has only `partial_minor` unless that is 0; False where no charge waits."""
        ...

    def inject(self, call: Call, fault: Fault) -> bool:
        """Lets the next such call go wrong; False where this provider's interface has no such call or fault."""
        ...

    def booked(self) -> tuple[Booked, ...]:
        """Every charge that the provider has collected, in the order of collecting."""
        ...

    def close(self) -> None:
        """Ends the double."""
        ...


def taken(rig: TerminalRig) -> int:
    """Money in minor units that the cards have lost to a terminal."""
    return sum(charge.minor * charge.times - charge.undone_minor for charge in rig.booked())
