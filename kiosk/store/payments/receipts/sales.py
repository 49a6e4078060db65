"""Finds a sale with all that its receipt shows: pieces paid back, the register's signature, the card that paid."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kiosk.core.domain.fiscal.entry import FiscalEntry
from kiosk.core.domain.ids import OrderId
from kiosk.core.domain.payment import Receipt
from kiosk.store.errors import NotFoundError
from kiosk.store.payments.order_book import OrderBook, Sale
from kiosk.store.payments.receipts.links import token_of
from kiosk.store.payments.refund_book import RefundBook
from kiosk.store.payments.taken_back.taken_back_book import TakenBackBook


class ReceiptSales:
    """Sales by receipt. Safe to use from any thread."""

    def __init__(
        self, book: OrderBook, refunds: RefundBook, registration: Callable[[Receipt], FiscalEntry | None]
    ) -> None:
        self._book, self._refunds, self._registration = book, refunds, registration
        self._taken_back = TakenBackBook(book.ledger)

    def by_token(self, token: str) -> Sale | None:
        """The sale of a receipt's token."""
        sale = self._book.sale(token)
        return sale and self._whole(sale)

    def of_order(self, order_id: OrderId) -> Sale:
        """The sale of a paid order. Raises NotFoundError."""
        receipt = self._book.receipt(order_id)
        sale = self.by_token(token_of(receipt)) if receipt else None
        if sale is None:
            raise NotFoundError("there is no receipt of this order")
        return sale

    def _whole(self, sale: Sale) -> Sale:
        order_id = sale.order.order_id
        paid = self._book.paid_attempt(order_id)
        return replace(
            sale,
            returned=self._refunds.refunded(order_id),
            registration=self._registration(sale.receipt),
            card=paid.card if paid else None,
            taken_back=self._taken_back.of_receipt(sale.receipt),
        )
