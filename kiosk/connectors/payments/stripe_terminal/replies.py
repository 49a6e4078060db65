"""Reads Stripe's objects as replies of the port: intents, charges, refunds. Nothing else of them is kept."""

from __future__ import annotations

from typing import Any

from kiosk.connectors.payments.port import REFERENCE, TerminalLostError, TerminalReply, TerminalStatus
from kiosk.connectors.payments.stripe_terminal.amounts import from_stripe
from kiosk.connectors.payments.stripe_terminal.failures import short_code
from kiosk.core.domain.card_shown import CardShown, card_shown
from kiosk.core.domain.money import Money

OPEN = frozenset({"requires_payment_method", "requires_confirmation", "requires_action"})
"""States of an intent in which nothing is collected and it can be cancelled without undoing anything."""
_METHODS = {
    "contact_emv": "chip",
    "contactless_emv": "contactless",
    "contactless_magstripe_mode": "contactless",
    "magnetic_stripe_fallback": "swipe",
    "magnetic_stripe_track2": "swipe",
}
_PRESENT = ("card_present", "interac_present")
CARD_CODES = frozenset(
    {"card_declined", "expired_card", "incorrect_pin", "processing_error", "authentication_required"}
)
"""Codes of Stripe that say that the card was refused, not that the reader failed."""


def status_of(intent: dict[str, Any]) -> str:
    return _text(intent, "status")


def reply_of_intent(intent: dict[str, Any], why: str = "") -> TerminalReply:
    """The reply of a charge. PENDING, not taken up, for one that is neither approved nor ended.

    Raises TerminalLostError if it is not valid.
    """
    try:
        return _reply_of_intent(intent, why)
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise TerminalLostError(f"Stripe's reply is not valid: {type(error).__name__}") from None


def _reply_of_intent(intent: dict[str, Any], why: str) -> TerminalReply:
    status, charge = status_of(intent), _charge(intent)
    approved = _text(charge, "status") == "succeeded"
    if status in ("succeeded", "requires_capture") or (status == "canceled" and approved):
        return _approved(intent, charge)
    if status != "canceled":
        return _plain(intent, TerminalStatus.PENDING, "")
    if _text(charge, "status") == "failed":
        return _plain(intent, TerminalStatus.REFUSED, why_refused(charge))
    last = intent.get("last_payment_error")
    if isinstance(last, dict) and last.get("code") in CARD_CODES:
        return _plain(
            intent, TerminalStatus.REFUSED, short_code(last.get("decline_code") or last.get("code"))
        )
    return _plain(intent, TerminalStatus.CANCELLED, why or _ending(intent))


def _approved(intent: dict[str, Any], charge: dict[str, Any]) -> TerminalReply:
    captured = intent["status"] == "succeeded"
    asked = _money(intent, "amount")
    amount = _money(intent, "amount_received") if captured else _money(charge, "amount")
    if amount.minor <= 0:
        raise ValueError("amount")
    partial = amount.currency == asked.currency and amount.minor < asked.minor and not _captured_less(intent)
    return TerminalReply(
        TerminalStatus.PARTIAL if partial else TerminalStatus.APPROVED,
        key=_key(intent),
        order_id=_order(intent),
        amount=asked if _captured_less(intent) else amount,
        references=references_of(intent, charge),
        card=card_of(charge),
        captured=captured,
    )


def _captured_less(intent: dict[str, Any]) -> bool:
    """Whether a capture of ours took less than was approved."""
    return bool(_metadata(intent).get("capture_key"))


def _plain(intent: dict[str, Any], status: TerminalStatus, why: str) -> TerminalReply:
    return TerminalReply(status, _key(intent), _order(intent), _money(intent, "amount"), why=why)


def _key(found: dict[str, Any]) -> str:
    return _text(_metadata(found), "key")


def _order(found: dict[str, Any]) -> str:
    return _text(_metadata(found), "order")


def references_of(intent: dict[str, Any], charge: dict[str, Any]) -> dict[str, str]:
    """Stripe's numbers of an approval: of its charge, by which payouts list it, and of its intent."""
    return {REFERENCE: charge["id"], "charge": charge["id"], "intent": intent["id"]}


def reply_of_refund(refund: dict[str, Any], intent_id: str) -> TerminalReply:
    """The reply of a refund; its key and order stand in its metadata. Raises TerminalLostError."""
    statuses = {
        "succeeded": TerminalStatus.APPROVED,
        "pending": TerminalStatus.PENDING,
        "requires_action": TerminalStatus.PENDING,
        "failed": TerminalStatus.REFUSED,
        "canceled": TerminalStatus.CANCELLED,
    }
    try:
        status = statuses[_text(refund, "status")]
        numbers = {REFERENCE: refund["id"], "refund": refund["id"], "intent": intent_id}
        return TerminalReply(
            status,
            key=_key(refund),
            order_id=_order(refund),
            amount=_money(refund, "amount"),
            references=numbers if status is TerminalStatus.APPROVED else {},
            why=short_code(refund.get("failure_reason")) if status is TerminalStatus.REFUSED else "",
            captured=status is TerminalStatus.APPROVED,
            taken_up=status is TerminalStatus.PENDING,
        )
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise TerminalLostError(f"Stripe's reply is not valid: {type(error).__name__}") from None


def card_of(charge: dict[str, Any]) -> CardShown | None:
    """What may be shown of the card of a charge."""
    details = charge.get("payment_method_details") or {}
    for kind in _PRESENT:
        if isinstance(card := details.get(kind), dict):
            receipt = card.get("receipt") or {}
            return card_shown(
                brand=card.get("brand"),
                last_four=card.get("last4"),
                application=receipt.get("dedicated_file_name"),
                application_label=receipt.get("application_preferred_name"),
                method=_METHODS.get(str(card.get("read_method")), ""),
                authorisation=receipt.get("authorization_code"),
            )
    card = details.get("card")
    if not isinstance(card, dict):
        return None
    return card_shown(brand=card.get("brand"), last_four=card.get("last4"), method="stored")


def charge_kind(intent: dict[str, Any]) -> str:
    """How the charge of an intent was paid: card_present, interac_present, card; empty if unknown."""
    return _text(_charge(intent).get("payment_method_details") or {}, "type")


def why_refused(charge: dict[str, Any]) -> str:
    """Short code of the reason of a failed charge."""
    outcome = charge.get("outcome")
    reason = outcome.get("reason") if isinstance(outcome, dict) else ""
    return short_code(reason or charge.get("failure_code"))


def _ending(intent: dict[str, Any]) -> str:
    return "timeout" if intent.get("cancellation_reason") == "abandoned" else ""


def _charge(intent: dict[str, Any]) -> dict[str, Any]:
    charge = intent.get("latest_charge")
    return charge if isinstance(charge, dict) else {}


def _metadata(found: dict[str, Any]) -> dict[str, Any]:
    metadata = found.get("metadata")
    return metadata if isinstance(metadata, dict) else {}


def _money(found: dict[str, Any], name: str) -> Money:
    units, currency = found[name], found["currency"]
    if type(units) is not int or not isinstance(currency, str):
        raise TypeError(name)
    return from_stripe(units, currency)


def _text(found: dict[str, Any], name: str) -> str:
    value = found.get(name)
    return value[:200] if isinstance(value, str) else ""
