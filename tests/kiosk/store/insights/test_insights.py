"""Statistics of items: counts by kind and size, kept percentage, lost value, and a CSV that is safe to open."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

from kiosk.store.db.database import Database
from kiosk.store.db.tables import SKU
from kiosk.store.insights.insights import Insights
from kiosk.store.insights.item_events import ItemEventKind, ItemEvents
from tests.kiosk.store.feed_import.taking import take
from tests.kiosk.store.sample_shop import START_US, gtin_of, write_feed

SHIRT = ("S1-WHI", "M")
HOUR_US = 3_600_000_000


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(f"sqlite:///{tmp_path / 's.db'}")
    take(opened, write_feed(tmp_path / "feed"))
    yield opened
    opened.close()


@pytest.fixture
def events(database: Database) -> ItemEvents:
    return ItemEvents(database)


@pytest.fixture
def insights(database: Database) -> Insights:
    return Insights(database)


def test_events_are_counted_by_item_size_and_kind(events: ItemEvents, insights: Insights) -> None:
    events.add(ItemEventKind.TRIED, [SHIRT] * 3, START_US)
    events.add(ItemEventKind.BOUGHT, [SHIRT], START_US)
    events.add(ItemEventKind.ASKED, [("S1-WHI", "L")], START_US)
    events.add(ItemEventKind.LACKING, [("S1-WHI", "L")] * 2, START_US)
    medium, large = insights.items()
    assert (medium.size, medium.tried, medium.bought, medium.kept_percent) == ("M", 3, 1, 33)
    assert (large.size, large.asked, large.lacking, large.kept_percent) == ("L", 1, 2, -1)
    assert (medium.lost_minor, large.lost_minor) == (0, 2 * 12_900)


def test_what_was_lost_is_counted_at_the_price_of_the_size(
    database: Database, events: ItemEvents, insights: Insights
) -> None:
    with database.writing() as connection:
        own = {"price_minor": 15_000}
        connection.execute(update(SKU).where(SKU.c.article == gtin_of("S1", "WHI", "L")).values(own))
    events.add(ItemEventKind.LACKING, [("S1-WHI", "L"), SHIRT, ("S1-WHI", ""), ("gone", "M")], START_US)
    found = {(one.item, one.size): (one.name, one.lost_minor) for one in insights.items()}
    assert found == {
        ("S1-WHI", "L"): ("Linen <b>shirt</b>", 15_000),
        ("S1-WHI", "M"): ("Linen <b>shirt</b>", 12_900),
        ("S1-WHI", ""): ("Linen <b>shirt</b>", 12_900),
        ("gone", "M"): ("", 0),
    }


def test_more_bought_than_tried_is_a_hundred_percent(events: ItemEvents, insights: Insights) -> None:
    events.add(ItemEventKind.TRIED, [SHIRT], START_US)
    events.add(ItemEventKind.BOUGHT, [SHIRT] * 2, START_US)
    assert insights.items()[0].kept_percent == 100


def test_only_events_since_a_time_are_counted(events: ItemEvents, insights: Insights) -> None:
    events.add(ItemEventKind.TRIED, [SHIRT], START_US)
    assert insights.items(since_us=START_US + HOUR_US) == ()


def test_an_item_that_left_the_catalogue_has_no_name_and_no_price(
    events: ItemEvents, insights: Insights
) -> None:
    events.add(ItemEventKind.LACKING, [("OLD-RED", "M")], START_US)
    (old,) = insights.items()
    assert (old.item, old.name, old.lost_minor) == ("OLD-RED", "", 0)


def test_the_table_is_csv_without_formulas(events: ItemEvents, insights: Insights) -> None:
    events.add(ItemEventKind.TRIED, [("=cmd()", "+1")], START_US)
    (row,) = csv.DictReader(io.StringIO(insights.table()))
    assert (row["item"], row["size"], row["tried"], row["kept_percent"]) == ("'=cmd()", "'+1", "1", "0")
