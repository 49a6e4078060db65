"""Events of a charge, a refund, a void or a capture: the input of the state machines `payment` and `follow_up`.

Every event carries the time in microseconds UTC at which the store learned of it.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.core.domain.card_shown import CardShown
from kiosk.core.domain.money import Money

MAX_QUERIES = 40
"""Queries for a lost reply before an associate is called: about 10 minutes with a back-off of at most 15 s."""
References = tuple[tuple[str, str], ...]
"""Names and values of the provider's numbers of a transaction; a driver needs them for a void or a refund."""


@dataclass(frozen=True, slots=True)
class Sending:
    """It is about to be sent; `provider_id` is the id under which the provider has registered it, if it has."""

    at_us: int
    provider_id: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """The terminal has taken the charge up and waits for the card."""

    at_us: int


@dataclass(frozen=True, slots=True)
class Approved:
    """The amount was collected, paid back, voided or captured; `reference` is the acquirer's number.

    `captured` False: the amount is only authorised, a capture must follow.
    """

    at_us: int
    reference: str
    references: References = ()
    card: CardShown | None = None
    captured: bool = True


@dataclass(frozen=True, slots=True)
class ApprovedPartly:
    """Only `amount` was collected, which is less than was asked for."""

    at_us: int
    amount: Money
    reference: str
    references: References = ()
    card: CardShown | None = None
    captured: bool = True


@dataclass(frozen=True, slots=True)
class Refused:
    """The terminal, the acquirer or the store refused it; `why` is a short code such as "declined"."""

    at_us: int
    why: str


@dataclass(frozen=True, slots=True)
class ReplyLost:
    """It may have been sent, and no reply came."""

    at_us: int


@dataclass(frozen=True, slots=True)
class NeverArrived:
    """The terminal does not know the key, had never taken it up, and the key moves no money from now on."""

    at_us: int


@dataclass(frozen=True, slots=True)
class Forgotten:
    """The terminal does not know the key, although it had taken it up, or has lost its journal since: it does not wait
    for the card any more; what became of it must be found out."""

    at_us: int


@dataclass(frozen=True, slots=True)
class TerminalGone:
    """The terminal to which it was sent is not configured any more, so that nobody can be asked."""

    at_us: int


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The terminal confirms that no money was moved and none will be."""

    at_us: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class CancelWanted:
    """The shopper, an associate or the end of the visit wants it cancelled; the terminal decides."""

    at_us: int


@dataclass(frozen=True, slots=True)
class StillUnknown:
    """The terminal could not be queried, or does not know the result yet; `taken_up`: it says that it has the key."""

    at_us: int
    taken_up: bool = False


@dataclass(frozen=True, slots=True)
class Captured:
    """What was only authorised is collected now, or an associate has dealt with a capture that was refused."""

    at_us: int


@dataclass(frozen=True, slots=True)
class CaptureDenied:
    """The terminal, or the settlement, denies a capture that an associate has called done."""

    at_us: int


@dataclass(frozen=True, slots=True)
class Reversed:
    """The whole charge was voided or paid back; `reference` is the acquirer's number of that."""

    at_us: int
    reference: str = ""


@dataclass(frozen=True, slots=True)
class NotReported:
    """The provider's settlement, which covers the time at which it was sent, states no amount for it.

    A terminal that still waits for the card of a charge may collect it later; it has not spoken.
    """

    at_us: int


@dataclass(frozen=True, slots=True)
class SettledByAssociate:
    """An associate looked at the terminal and says whether money was moved; `by` is the associate's id."""

    at_us: int
    by: str
    done: bool
    reference: str


TerminalEvent = (
    Sending
    | Sent
    | Approved
    | ApprovedPartly
    | Refused
    | ReplyLost
    | NeverArrived
    | Forgotten
    | TerminalGone
    | Cancelled
    | CancelWanted
    | StillUnknown
    | Captured
    | CaptureDenied
    | Reversed
    | NotReported
    | SettledByAssociate
)
FORGOTTEN, TERMINAL_GONE, PARTIAL, MOMENT = "forgotten", "terminal-gone", "partial", "moment"
"""Codes of the reason (`why`) of a transaction: its terminal has lost it, is not configured any more, approved only a
part; MOMENT: it is not sent yet, since its terminal is still being freed."""
ANSWERED = "answered"
"""Code of the reason: a person has answered a settlement that contradicts a word, and the terminal has not spoken yet.
Of a payment: the amount was collected otherwise."""
PAID_TWICE, SOLD = "paid-twice", "sold"
"""Codes of the reason why an approval can only be given back: the order is paid by another attempt; a piece of it is
sold in another order."""
TAKEN_BACK = "taken-back"
"""Code of the reason of an attempt whose sale was taken back, because nothing was collected."""
