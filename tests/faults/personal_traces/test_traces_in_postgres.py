"""Searches the files of a PostgreSQL server for a member after her erasure: tables, indexes, statistics."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Final

import psycopg
import pytest

from kiosk.core.domain.ids import ShopperId
from kiosk.store.compose_members import compose_members
from tests.faults.visit_memory.search import found_in_files
from tests.kiosk.store import postgres
from tests.kiosk.store.sample_shop import SHOPPERS, ManualClock, sample_store, settings_in
from tests.optional_values import present

MEMBER: Final = {"name": "Zephyrine Quoll", "size": "38Wexqel", "id": "member-77812345"}


@pytest.mark.full
def test_nothing_of_her_is_in_the_tables_after_her_erasure(tmp_path: Path, postgres_server: str) -> None:
    database = postgres.fresh_database(postgres_server)
    settings = replace(settings_in(tmp_path), database=database)
    member = {
        **SHOPPERS[0],
        "shopper_id": MEMBER["id"],
        "first_name": MEMBER["name"],
        "sizes": {"coats": MEMBER["size"]},
    }
    shoppers = present(settings.feeds) / "shoppers.jsonl"
    shoppers.write_text(f"{json.dumps(member)}\n{json.dumps(SHOPPERS[1])}\n", "utf-8")
    with sample_store(settings, ManualClock()) as store, psycopg.connect(database, autocommit=True) as server:
        for _ in range(3):  # each leaves the statistics of the one before as a deleted row
            server.execute("ANALYZE")
        server.execute("CHECKPOINT")
        folder = Path(str(present(server.execute("SHOW data_directory").fetchone())[0])) / "base"
        assert found_in_files(folder, MEMBER), "the search finds what the database holds"
        desk = compose_members(store.settings, store.resources, store.service, store.clock)
        for place in desk.places:
            place.erase(ShopperId(MEMBER["id"]))
        assert desk.held(ShopperId(MEMBER["id"])) == ()
        server.execute("CHECKPOINT")
        assert found_in_files(folder, MEMBER) == {}
