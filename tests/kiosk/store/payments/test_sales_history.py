"""What is bought in a room and brought back to the desk is what looks are learned from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from sqlalchemy import select

from kiosk.store.db.tables import ITEM_EVENT
from kiosk.store.insights.history_export import write_history
from kiosk.store.lifecycle import Store
from tests.kiosk.store.http_clients import HttpClient
from tests.kiosk.store.payments.payment_steps import ended, refund
from tests.kiosk.store.payments.transactions.payment_waits import until


def kinds(store: Store) -> set[str]:
    """The kinds of the item events in the database."""
    with store.resources.database.reading() as connection:
        return set(connection.scalars(select(ITEM_EVENT.c.kind)))


def test_a_sale_is_one_basket_and_a_return_is_a_return(
    store: Store, url: str, ines: HttpClient, sold: dict[str, Any], tmp_path: Path
) -> None:
    assert ended(url, ines, refund(ines))["state"] == "done"
    # the entry of the return is written after the refund
    until(store, lambda: "returned" in kinds(store))
    rows = pq.read_table(write_history(store.resources.database, tmp_path).events).to_pylist()
    bought = {row["item_id"]: row["basket_id"] for row in rows if row["kind"] == "purchase"}
    assert set(bought) == {"S1-WHI", "C1-NVY"}
    assert len(set(bought.values())) == 1
    assert [row["item_id"] for row in rows if row["kind"] == "return"] == ["S1-WHI"]
    assert {row["shopper_id"] for row in rows} == {None}
