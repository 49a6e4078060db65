"""Searches the store's disk for a member: during and after her visit, after kills, after her erasure.

The search covers the state directory (database, write-ahead log, ledger, temporary files, core files if there were any)
and the log. On PostgreSQL it covers the tables and indexes of the server.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import pytest

from kiosk.core.domain.ids import Ticket
from kiosk.core.visit.effects import IdentifyShopper, ReportVisit
from kiosk.core.visit.events import CardTapped
from kiosk.store.db.database import Database
from kiosk.store.db.store_hold import StoreHold
from tests.faults.visit_memory.search import found_in_files
from tests.kiosk.store.http_clients import associate, mirror
from tests.kiosk.store.sample_shop import PIN, SHOPPERS
from tests.kiosk.store.shop_cards import key_file, link
from tests.kiosk.store.store_process import StoreProcess

MEMBER: Final = {"name": "Zephyrine Quoll", "size": "38Wexqel", "id": "member-77812345"}
CARD: Final = "04A1B2C3D4E501"
ALL: Final = {**MEMBER, "card": CARD}
ERASE: Final = {"member": MEMBER["id"], "second": {"associate_id": "a-ines", "pin": PIN}}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[StoreProcess]:
    process = StoreProcess(tmp_path, "sim://127.0.0.1:9", cards={"keys_file": str(key_file(tmp_path))})
    shoppers = tmp_path / "feed" / "shoppers.jsonl"
    member = {
        **SHOPPERS[0], "shopper_id": MEMBER["id"], "first_name": MEMBER["name"], "sizes": {"coats": MEMBER["size"]},
    }  # fmt: skip
    shoppers.write_text(f"{json.dumps(member)}\n{json.dumps(SHOPPERS[1])}\n", "utf-8")
    yield process
    process.close()


def visit(store: StoreProcess, counter: int) -> None:
    """She lays her ring on the reader and is recognised."""
    with mirror(store.url, store.state, "1") as room:
        ticket = Ticket(f"t{counter}")
        room.of_room("PUT", "/visit", ReportVisit(ticket, began=True, at_us=counter))
        tap = CardTapped(counter, "link", CARD, link(CARD, counter))
        status, said = room.of_room("POST", "/identify", IdentifyShopper(ticket, tap))
        assert (status, said["shopper"]["first_name"]) == (200, MEMBER["name"])


def traces(store: StoreProcess) -> dict[str, list[str]]:
    """Values of the member by file: of the state directory, and the log."""
    found = found_in_files(store.state, ALL)
    log = store.state.parent / "store.log"
    return {**{name: sorted(counts) for name, counts in found.items()}, **_in_log(log)}


def _in_log(log: Path) -> dict[str, list[str]]:
    text = log.read_text("utf-8")
    named = [name for name, value in ALL.items() if value in text]
    return {log.name: named} if named else {}


def erase(store: StoreProcess) -> dict[str, Any]:
    with associate(store.url, "m-mei", "920713") as mei:
        status, said = mei.ask("POST", "/api/v1/members/erase", ERASE)
    assert status == 200, said
    return dict(said["proof"])


def test_of_a_visit_nothing_stays_but_in_the_database_and_of_an_erased_member_nothing(
    store: StoreProcess,
) -> None:
    """Killed during her visit before, and killed after: what a crash leaves behind is searched too."""
    store.start()
    visit(store, 5)
    store.kill()
    found = traces(store)
    assert found, "the search finds what the database holds"
    assert {name.partition("-")[0] for name in found} == {"store.db"}, "no other file, and no log"
    assert not [what for values in found.values() for what in values if what.startswith("card")]
    store.start()
    visit(store, 6)
    proof = erase(store)
    assert proof["found_afterwards"] == 0
    assert traces(store) == {}, "the running store's files"
    store.kill()
    assert traces(store) == {}, "those that a crash leaves behind"
    store.start()
    assert traces(store) == {}, "the feed lists her still"
    leak = store.state / "core.4711"
    leak.write_bytes(b"\0" * 100 + MEMBER["name"].encode("utf-16-le"))
    assert set(traces(store)) == {leak.name}, "a planted leak is found"


def deleted_without_overwriting(file: Path, *, overwrite: bool) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(f"PRAGMA secure_delete={'ON' if overwrite else 'OFF'}")
        connection.execute("PRAGMA user_version=0")
        rows = [(f"{MEMBER['id']}-{n}", MEMBER["name"]) for n in range(200)]
        connection.executemany("INSERT INTO shopper (shopper_id, first_name, member) VALUES (?, ?, 1)", rows)
        connection.commit()
        connection.execute("DELETE FROM shopper")
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def test_a_file_of_an_earlier_version_is_written_anew_at_the_first_start(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    Database(url).close()
    deleted_without_overwriting(tmp_path / "store.db", overwrite=False)
    assert found_in_files(tmp_path, MEMBER), "deleted rows stay in the file without overwriting"
    hold = StoreHold(tmp_path, url)
    try:
        Database(url, hold).close()
    finally:
        hold.close()
    assert found_in_files(tmp_path, MEMBER) == {}


def test_with_overwriting_a_deletion_leaves_nothing(tmp_path: Path) -> None:
    Database(f"sqlite:///{tmp_path / 'store.db'}").close()
    deleted_without_overwriting(tmp_path / "store.db", overwrite=True)
    assert found_in_files(tmp_path, MEMBER) == {}
