"""Databases of the version without notifications get the table of subscriptions, and keep their staff."""

from __future__ import annotations

from collections.abc import Callable

from alembic import command
from sqlalchemy import inspect, select

from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.floor import STAFF_BREAK
from kiosk.store.db.table_groups.push import PUSH_SUBSCRIPTION

BEFORE = "0024"
BREAK: tuple[str, dict[str, object]] = (
    "INSERT INTO staff_break (associate_id, since_us) VALUES ('a-ines', 5)",
    {},
)


def test_forward_and_back(database_url: str, migrate: Callable[..., None]) -> None:
    migrate(command.upgrade, BEFORE, BREAK)
    migrate(command.upgrade, "head")
    migrate(command.downgrade, BEFORE)
    database = Database(database_url)
    with database.reading() as connection:
        assert connection.execute(select(PUSH_SUBSCRIPTION)).all() == []
        assert connection.execute(select(STAFF_BREAK)).all() == [("a-ines", 5)]
    indexes = {each["name"] for each in inspect(database.engine).get_indexes("push_subscription")}
    assert indexes == {f"ix_push_subscription_{c}" for c in ("associate_id", "session_mac", "until_us")}
    database.close()
