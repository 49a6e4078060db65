"""What the ledger derives from entries that rest on a word: they count as open, and pieces change hands once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from kiosk.core.domain.ids import ArticleId, OrderId, PieceId, RoomId, Ticket
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import Attempt, Order, OrderLine, PaymentMeans, PaymentState
from kiosk.core.domain.refund import Refund, RefundState
from kiosk.core.domain.texts import LocalizedText
from kiosk.store.payments.ledger import SqliteLedger
from kiosk.store.payments.order_book import OrderBook
from kiosk.store.payments.refund_book import RefundBook
from tests.kiosk.store.payments.ledgers import memory_ledger

ARTICLE, PIECE = ArticleId("09521234000075"), PieceId("09521234000075.1")
PRICE, WORDS = Money(12_900, "EUR"), LocalizedText((("en", "Shirt"),))
LINE = OrderLine(PIECE, ARTICLE, WORDS, WORDS, "M", PRICE)
ORDER = Order(OrderId("o1"), RoomId("1"), Ticket("t"), (LINE,), PRICE, Money(0, "EUR"))
ATTEMPT = Attempt("KEY0000001", ORDER.order_id, PaymentMeans.TERMINAL, PRICE, changed_us=5)
REFUND = Refund("KEY0000002", ORDER.order_id, PIECE, ARTICLE, PRICE, "a-ines", changed_us=6)


@pytest.fixture
def ledger() -> Iterator[SqliteLedger]:
    opened = memory_ledger()
    OrderBook(opened).put_order(ORDER, 1)
    OrderBook(opened).put_key(ATTEMPT, 1)
    yield opened
    opened.close()


def held(ledger: SqliteLedger) -> bool | None:
    """Whether the piece is sold; None if nobody holds it."""
    found = ledger.taken((PIECE,))
    return found[PIECE].sold if found else None


@pytest.mark.parametrize(
    ("after", "unfinished", "sold"),
    [
        (replace(ATTEMPT, sent_us=5), True, False),
        (replace(ATTEMPT, cancel_wanted=True), True, False),
        (replace(ATTEMPT, state=PaymentState.PARKED), True, False),
        (replace(ATTEMPT, state=PaymentState.PAID), False, True),
        (replace(ATTEMPT, state=PaymentState.PAID, provisional=True), True, True),
        (replace(ATTEMPT, state=PaymentState.PAID, captured=False), True, True),
        (replace(ATTEMPT, state=PaymentState.ABANDONED, provisional=True), True, None),
        (replace(ATTEMPT, state=PaymentState.UNWANTED), True, None),
        (replace(ATTEMPT, state=PaymentState.UNWANTED, contradicted=True), True, None),
        (replace(ATTEMPT, state=PaymentState.REVERSED), False, None),
        (replace(ATTEMPT, state=PaymentState.DECLINED), False, None),
    ],
)
def test_each_state_is_open_and_holds_its_piece_as_it_should(
    ledger: SqliteLedger, after: Attempt, *, unfinished: bool, sold: bool | None
) -> None:
    book = OrderBook(ledger)
    book.put_attempt(after)
    assert (book.unfinished() == (after,), held(ledger)) == (unfinished, sold)
    assert book.open_attempts() == ((after,) if after.state.is_open else ())


def test_a_confirmed_sale_does_not_take_a_returned_piece_again(ledger: SqliteLedger) -> None:
    book, refunds = OrderBook(ledger), RefundBook(ledger)
    paid = replace(ATTEMPT, state=PaymentState.PAID, captured=False)
    book.put_attempt(paid)
    refunds.put(REFUND)
    refunds.put(replace(REFUND, state=RefundState.DONE, provisional=True))
    assert held(ledger) is None, "paid back by a person's word"
    book.put_attempt(replace(paid, captured=True), confirmed=True)
    refunds.put(replace(REFUND, state=RefundState.DONE), confirmed=True)
    assert (held(ledger), book.unfinished(), refunds.unfinished()) == (None, (), ())
