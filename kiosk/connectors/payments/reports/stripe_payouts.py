"""Stripe's payout reconciliation report, itemised (`payout_reconciliation.itemized.5`), and that of its balance.

Source: docs.stripe.com/reports/report-types/payout-reconciliation and .../reporting-categories, as published in 2026.
Amounts are in major units of the currency; `gross` is negative for refunds and disputes. What the shopper has paid
stands in `customer_facing_amount`; `gross` is in the currency of the payout.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, tzinfo
from typing import Final

from kiosk.connectors.payments.reports.line import LineKind, ReportLine
from kiosk.connectors.payments.reports.table import Cells, Table

REQUIRED: Final = ("balance_transaction_id", "reporting_category", "source_id", "currency", "gross")
KEY, ORDER, REFUND_KEY = "payment_metadata[key]", "payment_metadata[order]", "refund_metadata[key]"
_KINDS: Final[Mapping[str, LineKind]] = {
    "charge": LineKind.CHARGE,
    "refund": LineKind.REFUND,
    "refund_failure": LineKind.REFUND_REVERSED,
    "dispute": LineKind.CHARGEBACK,
    "dispute_reversal": LineKind.CHARGEBACK_REVERSED,
}
_AT_READER: Final = ("card_present", "interac_present", "")


def read(table: Table, zone: tzinfo) -> Iterator[ReportLine]:
    """The lines of a report; `zone` is that for which it was requested. Raises ReportError."""
    for cells in table.lines:
        yield _line(cells, zone)


def _line(cells: Cells, zone: tzinfo) -> ReportLine:
    kind = _KINDS.get(cells.text("reporting_category"), LineKind.OTHER)
    settled = cells.currency("currency")
    gross = cells.number("gross")
    fee = cells.number("fee")
    if gross is None:
        raise cells.wrong("column gross is empty")
    faced = cells.number("customer_facing_amount") if kind is not LineKind.OTHER else None
    currency = cells.currency("customer_facing_currency") if faced is not None else settled
    amount = cells.money(abs(gross if faced is None else faced), currency)
    if kind is LineKind.CHARGE and gross < 0:
        raise cells.wrong("a charge has a negative amount")
    refund = kind in (LineKind.REFUND, LineKind.REFUND_REVERSED)
    source = cells.text("source_id")
    charges = (
        cells.text("charge_id"),
        cells.text("payment_intent_id"),
        source if kind is LineKind.CHARGE else "",
    )
    key = cells.text(REFUND_KEY) if refund else cells.text(KEY)
    order = cells.text(ORDER)
    return ReportLine(
        cells.file, cells.line, kind, amount, _at_us(cells, zone),
        identity=cells.text("balance_transaction_id"), reference=source,
        charge=tuple(dict.fromkeys(each for each in charges if each)), key=key, order=order,
        batch=cells.text("automatic_payout_id"),
        fee=cells.money(fee, settled).minor if fee is not None else 0, fee_currency=settled,
        foreign=KEY in cells.cells and not (key or order)
        and cells.text("payment_method_type") not in _AT_READER,
    )  # fmt: skip


def _at_us(cells: Cells, zone: tzinfo) -> int:
    """`created_utc`; else `created`, in the time zone of the request."""
    return cells.time_us("created_utc", UTC) if cells.text("created_utc") else cells.time_us("created", zone)
