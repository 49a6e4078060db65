"""Order book, refund book and queue of sales on one ledger file, as after a start of the store."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kiosk.connectors.fiscal.port import (
    FiscalRegister,
)
from kiosk.core.domain.ids import OrderId, PieceId, RoomId, Ticket, article_of
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import Attempt, Order, OrderLine, PaymentMeans, PaymentState
from kiosk.core.domain.refund import Refund, RefundState
from kiosk.core.domain.tax import TaxLine
from kiosk.core.domain.texts import LocalizedText
from kiosk.store.payments.fiscal.fiscal_book import FiscalBook
from kiosk.store.payments.fiscal.fiscal_queue import FiscalQueue
from kiosk.store.payments.order_book import OrderBook
from kiosk.store.payments.refund_book import RefundBook
from tests.kiosk.store.payments.ledgers import file_ledger
from tests.kiosk.store.sample_shop import ManualClock, piece_of

NAME = LocalizedText((("en", "Shirt"),))
PRICE, TAX = Money(12_900, "EUR"), Money(2_150, "EUR")


class Books:
    """Order book, refund book and queue on one ledger file, as after a start of the store."""

    def __init__(
        self, file: Path, register: FiscalRegister, clock: ManualClock, replaced: tuple[str, ...] = ()
    ) -> None:
        self.ledger = file_ledger(file)
        self.orders, self.refunds = OrderBook(self.ledger), RefundBook(self.ledger)
        self.book = FiscalBook(self.orders, self.refunds, "en")
        self.queue = FiscalQueue(self.book, register, clock, replaced=replaced)

    def sell(self, number: int) -> PieceId:
        piece = piece_of("S1", "WHI", "M", number)
        line = OrderLine(piece, article_of(piece), NAME, NAME, "M", PRICE, "", 200_000, TAX, PRICE)
        order_id = OrderId(f"o{number}")
        taxes = (TaxLine(200_000, Money(10_750, "EUR"), TAX),)
        order = Order(order_id, RoomId("1"), Ticket("t"), (line,), PRICE, TAX, 200, taxes)
        self.orders.put_order(order, number)
        attempt = Attempt(f"K{number}", order_id, PaymentMeans.TERMINAL, PRICE, changed_us=number)
        self.orders.put_key(attempt, 1)
        self.orders.put_paid(replace(attempt, state=PaymentState.PAID), order, "http://shop")
        return piece

    def pay_back(self, number: int) -> None:
        piece = piece_of("S1", "WHI", "M", number)
        refund = Refund(
            f"R{number}", OrderId(f"o{number}"), piece, article_of(piece), PRICE, "a", changed_us=99
        )
        self.refunds.put(refund)
        self.refunds.put(replace(refund, state=RefundState.DONE))

    def close(self) -> None:
        self.queue.close()
        self.ledger.close()
