"""Faults of the ledger: a process killed while it writes, a truncated file, an entry changed by hand."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.core.domain.ids import OrderId, Ticket
from kiosk.core.visit.effects import PriceOrder
from kiosk.store.errors import KnownKeyError, LedgerBusyError, LedgerDamagedError
from kiosk.store.payments.ledger import SqliteLedger
from tests.kiosk.store.payments.ledgers import file_ledger
from tests.kiosk.store.sample_shop import gtin_of, piece_of

ROOT = Path(__file__).resolve().parents[2]
WISH = PriceOrder(
    Ticket("t1"), OrderId("o1"), ((piece_of("S1", "WHI", "M"), gtin_of("S1", "WHI", "M")),), None
)
# Writes entries for ever and prints the number of each one that is written; `early` prints it before the write.
WRITER = """
import sys
from pathlib import Path
from tests.kiosk.store.payments.ledgers import file_ledger
path, early = Path(sys.argv[1]), sys.argv[2] == "early"
ledger = file_ledger(path)
n = 0
while True:
    n += 1
    if early:
        print(n, flush=True)
        ledger.transaction().__enter__()
    ledger.append("attempt", f"o{n}", {"n": n, "filler": "x" * 300}, n, key=f"k{n}", state="keyed")
    if not early:
        print(n, flush=True)
"""


def filled(path: Path, entries: int = 40) -> SqliteLedger:
    ledger = file_ledger(path)
    for n in range(1, entries + 1):
        ledger.append("attempt", f"o{n}", {"n": n, "filler": "x" * 300}, n, key=f"k{n}", state="keyed")
    return ledger


def killed_while_writing(path: Path, after: int, manner: str) -> int:
    """Starts a writer and kills it (SIGKILL) once it has acknowledged `after` entries; the last number it printed."""
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), manner], stdout=subprocess.PIPE, cwd=ROOT, text=True
    )
    assert writer.stdout is not None
    said = 0
    for line in writer.stdout:
        said = int(line)
        if said == after:
            os.kill(writer.pid, signal.SIGKILL)
    writer.wait()
    writer.stdout.close()
    return said


def lost(path: Path, said: int) -> int:
    """How many acknowledged entries are missing."""
    ledger = file_ledger(path)
    try:
        ledger.verify()
        return sum(ledger.last("attempt", key=f"k{n}") is None for n in range(1, said + 1))
    finally:
        ledger.close()


def test_every_acknowledged_entry_survives_a_kill(tmp_path: Path) -> None:
    for round_ in range(4):
        path = tmp_path / f"{round_}.db"
        said = killed_while_writing(path, 7 + 11 * round_, "honest")
        assert lost(path, said) == 0


def test_planted_fault_an_acknowledgement_before_the_write_is_caught(tmp_path: Path) -> None:
    path = tmp_path / "early.db"
    said = killed_while_writing(path, 20, "early")
    assert lost(path, said) > 0, "the test above would have noticed"


def test_the_ledger_uses_durable_settings_and_private_permissions(tmp_path: Path) -> None:
    ledger = file_ledger(tmp_path / "l.db")
    try:
        pragma = ledger._connection.execute
        assert pragma("PRAGMA journal_mode").fetchone() == ("persist",)
        assert pragma("PRAGMA synchronous").fetchone() == (3,), "EXTRA"
        assert oct((tmp_path / "l.db").stat().st_mode & 0o777) == "0o600"
    finally:
        ledger.close()


def test_a_file_cut_short_anywhere_is_never_taken_for_whole(tmp_path: Path) -> None:
    whole = tmp_path / "whole.db"
    filled(whole).close()
    content = whole.read_bytes()
    seen = 0
    for cut in range(4096, len(content), 1531):
        path = tmp_path / f"cut{cut}.db"
        path.write_bytes(content[:cut])
        with pytest.raises(LedgerDamagedError):
            file_ledger(path)
        seen += 1
    assert seen > 10


def test_a_flipped_byte_in_an_entry_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    filled(path).close()
    content = bytearray(path.read_bytes())
    place = content.index(b'{"n":17,') + 5
    content[place] ^= 1
    path.write_bytes(content)
    with pytest.raises(LedgerDamagedError, match="was changed after it was written") as damaged:
        file_ledger(path)
    assert damaged.value.seq == 18, "the first entry begins the chain"


def test_an_entry_cannot_be_changed_or_taken_out(tmp_path: Path) -> None:
    ledger = filled(tmp_path / "l.db", 3)
    try:
        for sql in ("UPDATE journal SET state = 'paid'", "DELETE FROM journal WHERE seq = 2"):
            with pytest.raises(sqlite3.DatabaseError, match="only added to"):
                ledger._connection.execute(sql)
    finally:
        ledger.close()


def test_an_entry_taken_out_by_force_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    filled(path, 3).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("DROP TRIGGER journal_no_delete")
        raw.execute("DELETE FROM journal WHERE seq = 3")
    with pytest.raises(LedgerDamagedError, match="is missing"):
        file_ledger(path)


def test_a_failed_group_of_entries_leaves_nothing_behind(tmp_path: Path) -> None:
    ledger = filled(tmp_path / "l.db", 2)

    def half_wrong() -> None:
        with ledger.transaction():
            ledger.append("receipt", "o9", {"number": "000001"}, 9)
            ledger.append("attempt", "o9", {}, 9, key="k1", state="keyed")

    with pytest.raises(KnownKeyError):
        half_wrong()
    assert ledger.last("receipt", order_id="o9") is None
    assert ledger.append("order", "o9", {}, 9) == 4
    ledger.verify()
    ledger.close()


def test_a_second_store_on_the_same_journal_is_kept_out(tmp_path: Path) -> None:
    first = filled(tmp_path / "l.db", 1)
    try:
        with pytest.raises(LedgerBusyError):
            file_ledger(tmp_path / "l.db")
    finally:
        first.close()
    file_ledger(tmp_path / "l.db").close()
