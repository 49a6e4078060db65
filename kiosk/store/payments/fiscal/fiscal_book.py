"""Reads and writes registrations in the ledger, and makes what is registered from the order and its receipt."""

from __future__ import annotations

from typing import Any

from kiosk.core.domain.fiscal.entry import (
    FiscalEntry,
    cancellation_entry,
    cancellation_key,
    refund_entry,
    sale_entry,
    sale_key,
)
from kiosk.core.domain.fiscal.sale import FiscalKind, FiscalLine, FiscalSale
from kiosk.core.domain.money import Money, total
from kiosk.core.domain.payment import Order, OrderLine, Receipt, with_exchanges
from kiosk.core.domain.refund import Refund
from kiosk.core.domain.sales.taken_back import TakenBack, left_of, tax_of, taxes_of
from kiosk.core.domain.tax import TaxLine
from kiosk.core.wire import from_json, to_json
from kiosk.store.payments.ledger.open_keys import FISCAL
from kiosk.store.payments.order_book import RECEIPT, OrderBook
from kiosk.store.payments.refund_book import RefundBook
from kiosk.store.payments.taken_back.taken_back_book import TakenBackBook


class FiscalBook:
    """The registrations of the ledger. Every write is on the disk when it returns."""

    def __init__(self, orders: OrderBook, refunds: RefundBook, language: str) -> None:
        self._orders, self._refunds, self._language = orders, refunds, language
        self._ledger, self._taken_back = orders.ledger, TakenBackBook(orders.ledger)
        self.pending = False
        """An entry was written since this was set to False; its transaction may not have ended yet."""

    def attach(self) -> None:
        """From now on each receipt, refund and cancellation is due, in the transaction that writes it."""
        self._orders.on_receipt = self._sale_due
        self._orders.on_taken_back = self._cancellation_due
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

    def of_receipt(self, receipt: Receipt) -> FiscalEntry | None:
        """The registration of a receipt's sale; None if no register was configured then."""
        again = self.entry(sale_key(receipt.order_id, receipt.number))
        first = again or self.entry(sale_key(receipt.order_id))
        return first if first is not None and first.receipt in ("", receipt.number) else None

    def shown_on(self, receipt: Receipt) -> FiscalEntry | None:
        """What a receipt shows: the registration of its cancellation, else of its sale."""
        return self.entry(cancellation_key(receipt.number)) or self.of_receipt(receipt)

    def open_entries(self) -> tuple[FiscalEntry, ...]:
        """What is not registered yet, the oldest first."""
        return tuple(sorted((_read(b) for b in self._ledger.open_entries(FISCAL)), key=lambda e: e.since_us))

    def sale(self, entry: FiscalEntry) -> FiscalSale | None:
        """What is registered for an entry; None if its order or receipt cannot be read."""
        order, receipt = self._orders.order(entry.order_id), self._receipt(entry)
        if order is None or receipt is None:
            return None
        if entry.kind is FiscalKind.SALE:
            return self._of(entry, order.lines, order.taxes, receipt.total, receipt, receipt.at_us)
        # a piece may have been changed for another size since it was bought
        now = with_exchanges(order, self._orders.exchanges(entry.order_id))
        if entry.kind is FiscalKind.CANCELLATION:
            return self._cancelled(entry, now, receipt)
        refund = self._refunds.refund(entry.refund_key)
        line = next((li for li in now.lines if refund is not None and li.piece == refund.piece), None)
        if refund is None or line is None:
            return None
        return self._of(entry, (line,), (tax_of(line, order),), refund.amount, receipt, refund.changed_us)

    def _cancelled(self, entry: FiscalEntry, order: Order, receipt: Receipt) -> FiscalSale | None:
        taken = self._taken_back.of_receipt(receipt)
        if taken is None:
            return None
        lines = left_of(order, taken)
        whole = len(lines) == len(order.lines)
        amount = total((line.paid for line in lines), receipt.total.currency)
        taxes = order.taxes if whole else taxes_of(lines, order)
        return self._of(entry, lines, taxes, receipt.total if whole else amount, receipt, taken.at_us)

    def _receipt(self, entry: FiscalEntry) -> Receipt | None:
        """The receipt of an entry; the order's last one where the entry names none."""
        last = self._orders.receipt(entry.order_id)
        if last is None or entry.receipt in ("", last.number):
            return last
        receipts = (from_json(Receipt, body) for body in self._ledger.of_order(RECEIPT, entry.order_id))
        return next((receipt for receipt in receipts if receipt.number == entry.receipt), None)

    def _of(
        self, entry: FiscalEntry, lines: tuple[OrderLine, ...], taxes: tuple[TaxLine, ...], amount: Money,
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
            amount,
            taxes,
            pieces,
            receipt.paid_with,
        )

    def _sale_due(self, receipt: Receipt) -> None:
        known = self.entry(sale_key(receipt.order_id))
        again = "" if known is None or known.receipt in ("", receipt.number) else receipt.number
        self._put_due(sale_entry(receipt.order_id, receipt.at_us, receipt.number, again))

    def _refund_due(self, refund: Refund) -> None:
        receipt = self._orders.receipt(refund.order_id)
        if receipt is not None and self.of_receipt(receipt) is not None:
            self._put_due(refund_entry(refund.order_id, refund.key, refund.changed_us))

    def _cancellation_due(self, taken: TakenBack) -> None:
        """Due where the sale was, and something of it is left."""
        order, receipt = self._orders.order_now(taken.order_id), self._orders.receipt(taken.order_id)
        if order is None or receipt is None or self.of_receipt(receipt) is None:
            return
        if left_of(order, taken):
            self._put_due(cancellation_entry(taken.order_id, taken.at_us, taken.receipt))

    def _put_due(self, entry: FiscalEntry) -> None:
        """Once for each key: a refund that is done is written again when it is confirmed."""
        if self.entry(entry.key) is None:
            self.put(entry)
            self.pending = True


def _read(body: Any) -> FiscalEntry:
    entry: FiscalEntry = from_json(FiscalEntry, body)
    return entry
