"""Payments through a running store at the doubles of Stripe and Adyen, then the reports that these doubles write."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from zoneinfo import ZoneInfo

import pytest

from kiosk.clock import now_us
from kiosk.connectors.payments.doubles.adyen import report as adyen_report
from kiosk.connectors.payments.doubles.stripe_api import report as stripe_report
from kiosk.connectors.payments.reports.line import Service
from kiosk.connectors.payments.reports.reading import opened_report
from kiosk.core.domain.ids import OrderId, RoomId, Ticket
from kiosk.core.domain.payment import PaymentMeans, PaymentState
from kiosk.core.visit.effects import CollectPayment, PriceOrder
from kiosk.store.lifecycle import Store
from kiosk.store.payments.books.pages import LedgerPages
from kiosk.store.payments.books.period import ShopDays
from kiosk.store.payments.books.settle.lines import Lines
from kiosk.store.payments.books.settle.settlement import Compared, Scope, settle
from tests.contracts.payments.adyen_rig import AdyenDoubles, AdyenRig
from tests.contracts.payments.store_run import INES
from tests.contracts.payments.stripe_rig import StripeLoops, StripeRig
from tests.kiosk.store.sample_shop import build, gtin_of, piece_of, settings_in

ROOM, ARTICLE = RoomId("1"), gtin_of("S1", "WHI", "M")
POLL_S, MOST_LOOKS = 0.02, 3000
Row = dict[str, str]


@dataclass(slots=True)
class Till:
    """A store with one room and the terminal of a double."""

    store: Store
    rig: StripeRig | AdyenRig
    service: Service

    def pay(self, name: str, serial: int, *, good: bool = True, cancelled: bool = False) -> None:
        """A shopper pays, or lays her card on the terminal although her order is being cancelled."""
        order, piece = OrderId(name), piece_of("S1", "WHI", "M", serial)
        self.store.service.price_order(ROOM, PriceOrder(Ticket(name), order, ((piece, ARTICLE),), None))
        self.store.service.collect_payment(
            ROOM, CollectPayment(Ticket(name), order, PaymentMeans.TERMINAL, 1)
        )
        self._until(self.rig.waits)
        if cancelled:
            (attempt,) = self.store.payments.book.attempts(order)
            self.store.payments.book.put_dropped(order, now_us())
            assert attempt.state is not PaymentState.PAID
        self.rig.tap(good=good)
        self._until(lambda: self._state(order).is_final)

    def refund(self, name: str, serial: int) -> None:
        """An associate pays the piece back."""
        refunds = self.store.payments.refunds
        begun = refunds.begin(OrderId(name), piece_of("S1", "WHI", "M", serial), INES)
        self._until(lambda: refunds.refund(begun.key).state.is_final)

    def rows(self) -> list[Row]:
        """The report of the double."""
        if isinstance(self.rig, StripeRig):
            account = self.rig._double.double.account
            return self.rig._double.run(lambda: list(stripe_report.rows(account)))
        return list(adyen_report.rows(self.rig._terminal.book))

    def settle(self, rows: list[Row], path: Path) -> Compared:
        writer = stripe_report if self.service is Service.STRIPE else adyen_report
        with path.open("w", encoding="utf-8", newline="") as file:
            writer.write(file, iter(rows))
        days, lines = ShopDays(ZoneInfo("Europe/Vienna")), Lines(self.service)
        with opened_report(path, days.zone, "EUR") as report:
            assert report.service is self.service
            lines.add(report.lines)
        return settle(
            LedgerPages(self.store.resources.ledger), lines, days, Scope(pending_days=0), lambda _, __: None
        )

    def _state(self, order: OrderId) -> PaymentState:
        return self.store.payments.book.attempts(order)[-1].state

    @staticmethod
    def _until(true: Callable[[], bool]) -> None:
        pause, looks = Event(), 0
        while not true():
            pause.wait(POLL_S)
            looks += 1
            assert looks < MOST_LOOKS


@pytest.fixture(params=[Service.STRIPE, Service.ADYEN], ids=["stripe", "adyen"])
def till(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Till]:
    with ExitStack() as opened:
        maker: StripeLoops | AdyenDoubles
        maker = StripeLoops() if request.param is Service.STRIPE else AdyenDoubles(cloud=False)
        opened.callback(maker.close)
        rig = maker.rig(120.0)
        opened.callback(rig.close)
        driver = rig.driver(patient=True)
        store = opened.enter_context(build(settings_in(tmp_path), now_us, {"till": driver}))
        yield Till(store, rig, request.param)


def test_the_reports_of_the_doubles_agree_with_the_ledger(till: Till, tmp_path: Path) -> None:
    till.pay("o1", 1)
    till.pay("o2", 2)
    till.refund("o2", 2)
    till.pay("o3", 3, good=False)
    till.pay("o4", 4, cancelled=True)
    rows = till.rows()
    compared = till.settle(rows, tmp_path / "report.csv")
    assert compared.found.differences == []
    assert compared.found.agreed >= 3
    charges = [
        row for row in rows if "o1" in (row.get("payment_metadata[order]"), row.get("Merchant Reference"))
    ]
    without = till.settle([row for row in rows if row not in charges], tmp_path / "less.csv")
    assert [(one.kind.value, one.order) for one in without.found.differences] == [
        ("missing-at-service", "o1")
    ]
    own = {"balance_transaction_id": "txn_again"} if till.service is Service.STRIPE else {}
    twice = [{**row, **own} for row in charges]
    again = till.settle([*rows, *twice], tmp_path / "more.csv")
    assert [(one.kind.value, one.order) for one in again.found.differences] == [("charged-twice", "o1")]
