"""Reads kept as CSV, of a calibration walk or of a day: parsed, counted where bad, sorted by time."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import isfinite
from pathlib import Path

from hardware.errors import HardwareError
from hardware.rooms.learning import WalkRead
from hardware.rooms.site import Antenna, Site

READ_COLUMNS = ("at_us", "antenna", "rssi_dbm", "epc")
WALK_COLUMNS = (*READ_COLUMNS, "room")
OUTSIDE_NAMES = frozenset({"", "-", "none", "null", "outside", "out"})
MAX_EXAMPLES = 5
MAX_TIME_US = 1 << 62


class ReadsFileError(HardwareError):
    """A table of reads that cannot be used at all."""


@dataclass(frozen=True, slots=True)
class SkippedRows:
    """How many rows were left out, and the first few with their line and reason."""

    count: int
    examples: tuple[str, ...]

    def lines(self, path: str) -> Iterator[str]:
        """What to tell the technician; nothing where every row was good."""
        if self.count:
            yield f"{path}: {self.count} bad row(s) left out"
            yield from (f"  {example}" for example in self.examples)
            if self.count > len(self.examples):
                yield f"  ... and {self.count - len(self.examples)} more"


@dataclass(frozen=True, slots=True)
class ReadsFile:
    """The good rows, oldest first, and what was left out. `room` is "" throughout in a table of plain reads."""

    reads: tuple[WalkRead, ...]
    bad: SkippedRows


def load_reads(path: str | Path, site: Site, columns: tuple[str, ...]) -> ReadsFile:
    """Reads a CSV file with a header naming at least `columns`, in any order of columns and rows.

    Errors: ReadsFileError for a file that cannot be opened, has other columns, or not one good row.
    """
    try:
        with Path(path).open(encoding="utf-8-sig", errors="replace", newline="") as lines:
            reads, bad = _rows(lines, site, columns, str(path))
    except OSError as error:
        raise ReadsFileError(f"{path}: cannot be read: {error.strerror}") from error
    if not reads:
        raise ReadsFileError("\n".join((f"{path}: not one usable row", *bad.lines(str(path)))))
    reads.sort(key=lambda read: read.at_us)
    return ReadsFile(tuple(reads), bad)


def _rows(
    lines: Iterable[str], site: Site, columns: tuple[str, ...], path: str
) -> tuple[list[WalkRead], SkippedRows]:
    table = csv.reader(line.replace("\0", "") for line in lines)
    try:
        header = [name.strip().lower() for name in next(table, [])]
    except csv.Error as error:
        raise ReadsFileError(f"{path}: not a CSV file: {error}") from error
    missing = [name for name in columns if name not in header]
    if missing:
        raise ReadsFileError(
            f"{path}: no column {', '.join(missing)}; the first line must name {','.join(columns)}"
        )
    parse = _Parser(site, [header.index(name) for name in columns])
    reads: list[WalkRead] = []
    count, examples = 0, list[str]()
    while True:
        try:
            row = next(table, None)
            if row is None:
                return reads, SkippedRows(count, tuple(examples))
            if row:
                reads.append(parse.row(row))
        except (ValueError, csv.Error) as error:
            count += 1
            if len(examples) < MAX_EXAMPLES:
                examples.append(f"line {table.line_num}: {error}")


class _Parser:
    """Turns rows into reads; ValueError says what is wrong with one."""

    def __init__(self, site: Site, places: list[int]) -> None:
        self._places = places
        self._rooms = frozenset(site.rooms)
        self._one_reader = site.one_reader
        self._antennas: dict[str, Antenna] = {}
        self._known = frozenset(site.antennas)

    def row(self, row: list[str]) -> WalkRead:
        if len(row) <= max(self._places):
            raise ValueError(f"{len(row)} fields are too few")
        fields = [row[place].strip() for place in self._places]
        epc = fields[3]
        if not 0 < len(epc) <= 128:
            raise ValueError("no EPC" if not epc else "an EPC of more than 128 characters")
        room = self._room(fields[4]) if len(fields) > 4 else ""
        return WalkRead(_time_us(fields[0]), self._antenna(fields[1]), _signal(fields[2]), epc, room)

    def _antenna(self, text: str) -> Antenna:
        antenna = self._antennas.get(text)
        if antenna is None:
            antenna = Antenna.parse(text.removesuffix(".0"))
            if self._one_reader:
                antenna = Antenna("", antenna.port)
            if antenna not in self._known:
                raise ValueError(f"antenna {text} is not in the site")
            if len(self._antennas) < len(self._known) * 4:
                self._antennas[text] = antenna
        return antenna

    def _room(self, text: str) -> str:
        if text in self._rooms:
            return text
        if text.lower() in OUTSIDE_NAMES:
            return ""
        raise ValueError(f"room {text!r} is not in the site")


def _time_us(text: str) -> int:
    try:
        at_us = int(text) if text.isascii() and text.isdigit() else round(float(text))
    except (ValueError, OverflowError):
        raise ValueError(f"at_us {text[:40]!r} is not a time in microseconds") from None
    if not 0 <= at_us <= MAX_TIME_US:
        raise ValueError(f"at_us {text[:40]!r} is not a time in microseconds")
    return at_us


def _signal(text: str) -> float:
    try:
        rssi_dbm = float(text)
    except ValueError:
        rssi_dbm = float("nan")
    if not (isfinite(rssi_dbm) and -120.0 <= rssi_dbm <= 20.0):
        raise ValueError(f"rssi_dbm {text[:40]!r} is not a signal between -120 and 20 dBm")
    return rssi_dbm
