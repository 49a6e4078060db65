"""Adyen's settlement details report.

Source: docs.adyen.com/reporting/settlement-reconciliation/transaction-level/settlement-details-report, as published in
2026. Amounts are in units of the currency; a line has a debit or a credit. `Psp Reference` is that of the payment, also
for a refund, whose own number is `Modification Reference`. Times are in the zone of `TimeZone`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import tzinfo
from decimal import Decimal
from typing import Final

from kiosk.connectors.payments.reports.line import LineKind, ReportLine
from kiosk.connectors.payments.reports.table import Cells, Table, zone_named
from kiosk.core.domain.money import Money

REQUIRED: Final = (
    "psp reference", "merchant reference", "creation date", "timezone", "type", "modification reference",
    "gross currency", "gross debit (gc)", "gross credit (gc)", "batch number",
)  # fmt: skip
_KINDS: Final[Mapping[str, LineKind]] = {
    "Settled": LineKind.CHARGE,
    "SettledBulk": LineKind.OTHER,
    "SettledExternally": LineKind.CHARGE,
    "Refunded": LineKind.REFUND,
    "RefundedExternally": LineKind.REFUND,
    "RefundedReversed": LineKind.REFUND_REVERSED,
    "Chargeback": LineKind.CHARGEBACK,
    "SecondChargeback": LineKind.CHARGEBACK,
    "ChargebackReversed": LineKind.CHARGEBACK_REVERSED,
}
_FEES: Final = ("commission (nc)", "markup (nc)", "scheme fees (nc)", "interchange (nc)")


def read(table: Table, zone: tzinfo) -> Iterator[ReportLine]:
    """The lines of a report; `zone` is for lines that name none. Raises ReportError."""
    last = 0
    for cells in table.lines:
        line = _line(cells, zone, last)
        last = line.at_us
        yield line


def _line(cells: Cells, zone: tzinfo, last_us: int) -> ReportLine:
    kind = _KINDS.get(cells.text("type"), LineKind.OTHER)
    psp, modification = cells.reference("psp reference"), cells.reference("modification reference")
    fee = sum((cells.number(name) or Decimal(0) for name in _FEES), Decimal(0))
    fee_currency = cells.currency("net currency") if cells.text("net currency") else ""
    return ReportLine(
        cells.file, cells.line, kind, _amount(cells, kind), _at_us(cells, zone, last_us),
        reference=psp if kind is LineKind.CHARGE else modification, charge=(psp,) if psp else (),
        order=cells.text("merchant reference"), batch=cells.text("batch number"),
        fee=int(fee.scaleb(Money(0, fee_currency).digits)) if fee_currency else 0, fee_currency=fee_currency,
    )  # fmt: skip


def _amount(cells: Cells, kind: LineKind) -> Money:
    """The gross amount. A line that is no transaction may have none."""
    debit, credit = cells.number("gross debit (gc)"), cells.number("gross credit (gc)")
    if kind is LineKind.OTHER and not (debit or credit):
        return Money(0, "EUR")
    currency = cells.currency("gross currency")
    if bool(debit) == bool(credit):
        raise cells.wrong("a transaction has a debit or a credit, not both and not none")
    return cells.money(abs(debit or credit or Decimal(0)), currency)


def _at_us(cells: Cells, zone: tzinfo, last_us: int) -> int:
    """Fees and payouts may have no time: that of the line before."""
    if not cells.text("creation date"):
        return last_us
    named = cells.text("timezone")
    found = zone_named(named) if named else zone
    if found is None:
        raise cells.wrong(f"time zone `{named[:20]}` is not known")
    return cells.time_us("creation date", found)
