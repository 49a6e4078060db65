"""Databases of the version before get an empty table of changes, and their client books stay."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from alembic import command
from sqlalchemy import inspect, select

from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.book_edits import BOOK_EDIT
from kiosk.store.db.table_groups.clues import BOOK_ENTRY

BEFORE = "0026"
ROW: tuple[str, dict[str, Any]] = (
    (
        "INSERT INTO book_entry (entry_id, shopper_id, kind, text, made_us, expires_us, author, holder)"
        " VALUES ('e1', 's1', 'note', :said, 1, 2, 'a-ines', 'a-ines')"
    ),
    {"said": "likes linen"},
)


def test_the_table_is_added_and_the_way_back_removes_it(
    database_url: str, migrate: Callable[..., None]
) -> None:
    migrate(command.upgrade, BEFORE, ROW)
    database = Database(database_url)
    with database.reading() as connection:
        assert connection.execute(select(BOOK_EDIT)).all() == []
        assert connection.scalars(select(BOOK_ENTRY.c.text)).all() == ["likes linen"]
    database.close()
    migrate(command.downgrade, BEFORE)
    database = Database(database_url)
    assert "book_edit" in inspect(database.engine).get_table_names(), "opening it migrates again"
    database.close()
