"""Files of recorded reads: order, encodings, lines that are no reads, and their size."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.errors import ConnectionLostError
from hardware.ports import TagRead
from hardware.replay.records import MAX_LINE, REORDER, LeftOut, ReplayRecordError, _in_order, read_records


def line(at: str = "01", epc: str = "30aa", antenna: object = 1, rssi: object = -50.5) -> str:
    return json.dumps({"epc": epc, "antenna": antenna, "rssi_dbm": rssi, "at": f"2026-03-02T10:00:{at}Z"})


def record(folder: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path = folder / "reads.jsonl"
    path.write_text("\n".join(lines), encoding)
    return path


def test_reads_are_sorted_by_time(tmp_path: Path) -> None:
    reads = list(read_records(record(tmp_path, line("02.5", antenna=2), "", line("01.000001"))))
    assert [(read.epc, read.antenna) for read in reads] == [("30AA", 1), ("30AA", 2)]
    assert reads[1].at_us - reads[0].at_us == 1_499_999


BAD = {
    "empty object": "{}",
    "no JSON": "nonsense",
    "a list": "[1]",
    "no hex": line(epc="x"),
    "no EPC": line(epc=""),
    "a number as EPC": line().replace('"30aa"', "30"),
    "no time": line(at="!"),
    "a time of another age": line().replace("2026-03-02T10:00:01Z", "0001-01-01T00:00:00+23:59"),
    "infinite antenna": line().replace(": 1,", ": Infinity,"),
    "half an antenna": line(antenna=1.5),
    "antenna 0": line(antenna=0),
    "antenna true": line(antenna=True),
    "strength NaN": line().replace("-50.5", "NaN"),
    "strength -Infinity": line().replace("-50.5", "-Infinity"),
    "strength as text": line(rssi="-50"),
    "an enormous strength": line(rssi=10**400),
    "nested too deeply": "[" * 3_000,
    "nested deeper": '{"a":' * 100_000,
    "a long line": line() + " " * MAX_LINE,
    "cut off": line()[:-9],
    "spoiled bytes": line().replace("30aa", "30\udcff"),
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_a_line_that_is_no_read_is_left_out_and_named(bad: str, tmp_path: Path) -> None:
    path = tmp_path / "reads.jsonl"
    path.write_bytes("\n".join((line("01"), bad, line("02"), bad)).encode("utf-8", "surrogateescape"))
    left_out = LeftOut()
    assert len(list(read_records(path, left_out))) == 2
    assert (left_out.count, left_out.numbers) == (2, [2, 4])
    assert len(str(left_out)) < 300


def test_what_was_left_out_is_told_in_one_sentence(tmp_path: Path) -> None:
    for count, said in (
        (0, ""),
        (1, "line 2 is no read and was left out: "),
        (9, "9 lines (2, 3, 4, 5, 6, ...) are no reads"),
    ):
        left_out = LeftOut()
        list(read_records(record(tmp_path, line(), *["{}"] * count), left_out))
        assert str(left_out).startswith(said)
        assert bool(str(left_out)) == bool(count)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_files_of_other_systems_are_read(encoding: str, newline: str, tmp_path: Path) -> None:
    path = tmp_path / "reads.jsonl"
    path.write_bytes(newline.join((line("01"), line("02"), "")).encode(encoding))
    left_out = LeftOut()
    assert len(list(read_records(path, left_out))) == 2
    assert left_out.count == 0


def test_what_a_reader_did_not_send_stays_unknown(tmp_path: Path) -> None:
    (read,) = read_records(record(tmp_path, line(antenna=None, rssi=None)))
    assert (read.antenna, read.rssi_dbm) == (None, None)


def test_a_missing_file_is_a_lost_connection(tmp_path: Path) -> None:
    with pytest.raises(ConnectionLostError, match=r"cannot read .*: no such file"):
        list(read_records(tmp_path / "none.jsonl"))
    with pytest.raises(ConnectionLostError, match="cannot read"):
        list(read_records(tmp_path))


def test_a_file_without_a_single_read_is_refused_and_an_empty_one_is_empty(tmp_path: Path) -> None:
    with pytest.raises(ReplayRecordError, match="no line is a read; line 2: "):
        list(read_records(record(tmp_path, "", "x", "y")))
    assert list(read_records(record(tmp_path, "", " "))) == []


@given(st.permutations(range(40)))
def test_any_order_within_the_window_becomes_the_order_of_time(order: list[int]) -> None:
    reads = (TagRead("30AA", 1, -50.0, at_us) for at_us in order)
    assert [read.at_us for read in _in_order(reads)] == list(range(40))


def test_a_large_file_is_a_stream() -> None:
    taken = 0

    def endless() -> Iterator[TagRead]:
        nonlocal taken
        while True:
            taken += 1
            yield TagRead("30AA", 1, -50.0, taken)

    assert next(_in_order(endless())).at_us == 1
    assert taken == REORDER + 1
