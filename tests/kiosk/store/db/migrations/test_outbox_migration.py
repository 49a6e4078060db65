"""Databases of the version without an outbox get an empty one; the way back removes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from alembic import command
from sqlalchemy import inspect, select

from kiosk.core.domain.ids import OrderId
from kiosk.store.db.database import Database
from kiosk.store.db.tables import STYLE
from kiosk.store.receipts.outbox_table import MailState, OutboxEntry, OutboxTable

ROW = "INSERT INTO style (style_id, category, name, price_minor, currency) VALUES ('S1', 'c', '{}', 7, 'EUR')"
ENTRY = OutboxEntry("m@shop.example", OrderId("o1"), "de", b"sealed", MailState.WAITING, 0, 5, 5)


def test_the_outbox_is_added_and_used(database_url: str, migrate: Callable[..., None]) -> None:
    migrate(command.upgrade, "0010", (ROW, {}))
    database = Database(database_url)
    table = OutboxTable(database)
    assert table.waiting() == 0
    table.add(ENTRY)
    assert table.due(5, 10) == (ENTRY,)
    table.later(ENTRY.message_id, tries=1, next_us=9, why="later")
    assert table.due(8, 10) == ()
    assert [entry.why for entry in table.due(8, 8)] == ["later"], (
        "its time is too far ahead: the clock was set back"
    )
    table.end(ENTRY.message_id, MailState.SENT)
    assert [(entry.state, entry.sealed) for entry in table.of_order(OrderId("o1"))] == [(MailState.SENT, b"")]
    waiting = replace(ENTRY, message_id="n@shop.example", order_id=OrderId("o2"))
    table.add(waiting)
    table.delete_ended_before(6)
    assert table.of_order(OrderId("o1")) == ()
    assert table.of_order(OrderId("o2")) == (waiting,), "what waits is deleted by no age"
    with database.reading() as connection:
        assert connection.execute(select(STYLE.c.style_id)).scalars().all() == ["S1"]
    database.close()


def test_the_way_back_removes_it(database_url: str, migrate: Callable[..., None]) -> None:
    migrate(command.upgrade, "0011", (ROW, {}))
    migrate(command.downgrade, "0010")
    database = Database(database_url)
    assert "outbox" in inspect(database.engine).get_table_names(), "opening it migrates again"
    database.close()
