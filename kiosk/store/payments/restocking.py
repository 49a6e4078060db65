"""What follows from a refund: the piece is unsold and in the stock again, the associates' pages are notified."""

from __future__ import annotations

import logging

from kiosk.core.domain.ids import OrderId
from kiosk.core.domain.refund import Refund
from kiosk.store.db.unusable import UNUSABLE
from kiosk.store.floor.event_hub import FLOOR_TOPIC
from kiosk.store.payments.context import PaymentContext
from kiosk.store.payments.sales_events import SalesEvents
from kiosk.store.payments.settlement import TransactionChanged
from kiosk.store.payments.sold_pieces import SoldPieces

log = logging.getLogger(__name__)


class Restocking:
    """Takes refunded pieces back into the stock, once each."""

    def __init__(self, context: PaymentContext, sold: SoldPieces, sales: SalesEvents) -> None:
        self._book, self._refunds, self._hub = context.book, context.refund_book, context.hub
        self._writer, self._now = context.writer, context.now_us
        self._sold, self._sales = sold, sales
        self._pending: dict[str, Refund] = {}
        self._failing = False

    def publish(self, refund: Refund) -> None:
        """Sends a refund's state to the associates' pages."""
        self._hub.publish(FLOOR_TOPIC, TransactionChanged(refund.order_id, refund.key, refund.state.value))

    def restock(self, refund: Refund) -> None:
        """Takes the piece of a refund that is done back into the stock, now or at a later tick."""
        with self._writer:
            self._pending[refund.key] = refund
            self.restock_pending()
            self._sales.pieces_changed(refund.order_id)

    def restock_pending(self) -> None:
        """Restocks what is paid back and not restocked yet; called at every tick until database and ledger accept it.

        An order whose sale or exchange may be marked again waits for that: a restocked piece would be sold again.
        """
        with self._writer:
            if not self._pending:
                return
            try:
                unmarked = self._unmarked()
                for refund in tuple(self._pending.values()):
                    if refund.order_id not in unmarked:  # the sale or the exchange first
                        self._restock(refund)
            except UNUSABLE as error:
                if not self._failing:
                    log.error(
                        "%d refund(s): the piece is not restocked yet: %s",
                        len(self._pending),
                        type(error).__name__,
                    )
                self._failing = True

    def _restock(self, refund: Refund) -> None:
        """Restocks the piece of one refund; repeated calls change nothing more."""
        if self._sold.take_back(refund, self._now()):
            self._sales.returned(refund.article)
        self._refunds.put_restocked(refund, self._now())
        del self._pending[refund.key]
        if self._failing:
            log.info("refunded pieces are restocked again")
        self._failing = False

    def _unmarked(self) -> frozenset[OrderId]:
        """Orders of which the ledger does not say yet that the database has marked the sale and all exchanges."""
        exchanged = (exchange.order_id for exchange in self._book.unexchanged())
        return frozenset(self._book.unsettled()).union(exchanged)

    def resume(self) -> None:
        """After a start: restocks what the last run had paid back and not restocked."""
        with self._writer:
            self._pending.update((r.key, r) for r in self._refunds.unrestocked())
        self.restock_pending()
