"""Opens reports: whose they are is recognised by the columns of their first line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path
from typing import Final

from kiosk.connectors.payments.reports import adyen_settlement, own_terminal, stripe_payouts
from kiosk.connectors.payments.reports.line import ReportError, ReportLine, Service
from kiosk.connectors.payments.reports.table import Table, open_table

_COLUMNS: Final[tuple[tuple[Service, tuple[str, ...]], ...]] = (
    (Service.STRIPE, stripe_payouts.REQUIRED),
    (Service.ADYEN, adyen_settlement.REQUIRED),
    (Service.OWN, own_terminal.REQUIRED),
)


@dataclass(frozen=True, slots=True)
class Report:
    """An open report; its lines are read once. Raises ReportError while they are."""

    service: Service
    lines: Iterator[ReportLine]


@contextmanager
def opened_report(path: Path, zone: tzinfo, currency: str) -> Iterator[Report]:
    """A report; `zone` and `currency` are the shop's. Raises ReportError, OSError."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        table = open_table(path, file)
        service = service_of(table)
        yield Report(service, _lines(service, table, zone, currency))


def service_of(table: Table) -> Service:
    """Whose report a table is. Raises ReportError that says what is missing."""
    for service, required in _COLUMNS:
        if set(required) <= set(table.columns):
            return service
    service, required = max(_COLUMNS, key=lambda each: len(set(each[1]) & set(table.columns)) / len(each[1]))
    missing = _named([name for name in required if name not in table.columns])
    why = f"is no report that is known; for a report of {service.value} the columns {missing} are missing"
    raise ReportError(table.file, 1, why)


def _named(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _lines(service: Service, table: Table, zone: tzinfo, currency: str) -> Iterator[ReportLine]:
    match service:
        case Service.STRIPE:
            return stripe_payouts.read(table, zone)
        case Service.ADYEN:
            return adyen_settlement.read(table, zone)
        case Service.OWN:
            return own_terminal.read(table, zone, currency)
