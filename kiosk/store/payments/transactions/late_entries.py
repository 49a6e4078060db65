"""What follows from entries of the ledger that seemed not to be written, because the answer to a commit was lost.

Whoever wrote them got an error and stopped there. Once they are found, the rest of their work is done here: pieces are
marked as sold, mirror and associates are notified.
"""

from __future__ import annotations

import logging

from kiosk.core.domain.ids import OrderId
from kiosk.store.errors import LedgerDamagedError
from kiosk.store.payments.context import PaymentContext
from kiosk.store.payments.sales_events import SalesEvents
from kiosk.store.payments.settlement import Settlement
from kiosk.store.payments.taken_back.take_backs import TakeBacks

log = logging.getLogger(__name__)


class LateEntries:
    """Called at every tick."""

    def __init__(
        self, context: PaymentContext, settlement: Settlement, sales: SalesEvents, take_backs: TakeBacks
    ) -> None:
        self._book, self._settlement, self._sales = context.book, settlement, sales
        self._writer, self._take_backs = context.writer, take_backs

    def take(self) -> None:
        """Deals with the orders whose entries were found. Raises SQLAlchemyError, LedgerDamagedError."""
        found = self._book.ledger.found_orders()
        if not found:
            return
        log.warning(
            "%d order(s) have entries whose commit had no answer; they are dealt with now", len(found)
        )
        with self._writer:
            for order_id in found:
                self._deal_with(OrderId(order_id))
        self._take_backs.resume()
        self._settlement.resume()

    def _deal_with(self, order_id: OrderId) -> None:
        try:
            order, receipt = self._book.order(order_id), self._book.receipt(order_id)
            if order is None:
                return
            valid = receipt is not None and not self._book.is_taken_back(order_id)
            if receipt is not None and not valid:
                self._settlement.forget(order_id)
            if receipt is not None and valid and not self._book.is_settled(order_id):
                self._sales.paid(order, receipt)
            self._sales.pieces_changed(order_id)
            for attempt in self._book.attempts(order_id):
                self._settlement.publish(attempt)
        except LedgerDamagedError as error:
            log.error("order %s: %s", order_id, error)
