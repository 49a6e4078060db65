"""Reads the lines of a CSV report with their numbers, and the amounts and times in them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Final, TextIO
from zoneinfo import ZoneInfo

from kiosk.connectors.payments.reports.line import ReportError
from kiosk.core.domain.currency_digits import CURRENCY_DIGITS
from kiosk.core.domain.money import Money

MAX_CELL: Final = 10_000
_DECIMAL: Final = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,6})?")
_THOUSANDS: Final = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{3})+")
"""In a table with decimal commas, 1.000 is a thousand."""
_SPREADSHEET: Final = re.compile(r"[0-9](?:[.,][0-9]+)?[Ee]\+[0-9]+")
"""A long number as a spreadsheet writes it: its last digits are lost."""
_OFFSET: Final = re.compile(r"(?:UTC|GMT)?([+-])([0-9]{1,2}):?([0-9]{2})?")
_HOURS: Final[Mapping[str, int]] = {
    "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3,
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "SGT": 8, "HKT": 8,
    "JST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "BRT": -3, "GST": 4,
}  # fmt: skip
"""Hours of the abbreviations in Adyen's column TimeZone. Its sample has CET in June for a time of UTC+1, so an
abbreviation is an offset, and no zone with summer time."""


@dataclass(frozen=True, slots=True)
class Cells:
    """A line of a table: its number and its cells by the names of the columns, in lower case."""

    file: str
    line: int
    cells: Mapping[str, str]
    comma: bool = False
    """Whether decimals are written with a comma, as in tables with semicolons."""

    def text(self, *names: str) -> str:
        """The first of these cells that is not empty; empty if there is none."""
        return next((found for name in names if (found := self.cells.get(name, "").strip())), "")

    def wrong(self, why: str) -> ReportError:
        """The error that names this line."""
        return ReportError(self.file, self.line, why)

    def number(self, *names: str) -> Decimal | None:
        """A decimal number; None where the cells are empty. Raises ReportError."""
        text = self.text(*names)
        if not text:
            return None
        if self.comma and _THOUSANDS.fullmatch(text):
            raise self.wrong(
                f"`{text[:40]}` in column {names[0]} may be thousands; write decimals with a comma"
            )
        plain = text.replace(",", ".") if self.comma else text
        if not _DECIMAL.fullmatch(plain):
            raise self.wrong(f"`{text[:40]}` in column {names[0]} is no number with decimals")
        return Decimal(plain)

    def reference(self, name: str) -> str:
        """A number of a service. Raises ReportError if a spreadsheet has shortened it."""
        text = self.text(name)
        if _SPREADSHEET.fullmatch(text):
            why = "was shortened by a spreadsheet; use the file as it was downloaded"
            raise self.wrong(f"`{text[:40]}` in column {name} {why}")
        return text

    def currency(self, *names: str) -> str:
        """A currency of ISO 4217. Raises ReportError."""
        code = self.text(*names).upper()
        if code not in CURRENCY_DIGITS:
            raise self.wrong(f"`{code[:10]}` in column {names[0]} is no currency")
        return code

    def money(self, number: Decimal, currency: str) -> Money:
        """An amount in whole minor units. Raises ReportError."""
        minor = number.scaleb(CURRENCY_DIGITS[currency])
        try:
            whole = minor.to_integral_exact()
        except InvalidOperation:
            raise self.wrong(f"{number} {currency} is too large") from None
        if whole != minor:
            raise self.wrong(f"{number} {currency} is not in whole minor units of the currency")
        return Money(int(whole), currency)

    def time_us(self, name: str, zone: tzinfo) -> int:
        """A time (ISO 8601, with a blank or T; without an offset it is in `zone`). Raises ReportError."""
        text = self.text(name)
        try:
            at = datetime.fromisoformat(text)
        except ValueError:
            raise self.wrong(
                f"`{text[:40]}` in column {name} is no date and time, as 2026-03-29 14:05"
            ) from None
        at = at if at.tzinfo else at.replace(tzinfo=zone)
        return (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def zone_named(text: str) -> tzinfo | None:
    """The offset or zone of a name as reports have it: CET, UTC+02:00, Europe/Amsterdam; None if it is unknown."""
    name = text.strip()
    if name.upper() in _HOURS:
        return timezone(timedelta(hours=_HOURS[name.upper()]))
    if match := _OFFSET.fullmatch(name.upper()):
        offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
        return timezone(-offset if match[1] == "-" else offset) if offset < timedelta(hours=24) else None
    try:
        return ZoneInfo(name) if "/" in name else None
    except (OSError, ValueError):
        return None


@dataclass(slots=True)
class Table:
    """An open table: the names of its columns, in lower case, then its lines once."""

    file: str
    columns: tuple[str, ...]
    lines: Iterator[Cells]


class _LineEnds:
    """The lines of a file. `complete`: whether the newest one has a line end."""

    def __init__(self, file: TextIO) -> None:
        self._file, self.complete = file, True

    def __iter__(self) -> Iterator[str]:
        for line in self._file:
            self.complete = line.endswith(("\n", "\r"))
            yield line


def open_table(path: Path, file: TextIO) -> Table:
    """Reads the first line of a file (UTF-8, with or without byte order mark). Raises ReportError, OSError."""
    name = path.name
    try:
        first = file.readline(MAX_CELL)
        file.seek(0)
        delimiter = ";" if first.count(";") > first.count(",") else ","
        ends = _LineEnds(file)
        reader = csv.reader(ends, delimiter=delimiter, strict=True)
        header = next(reader, [])
    except (UnicodeDecodeError, csv.Error) as error:
        raise ReportError(name, 1, f"is no CSV file in UTF-8 ({type(error).__name__})") from None
    columns = tuple(cell.strip().lower() for cell in header)
    if len(set(columns) - {""}) != len([c for c in columns if c]):
        raise ReportError(name, 1, "a column is there twice")
    return Table(name, columns, _lines(name, columns, reader, ends, comma=delimiter == ";"))


def _lines(
    name: str, columns: tuple[str, ...], reader: Iterator[list[str]], ends: _LineEnds, *, comma: bool
) -> Iterator[Cells]:
    number = 1
    try:
        for row in reader:
            number = reader.line_num  # type: ignore[attr-defined]
            if not any(cell.strip() for cell in row):
                continue
            if len(row) > len(columns) or len(row) < len(columns) - 10:
                raise ReportError(name, number, f"has {len(row)} cells, the first line has {len(columns)}")
            if len(row) < len(columns) and not ends.complete:
                raise ReportError(
                    name, number, "the file is cut off: its last line has no end, and cells are missing"
                )
            yield Cells(name, number, dict(zip(columns, row, strict=False)), comma)
    except (UnicodeDecodeError, csv.Error) as error:
        raise ReportError(name, number + 1, f"cannot be read ({type(error).__name__})") from None
