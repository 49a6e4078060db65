"""A commit that fails: the ledger finds out whether its entries are written, and goes on from that."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from kiosk.store.errors import StoreError
from kiosk.store.payments.ledger import SqliteLedger
from kiosk.store.payments.ledger.heads import HeadKeeper
from kiosk.store.payments.ledger.port import Head
from tests.kiosk.store.payments.ledger.faulty_disk import FaultyDisk, faulty_disk
from tests.kiosk.store.payments.ledgers import KEY, file_ledger


@pytest.fixture
def disk() -> Iterator[FaultyDisk]:
    with faulty_disk() as made:
        yield made


class Forgetful(SqliteLedger):
    """A planted fault: a commit that failed counts as not written."""

    def _is_found_now(self, error: BaseException) -> bool:  # noqa: ARG002 of the base class
        self._doubt = None
        return False


def group(ledger: SqliteLedger, number: int) -> bool:
    """Two entries in one transaction; whether that was acknowledged."""
    with suppress(sqlite3.Error, StoreError):
        with ledger.transaction():
            ledger.append("order", f"o{number}", {"n": number}, number)
            ledger.append("attempt", f"o{number}", {"n": number}, number, key=f"k{number}", state="keyed")
        return True
    return False


def calls_of_a_group(path: Path, disk: FaultyDisk) -> int:
    ledger = file_ledger(path)
    group(ledger, 1)
    disk.fail(0)
    group(ledger, 2)
    calls = disk.done
    ledger.close()
    return calls


def contradictions(
    kind: type[SqliteLedger], path: Path, disk: FaultyDisk, at: int, failures: int
) -> list[str]:
    """What is wrong after so many failed calls from the `at`-th on, in the same process and after a new start."""
    ledger, wrong = kind(path, KEY), list[str]()
    group(ledger, 1)
    disk.fail(at, failures)
    said = group(ledger, 2)
    disk.fail(0)
    with suppress(StoreError):
        ledger.check()
    found_later = "o2" in ledger.found_orders()
    if not group(ledger, 3):
        wrong.append("it does not go on")
    there = ledger.last("order", order_id="o2") is not None
    if there != (said or found_later):
        wrong.append(f"o2: acknowledged {said}, found later {found_later}, there {there}")
    with suppress(StoreError):
        head = ledger.head
        ledger.verify()
    ledger.close()
    again = SqliteLedger(path, KEY, head)
    if (again.last("order", order_id="o2") is not None) != there or again.last(
        "order", order_id="o3"
    ) is None:
        wrong.append("another end after the start")
    again.close()
    return wrong


@pytest.mark.parametrize("failures", [1, *(pytest.param(n, marks=pytest.mark.full) for n in (2, 1000))])
def test_every_failing_write_or_sync_is_answered_with_what_is_true(
    tmp_path: Path, disk: FaultyDisk, failures: int
) -> None:
    calls = calls_of_a_group(tmp_path / "count.db", disk)
    assert calls > 15
    for at in range(1, calls + 1):
        assert contradictions(SqliteLedger, tmp_path / f"{at}.db", disk, at, failures) == [], at


def test_planted_fault_a_failed_commit_that_counts_as_not_written_is_caught(
    tmp_path: Path, disk: FaultyDisk
) -> None:
    calls = calls_of_a_group(tmp_path / "count.db", disk)
    wrong = contradictions(Forgetful, tmp_path / "last.db", disk, calls, 1)
    assert wrong, "an error of the last sync leaves the entries in the file"


class KeptHead:
    """Where a head is kept."""

    def __init__(self) -> None:
        self.head: Head | None = None

    def read(self) -> Head | None:
        return self.head

    def write(self, head: Head) -> None:
        self.head = head


class Early(SqliteLedger):
    """A planted fault: entries of a transaction that has not ended count as written."""

    @property
    def head(self) -> Head:
        return self._head


def kept_after_a_rollback(kind: type[SqliteLedger], path: Path) -> bool:
    """Whether the ledger agrees with the head that was kept while a transaction ran that was given up then."""
    ledger, kept = kind(path, KEY), KeptHead()
    ledger.append("order", "o1", {}, 1)
    with suppress(KeyError), ledger.transaction():
        ledger.append("order", "o2", {}, 2)
        HeadKeeper(ledger, kept).write()
        raise KeyError
    ledger.close()
    try:
        SqliteLedger(path, KEY, kept.head).close()
    except StoreError:
        return False
    return True


def test_the_head_of_a_transaction_that_is_given_up_is_not_kept(tmp_path: Path) -> None:
    assert kept_after_a_rollback(SqliteLedger, tmp_path / "l.db")


def test_planted_fault_a_head_that_is_kept_early_is_caught(tmp_path: Path) -> None:
    assert not kept_after_a_rollback(Early, tmp_path / "l.db")


def test_what_failed_inside_a_transaction_is_not_written_although_it_was_caught(tmp_path: Path) -> None:
    ledger = file_ledger(tmp_path / "l.db")
    group(ledger, 1)
    before = ledger.head

    def half() -> None:
        with ledger.transaction():
            ledger.append("order", "o2", {}, 2)
            with suppress(StoreError):
                ledger.append("attempt", "o2", {}, 2, key="k1", state="keyed")

    with pytest.raises(StoreError, match="nothing of it was written"):
        half()
    assert (ledger.head, ledger.last("order", order_id="o2")) == (before, None)
    ledger.verify()
    ledger.close()
