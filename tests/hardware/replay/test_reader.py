"""Replay of recorded reads: order, timing, loop, and errors of the file."""

from __future__ import annotations

import json
import time
from itertools import pairwise
from pathlib import Path

import pytest

from hardware.ports import NoteKind, ReaderDown, ReaderNote, ReaderUp, TagReads
from hardware.replay.reader import ReplayReader
from tests.hardware.fact_log import FactLog


def line(at: str, epc: str = "30aa", antenna: int = 1) -> str:
    return json.dumps({"epc": epc, "antenna": antenna, "rssi_dbm": -50.5, "at": f"2026-03-02T10:00:{at}Z"})


def record(folder: Path, *lines: str) -> Path:
    path = folder / "reads.jsonl"
    path.write_text("\n".join(lines))
    return path


def test_reads_close_in_time_are_posted_together_in_the_original_timing(tmp_path: Path) -> None:
    path = record(tmp_path, line("01.000"), line("01.001", "30bb"), line("03.000", "30cc"))
    reader, log = ReplayReader("replay", str(path), speed=10.0), FactLog()
    reader.start(log)
    log.wait_count(TagReads, 2)
    reader.close()
    assert log.count(ReaderUp) == 1
    batches = [fact.reads for fact in log.facts if isinstance(fact, TagReads)]
    assert [[read.epc for read in batch] for batch in batches] == [["30AA", "30BB"], ["30CC"]]
    assert batches[1][0].at_us - batches[0][0].at_us >= 190_000


def test_a_loop_starts_again(tmp_path: Path) -> None:
    reader, log = ReplayReader("replay", str(record(tmp_path, line("01"))), loop=True), FactLog()
    reader.start(log)
    log.wait_count(TagReads, 3)
    reader.close()


def test_a_file_that_comes_later_is_played(tmp_path: Path) -> None:
    reader, log = ReplayReader("replay", str(tmp_path / "reads.jsonl")), FactLog()
    reader.start(log)
    log.wait_count(ReaderDown)
    record(tmp_path, line("01"))
    log.wait_count(TagReads)
    reader.close()
    assert log.count(ReaderDown) == 1


def test_a_loop_over_a_file_of_one_moment_is_paced(tmp_path: Path) -> None:
    reader, log = (
        ReplayReader("replay", str(record(tmp_path, line("01"))), speed=1000.0, loop=True),
        FactLog(),
    )
    reader.start(log)
    log.wait_count(TagReads, 5)
    reader.close()
    stamps = [read.at_us for read in log.reads()]
    assert all(later - earlier >= 90_000 for earlier, later in pairwise(stamps))


@pytest.mark.parametrize("loop", [False, True])
def test_lines_that_are_no_reads_are_noted_once_and_the_others_played(tmp_path: Path, *, loop: bool) -> None:
    path = record(tmp_path, line("01"), "nonsense", line("01.001"), line("02")[:40])
    reader, log = ReplayReader("replay", str(path), speed=100.0, loop=loop), FactLog()
    reader.start(log)
    log.wait(lambda _: len(log.reads()) >= (6 if loop else 2), "all reads")
    reader.close()
    (note,) = [fact for fact in log.facts if isinstance(fact, ReaderNote)]
    assert note.kind is NoteKind.REPORTS
    assert note.text.startswith("2 lines (2, 4) are no reads")
    assert isinstance(log.facts[0], ReaderUp)


def test_a_gap_of_centuries_can_be_waited_for_and_closed(tmp_path: Path) -> None:
    late = line("01").replace("2026-03-02", "9026-03-02")
    reader, log = ReplayReader("replay", str(record(tmp_path, line("01"), late)), speed=0.01), FactLog()
    reader.start(log)
    log.wait_count(TagReads, 1)
    began = time.monotonic()
    reader.close()
    assert time.monotonic() - began < 2
    assert log.count(ReaderDown) == 0


def test_a_file_without_a_single_read_is_a_loss_with_its_reason(tmp_path: Path) -> None:
    reader, log = ReplayReader("replay", str(record(tmp_path, "", '{"antenna": Infinity}'))), FactLog()
    reader.start(log)
    log.wait_count(ReaderDown)
    reader.close()
    (down,) = log.facts
    assert "no line is a read; line 2: " in down.why
