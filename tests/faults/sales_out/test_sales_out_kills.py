"""Documents are given by a process that is killed with SIGKILL again and again: nothing is lost, nothing is doubled."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random
from threading import Event

import pytest

from kiosk.store.payments.ledger import SqliteLedger
from tests.bench.ledger.large_ledger import write_orders
from tests.kiosk.connectors.sales_out.erp import TAKES_AND_BREAKS, Erp, erp
from tests.kiosk.store.payments.ledgers import KEY
from tests.kiosk.store.sales_out.ledger_documents import all_documents
from tests.kiosk.store.sample_shop import empty_tables

ROOT = Path(__file__).resolve().parents[3]


def killed_until_done(words: Sequence[str], random: Random, at: Erp, kills: int) -> int:
    """Starts the process again and again, kills it after some documents, and lets the last one end; how often it was
    killed while documents waited."""
    killed, pause = 0, Event()
    while True:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.sales_out.process", *words], cwd=ROOT, stdout=subprocess.PIPE
        )
        if killed < kills:
            aim = len(at.calls) + random.randrange(1, 60)
            while len(at.calls) < aim and process.poll() is None:
                pause.wait(0.002)
            pause.wait(random.random() * 0.01)
            process.kill()  # does nothing to one that has ended
        said, _ = process.communicate(timeout=120)
        if process.returncode == 0:
            assert said == b"done\n"
            return killed
        assert process.returncode == -signal.SIGKILL, "it ended by itself, and not well"
        killed += 1


@pytest.mark.parametrize(
    ("orders", "kills"), [(80, 1), pytest.param(600, 12, marks=pytest.mark.full)]
)  # fmt: skip
@pytest.mark.timeout(900)
def test_a_killed_store_gives_every_document_once(tmp_path: Path, orders: int, kills: int) -> None:
    state, folder, random = tmp_path / "state", tmp_path / "books", Random(orders)
    state.mkdir()
    folder.mkdir()
    write_orders(state / "ledger.db", KEY, orders)
    (state / "store.db").write_bytes(empty_tables())
    ledger = SqliteLedger(state / "ledger.db", KEY)
    wanted = {each.document_id: each.body for each in all_documents(ledger)}
    ledger.close()
    assert len(wanted) == orders
    with erp(tmp_path / "erp") as at:
        at.script.extend(TAKES_AND_BREAKS if random.random() < 0.05 else 0 for _ in range(orders))
        words = [str(state), str(folder), at.url, str(at.key_file), str(at.ca_file)]
        killed = killed_until_done(words, random, at, kills)
    assert killed >= 1
    assert list(at.taken.items()) == list(wanted.items())
    lines = [line for file in sorted(folder.glob("*.jsonl")) for line in file.read_bytes().splitlines()]
    assert lines == list(wanted.values())
    assert len(at.calls) >= orders
    assert json.loads(lines[0])["kind"] == "sale"
