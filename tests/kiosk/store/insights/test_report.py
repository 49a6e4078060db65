"""From events in the database to tables, files and the page: sums of weeks, small groups hidden, languages."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pyarrow.parquet as pq
import pytest
from sqlalchemy import select

from kiosk.clock import US
from kiosk.core.domain.texts import LANGUAGES
from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.insights import INSIGHT_HOUR, INSIGHT_ITEM, INSIGHT_WEEK
from kiosk.store.db.tables import REQUEST
from kiosk.store.insights.item_events import ItemEventKind as Kind
from kiosk.store.insights.item_events import ItemEvents
from kiosk.store.insights.report import Insights
from kiosk.store.insights.room_times import RoomTimes
from kiosk.store.insights.table import Column, Table, TableName, Unit
from kiosk.store.insights.table_files import as_csv, as_parquet
from kiosk.store.insights.week_book import WEEKS_KEPT, WeekBook
from kiosk.store.insights.weeks import Period, ShopWeeks
from kiosk.store.pages.insights.page import insights_page
from kiosk.store.settings import ShopSettings
from tests.kiosk.store.feed_import.taking import take
from tests.kiosk.store.sample_shop import START_US, write_feed

WEEKS = ShopWeeks(ZoneInfo("Europe/Vienna"))
NEXT_US = START_US + 8 * 24 * 3600 * US
SHIRT, LARGE = ("S1-WHI", "M"), ("S1-WHI", "L")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(f"sqlite:///{tmp_path / 's.db'}")
    take(opened, write_feed(tmp_path / "feed"))
    yield opened
    opened.close()


@pytest.fixture
def filled(database: Database) -> Database:
    """A week: 120 visits tried the shirt, 62 kept it; 11 asked for L, which was not there; 3 tried L."""
    events = ItemEvents(database)
    for number in range(120):
        events.add(Kind.SUGGESTED, [("S1-WHI", "")], START_US, f"v{number}", later=True)
        events.add(Kind.TRIED, [SHIRT], START_US, f"v{number}", later=True)
        if number < 62:
            events.add(Kind.BOUGHT, [SHIRT], START_US, f"v{number}", later=True)
        if number < 11:
            events.add(Kind.LACKING, [LARGE], START_US, f"v{number}", later=True)
    events.add(Kind.TRIED, [LARGE] * 3, START_US)
    times = RoomTimes(database, WEEKS)
    for _ in range(20):
        times.add(START_US, START_US + 600 * US)
    times.write()
    answered = {f"r{n}": START_US + 30 * US for n in range(90)} | {f"n{n}": None for n in range(30)}
    rows = [
        {"request_id": name, "room": "1", "ticket": "t", "state": "done", "made_us": START_US,
         "arrived_us": START_US, "answered_us": at, "changed_us": START_US, "body": '{"kind": "size"}'}
        for name, at in answered.items()
    ]  # fmt: skip
    with database.writing() as connection:
        connection.execute(REQUEST.insert(), rows)
    return database


def table(database: Database, name: TableName, language: str = "en") -> Table:
    WeekBook(database, WEEKS).sum_up(NEXT_US)
    return Insights(database, WEEKS).report(Period.WEEK, NEXT_US, language).tables[name]


def cells(found: Table) -> list[dict[str, object]]:
    keys = [column.key for column in found.columns]
    return [dict(zip(keys, row, strict=True)) for row in found.rows]


def test_tried_and_kept_by_size_without_small_groups(filled: Database) -> None:
    sizes = table(filled, TableName.SIZES)
    (row,) = cells(sizes)
    assert row == {
        "size": "M", "tried": 125, "kept": 65, "kept_percent": 52, "left": 55, "bought": 65, "returned": None,
        "asked": None,
    }  # fmt: skip
    assert sizes.hidden == 1


def test_unmet_demand_is_in_money_of_the_shown_count(filled: Database) -> None:
    (row,) = cells(table(filled, TableName.UNMET))
    assert (row["size"], row["lacking"], row["lost"], row["currency"]) == ("L", 15, 15 * 12_900, "EUR")


def test_hours_and_requests_have_times_and_shares(filled: Database) -> None:
    hour = WEEKS.hour(START_US)
    (row,) = cells(table(filled, TableName.HOURS))
    assert row == {
        "hour": hour, "visits": 25, "room_median": 10, "room_p90": None, "requests": 125, "answered_percent": 76,
        "answer_median": 30, "answer_p90": None,
    }  # fmt: skip
    (kind,) = cells(table(filled, TableName.REQUESTS))
    assert (kind["kind"], kind["requests"]) == ("size", 125)


def test_a_week_is_added_up_once_and_the_running_one_never(filled: Database) -> None:
    book = WeekBook(filled, WEEKS)
    week = WEEKS.week_of(START_US)
    assert book.sum_up(START_US) == week - timedelta(days=7)
    done = set()
    while (found := book.sum_up(NEXT_US)) is not None:
        assert found not in done
        done.add(found)
    assert week in done
    assert WEEKS.week_of(NEXT_US) not in done


def test_old_weeks_are_deleted(filled: Database) -> None:
    book = WeekBook(filled, WEEKS)
    book.sum_up(NEXT_US)
    book.delete_before(NEXT_US + (WEEKS_KEPT + 2) * 7 * 24 * 3600 * US)
    with filled.reading() as connection:
        for one in (INSIGHT_WEEK, INSIGHT_ITEM, INSIGHT_HOUR):
            assert connection.execute(select(one)).all() == []


def test_room_times_wait_for_the_database_and_none_is_lost(database: Database) -> None:
    times = RoomTimes(database, WEEKS)
    times.add(START_US, START_US + 90 * US)
    times.tick(10**9)
    times.add(START_US, START_US + 90 * US)
    times.tick(10**9 + 1)  # not yet due
    with database.reading() as connection:
        assert connection.scalars(select(INSIGHT_HOUR.c.pieces)).all() == [1]
    times.write()
    with database.reading() as connection:
        assert connection.scalars(select(INSIGHT_HOUR.c.pieces)).all() == [2]


HOSTILE = Table(
    TableName.UNMET,
    (Column("style", Unit.TEXT), Column("lacking", Unit.PIECES), Column("lost", Unit.MINOR),
     Column("currency", Unit.TEXT)),
    tuple((text, 10, 12_345, currency) for text, currency in (
        ("=1+1", "EUR"), (" \u00a0@SUM(A1)", "JPY"), ("\tx", "KWD"), ("\uff1dHYPERLINK(1)", "EUR"), ("-3", "EUR"),
        ('a"b,c\nd', "EUR"), ("ok", "EUR"))),
)  # fmt: skip


def test_csv_has_no_formula_and_amounts_in_units_of_the_currency() -> None:
    rows = list(csv.reader(io.StringIO(as_csv(HOSTILE).decode("utf-8-sig"), newline="")))
    assert rows[0] == ["style", "lacking", "lost", "currency"]
    assert [row[0][0] for row in rows[1:6]] == ["'"] * 5
    assert [row[0] for row in rows[6:]] == ['a"b,c\nd', "ok"]
    assert [row[2] for row in rows[1:4]] == ["123.45", "12345", "12.345"]


def test_parquet_has_the_same_rows_with_types() -> None:
    found = pq.read_table(io.BytesIO(as_parquet(HOSTILE))).to_pylist()
    assert [row["style"] for row in found] == [row[0] for row in HOSTILE.rows]
    assert str(found[0]["lost"]) == "123.450"
    assert found[0]["lacking"] == 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_complete_in_every_language(filled: Database, language: str) -> None:
    WeekBook(filled, WEEKS).sum_up(NEXT_US)
    report = Insights(filled, WEEKS).report(Period.WEEK, NEXT_US, language)
    page = insights_page(report, (), ShopSettings(), language)
    assert page.count("<section>") == 1 + sum(bool(t.rows or t.hidden) for t in report.tables.values())
    assert ('dir="rtl"' in page) is (language == "ar")
    assert "{n}" not in page
    assert "<script" not in page
    assert "Linen <b>" not in page


def test_the_page_of_an_empty_shop_says_when_figures_come(database: Database) -> None:
    report = Insights(database, WEEKS).report(Period.YEAR, NEXT_US, "en")
    assert (report.first, report.last) == (report.last - timedelta(days=52 * 7 - 1), report.last)
    assert "appear on the Monday after it" in insights_page(report, (), ShopSettings(), "en")
    assert report.last < WEEKS.local(NEXT_US).date()
