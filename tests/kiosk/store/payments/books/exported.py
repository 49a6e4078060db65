"""Exports for tests, and read back as any program would read them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from kiosk.store.payments.books.export import Exported, export
from kiosk.store.payments.books.forms import Form, writer_of
from kiosk.store.payments.books.history import Pages
from kiosk.store.payments.books.period import ShopDays

VIENNA = ShopDays(ZoneInfo("Europe/Vienna"))
Rows = list[dict[str, Any]]
SUMS = ("total", "check")


def exported(
    pages: Pages,
    first: date | None = None,
    last: date | None = None,
    form: Form = Form.JSON,
    days: ShopDays = VIENNA,
) -> tuple[Exported, str]:
    """What an export says, and its file."""
    file = io.StringIO(newline="")
    done = export(pages, days.period(first, last), writer_of(form, file, days), "en", lambda _, __: None)
    return done, file.getvalue()


def read_json(text: str) -> Rows:
    return [json.loads(line) for line in text.splitlines()]


def read_csv(text: str) -> Rows:
    """Removes the apostrophe of the form, and columns without value."""
    return [
        {name: cell.removeprefix("'") for name, cell in row.items() if cell}
        for row in csv.DictReader(io.StringIO(text, newline=""), strict=True)
    ]


def rows_only(rows: Rows) -> Rows:
    """Without totals and checks."""
    return [row for row in rows if row["kind"] not in SUMS]


def total(rows: Rows, kinds: Sequence[str], column: str = "amount_minor") -> int:
    return sum(int(row.get(column, 0)) for row in rows if row["kind"] in kinds)
