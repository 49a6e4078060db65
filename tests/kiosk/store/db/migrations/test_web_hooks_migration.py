"""Databases of the version without web hooks for events get empty tables, and their log goes on."""

from __future__ import annotations

from collections.abc import Callable

from alembic import command
from sqlalchemy import inspect, select

from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.events import DEAD_LETTER, EVENT_STREAM, WEB_HOOK

ROW = "INSERT INTO event_stream (row_id, stream_id, recorded_seq, published_seq, trimmed_seq) VALUES (1, 'a', 7, 7, 2)"


def test_the_tables_are_added_and_the_log_goes_on(database_url: str, migrate: Callable[..., None]) -> None:
    migrate(command.upgrade, "0022", (ROW, {}))
    database = Database(database_url)
    with database.reading() as connection:
        assert connection.scalar(select(EVENT_STREAM.c.published_seq)) == 7
        assert (
            connection.execute(select(WEB_HOOK)).all() == connection.execute(select(DEAD_LETTER)).all() == []
        )
    database.close()


def test_the_way_back_removes_them(database_url: str, migrate: Callable[..., None]) -> None:
    migrate(command.upgrade, "0023", (ROW, {}))
    migrate(command.downgrade, "0022")
    migrate(command.upgrade, "0022")
    database = Database(database_url)
    assert {"web_hook", "dead_letter"} <= set(inspect(database.engine).get_table_names())
    database.close()
