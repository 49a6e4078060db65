"""Account of the double: every payment and reversal by SaleID and ServiceID, and how often money was moved."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote

Key = tuple[str, str]
"""SaleID and ServiceID."""


@dataclass(slots=True)
class Entry:
    """One transaction. `amount` is in units of the currency. `collected` and `repaid` count how often money was moved;
    a correct store makes neither 2. `undone`: what was given back of a payment. `body` is the response that is
    repeated; None while it waits for its card. `hidden`: the terminal has lost it, the provider has not."""

    category: str
    key: Key
    amount: Decimal
    currency: str
    order: str = ""
    transaction: str = ""
    at: str = ""
    of: str = ""
    body: dict[str, Any] | None = None
    collected: int = 0
    repaid: int = 0
    undone: Decimal = Decimal(0)
    approved: Decimal = Decimal(0)
    hidden: bool = False
    asked: int = 0

    def listed(self) -> dict[str, Any]:
        """As sent to the control connection."""
        response = (self.body or {}).get("Response", {})
        return {
            "category": self.category,
            "key": self.key[1],
            "order": self.order,
            "amount": str(self.amount),
            "currency": self.currency,
            "state": response.get("Result", "waiting"),
            "condition": response.get("ErrorCondition", ""),
            "transaction": self.transaction,
            "collected": self.collected,
            "repaid": self.repaid,
            "approved": str(self.approved),
            "undone": str(self.undone),
        }


@dataclass(slots=True)
class Book:
    """All transactions in the order of their arrival, those included that the terminal has lost."""

    entries: list[Entry] = field(default_factory=list)
    _numbers: int = field(default_factory=lambda: secrets.randbelow(10**14))
    """Counts on from anywhere: numbers of the provider are unique over all terminals."""

    def find(self, key: Key) -> Entry | None:
        """The transaction that the terminal has under a key."""
        return next((e for e in self.entries if e.key == key and not e.hidden), None)

    def payment(self, transaction: str, at: str) -> Entry | None:
        """The approved payment with that POITransactionID and time; also one that the terminal has lost."""
        found = (e for e in self.entries if e.category == "Payment" and e.collected)
        return next((e for e in found if (e.transaction, e.at) == (transaction, at)), None)

    def waiting(self) -> Entry | None:
        """The payment that waits for a card."""
        found = (e for e in self.entries if e.category == "Payment" and e.body is None)
        return next(found, None)

    def approved(self) -> Iterator[Entry]:
        """Payments that were collected."""
        return (e for e in self.entries if e.category == "Payment" and e.collected)

    def number(self, entry: Entry) -> None:
        """Gives a transaction its POITransactionID."""
        self._numbers += 1
        entry.at = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        entry.transaction = f"dbl1{self._numbers:015d}.{8_800_000_000_000_000 + self._numbers}"

    def decide(self, entry: Entry, *, good: bool, partial: Decimal = Decimal(0)) -> None:
        """A card was laid on it: approved, for `partial` only if that is not 0, or refused."""
        if not good:
            self.end(entry, "Refusal", "refusalReason=210+Not+enough+balance&message=DECLINED")
            return
        self.number(entry)
        entry.collected += 1
        is_partial = 0 < partial < entry.amount
        entry.approved = partial if is_partial else entry.amount
        entry.body = _payment_body(entry, "Partial" if is_partial else "Success")

    def end(self, entry: Entry, condition: str, additional: str) -> None:
        """Fails a transaction."""
        entry.body = {
            "Response": {"Result": "Failure", "ErrorCondition": condition, "AdditionalResponse": additional}
        }
        if entry.category == "Payment":
            self.number(entry)
            entry.body |= _sale_and_poi(entry)

    def reverse(self, entry: Entry, at: str, amount: Decimal | None) -> None:
        """Gives back `amount`, or everything. `entry.of` and `at` name the payment."""
        payment = self.payment(entry.of, at)
        if payment is None:
            self.end(entry, "NotFound", "message=Transaction+not+found")
            return
        left = payment.approved - payment.undone
        wanted = left if amount is None else amount
        if wanted <= 0 or wanted > left or (amount is not None and entry.currency != payment.currency):
            self.end(entry, "NotAllowed", "message=Amount+not+allowed")
            return
        self.number(entry)
        entry.amount, entry.currency, entry.repaid = wanted, payment.currency, entry.repaid + 1
        payment.undone += wanted
        psp = entry.transaction.rpartition(".")[2]
        entry.body = {
            "Response": {
                "Result": "Success",
                "AdditionalResponse": f"pspReference={psp}&transactionType=REFUND",
            },
            "POIData": _poi(entry),
            "OriginalPOITransaction": {"POITransactionID": {"TransactionID": entry.of, "TimeStamp": at}},
        }
        if amount is not None:
            entry.body["ReversedAmount"] = float(wanted)

    def forget(self) -> None:
        """The terminal restarts with an empty journal; a payment that waited for its card ends."""
        for entry in self.entries:
            if entry.body is None:
                self.end(entry, "Aborted", "message=Restarted")
            entry.hidden = True


def _payment_body(entry: Entry, result: str) -> dict[str, Any]:
    psp = entry.transaction.rpartition(".")[2]
    pairs = {
        "pspReference": psp,
        "AID": "A0000000031010",
        "applicationPreferredName": "VISA CREDIT",
        "paymentMethod": "visa",
        "cardSummary": "1111",
        "posEntryMode": "CLESS_CHIP",
        "authCode": "123456",
        # none of these may be kept
        "cardHolderName": "A SHOPPER",
        "cardBin": "411111",
        "expiryDate": "12/2030",
        "alias": "M900978995070104",
    }
    return {
        "Response": {"Result": result, "AdditionalResponse": _form(pairs)},
        **_sale_and_poi(entry),
        "PaymentResult": {
            "OnlineFlag": True,
            "PaymentAcquirerData": {"ApprovalCode": "123456", "MerchantID": "Double"},
            "PaymentInstrumentData": {
                "PaymentInstrumentType": "Card",
                "CardData": {
                    "EntryMode": ["Contactless"],
                    "PaymentBrand": "visa",
                    "MaskedPan": "411111 **** 1111",
                    "SensitiveCardData": {"ExpiryDate": "1230"},
                },
            },
            "AmountsResp": {"AuthorizedAmount": float(entry.approved), "Currency": entry.currency},
        },
    }


def _sale_and_poi(entry: Entry) -> dict[str, Any]:
    sale = {"TransactionID": entry.order, "TimeStamp": entry.at}
    return {"SaleData": {"SaleTransactionID": sale}, "POIData": _poi(entry)}


def _poi(entry: Entry) -> dict[str, Any]:
    return {"POITransactionID": {"TransactionID": entry.transaction, "TimeStamp": entry.at}}


def _form(pairs: Mapping[str, str]) -> str:
    return "&".join(f"{name}={quote(value, safe='')}" for name, value in pairs.items())
