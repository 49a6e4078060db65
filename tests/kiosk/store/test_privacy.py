"""Personal values appear neither in the `repr` of the store's and the mirror's values nor in errors of the database."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import SQLAlchemyError

from kiosk.core.domain.fit_feedback import BodyFacts
from kiosk.core.domain.ids import AssociateId, ItemId, ShopperId
from kiosk.core.domain.shopper import CategorySize, Shopper, Tier
from kiosk.core.visit.events import CardTapped
from kiosk.store.api.floor_routes import SignInBody
from kiosk.store.customers.card_book import StoredCard
from kiosk.store.customers.card_links import LinkResult, LinkStatus
from kiosk.store.customers.customers import Customer
from kiosk.store.db.database import Database
from kiosk.store.db.tables import SHOPPER
from kiosk.store.payments.spending_limit import StoredMeans
from kiosk.store.staff.associates import Associate
from tests.kiosk.store.sample_shop import gtin_of, sample_store, settings_in
from tests.optional_values import present

SECRET = "Clara-4711"
SIZES = (CategorySize("coats", SECRET),)
PERSONAL = (
    Shopper(ShopperId(SECRET), Tier.PROVED, SECRET, "de", SIZES, SECRET),
    Customer(ShopperId(SECRET), SECRET, "de", SIZES, (ItemId(SECRET),), SECRET),
    StoredCard(SECRET, ShopperId(SECRET), "ring", 1),
    LinkResult(LinkStatus.PROVED, SECRET),
    StoredMeans(SECRET, SECRET),
    CardTapped(1, "link", SECRET, SECRET),
    BodyFacts(kind=SECRET, system=SECRET, size=SECRET),
    Associate(AssociateId("a1"), SECRET),
    SignInBody(associate_id="a1", pin=SECRET, new_pin=SECRET),
)


@pytest.mark.parametrize("value", PERSONAL, ids=lambda value: type(value).__name__)
def test_no_personal_value_is_in_the_repr(value: object) -> None:
    assert SECRET not in repr(value)


def test_an_error_of_the_database_contains_no_values(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'store.sqlite'}")
    with pytest.raises(SQLAlchemyError) as failed, database.writing() as connection:
        connection.execute(insert(SHOPPER).values(shopper_id=SECRET, first_name=None))
    database.close()
    assert "shopper" in str(failed.value)
    assert SECRET not in str(failed.value)


def test_a_row_that_the_database_refuses_keeps_no_store_from_its_start_and_no_value_is_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A trigger stands for a database that quotes the failing row, as PostgreSQL does."""
    settings = settings_in(tmp_path)
    settings.state.mkdir()
    database = Database(settings.database_url)
    database.close()
    with closing(sqlite3.connect(settings.state / "store.db")) as raw:
        raw.execute(
            "CREATE TRIGGER refuse BEFORE INSERT ON shopper WHEN new.first_name = 'Clara'"
            " BEGIN SELECT RAISE(ABORT, 'row contains Clara'); END"
        )
    with sample_store(settings) as store:
        report = store.resources.importer.report()
        assert [m.partition(", although")[0] for m in report.mistakes] == [
            "shoppers.jsonl:1: was refused by the database"
        ]
        assert report.kind("shoppers").changed == 1, "the other shopper is taken"
        assert store.service.catalogue.garment(gtin_of("S1", "WHI", "M")) is not None
    assert "Clara" not in caplog.text
    assert "Clara" not in (present(settings.feeds) / "feed-report.txt").read_text(encoding="utf-8")
