"""The totals of a day's documents as CSV: by currency, kind, means of payment and tax rate. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any, Final

from kiosk.connectors.sales_out.amounts import decimal_text
from kiosk.core.domain.tax import percent_of_ppm

COLUMNS: Final = (
    "day", "currency", "kind", "means", "rate_percent", "documents", "gross_minor", "gross", "tax_minor", "net_minor",
)  # fmt: skip
TOTAL: Final = "total"


class DayTotals:
    """Adds documents up. A document with several rates is counted in a row for each of them."""

    def __init__(self, day: str) -> None:
        self._day = day
        self._rows: dict[tuple[str, str, str, int], list[int]] = {}
        self._totals: dict[str, list[int]] = {}

    def add(self, document: Mapping[str, Any]) -> None:
        """Adds the JSON of a document; one without money changes nothing. Raises KeyError, TypeError, ValueError."""
        currency, kind, means = document["currency"], document["kind"], document["means"]
        taxes = [(int(t["rate_ppm"]), int(t["gross"]), int(t["tax"])) for t in document["taxes"]]
        for rate_ppm, gross, tax in taxes:
            _count(self._rows.setdefault((currency, kind, means, rate_ppm), [0, 0, 0]), gross, tax)
        if taxes:
            gross, tax = sum(row[1] for row in taxes), sum(row[2] for row in taxes)
            _count(self._totals.setdefault(currency, [0, 0, 0]), gross, tax)

    def text(self) -> str:
        """The file: comma, CRLF; the rows in a fixed order, then a row `total` for each currency."""
        file = io.StringIO(newline="")
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        for (currency, kind, means, rate_ppm), row in sorted(self._rows.items()):
            writer.writerow(self._line(currency, kind, means, percent_of_ppm(rate_ppm), row))
        for currency, row in sorted(self._totals.items()):
            writer.writerow(self._line(currency, TOTAL, "", "", row))
        return file.getvalue()

    def _line(self, currency: str, kind: str, means: str, rate: str, row: list[int]) -> tuple[object, ...]:
        count, gross, tax = row
        return (
            self._day,
            currency,
            kind,
            means,
            rate,
            count,
            gross,
            decimal_text(gross, currency),
            tax,
            gross - tax,
        )


def _count(row: list[int], gross: int, tax: int) -> None:
    row[0] += 1
    row[1] += gross
    row[2] += tax
