"""Earlier ledgers that the present one does not name, because it is lost, or was begun while one was missing."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.store.payments.ledger import Condition, SqliteLedger
from kiosk.store.payments.ledger.archives import LedgerPlace
from kiosk.store.payments.ledger.closed_files import ARCHIVED
from kiosk.store.payments.ledger.earlier.descriptions import closed_files
from kiosk.store.payments.ledger.on_disk.readable_copy import copy_readable
from kiosk.store.payments.ledger.opening import open_file, open_ledger
from kiosk.store.payments.ledger.port import Head
from kiosk.store.payments.ledger.readable import ReadableLedger
from kiosk.store.payments.ledger.sql_ledger import SqlLedger
from kiosk.store.payments.ledger.upkeep.reopen import Reopening
from tests.contracts.ledger_orders import pay
from tests.faults.damaged_ledger.closed_ledgers import (
    LATER,
    OLDEST,
    ORDERS,
    KeptHead,
    receipts_of,
    three_ledgers,
)
from tests.faults.damaged_ledger.test_closed_ledgers import lose_page
from tests.kiosk.store.payments.ledgers import KEY

CLOSED = (*ORDERS, LATER[0])
"""Orders of the two closed ledgers."""
HIGHEST = 2000 + len(CLOSED)
"""Of their receipts."""
Open = Callable[[LedgerPlace, Head | None], SqlLedger]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of three ledgers, made once; each test has a copy."""
    return three_ledgers(tmp_path_factory.mktemp("lost-names")).file.parent


@pytest.fixture
def place(made: Path, tmp_path: Path) -> LedgerPlace:
    """Three ledgers of its own."""
    shutil.copytree(made, tmp_path / "state")
    return LedgerPlace(tmp_path / "state" / "ledger.db")


@pytest.fixture
def kept(place: LedgerPlace) -> KeptHead:
    """The head of the present one."""
    ledger, found = SqliteLedger(place.file, KEY), KeptHead()
    found.head = ledger.head
    ledger.close()
    return found


def delete(file: Path) -> None:
    file.unlink()


def overwrite(file: Path) -> None:
    file.write_bytes(b"no ledger" * 1000)


def with_those_before(place: LedgerPlace, head: Head | None) -> SqlLedger:
    return open_ledger(place, KEY, head)


def without_those_before(place: LedgerPlace, head: Head | None) -> SqlLedger:
    """Planted fault: as the version before, which followed only what the lost ledger says."""
    return open_file(place.file, KEY, head)


def served(place: LedgerPlace, head: Head | None, opened: Open = with_those_before) -> tuple[str, ...]:
    """The orders of the closed ledgers whose receipts are found."""
    ledger = opened(place, head)
    found = receipts_of(ledger, CLOSED)
    ledger.close()
    return found


@pytest.mark.parametrize("fault", [delete, overwrite])
def test_after_the_present_ledger_is_lost_the_closed_ones_are_served(
    place: LedgerPlace, kept: KeptHead, fault: Callable[[Path], None]
) -> None:
    fault(place.file)
    assert served(place, kept.head) == CLOSED
    assert served(place, kept.head, without_those_before) == ()
    assert Reopening(place, KEY, kept).run().first_receipt > HIGHEST
    assert served(place, kept.head) == CLOSED, "the new one names them"


def test_no_first_ledger_is_begun_beside_closed_ones(place: LedgerPlace) -> None:
    """The database with the kept head is lost as well: receipts would get numbers that were given already."""
    place.file.unlink()
    ledger = open_ledger(place, KEY, None)
    assert (ledger.state.condition, receipts_of(ledger, CLOSED)) == (Condition.MISSING, CLOSED)
    ledger.close()
    assert not place.file.exists()
    assert Reopening(place, KEY, KeptHead()).run().first_receipt > HIGHEST
    assert served(place, None) == CLOSED


@pytest.mark.parametrize("before", [{"file": "", "seq": 0, "chain": ""}, {"file": "ledger-3.readable.db"}])
def test_a_ledger_that_the_version_before_began_after_a_lost_one(
    place: LedgerPlace, before: dict[str, object]
) -> None:
    """It names none, or a copy in which nothing is."""
    place.file.unlink()
    place.file.with_name("ledger.db-journal").unlink(missing_ok=True)
    if before["file"]:
        overwrite(place.file.with_name("ledger-3.db"))
        copy_readable(place.file.with_name("ledger-3.db"), place.file.with_name("ledger-3.readable.db"))
    SqliteLedger(place.file, KEY, before={**before, "why": "damaged"}).close()
    assert served(place, None) == CLOSED


def test_a_second_name_of_the_present_file_is_no_closed_ledger(tmp_path: Path) -> None:
    """It is left by a new ledger that was not begun to its end."""
    file = tmp_path / "ledger.db"
    file.write_bytes(b"")
    for name in ("ledger-2.db", "ledger-3.db"):
        os.link(file, tmp_path / name)
    for name in ("ledger-4.db", "ledger-10.db", "ledger-x.db", "ledger-5.readable.db", "other-1.db"):
        (tmp_path / name).write_bytes(b"")
    assert [each.name for each in closed_files(file)] == ["ledger-10.db", "ledger-4.db"]
    assert list(closed_files(tmp_path / "nowhere" / "ledger.db")) == []


def test_a_lost_copy_of_a_closed_file_is_made_again(tmp_path: Path) -> None:
    place, kept = LedgerPlace(tmp_path / "ledger.db"), KeptHead()
    ledger = SqliteLedger(place.file, KEY)
    for name in ORDERS:
        pay(ledger, name)
    kept.head = ledger.head
    ledger.close()
    lose_page(place.file, place.file.read_bytes(), 4)
    Reopening(place, KEY, kept).run()
    (tmp_path / "ledger-1.readable.db").unlink()
    again = open_ledger(place, KEY, None)
    assert receipts_of(again, ORDERS) == ORDERS
    assert [each.place for each in again.lost_archives] == ["ledger-1.readable.db"]
    again.close()


def test_an_entry_after_one_that_is_no_text_is_checked_by_the_hash_that_is_left(
    place: LedgerPlace, tmp_path: Path
) -> None:
    oldest, copy = place.file.with_name(OLDEST), tmp_path / "copy.db"
    with closing(sqlite3.connect(oldest)) as raw:
        query = "SELECT seq, body FROM journal WHERE kind = 'attempt' AND order_id = 'o5' ORDER BY seq DESC"
        seq, body = raw.execute(query).fetchone()
    oldest.write_bytes(oldest.read_bytes().replace(body.encode(), b"\xff" + body.encode()[1:]))
    copy_readable(oldest, copy)
    assert (unsound(copy, seq), unsound(copy, seq + 1)) == (["was changed after it was written"], [])
    with closing(sqlite3.connect(copy, isolation_level=None)) as raw:
        # planted fault: as the version before, which left the whole entry out
        (trigger,) = raw.execute("SELECT sql FROM sqlite_master WHERE name = 'journal_no_delete'").fetchone()
        raw.execute("DROP TRIGGER journal_no_delete")
        raw.execute("DELETE FROM journal WHERE seq = ?", (seq,))
        raw.execute(trigger)
    assert unsound(copy, seq + 1)


def unsound(file: Path, seq: int) -> list[str]:
    """What is wrong with an entry."""
    ledger = ReadableLedger(file, KEY, ARCHIVED)
    found = [each.why for each in ledger.damages(seq, seq)]
    ledger.close()
    return found
