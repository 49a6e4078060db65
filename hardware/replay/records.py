"""Reads files of recorded reads, JSON lines as `listen` prints them: good lines are taken, the others counted.

A file is read as a stream, so that its size does not matter; lines that are out of order by less than `REORDER` reads
are sorted by time.
"""

from __future__ import annotations

import codecs
import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path
from typing import Any, Final, TextIO

from hardware.errors import ConnectionLostError, HardwareError
from hardware.json_text import json_object
from hardware.ports import MAX_ANTENNA, TagRead
from hardware.regular_files import open_regular

MAX_LINE: Final = 4096
"""Characters of a line; one that `listen` writes has about 130."""
REORDER: Final = 20_000
_MAX_NUMBERS: Final = 5


class ReplayRecordError(HardwareError):
    """A file without a single read."""


@dataclass(slots=True)
class LeftOut:
    """Lines that are no reads: how many, the first numbers, and the reason of the first."""

    count: int = 0
    numbers: list[int] = field(default_factory=list)
    why: str = ""

    def add(self, number: int, why: str) -> None:
        self.count += 1
        self.why = self.why or why
        if len(self.numbers) < _MAX_NUMBERS:
            self.numbers.append(number)

    def __str__(self) -> str:
        """For a technician; empty if no line was left out."""
        if not self.count:
            return ""
        if self.count == 1:
            return f"line {self.numbers[0]} is no read and was left out: {self.why}"
        numbers = ", ".join(map(str, self.numbers)) + (", ..." if self.count > len(self.numbers) else "")
        return f"{self.count} lines ({numbers}) are no reads and were left out; the first: {self.why}"


def read_records(path: Path, left_out: LeftOut | None = None) -> Iterator[TagRead]:
    """The reads of a file, oldest first; lines that are no reads are added to `left_out`.

    Raises ConnectionLostError if the file cannot be read, ReplayRecordError if it has lines and none is a read.
    """
    bad = LeftOut() if left_out is None else left_out
    try:
        with TextIOWrapper(open_regular(path), _encoding(path), errors="replace") as lines:
            yield from _in_order(_records(lines, bad))
    except OSError as error:
        raise ConnectionLostError(f"cannot read {path}: {(error.strerror or str(error)).lower()}") from error


def _encoding(path: Path) -> str:
    """By the byte order mark; a shell of Windows writes UTF-16 into a file."""
    with open_regular(path) as file:
        return "utf-16" if file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig"


def _records(lines: TextIO, left_out: LeftOut) -> Iterator[TagRead]:
    number = good = 0
    while line := lines.readline(MAX_LINE):
        number += 1
        if _skip_rest(line, lines):
            left_out.add(number, f"more than {MAX_LINE} characters")
        elif line.strip():
            try:
                yield _record(line)
                good += 1
            except ValueError as error:
                left_out.add(number, str(error))
    if not good and left_out.count:
        raise ReplayRecordError(f"no line is a read; line {left_out.numbers[0]}: {left_out.why}")


def _skip_rest(line: str, lines: TextIO) -> bool:
    """Reads on to the end of a line that is too long; whether it is."""
    is_long = len(line) >= MAX_LINE and not line.endswith("\n")
    while is_long and len(rest := lines.readline(MAX_LINE)) >= MAX_LINE and not rest.endswith("\n"):
        pass
    return is_long


def _in_order(records: Iterator[TagRead]) -> Iterator[TagRead]:
    waiting: list[tuple[int, int, TagRead]] = []
    for count, read in enumerate(records):
        entry = (read.at_us, count, read)
        if len(waiting) < REORDER:
            heapq.heappush(waiting, entry)
        else:
            yield heapq.heappushpop(waiting, entry)[2]
    while waiting:
        yield heapq.heappop(waiting)[2]


def _record(line: str) -> TagRead:
    """Raises ValueError with the reason."""
    record = json_object(line)
    for key in ("epc", "at"):
        if not isinstance(record.get(key), str):
            raise ValueError(f"no text {key!r}")
    epc = bytes.fromhex(record["epc"]).hex().upper()
    if not epc:
        raise ValueError("an empty EPC")
    try:
        at_us = round(datetime.fromisoformat(record["at"]).timestamp() * 1e6)
    except (OverflowError, OSError):
        at_us = -1
    if at_us < 0:
        raise ValueError(f"{record['at'][:40]!r} is not a time after 1970")
    return TagRead(epc, _antenna(record.get("antenna")), _signal(record.get("rssi_dbm")), at_us)


def _antenna(value: Any) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MAX_ANTENNA:
        raise ValueError(f"antenna {str(value)[:40]} is not a number from 1 to {MAX_ANTENNA}")
    return value


def _signal(value: Any) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not -200 <= value <= 100:
        raise ValueError(f"rssi_dbm {str(value)[:40]} is not a signal in dBm")
    return float(value)
