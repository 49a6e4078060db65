"""Orders and attempts for tests of the ledger."""

from __future__ import annotations

from dataclasses import replace

from kiosk.core.domain.ids import OrderId, PieceId, RoomId, Ticket
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import Attempt, Order, OrderLine, PaymentMeans, PaymentState
from kiosk.core.domain.texts import LocalizedText
from kiosk.store.payments.ledger import Ledger
from kiosk.store.payments.order_book import OrderBook
from tests.kiosk.store.sample_shop import gtin_of

PRICE, NO_TEXT = Money(12_900, "EUR"), LocalizedText(())


def order(name: str, *pieces: PieceId) -> Order:
    article = gtin_of("S1", "WHI", "M")
    lines = tuple(OrderLine(piece, article, NO_TEXT, NO_TEXT, "M", PRICE) for piece in pieces)
    return Order(OrderId(name), RoomId("1"), Ticket("t"), lines, PRICE, PRICE, 200)


def attempt(name: str, number: int = 1) -> Attempt:
    return Attempt(f"K{name}{number}", OrderId(name), PaymentMeans.TERMINAL, PRICE, changed_us=1)


def begin(ledger: Ledger, name: str, *pieces: PieceId) -> Attempt:
    """Writes an order and the key of its first attempt."""
    book, begun = OrderBook(ledger), attempt(name)
    book.put_order(order(name, *pieces), 1)
    book.put_key(begun, 1)
    return begun


def pay(ledger: Ledger, name: str, *pieces: PieceId) -> None:
    """Writes a paid order with its receipt."""
    paid = replace(begin(ledger, name, *pieces), state=PaymentState.PAID)
    OrderBook(ledger).put_paid(paid, order(name, *pieces), "http://shop")
