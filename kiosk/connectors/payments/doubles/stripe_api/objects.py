"""The objects of the account as data, and how the API writes them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
MINIMUM_UNITS = 50
MAXIMUM_UNITS = 99_999_999
"""Eight digits, as for most currencies (docs.stripe.com/currencies)."""


def new_id(prefix: str) -> str:
    """An id as Stripe makes them."""
    return f"{prefix}_" + "".join(secrets.choice(LETTERS) for _ in range(24))


def number_of(begin: str, end: str) -> str:
    """A number of 16 digits with zeros between; written so, no text of the tree looks like a card."""
    return begin.ljust(16 - len(end), "0") + end


@dataclass(slots=True)
class Card:
    """A simulated card. `decline`: the issuer's code, empty for an approval. `at_once`: its scheme captures at once."""

    number: str
    brand: str = "visa"
    kind: str = "card_present"
    decline: str = ""
    at_once: bool = False

    @property
    def last_four(self) -> str:
        return self.number[-4:]


CARDS = {
    "visa": Card("4242" * 4),
    "mastercard": Card("5555" * 3 + "4444", "mastercard"),
    "declined": Card(number_of("4", "0002"), decline="generic_decline"),
    "insufficient_funds": Card(number_of("4", "9995"), decline="insufficient_funds"),
    "expired": Card(number_of("4", "0069"), decline="expired_card"),
    "interac": Card("4506445006" + "931933", "interac", "interac_present"),
    "eftpos": Card(number_of("400005", "0001"), "eftpos_au", at_once=True),
}
"""docs.stripe.com/terminal/references/testing, simulated test cards; the last one is of ours."""
BY_NUMBER = {card.number: card for card in CARDS.values()}
STORED = {
    "pm_cardstored": Card("4242" * 4, kind="card"),
    "pm_carddeclined": Card(number_of("4", "0341"), kind="card", decline="generic_decline"),
    "pm_cardasks": Card(number_of("400000276", "3184"), kind="card", decline="authentication_required"),
}
CUSTOMER = "cus_stored"
"""The one customer, with these stored cards; its metadata name the shopper `ring`."""


@dataclass(slots=True)
class Charge:
    """An attempt to charge a card."""

    charge_id: str
    units: int
    currency: str
    card: Card
    ok: bool
    captured: int = 0
    reader: str = ""
    method: str = "contactless_emv"

    def body(self, intent: Intent) -> dict[str, Any]:
        refunded = sum(r.units for r in intent.refunds if r.status in ("succeeded", "pending"))
        return {
            "id": self.charge_id,
            "object": "charge",
            "amount": self.units,
            "amount_captured": self.captured,
            "amount_refunded": refunded,
            "billing_details": {"address": None, "email": None, "name": None, "phone": None, "tax_id": None},
            "captured": self.captured > 0,
            "created": intent.created,
            "currency": self.currency,
            "disputed": False,
            "failure_code": None if self.ok else "card_declined",
            "failure_message": None if self.ok else "Your card was declined.",
            "livemode": False,
            "metadata": dict(intent.metadata),
            "outcome": {"network_status": "approved_by_network", "reason": None, "type": "authorized"}
            if self.ok
            else {
                "network_status": "declined_by_network",
                "reason": self.card.decline,
                "type": "issuer_declined",
            },
            "paid": self.ok,
            "payment_intent": intent.intent_id,
            "payment_method_details": {"type": self.card.kind, self.card.kind: self._details()},
            "refunded": self.captured > 0 and refunded >= self.captured,
            "status": "succeeded" if self.ok else "failed",
        }

    def _details(self) -> dict[str, Any]:
        found: dict[str, Any] = {
            "brand": self.card.brand,
            "last4": self.card.last_four,
            "exp_month": 12,
            "exp_year": 2034,
        }
        if self.card.kind == "card":
            return found
        if self.card.kind == "card_present":
            found |= {"incremental_authorization_supported": False, "overcapture_supported": False}
        found["read_method"] = self.method
        found["reader"] = self.reader
        found["receipt"] = {
            "account_type": "credit",
            "application_preferred_name": "Visa Credit" if self.card.brand == "visa" else self.card.brand,
            "authorization_code": "123456",
            "dedicated_file_name": "A0000000031010",
        }
        return found


@dataclass(slots=True)
class Refund:
    """A refund of an intent."""

    refund_id: str
    units: int
    currency: str
    metadata: dict[str, str]
    created: int
    status: str = "succeeded"

    def body(self, intent: Intent) -> dict[str, Any]:
        charge = intent.charges[-1].charge_id if intent.charges else None
        return {
            "id": self.refund_id,
            "object": "refund",
            "amount": self.units,
            "charge": charge,
            "created": self.created,
            "currency": self.currency,
            "metadata": dict(self.metadata),
            "payment_intent": intent.intent_id,
            "reason": None,
            "status": self.status,
        }


@dataclass(slots=True)
class Intent:
    """A PaymentIntent."""

    intent_id: str
    units: int
    currency: str
    metadata: dict[str, str]
    types: tuple[str, ...]
    created: int
    manual: str = ""
    """`manual` or `manual_preferred` where it only authorises."""
    customer: str | None = None
    stored: str | None = None
    status: str = "requires_payment_method"
    reason: str | None = None
    charges: list[Charge] = field(default_factory=list)
    refunds: list[Refund] = field(default_factory=list)
    error: dict[str, Any] | None = None
    collected: Card | None = None
    """The card that a reader has read for it and not charged yet."""

    @property
    def received(self) -> int:
        return sum(charge.captured for charge in self.charges)

    def body(self, expand: frozenset[str] = frozenset()) -> dict[str, Any]:
        last = self.charges[-1] if self.charges else None
        charge: Any = last.charge_id if last else None
        if last and "latest_charge" in expand:
            charge = last.body(self)
        return {
            "id": self.intent_id,
            "object": "payment_intent",
            "amount": self.units,
            "amount_capturable": self.units if self.status == "requires_capture" else 0,
            "amount_received": self.received,
            "canceled_at": self.created if self.status == "canceled" else None,
            "cancellation_reason": self.reason,
            "capture_method": self.manual if self.manual == "manual" else "automatic",
            "confirmation_method": "automatic",
            "created": self.created,
            "currency": self.currency,
            "customer": self.customer,
            "last_payment_error": self.error,
            "latest_charge": charge,
            "livemode": False,
            "metadata": dict(self.metadata),
            "payment_method": self.stored,
            "payment_method_types": list(self.types),
            "status": self.status,
        }


@dataclass(slots=True)
class Reader:
    """A reader, with what it does. `authorising`: a card was read, the issuer has not answered yet."""

    reader_id: str
    label: str
    serial: str
    location: str | None = "tml_simulatedshop"
    online: bool = True
    action: dict[str, Any] | None = None
    authorising: bool = False

    @property
    def busy(self) -> bool:
        return self.action is not None and self.action["status"] == "in_progress"

    def body(self) -> dict[str, Any]:
        return {
            "id": self.reader_id,
            "object": "terminal.reader",
            "action": self.action,
            "device_sw_version": "2.42.0.0",
            "device_type": "simulated_wisepos_e",
            "ip_address": "127.0.0.1",
            "label": self.label,
            "livemode": False,
            "location": self.location,
            "metadata": {},
            "serial_number": self.serial,
            "status": "online" if self.online else "offline",
        }
