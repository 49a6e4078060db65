"""Reads and writes registrations in the ledger, and makes what is registered from the order and its receipt."""

from __future__ import annotations

from typing import Any

from kiosk.core.domain.fiscal.entry import FiscalEntry, refund_entry, sale_entry
from kiosk.core.domain.fiscal.sale import FiscalKind, FiscalLine, FiscalSale
from kiosk.core.domain.ids import OrderId
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import Order, OrderLine, Receipt, with_exchanges
from kiosk.core.domain.refund import Refund
from kiosk.core.domain.tax import TaxLine
from kiosk.core.wire import from_json, to_json
from kiosk.store.payments.ledger.open_keys import FISCAL
from kiosk.store.payments.order_book import OrderBook
from kiosk.store.payments.refund_book import RefundBook


class FiscalBook:
    """The registrations of the ledger. Every write is on the disk when it returns."""

    def __init__(self, orders: OrderBook, refunds: RefundBook, language: str) -> None:
        self._orders, self._refunds, self._language = orders, refunds, language
        self._ledger = orders.ledger
        self.pending = False
        """An entry was written since this was set to False; its transaction may not have ended yet."""

    def attach(self) -> None:
        """From now on each receipt and each refund is due, in the transaction that writes it."""
        self._orders.on_receipt = self._sale_due
        self._refunds.on_done = self._refund_due

    @property
    def closed(self) -> bool:
        """The ledger takes no entries."""
        return self._ledger.state.closed

    def put(self, entry: FiscalEntry) -> None:
        self._ledger.append(
            FISCAL, entry.order_id, to_json(entry), entry.changed_us, key=entry.key, state=entry.state.value
        )

    def entry(self, key: str) -> FiscalEntry | None:
        body = self._ledger.last(FISCAL, key=key)
        return None if body is None else _read(body)

    def of_sale(self, order_id: OrderId) -> FiscalEntry | None:
        """The registration of an order's sale; None if no register was configured then."""
        return self.entry(sale_entry(order_id, 0).key)

    def open_entries(self) -> tuple[FiscalEntry, ...]:
        """What is not registered yet, the oldest first."""
        return tuple(sorted((_read(b) for b in self._ledger.open_entries(FISCAL)), key=lambda e: e.since_us))

    def sale(self, entry: FiscalEntry) -> FiscalSale | None:
        """What is registered for an entry; None if its order or receipt cannot be read."""
        order, receipt = self._orders.order(entry.order_id), self._orders.receipt(entry.order_id)
        if order is None or receipt is None:
            return None
        if entry.kind is FiscalKind.SALE:
            return self._of(entry, order.lines, order.taxes, receipt.total, receipt, receipt.at_us)
        refund = self._refunds.refund(entry.refund_key)
        # the piece may have been changed for another size since it was bought
        now = with_exchanges(order, self._orders.exchanges(entry.order_id))
        line = next((li for li in now.lines if refund is not None and li.piece == refund.piece), None)
        if refund is None or line is None:
            return None
        return self._of(entry, (line,), (_tax_of(line, order),), refund.amount, receipt, refund.changed_us)

    def _of(
        self, entry: FiscalEntry, lines: tuple[OrderLine, ...], taxes: tuple[TaxLine, ...], total: Money,
        receipt: Receipt, at_us: int,
    ) -> FiscalSale:  # fmt: skip
        pieces = tuple(
            FiscalLine(line.article, line.name.in_language(self._language), line.paid, line.rate_ppm)
            for line in lines
        )
        return FiscalSale(
            entry.key,
            entry.kind,
            entry.order_id,
            receipt.number,
            at_us,
            total,
            taxes,
            pieces,
            receipt.paid_with,
        )

    def _sale_due(self, receipt: Receipt) -> None:
        self._put_due(sale_entry(receipt.order_id, receipt.at_us))

    def _refund_due(self, refund: Refund) -> None:
        if self.of_sale(refund.order_id) is not None:
            self._put_due(refund_entry(refund.order_id, refund.key, refund.changed_us))

    def _put_due(self, entry: FiscalEntry) -> None:
        """Once for each key: a refund that is done is written again when it is confirmed."""
        if self.entry(entry.key) is None:
            self.put(entry)
            self.pending = True


def _tax_of(line: OrderLine, order: Order) -> TaxLine:
    """The tax of one line by its share."""
    tax = line.tax or Money(0, order.total.currency)
    return TaxLine(line.rate_ppm, Money(line.paid.minor - tax.minor, tax.currency), tax)


def _read(body: Any) -> FiscalEntry:
    entry: FiscalEntry = from_json(FiscalEntry, body)
    return entry
