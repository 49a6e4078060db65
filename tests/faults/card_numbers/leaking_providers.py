"""Stripe's and Adyen's doubles with card numbers in every text of a reply that is not needed to follow the payment."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final
from urllib.parse import urlencode

from kiosk.connectors.payments.doubles.adyen.terminal import AdyenTerminal
from kiosk.connectors.payments.doubles.adyen.wording import Answer
from kiosk.connectors.payments.doubles.stripe_api.api import Reply
from kiosk.connectors.payments.doubles.stripe_api.server import MAX_HEAD_BYTES, StripeServer
from tests.faults.card_numbers.leaking_terminal import LEAKS
from tests.faults.card_numbers.search import NUMBERS, TRACK_END
from tests.kiosk.connectors.payments.doubles.stripe_loop import StripeLoop

PAN: Final = NUMBERS[0]
SPACED: Final = " ".join(PAN[at : at + 4] for at in range(0, 16, 4))
KEPT: Final = frozenset(
    ["id", "object", "status", "currency", "type", "client_secret", "payment_intent", "charge", "latest_charge",
     "metadata",
     "reader", "payment_method", "customer", "capture_method", "device_type", "location", "url", "code",
     "MessageHeader", "MessageReference", "Result", "ErrorCondition", "TransactionID", "TimeStamp", "Currency",
     "SaleTransactionID", "POITransactionID", "EventToNotify", "PaymentType", "DiagnosedFlag"]
)  # fmt: skip
"""Fields by which a payment is followed: without them nothing is paid."""


def leaked(value: Any, name: str = "") -> Any:
    """The value with a number in each text, and further fields with numbers in each object."""
    if name in KEPT:
        return value
    if isinstance(value, dict):
        return {key: leaked(inner, key) for key, inner in value.items()} | LEAKS
    if isinstance(value, list):
        return [leaked(inner, name) for inner in value]
    return f"{value} {SPACED} {PAN}" if isinstance(value, str) else value


def leaked_payment(body: Mapping[str, Any]) -> dict[str, Any]:
    """A message of an Adyen terminal with a card number wherever one could stand."""
    found: dict[str, Any] = leaked(dict(body))
    for reply in _replies(found):
        reply["Response"] = {**reply["Response"], "AdditionalResponse": urlencode(_PAIRS)}
        if isinstance(result := reply.get("PaymentResult"), dict):
            result["PaymentInstrumentData"] = {"PaymentInstrumentType": "Card", "CardData": _CARD}
            acquirer = result.get("PaymentAcquirerData")
            result["PaymentAcquirerData"] = {
                **(acquirer if isinstance(acquirer, dict) else {}),
                "ApprovalCode": PAN,
            }
        reply["PaymentReceipt"] = [{"OutputContent": {"OutputText": [{"Text": f"CARD {PAN}"}]}}]
    return found


_CARD: Final = {
    "MaskedPan": PAN, "PaymentBrand": f"visa {PAN}", "EntryMode": [PAN],
    "SensitiveCardData": {"PAN": PAN, "TrackData": [{"TrackNumb": 2, "TrackValue": f";{PAN}{TRACK_END}?"}]},
}  # fmt: skip
_PAIRS: Final = {
    "cardNumber": PAN, "cardSummary": PAN, "cardBin": PAN, "cardHolderName": f"CLARA {PAN}", "AID": f"A{PAN}",
    "applicationLabel": f"VISA {SPACED}", "applicationPreferredName": f"VISA {PAN}", "authCode": PAN,
    "posEntryMode": PAN,
    "paymentMethod": f"visa{PAN}", "message": f"card {PAN} declined", "refusalReason": f"{PAN} refused",
}  # fmt: skip


def _replies(value: Any) -> list[dict[str, Any]]:
    """Every part of a message that has a `Response`."""
    if not isinstance(value, dict):
        return []
    here = [value] if isinstance(value.get("Response"), dict) else []
    return here + [reply for inner in value.values() for reply in _replies(inner)]


class LeakingAdyenTerminal(AdyenTerminal):
    """A terminal of Adyen's double that leaks."""

    def handle(self, message: dict[str, Any]) -> Answer:
        answer = super().handle(message)
        return answer if answer.message is None else replace(answer, message=leaked_payment(answer.message))


class _LeakingStripeServer(StripeServer):
    async def _send(self, writer: asyncio.StreamWriter, reply: Reply) -> bool:
        return await super()._send(writer, replace(reply, body=leaked(reply.body)))


class LeakingStripe(StripeLoop):
    """Stripe's double that leaks."""

    async def _listen(self) -> asyncio.Server:
        self.server = _LeakingStripeServer(self.double)
        return await asyncio.start_server(self.server.serve, "127.0.0.1", 0, limit=MAX_HEAD_BYTES)
