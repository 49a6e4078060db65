"""Replay of recorded reads: order, timing, loop, and errors of the file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hardware.errors import ConnectionLostError
from hardware.ports import ReaderDown, ReaderUp, TagReads
from hardware.replay.reader import ReplayReader, ReplayRecordError, read_records
from tests.hardware.fact_log import FactLog


def line(at: str, epc: str = "30aa", antenna: int = 1) -> str:
    return json.dumps({"epc": epc, "antenna": antenna, "rssi_dbm": -50.5, "at": f"2026-03-02T10:00:{at}Z"})


def record(folder: Path, *lines: str) -> Path:
    path = folder / "reads.jsonl"
    path.write_text("\n".join(lines))
    return path


def test_reads_are_sorted_by_time(tmp_path: Path) -> None:
    reads = list(read_records(record(tmp_path, line("02.5", antenna=2), "", line("01.000001"))))
    assert [(read.epc, read.antenna) for read in reads] == [("30AA", 1), ("30AA", 2)]
    assert reads[1].at_us - reads[0].at_us == 1_499_999


@pytest.mark.parametrize(
    "text", ["{}", "nonsense", "[1]", line("01").replace("30aa", "x"), line("01").replace("Z", "!")]
)
def test_an_invalid_line_is_named(tmp_path: Path, text: str) -> None:
    with pytest.raises(ReplayRecordError, match="line 2 is not a read"):
        list(read_records(record(tmp_path, line("01"), text)))


def test_a_missing_file_is_a_lost_connection(tmp_path: Path) -> None:
    with pytest.raises(ConnectionLostError, match="cannot read"):
        list(read_records(tmp_path / "none.jsonl"))


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
