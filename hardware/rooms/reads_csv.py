"""Loads CSV files of tag reads (a calibration walk, or a recording); invalid rows are skipped and counted."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from math import isfinite
from pathlib import Path

from hardware.errors import HardwareError
from hardware.rooms.site import Antenna, Site
from hardware.rooms.time_units import wrong_unit
from hardware.rooms.walk import WalkRead

READ_COLUMNS = ("at_us", "antenna", "rssi_dbm", "epc")
WALK_COLUMNS = (*READ_COLUMNS, "room")
OUTSIDE_NAMES = frozenset({"", "-", "none", "null", "outside", "out"})
# how programs write a field without a value
UNKNOWN_NAMES = frozenset({"", "-", "none", "null", "na"})
MAX_EXAMPLES = 5
MAX_TIME_US = 1 << 62
_SEPARATORS = ",;\t"
# a time since 1970 in microseconds may have a fraction, written by a program that keeps it as a float
_FRACTIONS_BELOW = 10**14


class ReadsFileError(HardwareError):
    """A CSV file of reads that cannot be used at all."""


@dataclass(frozen=True, slots=True)
class SkippedRows:
    """How many rows were skipped, and the first few with line number and reason."""

    count: int
    examples: tuple[str, ...]

    def lines(self, path: str) -> Iterator[str]:
        """Messages for the technician; none if every row was valid."""
        if self.count:
            yield f"{path}: {self.count} bad row(s) left out"
            yield from (f"  {example}" for example in self.examples)
            if self.count > len(self.examples):
                yield f"  ... and {self.count - len(self.examples)} more"


@dataclass(frozen=True, slots=True)
class ReadsFile:
    """The valid rows, oldest first, and the skipped ones. `room` is "" in a file without that column."""

    reads: tuple[WalkRead, ...]
    skipped: SkippedRows


def load_reads(path: str | Path, site: Site, columns: tuple[str, ...]) -> ReadsFile:
    """Loads a CSV file whose header names at least `columns`; columns and rows may be in any order. Columns are
    separated by commas, or by semicolons or tabs; then numbers may have a decimal comma.

    Raises ReadsFileError if the file cannot be opened, lacks a column, has no valid row, or its times are not in
    microseconds.
    """
    try:
        with Path(path).open(encoding="utf-8-sig", errors="replace", newline="") as lines:
            reads, skipped = _rows(lines, site, columns, str(path))
    except OSError as error:
        raise ReadsFileError(f"{path}: cannot be read: {error.strerror}") from error
    if not reads:
        raise ReadsFileError("\n".join((f"{path}: not one usable row", *skipped.lines(str(path)))))
    reads.sort(key=lambda read: read.at_us)
    if unit := wrong_unit([read.at_us for read in reads]):
        raise ReadsFileError(f"{path}: the times in at_us {unit}")
    return ReadsFile(tuple(reads), skipped)


def _rows(
    lines: Iterable[str], site: Site, columns: tuple[str, ...], path: str
) -> tuple[list[WalkRead], SkippedRows]:
    clean: Iterator[str] = (line.replace("\0", "") for line in lines)
    first = next(clean, "")
    separator = _separator(first)
    if not first.lower().startswith("sep="):
        clean = chain((first,), clean)
    table = csv.reader(clean, delimiter=separator)
    try:
        header = [name.strip().lower() for name in next(table, [])]
    except csv.Error as error:
        raise ReadsFileError(f"{path}: not a CSV file: {error}") from error
    missing = [name for name in columns if name not in header]
    if missing:
        raise ReadsFileError(
            f"{path}: no column {', '.join(missing)}; the first line must name {','.join(columns)}"
        )
    parse = _Parser(site, [header.index(name) for name in columns], decimal_comma=separator != ",")
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


def _separator(first: str) -> str:
    """The separator of the columns, by the first line. Spreadsheets of many countries write semicolons, because they
    write numbers with a comma; some write a line `sep=;` first."""
    if first.lower().startswith("sep=") and first[4:5] in _SEPARATORS:
        return first[4]
    return max(_SEPARATORS, key=first.count)


class _Parser:
    """Turns rows into reads. Raises ValueError with the reason."""

    def __init__(self, site: Site, columns: list[int], *, decimal_comma: bool) -> None:
        self._columns = columns
        self._decimal_comma = decimal_comma
        self._rooms = frozenset(site.rooms)
        self._one_reader = site.one_reader
        self._antennas: dict[str, Antenna] = {}
        self._site_antennas = frozenset(site.antennas)

    def row(self, row: list[str]) -> WalkRead:
        if len(row) <= max(self._columns):
            raise ValueError(f"{len(row)} fields are too few")
        fields = [row[column].strip() for column in self._columns]
        epc = fields[3]
        if not 0 < len(epc) <= 128:
            raise ValueError("no EPC" if not epc else "an EPC of more than 128 characters")
        room = self._room(fields[4]) if len(fields) > 4 else ""
        if self._decimal_comma:
            fields[0], fields[2] = fields[0].replace(",", "."), fields[2].replace(",", ".")
        return WalkRead(_time_us(fields[0]), self._antenna(fields[1]), _signal(fields[2]), epc, room)

    def _antenna(self, text: str) -> Antenna:
        antenna = self._antennas.get(text)
        if antenna is None and text.lower() in UNKNOWN_NAMES:
            if len(self._site_antennas) > 1:
                raise ValueError(f"no antenna, and the site has {len(self._site_antennas)} of them")
            (antenna,) = self._site_antennas
        if antenna is None:
            antenna = Antenna.parse(text.removesuffix(".0"))
            if self._one_reader:
                antenna = Antenna("", antenna.port)
            if antenna not in self._site_antennas:
                raise ValueError(f"antenna {text} is not in the site")
            if len(self._antennas) < len(self._site_antennas) * 4:
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
        at = int(text) if text.isascii() and text.isdigit() else float(text)
        at_us = round(at)
    except (ValueError, OverflowError):
        raise ValueError(f"at_us {text[:40]!r} is not a time in microseconds") from None
    if at != at_us and at < _FRACTIONS_BELOW:
        raise ValueError(f"at_us {text[:40]!r} has a fraction; it seems to be in seconds or milliseconds")
    if not 0 <= at_us <= MAX_TIME_US:
        raise ValueError(f"at_us {text[:40]!r} is not a time in microseconds")
    return at_us


def _signal(text: str) -> float | None:
    """A signal strength in dBm, None for an empty field: the reader did not send it."""
    if text.lower() in UNKNOWN_NAMES:
        return None
    try:
        rssi_dbm = float(text)
    except ValueError:
        rssi_dbm = float("nan")
    if not (isfinite(rssi_dbm) and -120.0 <= rssi_dbm <= 20.0):
        raise ValueError(f"rssi_dbm {text[:40]!r} is not a signal between -120 and 20 dBm")
    return rssi_dbm
