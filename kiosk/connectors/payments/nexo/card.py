"""What a reply says about the card, reduced to what a receipt shows; and its additional response, in both forms.

Everything else that the additional response contains (name of the holder, expiry date, first digits, alias) is dropped
here. Source: docs.adyen.com/point-of-sale/basic-tapi-integration/pass-transaction-details and /error-scenarios
("AdditionalResponse": form-encoded pairs, or a Base64 string of a JSON object).
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import parse_qsl

from kiosk.core.domain.card_shown import CardShown, card_shown

_MAX_CHARACTERS: Final = 65_536
_MAX_PAIRS: Final = 400
_LAST_FOUR: Final = re.compile(r"[0-9]{4}")
_METHODS: Final[Mapping[str, str]] = {
    "CLESS_CHIP": "contactless",
    "CLESS_SWIPE": "contactless",
    "ICC": "chip",
    "SynchronousICC": "chip",
    "MAGSTRIPE": "swipe",
    "MKE": "key-entry",
    "Contactless": "contactless",
    "Tapped": "contactless",
    "MagStripe": "swipe",
    "Keyed": "key-entry",
    "Manual": "key-entry",
    "File": "stored",
}
"""`posEntryMode` of the additional response, and EntryMode of the Terminal API."""


def additional(text: object) -> Mapping[str, str]:
    """The pairs of an additional response; those that cannot be read are left out."""
    if not isinstance(text, str) or not text or len(text) > _MAX_CHARACTERS:
        return {}
    found = _json_pairs(text)
    if found is not None:
        return found
    try:
        return dict(parse_qsl(text, max_num_fields=_MAX_PAIRS))
    except ValueError:
        return {}


def _json_pairs(text: str) -> Mapping[str, str] | None:
    try:
        body = json.loads(base64.b64decode(text, validate=True))
    except (binascii.Error, ValueError, RecursionError):
        return None
    if not isinstance(body, dict):
        return {}
    nested = body.get("additionalData")
    pairs = {**body, **(nested if isinstance(nested, dict) else {})}
    return {name: str(value) for name, value in pairs.items() if isinstance(value, (str, int))}


def card_of(payment_result: object, pairs: Mapping[str, str]) -> CardShown | None:
    """The card of a payment: `PaymentResult` of the reply and its additional response."""
    result = payment_result if isinstance(payment_result, dict) else {}
    card = _inner(_inner(result, "PaymentInstrumentData"), "CardData")
    acquirer = _inner(result, "PaymentAcquirerData")
    masked = str(card.get("MaskedPan") or "").strip()
    return card_shown(
        brand=card.get("PaymentBrand") or pairs.get("paymentMethod"),
        last_four=next(filter(_LAST_FOUR.fullmatch, (pairs.get("cardSummary", ""), masked[-4:])), ""),
        application=pairs.get("AID"),
        application_label=pairs.get("applicationPreferredName") or pairs.get("applicationLabel"),
        method=_method(card.get("EntryMode"), pairs.get("posEntryMode")),
        authorisation=acquirer.get("ApprovalCode") or pairs.get("authCode"),
    )


def _method(entry_mode: object, pos_entry_mode: str | None) -> str:
    modes = entry_mode if isinstance(entry_mode, list) else [entry_mode]
    for mode in (pos_entry_mode, *modes):
        if isinstance(mode, str) and mode in _METHODS:
            return _METHODS[mode]
    return ""


def _inner(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = body.get(name)
    return found if isinstance(found, dict) else {}
