"""Power cuts at any point of a checkout: what was acknowledged is there afterwards; weaker settings are caught."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from kiosk.store.payments.ledger.sqlite_ledger import SqliteLedger
from tests.faults.powercuts import planted
from tests.faults.powercuts.cuts import cut_many, record
from tests.faults.powercuts.recorder import Kind, available

ROOT = Path(__file__).resolve().parents[3]
CUTS = 120
pytestmark = pytest.mark.skipif(
    not available(), reason="Python's sqlite3 is not linked with a shared library"
)


def test_nothing_that_was_acknowledged_is_lost() -> None:
    counts, wrong = cut_many(record("check"), CUTS, Random("check"))
    assert wrong == []
    assert counts["cuts"] == CUTS
    assert counts["acknowledgements"] > 10
    assert counts["unsynced"] > CUTS / 2, "most cuts lose something"


@pytest.mark.parametrize(
    "ledger",
    [
        planted.WalNormal,
        planted.FolderNotSynced,
        pytest.param(planted.Unsynced, marks=pytest.mark.full),
    ],
)
def test_planted_fault_a_ledger_that_does_not_wait_for_the_disk_is_caught(ledger: type[SqliteLedger]) -> None:
    with planted.ledger(ledger):
        checkout = record("planted", steps=2)
    wrong = cut_many(checkout, CUTS, Random(1))[1]
    assert any("acknowledged and are lost" in line or "takes no entries" in line for line in wrong)


@pytest.mark.full
def test_a_deleted_journal_loses_nothing_if_the_folder_is_synced() -> None:
    with planted.ledger(planted.FolderSynced):
        checkout = record("planted", steps=2)
    assert cut_many(checkout, CUTS, Random(1))[1] == []


def test_planted_fault_sold_pieces_that_are_not_durable_are_caught() -> None:
    with planted.nothing_durable_in_the_database():
        checkout = record("planted", steps=2)
    wrong = cut_many(checkout, CUTS, Random(1))[1]
    assert any("not marked as sold" in line for line in wrong)


@pytest.mark.full
def test_all_files_of_the_store_are_recorded() -> None:
    files = {one.file for one in record("files", steps=2).operations if one.kind is Kind.WRITE}
    assert {"ledger.db", "ledger.db-journal", "store.db", "store.db-wal"} <= files


@pytest.mark.full
@pytest.mark.timeout(3600)
def test_power_cuts_at_length() -> None:
    words = [sys.executable, "-m", "tests.faults.powercuts", "--n", "6000", "--seed", "3"]
    run = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout)["cuts"] == 6000
