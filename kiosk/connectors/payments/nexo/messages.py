"""Messages of the Terminal API: header and bodies of requests, without transport and encryption.

Source: Adyen's Terminal API v1 (docs.adyen.com/api-explorer/terminal-api); nexo Sale to POI protocol 3.0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, unique
from typing import Any, Final

from kiosk.connectors.payments.nexo.amounts import wire_number
from kiosk.connectors.payments.port import Charge, FollowUp, Presented
from kiosk.core.domain.follow_up_kind import FollowUpKind

SALE_ID: Final = "Cheval"
"""Identifies the system that asks. Fixed: a terminal finds a transaction by SaleID and ServiceID, and a changed SaleID
would let it deny one that it has."""
TRANSACTION, TRANSACTION_AT, PSP = "transaction", "transaction_at", "psp"
"""Names of references: POITransactionID, its time, and Adyen's number of the payment."""
MAX_TEXT: Final = 400


@unique
class Category(Enum):
    """MessageCategory of the requests in use; its value names the body too (`PaymentRequest`)."""

    PAYMENT = "Payment"
    REVERSAL = "Reversal"
    TRANSACTION_STATUS = "TransactionStatus"
    ABORT = "Abort"
    DIAGNOSIS = "Diagnosis"
    DISPLAY = "Display"


@dataclass(frozen=True, slots=True)
class Request:
    """A request: its category, the ServiceID (10 letters or digits, not used within 48 hours) and its body."""

    category: Category
    service_id: str
    body: Mapping[str, Any]

    def header(self, poi: str) -> dict[str, str]:
        """MessageHeader for that terminal."""
        return {
            "ProtocolVersion": "3.0",
            "MessageClass": "Device" if self.category is Category.DISPLAY else "Service",
            "MessageCategory": self.category.value,
            "MessageType": "Request",
            "SaleID": SALE_ID,
            "ServiceID": self.service_id,
            "POIID": poi,
        }

    def message(self, poi: str) -> dict[str, Any]:
        """The whole message as JSON object."""
        name = f"{self.category.value}Request"
        return {"SaleToPOIRequest": {"MessageHeader": self.header(poi), name: dict(self.body)}}


def payment(charge: Charge, now: datetime) -> Request:
    """Raises ValueError for an amount that Adyen does not have."""
    amounts = {"Currency": charge.amount.currency, "RequestedAmount": wire_number(charge.amount)}
    body = {
        "SaleData": {"SaleTransactionID": _sale_transaction(charge.order_id, now)},
        "PaymentTransaction": {"AmountsReq": amounts},
    }
    return Request(Category.PAYMENT, charge.key, body)


def reversal(follow_up: FollowUp, now: datetime) -> Request:
    """A refund, whole or in part, or (without an amount) the end of the whole payment: Adyen cancels it if it was not
    captured yet, else refunds it.

    Raises ValueError for an amount that Adyen does not have, or without the transaction's references.
    """
    known = follow_up.references
    if not known.get(TRANSACTION) or not known.get(TRANSACTION_AT):
        raise ValueError("the transaction of the terminal and its time are not known")
    sale: dict[str, Any] = {"SaleTransactionID": _sale_transaction(follow_up.order_id, now)}
    body: dict[str, Any] = {
        "SaleData": sale,
        "OriginalPOITransaction": {
            "POITransactionID": {"TransactionID": known[TRANSACTION], "TimeStamp": known[TRANSACTION_AT]}
        },
        "ReversalReason": "MerchantCancel",
    }
    if follow_up.kind is FollowUpKind.REFUND:
        sale["SaleToAcquirerData"] = f"currency={follow_up.amount.currency}"
        body["ReversedAmount"] = wire_number(follow_up.amount)
    return Request(Category.REVERSAL, follow_up.key, body)


def transaction_status(wanted: Presented | FollowUp, service_id: str) -> Request:
    """What has become of a key."""
    category = Category.REVERSAL if isinstance(wanted, FollowUp) else Category.PAYMENT
    body = {"ReceiptReprintFlag": False, "MessageReference": _reference(category, wanted.key)}
    return Request(Category.TRANSACTION_STATUS, service_id, body)


def abort(presented: Presented, service_id: str) -> Request:
    """Stop waiting for the card of a payment."""
    body = {"AbortReason": "MerchantAbort", "MessageReference": _reference(Category.PAYMENT, presented.key)}
    return Request(Category.ABORT, service_id, body)


def diagnosis(service_id: str) -> Request:
    """State of the terminal, and whether it reaches Adyen."""
    return Request(Category.DIAGNOSIS, service_id, {"HostDiagnosisFlag": True})


def display(text: str, service_id: str) -> Request:
    """A text on the customer's display; its standby screen if the text is empty.

    Adyen's guide describes the standby screen, virtual receipts and codes; the text form is that of the schema, and a
    terminal that has none refuses it.
    """
    content: dict[str, Any] = {"OutputFormat": "MessageRef", "PredefinedContent": {"ReferenceID": "Idle"}}
    if text:
        lines = [{"Text": line} for line in text[:MAX_TEXT].splitlines()]
        content = {"OutputFormat": "Text", "OutputText": lines}
    output = {"Device": "CustomerDisplay", "InfoQualify": "Display", "OutputContent": content}
    return Request(Category.DISPLAY, service_id, {"DisplayOutput": [output]})


def stamp(at: datetime) -> str:
    """A time in UTC as the protocol writes it (ISO 8601, milliseconds)."""
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _sale_transaction(order_id: str, now: datetime) -> dict[str, str]:
    return {"TransactionID": order_id, "TimeStamp": stamp(now)}


def _reference(category: Category, key: str) -> dict[str, str]:
    return {"MessageCategory": category.value, "SaleID": SALE_ID, "ServiceID": key}
