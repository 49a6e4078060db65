"""Inputs found by fuzzing for cards, labels and messages: the seeds run every time, the search with --full.

`seeds_NAME.txt` holds one input a line in hex, each of which reached code that no other did.
"""

from __future__ import annotations

import json
import subprocess
import sysconfig
import time
from pathlib import Path

import pytest

from kiosk.core.domain.ids import ArticleId, OrderId, PieceId, Ticket
from kiosk.core.visit.effects import PriceOrder
from kiosk.core.wire import to_json
from tests.fuzz.targets import EVENTS, TARGETS, Target
from tests.peers import environment

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
HANG_S = 0.1
SEARCH_S = "60"
NO_FUZZER = "atheris is not in the peers' environment (tests/peers/requirements-fuzz.txt)"


def seeds(name: str) -> list[bytes]:
    return [bytes.fromhex(line) for line in (HERE / f"seeds_{name}.txt").read_text("ascii").split()]


def play(target: Target, inputs: list[bytes]) -> list[str]:
    """What went wrong: the exception or the time, with the input in hex."""
    faults = []
    for raw in inputs:
        # of this thread's own time, since other work on the machine is no hang of ours
        began = time.thread_time()
        try:
            target(raw)
        except Exception as error:  # noqa: BLE001  # this is what the test looks for
            faults.append(f"{type(error).__name__}: {error}: {raw.hex()}")
        if time.thread_time() - began > HANG_S:
            faults.append(f"more than {HANG_S} s: {raw.hex()}")
    return faults


@pytest.mark.parametrize("name", TARGETS)
def test_every_seed_ends_in_a_result_or_a_typed_error(name: str) -> None:
    inputs = seeds(name)
    assert len(inputs) >= 40
    TARGETS[name](inputs[0])
    assert play(TARGETS[name], inputs) == []


def test_a_valid_message_is_accepted_and_one_of_another_type_is_not() -> None:
    order = PriceOrder(Ticket("t"), OrderId("o"), ((PieceId("04.1"), ArticleId("04")),), None)
    raw = bytes((EVENTS.index(PriceOrder),)) + json.dumps(to_json(order)).encode()
    assert play(TARGETS["wire"], [raw, raw.replace(b'"o"', b"7")]) == []


def careless(raw: bytes) -> None:
    """Planted: assumes that every card sends two responses."""
    first, second = raw[1 : 1 + raw[0]], raw[2 + raw[0] :]
    assert first is not None
    assert second[0] is not None


def stubborn(_raw: bytes) -> None:
    """Planted: slow."""
    until = time.thread_time() + 2 * HANG_S
    while time.thread_time() < until:
        pass


def test_planted_a_careless_and_a_slow_decoder_are_caught_by_the_seeds() -> None:
    assert any(fault.startswith("IndexError") for fault in play(careless, seeds("cards")))
    assert play(stubborn, seeds("cards")[:1])[0].startswith("more than")


@pytest.mark.full
@pytest.mark.timeout(300)
@pytest.mark.skipif(not environment.has_atheris(), reason=NO_FUZZER)
@pytest.mark.parametrize("name", TARGETS)
def test_a_coverage_guided_fuzzer_finds_nothing(name: str, tmp_path: Path) -> None:
    for number, raw in enumerate(seeds(name)):
        (tmp_path / f"seed-{number}").write_bytes(raw)
    libraries = sysconfig.get_paths()["purelib"]
    words = [
        str(environment.python()),
        str(HERE / "fuzz.py"),
        str(ROOT),
        libraries,
        name,
        str(tmp_path),
        SEARCH_S,
    ]
    done = subprocess.run(words, capture_output=True, text=True, cwd=tmp_path, check=False)
    said = done.stderr.splitlines()
    print(f"{name}: {next((line for line in reversed(said) if line.startswith('Done')), said[-1:])}")
    assert done.returncode == 0, done.stderr[-3000:]
