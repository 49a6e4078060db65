"""To which purchase a tap belongs where the clock is set, money was paid back, or the stand sells something else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.clock import Clocks
from kiosk.config.stands import Stand
from kiosk.core.domain.ids import ArticleId, OrderId, PieceId, RoomId
from kiosk.core.domain.payment import Attempt
from kiosk.store.lifecycle import Store
from kiosk.store.payments.refund_book import RefundBook
from kiosk.store.payments.stands.earlier_taps import EarlierTaps
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.http_clients import HttpClient
from tests.kiosk.store.payments.payment_steps import ended, refund
from tests.kiosk.store.payments.stands.sales_rigs import SalesRig
from tests.kiosk.store.sample_shop import ManualClock, gtin_of
from tests.optional_values import present

DAY_S = 86_400


class _ByLedgerAlone(EarlierTaps):
    """The planted fault: nothing is known but what the ledger states, with its dates."""

    def remember(self, stand: RoomId, uid_mac: str, order_id: OrderId) -> None:
        del stand, uid_mac, order_id

    def put_seen(self, order_id: OrderId) -> None:
        super().put_seen(order_id)
        self._shown_us.clear()


class _NoRefunds(RefundBook):
    """The planted fault: nobody looks whether the money was paid back."""

    def refunded(self, order_id: OrderId) -> frozenset[PieceId]:
        del order_id
        return frozenset()


class _AnyArticle(EarlierTaps):
    """The planted fault: what was bought is not compared."""

    def _is_of(self, stand: RoomId, article: ArticleId, attempt: Attempt) -> bool:
        del article
        order = present(self._book.order(attempt.order_id))
        return super()._is_of(stand, order.lines[0].article, attempt)


@pytest.mark.parametrize("set_s", [-3 * DAY_S, -3600, 60, 3 * DAY_S])
def test_a_double_tap_buys_once_also_where_the_clock_is_set_between(
    store: Store, settings: StoreSettings, clock: ManualClock, set_s: int
) -> None:
    steady = ManualClock(0)
    rig = SalesRig(store, settings, Clocks(clock, steady))
    first = rig.shown(rig.tap())
    clock.pass_s(set_s)
    steady.pass_s(3)
    again = rig.tap()
    assert (again.order_id, again.repeated) == (first.order_id, True)
    steady.pass_s(16)
    assert rig.paid(rig.tap()).order_id != first.order_id


@pytest.mark.parametrize("set_s", [-3600, 3 * DAY_S])
def test_by_the_time_of_day_alone_it_would_buy_twice(
    store: Store, settings: StoreSettings, clock: ManualClock, set_s: int
) -> None:
    rig = SalesRig(store, settings, Clocks(clock, clock), earlier=_ByLedgerAlone)
    first = rig.shown(rig.tap())
    clock.pass_s(set_s)
    assert rig.tap().order_id != first.order_id


@pytest.mark.parametrize(
    ("refunds", "was_shown", "bought"),
    [(RefundBook, True, 2), (RefundBook, False, 2), (_NoRefunds, False, 1)],
)
def test_a_tap_after_the_money_was_paid_back_is_a_new_purchase(
    store: Store, settings: StoreSettings, clock: ManualClock, url: str, ines: HttpClient,
    refunds: type[RefundBook], was_shown: bool, bought: int,
) -> None:  # fmt: skip
    rig = SalesRig(store, settings, Clocks(clock, clock), refunds=refunds)
    first = rig.shown(rig.tap()) if was_shown else rig.paid(rig.tap())
    order_id = present(first.order_id)
    line = present(store.payments.book.order(order_id)).lines[0]
    assert ended(url, ines, refund(ines, line.piece, order_id))["state"] == "done"
    assert len({order_id, rig.paid(rig.tap()).order_id}) == bought


@pytest.mark.parametrize(("earlier", "bought"), [(EarlierTaps, 2), (_AnyArticle, 1)])
def test_a_tap_at_a_stand_that_sells_something_else_now_buys_that(
    store: Store, settings: StoreSettings, clock: ManualClock, earlier: type[EarlierTaps], bought: int
) -> None:
    clocks, scarf = Clocks(clock, clock), Stand(article=gtin_of("A1", "RED", "one"))
    coats = SalesRig(store, settings, clocks)
    first = coats.paid(coats.tap())
    scarves = SalesRig(store, replace(settings, stands={"coat": scarf}), clocks, earlier=earlier)
    assert len({first.order_id, scarves.paid(scarves.tap()).order_id}) == bought
