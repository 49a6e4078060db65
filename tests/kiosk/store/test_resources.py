"""The store's resources: a damaged ledger closes payments only, and a refused feed changes nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.core.domain.ids import OrderId, RoomId, Ticket
from kiosk.core.domain.payment import PaymentMeans
from kiosk.core.visit.effects import CollectPayment, PriceOrder
from kiosk.store.db.holder import StoreHeldError
from kiosk.store.errors import PaymentsClosedError
from kiosk.store.resources import open_resources
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.sample_shop import START_US, gtin_of, piece_of, sample_store, settings_in, write_feed
from tests.optional_values import present

PIECES = ((piece_of("S1", "WHI", "M"), gtin_of("S1", "WHI", "M")),)
PRICE = PriceOrder(Ticket("t"), OrderId("o1"), PIECES, None)


def test_two_stores_cannot_use_one_state_folder(settings: StoreSettings) -> None:
    first = open_resources(settings)
    with pytest.raises(StoreHeldError):
        open_resources(settings)
    first.close()
    open_resources(settings).close()


def test_a_damaged_ledger_closes_payments_and_nothing_else(
    settings: StoreSettings, caplog: pytest.LogCaptureFixture
) -> None:
    with sample_store(settings) as store:
        store.service.price_order(RoomId("1"), PRICE)
    with closing(sqlite3.connect(settings.ledger_path, isolation_level=None)) as ledger:
        for (trigger,) in ledger.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            ledger.execute(f"DROP TRIGGER {trigger}")
        ledger.execute("UPDATE journal SET chain = 'wrong'")
    with sample_store(settings) as store:
        assert store.health().payments_closed is True
        health = store.health()
        assert (health.ok, health.ledger.state) == (False, "damaged")
        assert "cheval ledger audit" in health.ledger.advice
        assert store.resources.catalogue.garment(PIECES[0][1]) is not None
        assert store.service.price_order(RoomId("1"), PRICE).order_id == "o1", "known before"
        with pytest.raises(PaymentsClosedError):
            store.service.price_order(RoomId("1"), replace(PRICE, order_id=OrderId("o2")))
        answer = store.service.collect_payment(
            RoomId("1"), CollectPayment(Ticket("t"), OrderId("o1"), PaymentMeans.TERMINAL, 1)
        )
        assert answer.why == "closed"
    assert "payments stay closed" in caplog.text


def test_a_feed_that_loses_too_much_keeps_what_is_known_with_one_line(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = settings_in(tmp_path)
    with sample_store(settings) as store:
        feed = write_feed(tmp_path / "next")
        (feed / "styles.jsonl").write_text((feed / "styles.jsonl").read_text().splitlines()[0] + "\n")
        caplog.clear()
        report = present(store.resources.import_feed(feed, START_US))
        assert [str(loss) for loss in report.held] == ["styles: rows lost: 4 of 5"]
        assert store.resources.catalogue.garment(gtin_of("F1", "BLK", "39")) is not None
    told = [r.getMessage() for r in caplog.records if "feed" in r.getMessage()]
    assert len(told) == 1
    assert "waits for a yes: styles: rows lost: 4 of 5" in told[0]


def test_a_folder_that_cannot_be_listed_leaves_the_catalogue_as_it_is(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with sample_store(settings_in(tmp_path)) as store:
        report = present(store.resources.import_feed(tmp_path / "absent", START_US))
        assert report.failed == (f"{tmp_path / 'absent'}: No such file or directory",)
        assert store.resources.catalogue.garment(PIECES[0][1]) is not None
    assert "what is known stays" in caplog.text
