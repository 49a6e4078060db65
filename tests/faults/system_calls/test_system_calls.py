"""A write, sync, send or receive of a checkout is killed or fails: nothing is lost or charged twice."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.kills.doubles import Sim
from tests.faults.kills.planted import late_writes
from tests.faults.system_calls.runs import faulted
from tests.faults.system_calls.tracing import Fault, Injection, counted, total, unusable

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def sim() -> Iterator[Sim]:
    if why := unusable():
        pytest.skip(why)
    found = Sim()
    yield found
    found.close()


@pytest.mark.parametrize(
    "injection",
    [
        Injection("fdatasync", 5, Fault.KILL),
        Injection("pwrite64", 30, Fault.ENOSPC),
        pytest.param(Injection("recvfrom", 2, Fault.EIO), marks=pytest.mark.full),
    ],
    ids=str,
)
def test_books_and_terminal_agree_after_a_fault(sim: Sim, injection: Injection) -> None:
    counts, wrong = faulted(sim, injection)
    assert wrong == []
    assert counts["faulted"] == 1


def test_planted_fault_a_charge_that_is_sent_before_its_key_is_written_is_caught(sim: Sim) -> None:
    killed = Injection("recvfrom", 2, Fault.KILL)
    wrong = faulted(sim, killed, late_writes)[1]
    assert any("in the books" in line or "not in the ledger" in line for line in wrong)


def test_calls_are_counted_in_each_thread(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    trace.write_text(
        "11 pwrite64(3, ...) = 12\n12 pwrite64(3, ...) = 12\n12 pwrite64(3, ...) = 12\n"
        "12 fdatasync(3 <unfinished ...>\n12 <... fdatasync resumed>) = 0\n12 +++ exited with 0 +++\n"
    )
    assert counted(trace) == {"pwrite64": 2, "fdatasync": 1}
    assert total(trace) == 4


@pytest.mark.full
@pytest.mark.timeout(5400)
def test_every_call_of_a_checkout_with_every_fault(sim: Sim) -> None:
    words = [sys.executable, "-m", "tests.faults.system_calls", "--seed", "1"]
    run = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    counts = json.loads(run.stdout)
    assert counts["runs"] == counts["injections"] > 400
