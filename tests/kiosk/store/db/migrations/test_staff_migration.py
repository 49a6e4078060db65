"""Databases of the version before staff was kept in the shop: everybody is of the feed, PINs and roles stay."""

from __future__ import annotations

from collections.abc import Callable

from alembic import command
from sqlalchemy import select

from kiosk.store.db.database import Database
from kiosk.store.db.tables import ASSOCIATE, STAFF_LOG

ROW = (
    "INSERT INTO associate (associate_id, name, role, pin_hash, failures, locked_until_us, active)"
    " VALUES ('a', 'A', 'manager', 'h', 7, 500, true)"
)


def test_people_are_of_the_feed(database_url: str, migrate: Callable[..., None]) -> None:
    migrate(command.upgrade, "0013", (ROW, {}))
    database = Database(database_url)
    with database.reading() as connection:
        row = connection.execute(select(ASSOCIATE)).one()
        assert connection.execute(select(STAFF_LOG)).all() == []
    assert (row.role, row.pin_hash, row.active) == ("manager", "h", True)
    assert (row.by_hand, row.own_pin, row.own_role, row.barred) == (False, False, False, False)
    database.close()


def test_the_way_back_removes_them(database_url: str, migrate: Callable[..., None]) -> None:
    migrate(command.upgrade, "0014", (ROW, {}))
    migrate(command.downgrade, "0013")
    database = Database(database_url)
    with database.reading() as connection:
        assert connection.execute(select(ASSOCIATE.c.pin_hash)).scalar_one() == "h", (
            "opening it migrates again"
        )
    database.close()


def test_pins_of_the_version_before_need_not_be_replaced(
    database_url: str, migrate: Callable[..., None]
) -> None:
    migrate(command.upgrade, "0014", (ROW, {}))
    database = Database(database_url)
    with database.reading() as connection:
        assert connection.execute(select(ASSOCIATE.c.pin_once)).scalar_one() is False
    database.close()
