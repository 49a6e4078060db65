"""Writes tables of the insights as CSV (UTF-8, safe to open in a spreadsheet) and as Parquet."""

from __future__ import annotations

import csv
import io
from enum import Enum, unique
from typing import Any, Final

from kiosk.core.domain.currency_digits import digits_of
from kiosk.store.insights.table import Cell, Table, Unit

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""First characters by which a spreadsheet reads a text as a formula (OWASP, CSV injection); the last four are the
full-width forms."""


@unique
class FileFormat(Enum):
    """Formats of files."""

    CSV = "csv"
    PARQUET = "parquet"


def as_csv(table: Table) -> bytes:
    """A header line and a line for each row; an empty field is a number that is not shown. Amounts in units of the
    currency with a point: `129.00`."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.key for column in table.columns])
    for row in table.rows:
        writer.writerow([_without_formula(cell) for cell in _with_amounts(table, row)])
    return ("\ufeff" + out.getvalue()).encode()


def as_parquet(table: Table) -> bytes:
    """Texts, whole numbers, and amounts as decimals with three digits; null for a number that is not shown."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    texts = (Unit.TEXT, Unit.REQUEST_KIND, Unit.LANGUAGE, Unit.WEEK)
    kinds = {**dict.fromkeys(texts, pa.string()), Unit.MINOR: pa.decimal128(24, 3)}
    schema = pa.schema([(c.key, kinds.get(c.unit, pa.int64())) for c in table.columns])
    rows = [dict(zip(schema.names, _decimals(table, row), strict=True)) for row in table.rows]
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), out)
    return out.getvalue()


def _decimals(table: Table, row: tuple[Cell, ...]) -> list[Any]:
    from decimal import Decimal

    cells: list[Any] = list(_with_amounts(table, row))
    for place, column in enumerate(table.columns):
        if column.unit is Unit.MINOR and cells[place] is not None:
            cells[place] = Decimal(cells[place])
    return cells


def _with_amounts(table: Table, row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """The row with its minor units as an amount."""
    currency = next((str(c) for k, c in zip(table.columns, row, strict=True) if k.key == "currency"), "")
    return tuple(
        _amount(cell, currency) if column.unit is Unit.MINOR and isinstance(cell, int) else cell
        for column, cell in zip(table.columns, row, strict=True)
    )


def _amount(minor: int, currency: str) -> str:
    digits = digits_of(currency)
    whole, rest = divmod(abs(minor), 10**digits)
    sign = "-" if minor < 0 else ""
    return f"{sign}{whole}.{rest:0{digits}d}" if digits else f"{sign}{whole}"


def _without_formula(cell: Cell) -> Cell:
    """Puts a quote before a text that a spreadsheet would read as a formula, also after spaces."""
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip(" \u00a0").startswith(_FORMULA) else cell
