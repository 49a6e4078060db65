"""Databases of the version without sales for other systems get empty tables; the ledger's head stays."""

from __future__ import annotations

from collections.abc import Callable

from alembic import command
from sqlalchemy import inspect, select

from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.sales_out import SALES_OUT, SALES_OUT_LOG
from kiosk.store.db.tables import LEDGER_HEAD

ROW = "INSERT INTO ledger_head (head_id, seq, chain, receipts) VALUES (1, 7, 'c', 2)"
BEFORE = "0034"


def test_the_tables_are_added_and_the_head_stays(database_url: str, migrate: Callable[..., None]) -> None:
    migrate(command.upgrade, BEFORE, (ROW, {}))
    database = Database(database_url)
    with database.reading() as connection:
        assert connection.scalar(select(LEDGER_HEAD.c.seq)) == 7
        assert connection.execute(select(SALES_OUT)).all() == []
        assert connection.execute(select(SALES_OUT_LOG)).all() == []
    database.close()


def test_the_way_back_removes_them(database_url: str, migrate: Callable[..., None]) -> None:
    migrate(command.upgrade, "0037", (ROW, {}))
    migrate(command.downgrade, BEFORE)
    migrate(command.upgrade, BEFORE)
    database = Database(database_url)
    assert {"sales_out", "sales_out_log"} <= set(inspect(database.engine).get_table_names())
    database.close()
