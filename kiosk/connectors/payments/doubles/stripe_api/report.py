"""Writes the account of the double as Stripe's payout reconciliation report, itemised, with our metadata.

Columns in the order of the published report (`payout_reconciliation.itemized.5`), those of customers and addresses left
out.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Final, TextIO

from kiosk.connectors.payments.doubles.stripe_api.account import Account
from kiosk.connectors.payments.doubles.stripe_api.objects import Charge, Intent, Refund
from kiosk.connectors.payments.stripe_terminal.amounts import digits_at_stripe

COLUMNS: Final = (
    "automatic_payout_id", "automatic_payout_effective_at", "balance_transaction_id", "created_utc", "created",
    "available_on_utc", "available_on", "currency", "gross", "fee", "net", "reporting_category", "source_id",
    "description", "customer_facing_amount", "customer_facing_currency", "charge_id", "payment_intent_id",
    "charge_created_utc", "payment_method_type", "card_brand", "payment_metadata[key]", "payment_metadata[order]",
    "refund_metadata[key]",
)  # fmt: skip
Row = dict[str, str]
_FEE: Final = Decimal("0.014")


def rows(account: Account) -> Iterator[Row]:
    """A row for each charge that was captured and for each refund."""
    for intent in account.intents.values():
        charge = next((c for c in intent.charges if c.ok and c.captured), None)
        if charge is None:
            continue
        yield _of_charge(intent, charge)
        for refund in intent.refunds:
            if refund.status in ("succeeded", "pending"):
                yield _of_refund(intent, charge, refund)


def write(file: TextIO, found: Iterable[Row]) -> None:
    """Writes rows as a file; it must be open with `newline=""`."""
    writer = csv.DictWriter(file, COLUMNS, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(found)


def _of_charge(intent: Intent, charge: Charge) -> Row:
    return _row(intent, charge, charge.captured, "charge", charge.charge_id, intent.created)


def _of_refund(intent: Intent, charge: Charge, refund: Refund) -> Row:
    row = _row(intent, charge, -refund.units, "refund", refund.refund_id, refund.created)
    return {**row, "refund_metadata[key]": refund.metadata.get("key", "")}


def _row(intent: Intent, charge: Charge, units: int, category: str, source: str, created_s: int) -> Row:
    currency = intent.currency.upper()
    unit = Decimal(1).scaleb(-digits_at_stripe(currency))
    gross = Decimal(units) * unit
    fee = (gross * _FEE).quantize(unit) if units > 0 else Decimal(0)
    at = datetime.fromtimestamp(created_s, UTC)
    available = _text(at + timedelta(days=2))
    return {
        "automatic_payout_id": f"po_{at:%Y%m%d}",
        "automatic_payout_effective_at": available,
        "balance_transaction_id": f"txn_{source.partition('_')[2]}",
        "created_utc": _text(at),
        "created": _text(at),
        "available_on_utc": available,
        "available_on": available,
        "currency": intent.currency,
        "gross": f"{gross:f}",
        "fee": f"{fee:f}",
        "net": f"{gross - fee:f}",
        "reporting_category": category,
        "source_id": source,
        "customer_facing_amount": f"{gross:f}",
        "customer_facing_currency": intent.currency,
        "charge_id": charge.charge_id,
        "payment_intent_id": intent.intent_id,
        "charge_created_utc": _text(datetime.fromtimestamp(intent.created, UTC)),
        "payment_method_type": charge.card.kind,
        "card_brand": charge.card.brand,
        "payment_metadata[key]": intent.metadata.get("key", ""),
        "payment_metadata[order]": intent.metadata.get("order", ""),
    }


def _text(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M:%S")
