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

from kiosk.core.domain.ids import ItemId, OrderId, RoomId, Ticket
from kiosk.core.domain.payment import PaymentMeans, PaymentState
from kiosk.core.visit.effects import CollectPayment, FindLooks, PriceOrder
from kiosk.store.errors import LedgerBusyError, LedgerDamagedError
from kiosk.store.payments.ledger import Ledger
from tests.kiosk.store.sample_shop import gtin_of, piece_of, sample_store, settings_in

ROOT = Path(__file__).resolve().parents[2]
WISH = PriceOrder(
    Ticket("t1"), OrderId("o1"), ((piece_of("S1", "WHI", "M"), gtin_of("S1", "WHI", "M")),), None
)
# Writes entries for ever and prints the number of each one that is written; `early` prints it before the write.
WRITER = """
import sys
from pathlib import Path
from kiosk.store.payments.ledger import Ledger
path, early = Path(sys.argv[1]), sys.argv[2] == "early"
ledger = Ledger(path)
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


def filled(path: Path, entries: int = 40) -> Ledger:
    ledger = Ledger(path)
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
    ledger = Ledger(path)
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
    ledger = Ledger(tmp_path / "l.db")
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
            Ledger(path)
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
        Ledger(path)
    assert damaged.value.seq == 17


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
        raw.execute("DELETE FROM journal WHERE seq = 2")
    with pytest.raises(LedgerDamagedError, match="is missing"):
        Ledger(path)


def test_a_failed_group_of_entries_leaves_nothing_behind(tmp_path: Path) -> None:
    ledger = filled(tmp_path / "l.db", 2)

    def half_wrong() -> None:
        with ledger.transaction():
            ledger.append("receipt", "o9", {}, 9)
            ledger.append("attempt", "o9", {}, 9, key="k1", state="keyed")

    with pytest.raises(sqlite3.IntegrityError):
        half_wrong()
    assert ledger.count("receipt") == 0
    assert ledger.append("order", "o9", {}, 9) == 3
    ledger.verify()
    ledger.close()


def test_a_second_store_on_the_same_journal_is_kept_out(tmp_path: Path) -> None:
    first = filled(tmp_path / "l.db", 1)
    try:
        with pytest.raises(LedgerBusyError):
            Ledger(tmp_path / "l.db")
    finally:
        first.close()
    Ledger(tmp_path / "l.db").close()


def test_with_a_damaged_journal_the_shop_opens_and_only_paying_is_closed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = settings_in(tmp_path)
    with sample_store(settings) as store:
        store.service.price_order(RoomId("1"), WISH)
    content = bytearray(settings.ledger_path.read_bytes())
    content[content.index(b'"order_id":"o1"') + 13] ^= 1
    settings.ledger_path.write_bytes(content)
    with sample_store(settings) as store:
        assert store.service.find_looks(RoomId("1"), FindLooks(WISH.ticket, 1, (ItemId("C1-NVY"),), (), None))
        store.service.price_order(RoomId("1"), WISH)
        told = store.service.collect_payment(
            RoomId("1"), CollectPayment(WISH.ticket, WISH.order_id, PaymentMeans.TERMINAL, 1)
        )
        assert (told.state, told.why) == (PaymentState.DECLINED, "closed")
        assert store.health().payments_closed is True
    assert "payments stay closed until it is repaired" in caplog.text
    assert settings.ledger_path.read_bytes() == content, "the evidence is not touched"
