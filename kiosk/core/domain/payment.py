"""Payment attempts, receipts and exchanges of orders; `payment_transitions` is the state machine of an attempt.

The key of an attempt is in the ledger before anything is sent (KEYED), with the terminal to which it goes. A reply that
does not come is queried by that key at that terminal (UNSURE) and never sent again under a new one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import unique

from kiosk.core.domain.card_shown import CardShown
from kiosk.core.domain.ids import OrderId, PieceId
from kiosk.core.domain.money import Money
from kiosk.core.domain.sales.order import Order as Order
from kiosk.core.domain.sales.order import OrderLine as OrderLine
from kiosk.core.domain.sales.payment_means import PaymentMeans as PaymentMeans
from kiosk.core.domain.sales.stand import is_stand
from kiosk.core.domain.terminal_events import ANSWERED, FORGOTTEN, TAKEN_BACK, References
from kiosk.core.domain.transaction_state import TransactionState, journal_state

TEST_PREFIX, DESK_PREFIX = "test-", "desk-"
"""With what the ids begin that no mirror makes: of test purchases, which have no pieces and whose amount is given back
at once; and of orders that the desk took over. The tickets of these orders are their ids."""
DROPPED, TOO_LATE, REPRICED = "dropped", "too-late", "repriced"
"""Codes of the reason why nothing is collected: the order was given up before; the request was on its way too long; the
pieces cost another amount now than the order, and the shopper must see it first."""


def is_test(own_id: str) -> bool:
    """Whether an order's id or ticket is that of a test purchase."""
    return _is_own(own_id, TEST_PREFIX)


def is_desk(own_id: str) -> bool:
    """Whether an order's id or ticket is that of an order of the desk, which no end of a visit cancels."""
    return _is_own(own_id, DESK_PREFIX)


def is_own_id(text: str) -> bool:
    """Whether an order's id or ticket is one that only the store and the associates' page make."""
    return is_test(text) or is_desk(text) or is_stand(text)


def _is_own(text: str, prefix: str) -> bool:
    # Ids of visits and their orders have full stops (`Visit.ticket`), also in a room whose name begins like that.
    return text.startswith(prefix) and "." not in text


@unique
class PaymentState(TransactionState):
    """State of one payment attempt.

    KEYED: key written, nothing taken up. SENT: the terminal waits for the card or processes it. UNSURE: no reply came,
    the terminal is queried. PARKED: the queries gave no result, an associate settles it. UNWANTED: approved after the
    wish to cancel, or only in part: it is being voided or paid back. The rest are results; REVERSED: voided or paid
    back as a whole.
    """

    KEYED = "keyed"
    SENT = "sent"
    UNSURE = "unsure"
    PAID = "paid"
    DECLINED = "declined"
    ABANDONED = "abandoned"
    PARKED = "parked"
    UNWANTED = "unwanted"
    REVERSED = "reversed"

    @property
    def is_final(self) -> bool:
        """The result is known; only a person's word is still compared with the terminal's."""
        return self in _FINAL

    @property
    def is_unpaid(self) -> bool:
        """The result is known, and the shopper has not paid by this attempt."""
        return self.is_final and self is not PaymentState.PAID


_FINAL = frozenset({PaymentState.PAID, PaymentState.DECLINED, PaymentState.ABANDONED, PaymentState.REVERSED})


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
    """Short code of the reason, where it was declined or parked."""
    asked: int = 0
    """Number of queries for the lost reply."""
    changed_us: int = 0
    terminal: str = ""
    """Name of the terminal to which it goes; empty in entries of earlier versions."""
    terminal_id: str = ""
    """The provider's identity of that terminal; everything later goes to the terminal with this identity."""
    provider_id: str = ""
    """The provider's id of the charge, where it registers charges before they are sent."""
    sent_us: int = 0
    """When it was sent; 0: it was not, or an earlier version wrote it."""
    taken_up: bool = False
    """The terminal has said that it has the key."""
    cancel_wanted: bool = False
    """The wish to cancel is repeated until the terminal reports an end; an approval after it is reversed."""
    references: References = ()
    card: CardShown | None = None
    """What the receipt shows of the card."""
    captured: bool = True
    """False: approved, but only authorised until its capture is done."""
    charged: Money | None = None
    """What was collected where that is not `amount`."""
    provisional: bool = False
    """It was ended by a person's word, which neither the terminal nor the day's settlement has confirmed."""
    contradicted: bool = False
    """The terminal contradicts the person's word; an associate must decide."""
    number: int = 0
    """Its number among the attempts of the order, from 1; 0 in entries of earlier versions."""

    @property
    def collected(self) -> Money:
        """What an approval has collected."""
        return self.charged or self.amount

    @property
    def may_be_taken_back(self) -> bool:
        """Paid in the books, but the terminal says that it has not collected the amount, or it is not captured yet."""
        uncaptured = not self.captured and not self.provisional
        denied = self.contradicted and self.why != ANSWERED
        return self.state is PaymentState.PAID and (denied or uncaptured)

    @property
    def is_taken_back(self) -> bool:
        """Its sale was taken back, and nothing was collected; a report that states a charge contradicts that."""
        return self.state is PaymentState.ABANDONED and self.why == TAKEN_BACK

    @property
    def is_worked_on(self) -> bool:
        """The store will soon know more, or do the next step, without an action of an associate."""
        uncaptured = self.state is PaymentState.PAID and not self.captured
        return (self.state.is_under_way or uncaptured) and not (self.provisional or self.contradicted)

    @property
    def is_unconfirmed(self) -> bool:
        """Its end is still compared with the terminal's answer, its capture is not done, or an associate must see a
        contradiction."""
        uncaptured = self.state is PaymentState.PAID and not self.captured
        return self.provisional or self.contradicted or uncaptured

    @property
    def is_asked_for(self) -> bool:
        """The terminal is still asked, or a capture, void or refund of it is still to be done."""
        uncaptured = self.state is PaymentState.PAID and not self.captured
        return self.state.is_open or self.provisional or uncaptured

    @property
    def may_wait_for_card(self) -> bool:
        """Whether the terminal may still wait for the card of it, and collect.

        Only the terminal can say that it does not: that it has ended it, or that it does not know the key. Nothing
        about it follows from a terminal that was not configured for a while, from a person who calls the attempt ended,
        or from a settlement that does not state it.
        """
        if self.means is not PaymentMeans.TERMINAL or self.why == FORGOTTEN:
            return False
        if self.state.is_final or self.state is PaymentState.UNWANTED:
            return self.provisional and (self.cancel_wanted or self.state is not PaymentState.ABANDONED)
        return bool(self.sent_us) or not self.terminal_id or self.state is not PaymentState.KEYED

    @property
    def waits_for_person(self) -> bool:
        """The terminal has said all it can: a person decides about a contradiction, or about money to give back or to
        collect by hand."""
        uncaptured = self.state is PaymentState.PAID and not self.captured
        return self.contradicted or self.state is PaymentState.UNWANTED or uncaptured

    @property
    def journal_state(self) -> str:
        """The value under which the ledger indexes it."""
        return journal_state(
            self.state, unconfirmed=self.is_unconfirmed, begun=bool(self.sent_us) or self.cancel_wanted
        )


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


@dataclass(frozen=True, slots=True)
class Exchange:
    """One step: `piece` comes back to the shop, the piece of `line` is the shopper's. No money moves.

    `line` has the new piece with the price, tax and amount that were paid for the old one, so that a later refund pays
    back what was paid. `number` counts the exchanges of the order from 1. `by` is the id of the associate.
    """

    order_id: OrderId
    number: int
    piece: PieceId
    line: OrderLine
    by: str
    at_us: int = 0

    @property
    def key(self) -> str:
        """Its key in the ledger."""
        return f"{self.order_id}#x{self.number}"


def with_exchanges(order: Order, exchanges: tuple[Exchange, ...]) -> Order:
    """The order with the pieces that the shopper has now, in the places of those that she gave back."""
    lines = order.lines
    for exchange in sorted(exchanges, key=lambda e: e.number):
        lines = tuple(exchange.line if li.piece == exchange.piece else li for li in lines)
    return replace(order, lines=lines)
