"""Writes rows as CSV (RFC 4180, UTF-8) or as JSON lines (an object a row): both are written and read in parts.

A text of a CSV file that a spreadsheet would take for a formula gets an apostrophe in front, which is part of the form:
a reader removes one apostrophe from a text that begins with one.
"""

from __future__ import annotations

import csv
import json
from enum import Enum, unique
from typing import Any, Final, Protocol, TextIO

from kiosk.core.domain.tax import percent_of_ppm
from kiosk.store.payments.books.period import ShopDays
from kiosk.store.payments.books.rows import COLUMNS, TEXTS, Row, decimal_text

_FORMULA: Final = frozenset("=+-@\t\r\n'＝＋－＠")
"""First characters of a text that a spreadsheet may take for a formula (OWASP, "CSV Injection"), and the apostrophe."""


@unique
class Form(Enum):
    """How rows are written."""

    CSV = "csv"
    JSON = "json"


class Writer(Protocol):
    """Writes rows to a file that is open."""

    def write(self, row: Row) -> None: ...


def writer_of(form: Form, file: TextIO, days: ShopDays) -> Writer:
    """The writer of a form; that of CSV writes the columns' names first. The file must not translate line ends."""
    return CsvRows(file, days) if form is Form.CSV else JsonRows(file, days)


class CsvRows:
    """Comma, CRLF, quotes where needed."""

    def __init__(self, file: TextIO, days: ShopDays) -> None:
        self._writer, self._days = csv.writer(file, lineterminator="\r\n"), days
        self._writer.writerow(COLUMNS)

    def write(self, row: Row) -> None:
        values = values_of(row, self._days)
        self._writer.writerow([_cell(name, values.get(name)) for name in COLUMNS])


class JsonRows:
    """One JSON object a line; a column without value is left out."""

    def __init__(self, file: TextIO, days: ShopDays) -> None:
        self._file, self._days = file, days

    def write(self, row: Row) -> None:
        text = json.dumps(values_of(row, self._days), ensure_ascii=False, separators=(",", ":"))
        self._file.write(text + "\n")


def values_of(row: Row, days: ShopDays) -> dict[str, Any]:
    """The values of the columns that a row has, by the columns' names."""
    found: dict[str, Any] = {"kind": row.kind.value}
    if row.at_us is not None:
        found["day"], found["at"] = days.day_of(row.at_us).isoformat(), days.text_of(row.at_us)
    found |= {name: text for name in TEXTS if (text := getattr(row, name))}
    found |= {
        name: number for name in ("line", "ledger", "entry") if (number := getattr(row, name)) is not None
    }
    if row.rate_ppm is not None:
        found["rate_percent"] = percent_of_ppm(row.rate_ppm)
    for name in ("amount", "tax", "net"):
        if (minor := getattr(row, name)) is not None:
            found[f"{name}_minor"], found[name] = minor, decimal_text(minor, row.currency)
    return {name: found[name] for name in COLUMNS if name in found}


_SAFE: Final = frozenset(
    {
        "day",
        "at",
        "line",
        "rate_percent",
        "amount_minor",
        "amount",
        "tax_minor",
        "tax",
        "net_minor",
        "net",
        "ledger",
        "entry",
    }
)
"""Columns of numbers and times: a minus is a sign there."""


def _cell(name: str, value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text and name not in _SAFE and text.lstrip(" ")[:1] in _FORMULA else text
