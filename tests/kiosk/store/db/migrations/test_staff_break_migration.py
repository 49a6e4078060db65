"""Databases of the version without kept breaks get an empty table; the way back removes it."""

from __future__ import annotations

from collections.abc import Callable

from alembic import command
from sqlalchemy import inspect

from kiosk.core.domain.ids import AssociateId
from kiosk.store.db.database import Database
from kiosk.store.staff.kept_breaks import KeptBreaks

ROW = "INSERT INTO last_price (kind, key, price_minor, currency) VALUES ('styles', 'S1', 12900, 'EUR')"


def test_the_table_is_added_and_takes_breaks(database_url: str, migrate: Callable[..., None]) -> None:
    migrate(command.upgrade, "0019", (ROW, {}))
    database = Database(database_url)
    kept = KeptBreaks(database)
    assert kept.all() == {}
    kept.begin(AssociateId("a-ines"), 5)
    kept.begin(AssociateId("a-ines"), 7)
    assert kept.all() == {"a-ines": 7}
    kept.end(AssociateId("a-ines"))
    assert kept.all() == {}
    database.close()


def test_the_way_back_removes_it(database_url: str, migrate: Callable[..., None]) -> None:
    migrate(command.upgrade, "0020", (ROW, {}))
    migrate(command.downgrade, "0019")
    database = Database(database_url)
    assert "staff_break" in inspect(database.engine).get_table_names(), "opening it migrates again"
    database.close()
