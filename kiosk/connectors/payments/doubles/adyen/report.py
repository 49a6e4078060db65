"""Writes the book of the double as Adyen's settlement details report, in batches by day, with fees and a payout."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from itertools import groupby
from typing import Final, TextIO

from kiosk.connectors.payments.doubles.adyen.book import Book, Entry
from kiosk.connectors.payments.nexo.amounts import EXPONENTS
from kiosk.core.domain.currency_digits import CURRENCY_DIGITS

COLUMNS: Final = (
    "Company Account", "Merchant Account", "Psp Reference", "Merchant Reference", "Payment Method", "Creation Date",
    "TimeZone", "Type", "Modification Reference", "Gross Currency", "Gross Debit (GC)", "Gross Credit (GC)",
    "Exchange Rate", "Net Currency", "Net Debit (NC)", "Net Credit (NC)", "Commission (NC)", "Markup (NC)",
    "Scheme Fees (NC)", "Interchange (NC)", "Payment Method Variant", "Modification Merchant Reference", "Batch Number",
    "Reserved4", "Reserved5", "Reserved6", "Reserved7", "Reserved8", "Reserved9", "Reserved10",
)  # fmt: skip
Row = dict[str, str]
CET: Final = timezone(timedelta(hours=1))
_MARKUP: Final = Decimal("0.006")


def rows(book: Book, first_batch: int = 1) -> Iterator[Row]:
    """A row for each payment that was collected and each reversal, then fee and payout of each batch."""
    known = {entry.transaction: entry for entry in book.entries if entry.collected}
    moved = sorted((e for e in book.entries if e.collected or e.repaid), key=lambda e: e.at)
    for number, (_, of_day) in enumerate(groupby(moved, key=lambda e: e.at[:10]), start=first_batch):
        yield from _batch(number, list(of_day), known)


def write(file: TextIO, found: Iterable[Row]) -> None:
    """Writes rows as a file; it must be open with `newline=""`."""
    writer = csv.DictWriter(file, COLUMNS, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(found)


def _batch(number: int, entries: list[Entry], known: dict[str, Entry]) -> Iterator[Row]:
    net: dict[str, Decimal] = {}
    for entry in entries:
        payment = entry if entry.collected else known[entry.of]
        amount = entry.approved if entry.collected else entry.amount
        fee = _rounded(amount * _MARKUP, entry.currency) if entry.collected else Decimal(0)
        net[entry.currency] = net.get(entry.currency, Decimal(0)) + (
            amount - fee if entry.collected else -amount
        )
        yield _row(number, entry, payment, amount, fee)
    for currency, sum_of in net.items():
        last = {"Company Account": "Shop", "Merchant Account": "Shop_POS", "Batch Number": str(number)}
        side = "Net Debit (NC)" if sum_of >= 0 else "Net Credit (NC)"
        paid_out = {side: _text(abs(sum_of), currency), "Modification Reference": f"TX{number}"}
        yield {**last, "Type": "MerchantPayout", "Net Currency": currency, **paid_out}


def _row(number: int, entry: Entry, payment: Entry, amount: Decimal, fee: Decimal) -> Row:
    at = datetime.fromisoformat(entry.at).astimezone(CET)
    currency, charged = entry.currency, bool(entry.collected)
    gross, net = (
        ("Gross Credit (GC)", "Net Credit (NC)") if charged else ("Gross Debit (GC)", "Net Debit (NC)")
    )
    own = entry.transaction.rpartition(".")[2]
    return {
        "Company Account": "Shop",
        "Merchant Account": "Shop_POS",
        "Psp Reference": payment.transaction.rpartition(".")[2],
        "Merchant Reference": payment.order,
        "Payment Method": "visa",
        "Creation Date": at.strftime("%Y-%m-%d %H:%M:%S"),
        "TimeZone": "CET",
        "Type": "Settled" if charged else "Refunded",
        "Modification Reference": f"C{own}" if charged else own,
        "Gross Currency": currency,
        gross: _text(amount, currency),
        "Exchange Rate": "1",
        "Net Currency": currency,
        net: _text(amount - fee, currency),
        "Markup (NC)": _text(fee, currency) if fee else "",
        "Payment Method Variant": "visaclassic",
        "Batch Number": str(number),
    }


def _digits(currency: str) -> int:
    return EXPONENTS.get(currency, CURRENCY_DIGITS[currency])


def _rounded(amount: Decimal, currency: str) -> Decimal:
    return amount.quantize(Decimal(1).scaleb(-_digits(currency)))


def _text(amount: Decimal, currency: str) -> str:
    """An amount with Adyen's digits of its currency."""
    return f"{_rounded(amount, currency):f}"


def utc_text(at: datetime) -> str:
    """A time as the book has it."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
