"""The report of the shop's own terminal, in a form of ours: columns `date`, `reference`, `type`, `amount`, `currency`.

`date` is a day (2026-03-29) or a time; `reference` the number of the slip; `type` is sale or refund; `amount` is
positive, in units of the currency. `currency` may be left out if the shop has one. Separated by commas, or by
semicolons with decimal commas.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import tzinfo
from typing import Final

from kiosk.connectors.payments.reports.line import LineKind, ReportLine
from kiosk.connectors.payments.reports.table import Cells, Table

REQUIRED: Final = ("date", "reference", "type", "amount")
_KINDS: Final[Mapping[str, LineKind]] = {"sale": LineKind.CHARGE, "refund": LineKind.REFUND}
_DAY_LENGTH: Final = 10
_NOON_US: Final = 12 * 3600 * 1_000_000


def read(table: Table, zone: tzinfo, currency: str) -> Iterator[ReportLine]:
    """The lines of a report in the shop's time zone. Raises ReportError."""
    for cells in table.lines:
        yield _line(cells, zone, currency)


def _line(cells: Cells, zone: tzinfo, currency: str) -> ReportLine:
    kind = _KINDS.get(cells.text("type").lower())
    if kind is None:
        raise cells.wrong(f"type `{cells.text('type')[:20]}` is neither sale nor refund")
    number, reference = cells.number("amount"), " ".join(cells.reference("reference").split())
    if number is None or number < 0:
        raise cells.wrong("an amount is missing or negative")
    if not reference:
        raise cells.wrong("the number of the slip is missing")
    dated = len(cells.text("date")) == _DAY_LENGTH
    at_us = cells.time_us("date", zone) + (_NOON_US if dated else 0)
    code = cells.currency("currency") if cells.text("currency") else currency
    return ReportLine(
        cells.file,
        cells.line,
        kind,
        cells.money(number, code),
        at_us,
        reference=reference,
        charge=(),
        dated=dated,
    )
