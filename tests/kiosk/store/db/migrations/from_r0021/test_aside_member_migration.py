"""Databases of the version before get an empty table of members' pieces, and what is put aside stays."""

from __future__ import annotations

from collections.abc import Callable

from alembic import command
from sqlalchemy import inspect, select

from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.asides import ASIDE, ASIDE_MEMBER

BEFORE = "0035"
INSERT = (
    "INSERT INTO aside (aside_id, state, until_us, changed_us, body) VALUES ('t1.a1', 'taken', 5, 1, '{}')"
)


def test_the_table_is_added_and_the_way_back_removes_it(
    database_url: str, migrate: Callable[..., None]
) -> None:
    migrate(command.upgrade, BEFORE, (INSERT, {}))
    database = Database(database_url)
    with database.reading() as connection:
        assert connection.execute(select(ASIDE_MEMBER)).all() == []
        assert connection.scalars(select(ASIDE.c.aside_id)).all() == ["t1.a1"]
    database.close()
    migrate(command.downgrade, BEFORE)
    database = Database(database_url)
    assert "aside_member" in inspect(database.engine).get_table_names(), "opening it migrates again"
    database.close()
