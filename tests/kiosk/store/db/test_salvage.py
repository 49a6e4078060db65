"""A damaged store.db: the store opens, says what was lost, and has its catalogue, people and ledger."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, select

from kiosk.core.domain.ids import AssociateId, RequestId, RoomId, Ticket
from kiosk.core.domain.service_request import RequestKind, ServiceRequest
from kiosk.store.db.revisions import sqlite_mistake
from kiosk.store.db.salvage import damage_of, salvageable
from kiosk.store.db.tables import ASSOCIATE, ITEM_EVENT, SHOPPER, SKU, STYLE
from kiosk.store.insights.item_events import ItemEventKind
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.payments.ledger_steps import SHIRT, pay
from tests.kiosk.store.sample_shop import PIN, START_US, sample_store, settings_in

PAGE = 4096


def used(folder: Path) -> tuple[StoreSettings, Path]:
    """A store that was used, closed; its database file."""
    settings = settings_in(folder)
    with sample_store(settings) as store:
        pay(store, "o1", SHIRT)
        store.service.submit_request(
            RoomId("1"),
            ServiceRequest(RequestId("r1"), RoomId("1"), Ticket("t1"), RequestKind.HELP, START_US),
        )
        for number in range(2_000):
            store.service.item_events.add(ItemEventKind.OPENED, [(f"S1-{number}", "M")], START_US)
    with closing(sqlite3.connect(file := settings.state / "store.db")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return settings, file


def counts(store: Store) -> tuple[int, ...]:
    """Rows of the catalogue and of the people."""
    with store.resources.database.reading() as connection:
        found = [
            connection.scalar(select(func.count()).select_from(t)) for t in (STYLE, SKU, SHOPPER, ASSOCIATE)
        ]
    return tuple(count or 0 for count in found)


def no_database(file: Path) -> None:
    file.write_bytes(b"not a database, not at all" * 400)


def first_page(file: Path) -> None:
    overwrite(file, 0)


def cut_off(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.truncate(file.stat().st_size // 2 // PAGE * PAGE)


def a_page_in_the_middle(file: Path) -> None:
    overwrite(file, file.stat().st_size // PAGE // 2)


def overwrite(file: Path, page: int) -> None:
    with file.open("r+b") as opened:
        opened.seek(page * PAGE)
        opened.write(b"\xa5" * PAGE)


@pytest.mark.parametrize("damage", [no_database, first_page, cut_off, a_page_in_the_middle])
def test_the_store_opens_and_says_what_was_lost(
    tmp_path: Path, damage: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    settings, file = used(tmp_path)
    with sample_store(settings) as store:
        before = counts(store)
    assert all(before)
    ledger = settings.ledger_path.read_bytes()
    damage(file)
    broken = file.read_bytes()
    assert damage_of(file)
    with sample_store(settings) as store:
        assert store.health().ok
        assert settings.ledger_path.read_bytes()[:PAGE] == ledger[:PAGE]
        assert store.payments.book.receipt("o1") is not None  # type: ignore[arg-type]
        assert counts(store) == before
        assert store.resources.associates.sign_in(AssociateId("a-ines"), PIN, START_US)
    (kept,) = (
        one for one in file.parent.glob("store.db.damaged-*") if not one.name.endswith(("-wal", "-shm"))
    )
    assert kept.read_bytes() == broken, "nothing is lost that a specialist may still read"
    assert f"{file} is damaged" in caplog.text
    assert "cheval import" in caplog.text
    assert damage_of(file) == ""


def test_what_can_be_read_is_kept(tmp_path: Path) -> None:
    settings, file = used(tmp_path)
    with closing(sqlite3.connect(file)) as connection:
        query = "SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY pageno"
        leaves = [row[0] for row in connection.execute(query, (ITEM_EVENT.name,))]
    overwrite(file, leaves[len(leaves) // 2] - 1)
    with sample_store(settings) as store:
        with store.resources.database.reading() as connection:
            left = connection.scalar(select(func.count()).select_from(ITEM_EVENT)) or 0
        assert 2_000 * 0.9 < left < 2_001, "rows before and after the damaged page"
        assert [r.request_id for r in store.service.requests.open_requests.all()] == ["r1"]


def test_an_undamaged_database_is_left_alone(tmp_path: Path) -> None:
    settings, file = used(tmp_path)
    before = file.read_bytes()
    assert damage_of(file) == ""
    with sample_store(settings):
        assert not list(file.parent.glob("store.db.damaged-*"))
    assert file.read_bytes()[:20] == before[:20]


def test_a_schema_that_is_not_utf_8_is_damage_to_whoever_reads_it(tmp_path: Path) -> None:
    """SQLite quotes it in messages, which Python cannot decode; the bare connection shows that the bytes do that."""
    _, file = used(tmp_path)
    content, undecodable = bytearray(file.read_bytes()), 0
    schema = [at for text in re.finditer(rb"CREATE [A-Z ]+[^\0]+\)", content) for at in range(*text.span())]
    for at in schema[::101]:
        content[at] ^= 0x80
        file.write_bytes(content)
        undecodable += is_undecodable(file)
        assert damage_of(file) or not is_undecodable(file)
        sqlite_mistake(file)
        salvageable(file, ours=True)
        content[at] ^= 0x80
    assert undecodable
    file.write_bytes(content)
    assert (damage_of(file), sqlite_mistake(file)) == ("", "")


def is_undecodable(file: Path) -> bool:
    """Whether Python cannot decode what SQLite says of a file."""
    with closing(sqlite3.connect(file)) as connection:
        try:
            connection.execute("PRAGMA quick_check(1)").fetchone()
        except sqlite3.DatabaseError:
            return False
        except UnicodeDecodeError:
            return True
    return False
