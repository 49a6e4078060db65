"""A damaged file of a ledger of earlier days: the store starts and sells, serves what is readable, and names it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from kiosk.store.payments.ledger import SqliteLedger
from kiosk.store.payments.ledger.archives import LedgerPlace
from kiosk.store.payments.ledger.chain import ChainKey
from kiosk.store.payments.ledger.closed_files import ARCHIVED
from kiosk.store.payments.ledger.readable import ReadableLedger
from kiosk.store.payments.ledger.sql_ledger import SqlLedger
from kiosk.store.payments.ledger.upkeep.reopen import Reopening
from tests.contracts.ledger_orders import pay
from tests.faults.damaged_ledger.closed_ledgers import (
    LATER,
    OLDEST,
    ORDERS,
    PAGE,
    KeptHead,
    judge,
    opened,
    receipts_of,
    tables_without_entries,
    three_ledgers,
)
from tests.kiosk.store.payments.ledgers import KEY, to_format_2

TRIES = 60


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of three ledgers, made once; each test has a copy."""
    return three_ledgers(tmp_path_factory.mktemp("closed-ledgers")).file.parent


@pytest.fixture
def place(made: Path, tmp_path: Path) -> LedgerPlace:
    """Three ledgers of its own."""
    shutil.copytree(made, tmp_path / "state")
    return LedgerPlace(tmp_path / "state" / "ledger.db")


@pytest.fixture
def oldest(place: LedgerPlace) -> Path:
    """The file that is damaged."""
    return place.file.with_name(OLDEST)


def lose_page(file: Path, content: bytes, page: int, byte: bytes = b"?") -> None:
    """Overwrites a page; the first one has number 1."""
    file.write_bytes(content[: (page - 1) * PAGE] + byte * PAGE + content[page * PAGE :])


@pytest.mark.parametrize("byte", [b"?", pytest.param(b"\0", marks=pytest.mark.full)])
def test_a_lost_page_of_any_kind_stops_nothing(place: LedgerPlace, oldest: Path, byte: bytes) -> None:
    content, indexes = oldest.read_bytes(), tables_without_entries(oldest)
    found = {}
    for page in range(1, len(content) // PAGE + 1):
        lose_page(oldest, content, page, byte)
        if why := judge(place, opened, whole=page in indexes):
            found[page] = why
    assert found == {}
    assert len(indexes) >= 7


@pytest.mark.parametrize(
    "tries", [TRIES, pytest.param(3000, marks=[pytest.mark.full, pytest.mark.timeout(900)])]
)
def test_a_changed_bit_anywhere_costs_nothing_or_is_named(
    place: LedgerPlace, oldest: Path, tries: int
) -> None:
    content, random = oldest.read_bytes(), Random(7)
    found = []
    for _ in range(tries):
        changed, at = bytearray(content), random.randrange(len(content))
        changed[at] ^= 1 << random.randrange(8)
        oldest.write_bytes(changed)
        if why := judge(place, opened):
            found.append((at, why))
    assert found == []


def test_a_file_that_ends_anywhere_is_named(place: LedgerPlace, oldest: Path) -> None:
    content = oldest.read_bytes()
    for end in range(0, len(content), 2 * PAGE + 100):
        oldest.write_bytes(content[:end])
        assert judge(place, opened) == "", end
        ledger = opened(place)
        assert [lost.place for lost in ledger.lost_archives] == [OLDEST], end
        ledger.close()


def delete(file: Path) -> None:
    file.unlink()


def put_another_store_s_file_there(file: Path) -> None:
    """Its first entry names a ledger before it that is not there."""
    file.unlink()
    other = SqliteLedger(file, ChainKey(b"of another store"), before={"file": "ledger-9.db"})
    for name in ORDERS:
        pay(other, name)
    other.close()


def forbid_copies(file: Path) -> None:
    """The page of an index is lost, and nothing can be copied: in the place of the copy is a folder."""
    lose_page(file, file.read_bytes(), 4)
    file.with_name("ledger-1.salvaged.db").mkdir()


@pytest.mark.parametrize("fault", [delete, put_another_store_s_file_there, forbid_copies])
def test_a_file_that_is_no_use_is_named(
    place: LedgerPlace, oldest: Path, fault: Callable[[Path], None]
) -> None:
    fault(oldest)
    assert judge(place, opened) == ""
    ledger = opened(place)
    assert [lost.place for lost in ledger.lost_archives] == [OLDEST]
    ledger.close()


def opened_as_it_is(place: LedgerPlace) -> SqlLedger:
    """Planted fault: as the version before, any file of which the end can be read is served."""
    ledger = SqliteLedger(place.file, KEY)
    closed = [place.file.with_name(f"ledger-{number}.db") for number in (2, 1)]
    ledger.attach([ReadableLedger(file, KEY, ARCHIVED) for file in closed])
    return ledger


@pytest.mark.parametrize("page", [3, 4])
def test_a_file_that_is_served_as_it_is_loses_receipts(place: LedgerPlace, oldest: Path, page: int) -> None:
    assert judge(place, opened_as_it_is, whole=True) == ""
    lose_page(oldest, oldest.read_bytes(), page)
    assert "receipts of 12, [] are named" in judge(place, opened_as_it_is, whole=True)
    assert judge(place, opened, whole=True) == ""


def test_a_file_that_is_damaged_while_the_store_runs_is_salvaged_at_the_next_start(
    place: LedgerPlace, oldest: Path
) -> None:
    ledger = opened(place)
    lose_page(oldest, oldest.read_bytes(), 3)
    assert receipts_of(ledger, (*ORDERS, *LATER)) == LATER, "look-ups in the other ledgers go on"
    pay(ledger, "more")
    assert [lost.place for lost in ledger.lost_archives] == [OLDEST]
    ledger.close()
    assert judge(place, opened, whole=True) == ""


def test_the_ledger_before_one_whose_first_entry_is_lost_is_found(place: LedgerPlace) -> None:
    """The first entry names the ledger before."""
    later = place.file.with_name("ledger-2.db")
    later.write_bytes(later.read_bytes().replace(b'"file":"ledger-1.db"', b'"file":"ledger-7.db"', 1))
    ledger = opened(place)
    assert receipts_of(ledger, ORDERS) == ORDERS
    assert [lost.place for lost in ledger.lost_archives] == ["ledger-2.db"]
    ledger.close()


def test_a_new_ledger_is_begun_while_an_earlier_one_is_missing(place: LedgerPlace, oldest: Path) -> None:
    """The closed one does not get the name of the missing one, which is put back later."""
    away = oldest.rename(oldest.with_name("away"))
    with_end = SqliteLedger(place.file, KEY)
    kept = KeptHead()
    kept.head = with_end.head
    with_end.close()
    Reopening(place, KEY, kept).run()
    assert not oldest.exists()
    away.rename(oldest)
    assert judge(place, opened, whole=True) == ""
    ledger = opened(place)
    assert (ledger.lost_archives, len(ledger.archives)) == ((), 3)
    ledger.close()


def test_a_file_of_the_version_before_is_served_and_salvaged(place: LedgerPlace, oldest: Path) -> None:
    to_format_2(oldest)
    ledger = opened(place)
    assert (receipts_of(ledger, ORDERS), ledger.lost_archives) == (ORDERS, ())
    ledger.close()
    lose_page(oldest, oldest.read_bytes(), 4)
    assert judge(place, opened, whole=True) == ""
