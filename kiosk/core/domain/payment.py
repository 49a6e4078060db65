"""Orders, and the payment of one as a pure state machine that collects at most once.

The key of an attempt is in the ledger before anything is sent (KEYED). A reply that does not come is queried by that
key (UNSURE) and never sent again under a new one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, unique
from typing import assert_never

from kiosk.core.domain.ids import ArticleId, OrderId, PieceId, RoomId, Ticket
from kiosk.core.domain.money import Money
from kiosk.core.domain.tax import TaxLine
from kiosk.core.domain.terminal_events import (
    MAX_QUERIES,
    Approved,
    Cancelled,
    NeverArrived,
    Refused,
    ReplyLost,
    Sent,
    SettledByAssociate,
    StillUnknown,
    TerminalEvent,
)
from kiosk.core.domain.texts import LocalizedText
from kiosk.core.domain.transaction_state import TransactionState


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One piece of an order, with its price when the order was made.

    The price is without the tax where the order adds it (`Order.tax_added`), else with it. `tax` and `amount`
    are None for a piece that is not in an order yet, and in orders of earlier versions on the wire.
    """

    piece: PieceId
    article: ArticleId
    name: LocalizedText
    colour: LocalizedText
    size: str
    price: Money
    picture: str = ""
    rate_ppm: int = 0
    """Rate of the tax in millionths: 88,750 for 8.875 %."""
    tax: Money | None = None
    """This line's share of the tax; the shares of all lines sum to the order's tax."""
    amount: Money | None = None
    """What is paid for this piece with its tax; the amounts of all lines sum to the order's total."""

    @property
    def paid(self) -> Money:
        """What is paid for this piece, and paid back for it: `amount`; its price where the order states none."""
        return self.price if self.amount is None else self.amount


@dataclass(frozen=True, slots=True)
class Order:
    """Pieces to be paid together. `total` is what is paid, with the tax; `tax` is the tax of all rates.

    The mirror makes `order_id`, so that a repeated request is the same order.
    """

    order_id: OrderId
    room: RoomId
    ticket: Ticket
    lines: tuple[OrderLine, ...]
    total: Money
    tax: Money
    tax_permille: int = 0
    """The rate in units of 0.1 percent, for mirrors of earlier versions; 0 where it is not one rate of at most one
    decimal."""
    taxes: tuple[TaxLine, ...] = ()
    """The tax of each rate, the highest rate first; empty in orders of earlier versions on the wire."""
    tax_added: bool = False
    """Whether the tax is added to the prices of the lines; else they contain it."""

    @property
    def net(self) -> Money:
        """The total without the tax."""
        return Money(self.total.minor - self.tax.minor, self.total.currency)

    @property
    def tax_lines(self) -> tuple[TaxLine, ...]:
        """The tax of each rate; in orders of earlier versions it is one rate."""
        if self.taxes or not self.tax_permille:
            return self.taxes
        return (TaxLine(self.tax_permille * 1000, self.net, self.tax),)


@unique
class PaymentMeans(Enum):
    """Bank card at the certified terminal, or the means stored for a shopper who proved who she is."""

    TERMINAL = "terminal"
    STORED = "stored"


@unique
class PaymentState(TransactionState):
    """State of one payment attempt.

    KEYED: key written, nothing sent. SENT: the terminal waits for the card or processes it. UNSURE: no reply came, the
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


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to collect an order's total. `key` is its id at the terminal."""

    key: str
    order_id: OrderId
    means: PaymentMeans
    amount: Money
    state: PaymentState = PaymentState.KEYED
    reference: str = ""
    """The acquirer's number, for the receipt and for refunds."""
    why: str = ""
    """Short code of the reason, where it was declined."""
    asked: int = 0
    """Number of queries for the lost reply."""
    changed_us: int = 0


def attempt_after(attempt: Attempt, event: TerminalEvent) -> Attempt:
    """The attempt after an event. Final states never change; every pair has a result, at least "unchanged"."""
    if attempt.state.is_final:
        return attempt
    at = replace(attempt, changed_us=event.at_us)
    match event:
        case Sent():
            return replace(at, state=PaymentState.SENT) if attempt.state is PaymentState.KEYED else attempt
        case Approved(reference=reference) | SettledByAssociate(done=True, reference=reference):
            return replace(at, state=PaymentState.PAID, reference=reference)
        case Refused(why=why):
            return replace(at, state=PaymentState.DECLINED, why=why)
        case Cancelled() | NeverArrived() | SettledByAssociate():
            return replace(at, state=PaymentState.ABANDONED)
        case ReplyLost():
            return replace(at, state=PaymentState.UNSURE)
        case StillUnknown():
            asked = attempt.asked + 1
            state = PaymentState.PARKED if asked >= MAX_QUERIES else PaymentState.UNSURE
            return replace(at, asked=asked, state=state)
        case _:
            assert_never(event)


def on_restart(attempt: Attempt) -> Attempt:
    """State of an attempt found in the ledger after a crash: a keyed one may have been sent."""
    if attempt.state in (PaymentState.KEYED, PaymentState.SENT):
        return replace(attempt, state=PaymentState.UNSURE)
    return attempt


@dataclass(frozen=True, slots=True)
class Receipt:
    """Receipt of a paid order. `link` opens it on the shopper's phone."""

    order_id: OrderId
    number: str
    total: Money
    tax: Money
    paid_with: PaymentMeans
    link: str
    at_us: int
