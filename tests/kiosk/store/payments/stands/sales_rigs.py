"""Purchases at a stand without HTTP: the store's parts, some of them replaced by a planted fault."""

from __future__ import annotations

from contextlib import suppress
from itertools import count

from kiosk.clock import Clocks
from kiosk.core.domain.ids import RoomId
from kiosk.core.domain.sales.stand import StandAnswer, StandSign
from kiosk.core.visit.events import CardTapped
from kiosk.store.customers.customers import TapResult
from kiosk.store.db.waits import DatabaseBusyError
from kiosk.store.lifecycle import Store
from kiosk.store.payments.refund_book import RefundBook
from kiosk.store.payments.spending_limit import SpendingLimit
from kiosk.store.payments.stands.earlier_taps import EarlierTaps
from kiosk.store.payments.stands.stand_sales import StandSales
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.payments.payment_steps import CLARA
from tests.kiosk.store.payments.transactions.payment_waits import until
from tests.kiosk.store.shop_cards import link
from tests.optional_values import present

COAT_STAND = RoomId("coat")
MAX_BUSY = 100
_TAPS = count(1)


class SalesRig:
    """The purchases at the stand `coat`. `clocks`: of the look at earlier taps alone."""

    def __init__(
        self, store: Store, settings: StoreSettings, clocks: Clocks, *,
        earlier: type[EarlierTaps] = EarlierTaps, refunds: type[RefundBook] = RefundBook,
        limit: SpendingLimit | None = None,
    ) -> None:  # fmt: skip
        self._store, service, book = store, store.service, store.payments.book
        limit = limit or service.spending_limit
        found = earlier(book, refunds(book.ledger), limit, clocks)
        self.sales = StandSales(
            settings.stands, service.till, book, limit, service.customers, service.catalogue, found
        )  # fmt: skip

    def tap(self, tap_id: str = "") -> StandAnswer:
        """A tap of Clara's ring."""
        counter = next(_TAPS)
        card = CardTapped(counter, "ntag424", CLARA, link(CLARA, counter))
        proved = self._proved(card)
        return self.sales.buy(COAT_STAND, tap_id or f"tap-{counter:08}", proved)

    def _proved(self, card: CardTapped) -> TapResult:
        for _ in range(MAX_BUSY):
            # the database of a busy machine may be being written
            with suppress(DatabaseBusyError):
                return self._store.service.customers.evaluate_tap(card)
        raise DatabaseBusyError

    def paid(self, bought: StandAnswer) -> StandAnswer:
        """The purchase once it is paid."""
        order_id = present(bought.order_id)
        until(self._store, lambda: self.sales.state(COAT_STAND, order_id).sign is StandSign.PAID)
        self._store.payments.finish_pending()
        return bought

    def shown(self, bought: StandAnswer) -> StandAnswer:
        """The purchase once it is paid and the reader has shown it."""
        self.sales.seen(COAT_STAND, present(self.paid(bought).order_id))
        return bought
