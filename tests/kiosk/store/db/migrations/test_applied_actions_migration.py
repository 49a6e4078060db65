"""Databases of the version without keys of actions get an empty table; the way back removes it."""

from __future__ import annotations

from collections.abc import Callable

from alembic import command
from sqlalchemy import inspect, select

from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.floor import APPLIED_ACTION
from kiosk.store.db.tables import REQUEST

ROW = (
    "INSERT INTO request (request_id, room, ticket, state, made_us, arrived_us, changed_us, body)"
    " VALUES ('r1', '1', 't', 'done', 1, 1, 1, '{}')"
)


def test_the_table_is_added_and_requests_stay(database_url: str, migrate: Callable[..., None]) -> None:
    migrate(command.upgrade, "0015", (ROW, {}))
    database = Database(database_url)
    with database.reading() as connection:
        assert connection.execute(select(REQUEST.c.request_id)).scalars().all() == ["r1"]
        assert connection.execute(select(APPLIED_ACTION)).all() == []
    database.close()


def test_the_way_back_removes_it(database_url: str, migrate: Callable[..., None]) -> None:
    migrate(command.upgrade, "0016", (ROW, {}))
    migrate(command.downgrade, "0015")
    database = Database(database_url)
    assert "applied_action" in inspect(database.engine).get_table_names(), "opening it migrates again"
    database.close()
