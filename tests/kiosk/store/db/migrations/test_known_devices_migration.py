"""Databases of the version without known devices get an empty table; locks of names stay as they are."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from alembic import command
from sqlalchemy import inspect

from kiosk.core.domain.ids import AssociateId
from kiosk.store.db.database import Database
from kiosk.store.errors import LockedOutError
from kiosk.store.staff.associates import AssociateAccounts
from kiosk.store.staff.pin_tries import Counted

ROW = (
    "INSERT INTO associate (associate_id, name, role, pin_hash, failures, locked_until_us, active)"
    " VALUES ('a', 'A', 'associate', '', 7, 500, true)"
)


def test_the_table_is_added_and_used(database_url: str, migrate: Callable[..., None]) -> None:
    migrate(command.upgrade, "0011", (ROW, {}))
    database = Database(database_url)
    accounts, name = AssociateAccounts(database, 10**12), AssociateId("a")
    assert not accounts.knows("tablet", name)
    with pytest.raises(LockedOutError):
        accounts.verified(Counted(name), "1", 499)
    device = Counted(name, "desk")
    with database.writing() as connection:
        for _ in range(5):
            device.take(connection, 0)
        with pytest.raises(LockedOutError):
            device.take(connection, 1)
        device.succeeded(connection)
        device.take(connection, 1)
    database.close()


def test_the_way_back_removes_it(database_url: str, migrate: Callable[..., None]) -> None:
    migrate(command.upgrade, "0012", (ROW, {}))
    migrate(command.downgrade, "0011")
    database = Database(database_url)
    assert "known_device" in inspect(database.engine).get_table_names(), "opening it migrates again"
    database.close()
