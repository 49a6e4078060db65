"""Databases of the version without insights keep their item events and requests, which are then added up."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from alembic import command
from sqlalchemy import inspect, select

from kiosk.clock import US
from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.insights import (
    INSIGHT_HOUR,
    INSIGHT_ITEM,
    INSIGHT_WEEK,
    ROOM_TRIAL,
    TRIAL_CELL,
)
from kiosk.store.db.table_groups.opinions import INSIGHT_OPINION, INSIGHT_OPINION_WEEK
from kiosk.store.insights.week_book import WeekBook
from kiosk.store.insights.weeks import ShopWeeks

BEFORE, BEFORE_OPINIONS = "0023", "0029"
OPINIONS = (INSIGHT_OPINION, INSIGHT_OPINION_WEEK)
TABLES = (INSIGHT_WEEK, INSIGHT_ITEM, INSIGHT_HOUR, ROOM_TRIAL, TRIAL_CELL, *OPINIONS)
AT_US = 1_788_000_000_000_000
EVENT = (
    "INSERT INTO mark (at_us, kind, item, size, basket) VALUES (:at_us, 'tried', 'S1-WHI', 'M', 'b1')",
    {"at_us": AT_US},
)
REQUEST = (
    "INSERT INTO request VALUES ('r1', '1', 't1', 'done', :at_us, :at_us, :then_us, :body, :then_us)",
    {"body": '{"kind": "help"}', "at_us": AT_US, "then_us": AT_US + 30 * US},
)


def test_what_was_recorded_before_is_added_up(database_url: str, migrate: Callable[..., None]) -> None:
    migrate(command.upgrade, BEFORE, EVENT, REQUEST)
    database = Database(database_url)
    weeks = ShopWeeks(ZoneInfo("Europe/Vienna"))
    with database.reading() as connection:
        assert [connection.execute(select(table)).all() for table in TABLES] == [[]] * len(TABLES)
    book = WeekBook(database, weeks)
    book.sum_up(AT_US + 8 * 24 * 3600 * US)
    with database.reading() as connection:
        assert connection.execute(select(INSIGHT_ITEM.c.item, INSIGHT_ITEM.c.tried)).all() == [("S1-WHI", 1)]
        assert connection.execute(select(INSIGHT_HOUR.c.measure, INSIGHT_HOUR.c.value)).all() == [
            ("help", 30)
        ]
    database.close()


def test_the_way_back_keeps_item_events(database_url: str, migrate: Callable[..., None]) -> None:
    migrate(command.upgrade, "head", EVENT)
    migrate(command.downgrade, BEFORE)
    migrate(command.upgrade, "head")
    database = Database(database_url)
    assert {table.name for table in TABLES} <= set(inspect(database.engine).get_table_names())
    with database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM mark").scalar() == 1
    database.close()


def test_weeks_stay_where_what_members_say_of_styles_is_added(
    database_url: str, migrate: Callable[..., None]
) -> None:
    week: tuple[str, dict[str, object]] = ("INSERT INTO insight_week (week) VALUES ('2026-11-23')", {})
    migrate(command.upgrade, BEFORE_OPINIONS, week)
    migrate(command.upgrade, "head")
    migrate(command.downgrade, BEFORE_OPINIONS)
    database = Database(database_url)
    with database.reading() as connection:
        assert [connection.execute(select(table)).all() for table in OPINIONS] == [[], []]
        assert connection.execute(select(INSIGHT_WEEK)).all() == [("2026-11-23",)]
    database.close()
