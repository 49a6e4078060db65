"""Stores killed with SIGKILL while shoppers pay at terminals of all drivers, cancel, return and exchange."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from kiosk.store.payments.books.history import History, Placed
from tests.faults.kills.captures import uncaptured
from tests.faults.kills.databases import Databases
from tests.faults.kills.doubles import Double, Kept, all_doubles
from tests.faults.kills.memory import Memory
from tests.faults.kills.planted import late_writes, never_captures
from tests.faults.kills.rounds import KILLS_IN_A_ROUND, Round
from tests.kiosk.store import postgres

ROOT = Path(__file__).resolve().parents[3]
FULL_KILLS = 300


@pytest.fixture(scope="module")
def doubles(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Double]]:
    with all_doubles(tmp_path_factory.mktemp("doubles")) as found:
        yield found


def test_after_some_kills_books_and_terminals_agree(doubles: Mapping[str, Double]) -> None:
    result = Round(seed=1, number=0, doubles=doubles, kills=2).play()
    assert result.wrong == []
    assert result.counts["kills"] >= 2
    assert result.counts["orders"] > 0


def test_planted_fault_a_charge_that_is_sent_before_its_key_is_written_is_caught(
    doubles: Mapping[str, Double],
) -> None:
    one = {"sim": doubles["sim"], "attended": doubles["attended"]}
    for number in range(8):
        if Round(seed=1, number=number, doubles=one, kills=2, fault=late_writes).play().wrong:
            return
    pytest.fail("nothing was noticed")


def attempt_entry(seq: int, state: str, *, captured: bool) -> Placed:
    body = json.dumps({"state": state, "captured": captured})
    return Placed(1, seq, seq, "attempt", "k1", state, body)


@pytest.mark.parametrize(
    ("entries", "found"),
    [
        ([], set()),
        ([attempt_entry(1, "sent", captured=True)], set()),
        ([attempt_entry(1, "paid", captured=False)], {"o1"}),
        ([attempt_entry(1, "paid", captured=False), attempt_entry(2, "paid", captured=True)], set()),
        ([attempt_entry(1, "unwanted", captured=False)], set()),
    ],
)
def test_captures_under_way_are_read_from_the_newest_entries(entries: list[Placed], found: set[str]) -> None:
    assert uncaptured([History("o1", tuple(entries), frozenset())]) == found


@pytest.mark.full
def test_planted_fault_what_is_never_captured_is_named(doubles: Mapping[str, Double]) -> None:
    one = {"sim": doubles["sim"], "attended": doubles["attended"]}
    for number in range(8):
        result = Round(3, number, one, kills=1, fault=never_captures, captures_s=0.1).play()
        if result.counts["captures_under_way"]:
            assert any("its capture has not ended" in sentence for sentence in result.wrong)
            return
    pytest.fail("nobody paid")


def test_answers_that_contradict_each_other_are_noticed() -> None:
    memory = Memory()
    receipt = {"number": "000001", "link": "http://shop/r/a"}
    memory.priced("o1", 100)
    memory.heard("o1", {"state": "paid", "receipt": receipt})
    memory.refunded("k1", "o1", "done")
    assert memory.wrong == []
    memory.priced("o1", 200)
    memory.heard("o1", {"state": "declined"})
    memory.heard("o1", {"state": "paid", "receipt": {**receipt, "number": "000002"}})
    memory.refunded("k1", "o1", "unsure")
    assert len(memory.wrong) == 4


@pytest.mark.full
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_kills_at_length(database: str) -> None:
    if database == "postgres" and postgres.binaries() is None:
        pytest.skip("Debian's postgresql is not installed")
    words = ["-m", "tests.faults.kills", "--n", str(FULL_KILLS), "--seed", "4", "--database", database]
    run = subprocess.run([sys.executable, *words], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    counts = json.loads(run.stdout)
    assert counts["kills"] >= FULL_KILLS
    assert counts["inside_payments"] >= counts["kills"] / 3


@pytest.mark.full
@pytest.mark.timeout(600)
def test_a_store_with_its_ledger_in_postgresql(doubles: Mapping[str, Double], postgres_server: str) -> None:
    database = next(Databases(postgres_server))
    assert Round(2, 0, doubles, KILLS_IN_A_ROUND, database=database).play().wrong == []


def test_a_double_lists_what_it_keeps(doubles: Mapping[str, Double]) -> None:
    for name, double in doubles.items():
        assert all(isinstance(kept, Kept) for kept in double.kept()), name
        assert not double.tap() or name != "attended"
