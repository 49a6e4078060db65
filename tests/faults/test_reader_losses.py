"""Readers that are disconnected, frozen and restarted: each loss is detected and recovered in time, logged once, and
leaks nothing. Planted faults prove that the checks catch each of these."""

from __future__ import annotations

import itertools
import logging
import os
import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hardware.llrp.reader import LlrpReader
from hardware.llrp.settings import LlrpSettings
from hardware.ports import RadioFact, ReaderDown, ReaderUp
from hardware.sim.radio.llrp_reader import SimLlrpReader
from hardware.supervision.supervise import Backoff
from hardware.watches.field_watch import FieldWatch
from tests.hardware.fact_log import FactLog

EPC = "3074257BF7194E4000001A85"
# the promises of the product
NOTICED_S, HEALED_S = 3.0, 5.0
QUICK = LlrpSettings(keepalive_ms=100, probe_s=0.2, silence_s=0.4, connect_s=0.5, backoff=Backoff(0.02, 0.1))

LINES = 10
"""Log lines of each kind that are written at once."""
LEFT_OUT = re.compile(r" \(\d+ more lines of this kind were left out\)$")
Make = Callable[[str, int, LlrpSettings], LlrpReader]


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


class LogLines(logging.Handler):
    """Counts the log lines of the hardware package from INFO on."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


@pytest.fixture
def lines() -> Iterator[LogLines]:
    handler, logger = LogLines(), logging.getLogger("hardware")
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield handler
    logger.setLevel(before)
    logger.removeHandler(handler)


def audit(make: Make, settings: LlrpSettings, turns: int, lines: LogLines, slack_s: float = 0.0) -> list[str]:
    """Loses a reader so many times, in turn in three ways; returns the violated promises."""
    complaints: list[str] = []
    facts = FactLog()
    with SimLlrpReader() as sim:
        sim.place(EPC, rate_hz=20)
        threads, before = threading.active_count(), descriptors()
        reader = make("rooms", sim.port, settings)
        reader.start(facts)
        facts.wait_count(ReaderUp, 1)
        try:
            for turn, deed in zip(
                range(1, turns + 1), itertools.cycle(("pull", "freeze", "restart")), strict=False
            ):
                complaints += lose(sim, facts, deed, turn, slack_s)
                if len(complaints) > 3:
                    break
        finally:
            reader.close()
        if threading.active_count() > threads:
            complaints.append("a thread is left")
        # the simulated reader's side of the last connection may take a moment
        deadline = time.monotonic() + 1
        while descriptors() > before and time.monotonic() < deadline:
            threading.Event().wait(0.02)
        if descriptors() > before:
            complaints.append(f"{descriptors() - before} descriptors are left")
    return complaints + misplaced_lines(lines.said, facts.count(ReaderDown))


def misplaced_lines(said: list[str], losses: int) -> list[str]:
    """What is wrong with the log: one line for each loss and each recovery, and between them at most one for each
    other reason: how many reasons a loss has depends on when its attempts fall. After `LINES` losses the lines are
    limited to one a minute, so that there are fewer."""
    said = [LEFT_OUT.sub("", line) for line in said]
    down = sum(" is not connected: " in line for line in said)
    up = sum(line.endswith(" is connected") for line in said)
    of_this_loss: set[str] = set()
    again = 0
    for line in said:
        again += line in of_this_loss
        of_this_loss = set() if line.endswith(" is connected") else {*of_this_loss, line}
    other = len(said) - down - up - sum(" is still not connected: " in line for line in said)
    if (down, up, again, other) == (losses, losses + 1, 0, 0):
        return []
    if losses > LINES and LINES <= down < losses and LINES <= up < losses and not other:
        return []
    return [f"log lines of {losses} losses: {down} down, {up} up, {again} repeated, {other} others"]


def lose(sim: SimLlrpReader, facts: FactLog, deed: str, turn: int, slack_s: float) -> Iterator[str]:
    """One loss and its recovery; yields what was late."""
    began = time.monotonic()
    sim.do({"do": deed})
    try:
        facts.wait_count(ReaderDown, turn, NOTICED_S + slack_s)
    except AssertionError:
        yield f"{deed}: not noticed within {time.monotonic() - began:.1f} s"
        sim.do({"do": "plug"})
        return
    began = time.monotonic()
    sim.do({"do": "plug"})
    try:
        facts.wait_count(ReaderUp, turn + 1, HEALED_S + slack_s)
        reads = len(facts.reads())
        facts.wait(lambda _: len(facts.reads()) > reads, "read after the healing", HEALED_S + slack_s)
    except AssertionError:
        yield f"{deed}: not healed within {time.monotonic() - began:.1f} s"


def ours(name: str, port: int, settings: LlrpSettings) -> LlrpReader:
    return LlrpReader(name, "127.0.0.1", port, settings)


def test_six_losses_in_a_row(lines: LogLines) -> None:
    assert audit(ours, QUICK, 6, lines, slack_s=10) == []


def test_the_lines_of_many_losses_are_limited_and_say_so() -> None:
    often = [
        line for _ in range(LINES) for line in ("reader r is not connected: away", "reader r is connected")
    ]
    later = f"reader r is not connected: away ({LINES} more lines of this kind were left out)"
    assert misplaced_lines([*often, later], 3 * LINES) == []
    assert misplaced_lines([*often, "reader r is lost"], 3 * LINES) != []


@pytest.mark.full
@pytest.mark.timeout(2400)
def test_two_hundred_losses_in_a_row(lines: LogLines) -> None:
    assert audit(ours, LlrpSettings(), 200, lines) == []


@pytest.mark.timeout(60)
def test_the_default_settings_keep_the_promise(lines: LogLines) -> None:
    """One loss of each kind with the default settings."""
    assert audit(ours, LlrpSettings(), 3, lines, slack_s=5) == []


class LeakedDescriptor(LlrpReader):
    """Planted: keeps a descriptor of every connection."""

    def _run_connection(self, post: FieldWatch, on_connected: Callable[[], None]) -> None:
        self.kept = [*getattr(self, "kept", []), os.open("/dev/null", os.O_RDONLY)]
        super()._run_connection(post, on_connected)


class RepeatedLogLines(LlrpReader):
    """Planted: a log line for each attempt."""

    def _run_connection(self, post: FieldWatch, on_connected: Callable[[], None]) -> None:
        logging.getLogger("hardware").warning("trying")
        super()._run_connection(post, on_connected)


class LeftThread(LlrpReader):
    """Planted: leaves a thread behind."""

    def start(self, post: Callable[[RadioFact], None]) -> None:
        self.gate = threading.Event()
        self.left = threading.Thread(target=self.gate.wait)
        self.left.start()
        super().start(post)


def test_planted_a_leaked_descriptor_is_caught(lines: LogLines) -> None:
    made: list[LeakedDescriptor] = []

    def leaking(name: str, port: int, settings: LlrpSettings) -> LlrpReader:
        made.append(LeakedDescriptor(name, "127.0.0.1", port, settings))
        return made[0]

    complaints = audit(leaking, QUICK, 2, lines, slack_s=10)
    for kept in made[0].kept:
        os.close(kept)
    assert any("descriptors are left" in complaint for complaint in complaints)


def test_planted_repeated_log_lines_are_caught(lines: LogLines) -> None:
    complaints = audit(lambda n, p, s: RepeatedLogLines(n, "127.0.0.1", p, s), QUICK, 2, lines, slack_s=10)
    assert any("log lines" in complaint for complaint in complaints)


@pytest.mark.parametrize(
    "said",
    [
        ["reader a is connected"],
        [*("reader a is connected", "reader a is not connected: x") * 2, "reader a is connected"],
        [
            "reader a is connected",
            "reader a is not connected: x",
            *["reader a is still not connected: y"] * 2,
            "reader a is connected",
        ],
        ["reader a is connected", "reader a is not connected: x", "trying", "reader a is connected"],
    ],
)
def test_planted_other_numbers_of_log_lines_are_caught(said: list[str]) -> None:
    assert misplaced_lines(said, 1)


def test_planted_a_thread_that_is_left_is_caught(lines: LogLines) -> None:
    made: list[LeftThread] = []

    def lingering(name: str, port: int, settings: LlrpSettings) -> LlrpReader:
        made.append(LeftThread(name, "127.0.0.1", port, settings))
        return made[0]

    complaints = audit(lingering, QUICK, 1, lines, slack_s=10)
    made[0].gate.set()
    made[0].left.join()
    assert "a thread is left" in complaints


def test_planted_a_loss_that_is_never_detected_is_caught(lines: LogLines) -> None:
    deaf = replace(QUICK, keepalive_ms=0, probe_s=60.0, silence_s=60.0)
    complaints = audit(ours, deaf, 2, lines)
    assert any("freeze: not noticed" in complaint for complaint in complaints)
