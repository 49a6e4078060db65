"""Databases of the version without clues get empty tables, and members keep their consents."""

from __future__ import annotations

from collections.abc import Callable

from alembic import command
from sqlalchemy import inspect, select

from kiosk.core.domain.ids import ShopperId
from kiosk.store.customers.book.consents import consents_of
from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.clues import (
    BOOK_ENTRY,
    CLUE_REFUSAL,
    CLUE_TRUST,
    CLUE_VERDICT,
    MEMBER_REQUEST,
)

TABLES = (BOOK_ENTRY, CLUE_REFUSAL, CLUE_TRUST, CLUE_VERDICT, MEMBER_REQUEST)
BEFORE = "0017"
ROW = (
    "INSERT INTO shopper (shopper_id, member, consents) VALUES ('s1', :member, '[\"sizes\"]')",
    {"member": True},
)


def test_the_tables_are_added_and_nobody_has_consented_to_clues(
    database_url: str, migrate: Callable[..., None]
) -> None:
    migrate(command.upgrade, BEFORE, ROW)
    database = Database(database_url)
    with database.reading() as connection:
        assert [connection.execute(select(table)).all() for table in TABLES] == [[]] * len(TABLES)
        assert consents_of(connection, ShopperId("s1")) == {"sizes"}
    database.close()


def test_the_way_back_removes_them(database_url: str, migrate: Callable[..., None]) -> None:
    migrate(command.upgrade, "head", ROW)
    migrate(command.downgrade, BEFORE)
    database = Database(database_url)
    assert "book_entry" in inspect(database.engine).get_table_names(), "opening it migrates again"
    database.close()
