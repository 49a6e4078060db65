"""An order and its way to being paid exactly once, as a pure state machine.

The rule that all rests on: an attempt's key is written to the journal before anything is sent (KEYED), and an
answer that does not come is asked for by that key (UNSURE), never sent again under a new one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, unique
from typing import assert_never

from kiosk.core.domain.ids import Epc, Gtin, OrderId, RoomId, Ticket
from kiosk.core.domain.money import Money
from kiosk.core.domain.texts import LocalizedText


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One piece of an order, with the price of that moment."""

    epc: Epc
    gtin: Gtin
    name: LocalizedText
    colour: LocalizedText
    size: str
    price: Money
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be paid; prices contain the tax. The mirror makes `order_id`, so that sending twice orders once."""

    order_id: OrderId
    room: RoomId
    ticket: Ticket
    lines: tuple[OrderLine, ...]
    total: Money
    tax: Money
    tax_permille: int


@unique
class PaymentMeans(Enum):
    """How it is paid: a bank card on the certified terminal, or the means stored for a proved shopper."""

    TERMINAL = "terminal"
    STORED = "stored"


@unique
class PaymentState(Enum):
    """State of one payment attempt.

    KEYED: key written, nothing sent. SENT: the terminal waits for the card or processes it. UNSURE: no answer came, the
    terminal is queried. PARKED: the queries gave no result, an associate settles it. The rest are results.
    """

    KEYED = "keyed"
    SENT = "sent"
    UNSURE = "unsure"
    PAID = "paid"
    DECLINED = "declined"
    ABANDONED = "abandoned"
    PARKED = "parked"

    @property
    def is_final(self) -> bool:
        """The result is known and never changes."""
        return self in (PaymentState.PAID, PaymentState.DECLINED, PaymentState.ABANDONED)

    @property
    def is_open(self) -> bool:
        """The result is not known yet."""
        return not self.is_final

    @property
    def is_under_way(self) -> bool:
        """The store still works on it by itself: the state will change without a person."""
        return self.is_open and self is not PaymentState.PARKED

    @property
    def is_uncertain(self) -> bool:
        """Money may have been collected, but the terminal has not confirmed it."""
        return self in (PaymentState.UNSURE, PaymentState.PARKED)

    @property
    def may_drop(self) -> bool:
        """The shopper may go back to the pieces: the terminal only waits for the card, or nothing was collected."""
        return self in (PaymentState.SENT, PaymentState.DECLINED, PaymentState.ABANDONED)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to collect an order's total, known to the terminal under `key`."""

    key: str
    order_id: OrderId
    means: PaymentMeans
    amount: Money
    state: PaymentState = PaymentState.KEYED
    reference: str = ""
    """The terminal's or acquirer's own number, for the receipt and for refunds."""
    why: str = ""
    asked: int = 0
    """How often the lost answer was asked for."""
    changed_us: int = 0


@dataclass(frozen=True, slots=True)
class Sent:
    at_us: int


@dataclass(frozen=True, slots=True)
class Approved:
    at_us: int
    reference: str


@dataclass(frozen=True, slots=True)
class Refused:
    at_us: int
    why: str


@dataclass(frozen=True, slots=True)
class AnswerLost:
    at_us: int


@dataclass(frozen=True, slots=True)
class NeverArrived:
    """The terminal says, asked by key, that it has never heard of the attempt."""

    at_us: int


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The terminal confirms that nothing was and nothing will be collected."""

    at_us: int


@dataclass(frozen=True, slots=True)
class StillUnknown:
    """The terminal could not be asked, or does not know yet."""

    at_us: int


TerminalEvent = Sent | Approved | Refused | AnswerLost | NeverArrived | Cancelled | StillUnknown

MAX_QUERIES = 40
"""Questions for a lost answer before a person is called: some 10 minutes with a back-off capped at 15 s."""


def attempt_after(attempt: Attempt, news: TerminalEvent) -> Attempt:
    """The attempt after news of it. Final states never change; every pair has an answer, at least "unchanged"."""
    if attempt.state.is_final:
        return attempt
    at = replace(attempt, changed_us=news.at_us)
    match news:
        case Sent():
            return replace(at, state=PaymentState.SENT) if attempt.state is PaymentState.KEYED else attempt
        case Approved(reference=reference):
            return replace(at, state=PaymentState.PAID, reference=reference)
        case Refused(why=why):
            return replace(at, state=PaymentState.DECLINED, why=why)
        case Cancelled() | NeverArrived():
            return replace(at, state=PaymentState.ABANDONED)
        case AnswerLost():
            return replace(at, state=PaymentState.UNSURE)
        case StillUnknown():
            return _asked(at)
        case _:
            assert_never(news)


def _asked(attempt: Attempt) -> Attempt:
    asked = attempt.asked + 1
    state = PaymentState.PARKED if asked >= MAX_QUERIES else PaymentState.UNSURE
    return replace(attempt, asked=asked, state=state)


def on_restart(attempt: Attempt) -> Attempt:
    """What a store believes of an attempt found in its journal after a crash: what was keyed may have been sent."""
    if attempt.state in (PaymentState.KEYED, PaymentState.SENT):
        return replace(attempt, state=PaymentState.UNSURE)
    return attempt


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof of a paid order. `link` opens it on the shopper's phone."""

    order_id: OrderId
    number: str
    total: Money
    tax: Money
    paid_with: PaymentMeans
    link: str
    at_us: int
