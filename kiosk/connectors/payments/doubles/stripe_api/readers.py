"""What the readers of the double do: take up an intent, read a card, stop."""

from __future__ import annotations

from typing import Any

from kiosk.connectors.payments.doubles.stripe_api.account import Account
from kiosk.connectors.payments.doubles.stripe_api.objects import Card, Intent, Reader
from kiosk.connectors.payments.doubles.stripe_api.problems import ApiProblem


def process(account: Account, reader: Reader, intent_id: str, config: dict[str, Any]) -> None:
    """The reader waits for a card for that intent."""
    _free(reader)
    intent = account.intent(intent_id)
    if intent.status != "requires_payment_method" or not _at_reader(intent):
        raise ApiProblem(400, "intent_invalid_state", f"The PaymentIntent has the status {intent.status}.")
    about = {"payment_intent": intent_id, "process_config": config}
    reader.action = _action("process_payment_intent", about)


def collect(account: Account, reader: Reader, intent_id: str, config: dict[str, Any]) -> None:
    """The reader waits for a card, which is read and not charged, so that the store may look at it first."""
    _free(reader)
    intent = account.intent(intent_id)
    if intent.status not in ("requires_payment_method", "requires_confirmation") or not _at_reader(intent):
        raise ApiProblem(400, "intent_invalid_state", f"The PaymentIntent has the status {intent.status}.")
    about = {"payment_intent": intent_id, "collect_config": config}
    reader.action = _action("collect_payment_method", about)


def confirm(account: Account, reader: Reader, intent_id: str) -> None:
    """The reader has the card that it has read charged."""
    _free(reader)
    intent = account.intent(intent_id)
    if intent.collected is None or intent.status != "requires_confirmation":
        raise ApiProblem(400, "intent_invalid_state", f"The PaymentIntent has the status {intent.status}.")
    reader.action = _action("confirm_payment_intent", {"payment_intent": intent_id})
    card, intent.collected = intent.collected, None
    _charged(account, reader, intent, card)


def refund_payment(account: Account, reader: Reader, wanted: dict[str, Any]) -> None:
    """The reader waits for the card to which it pays back."""
    _free(reader)
    account.intent(wanted.get("payment_intent", ""))
    reader.action = _action("refund_payment", dict(wanted))


def stop(reader: Reader) -> None:
    """Ends what the reader does, unless it authorises a card."""
    if not reader.online:
        raise ApiProblem(400, "terminal_reader_offline", "Reader is currently offline.")
    if reader.authorising:
        raise ApiProblem(400, "terminal_reader_busy", "Reader is currently busy processing another request.")
    reader.action = None


def present(account: Account, reader: Reader, card: Card) -> None:
    """A card is laid on the reader, and the issuer answers."""
    if not reader.busy or reader.action is None:
        raise ApiProblem(400, "", "The reader has no action in progress.")
    reader.authorising = False
    if reader.action["type"] == "refund_payment":
        about = reader.action["refund_payment"]
        intent = account.intent(about["payment_intent"])
        account.refund(intent, about.get("amount"), dict(about.get("metadata") or {}), at_reader=True)
        reader.action["status"] = "succeeded"
        return
    about = reader.action[reader.action["type"]]
    intent = account.intent(about["payment_intent"])
    if intent.status == "canceled" or intent.received:
        fail(reader, "intent_invalid_state", "invalid_request_error")
    elif reader.action["type"] == "collect_payment_method":
        intent.collected, intent.status = card, "requires_confirmation"
        details = {"brand": card.brand, "last4": card.last_four}
        about["payment_method"] = {"object": "payment_method", "type": card.kind, card.kind: details}
        reader.action["status"] = "succeeded"
    else:
        _charged(account, reader, intent, card)


def _charged(account: Account, reader: Reader, intent: Intent, card: Card) -> None:
    account.charge(intent, card, reader.reader_id)
    if card.decline or reader.action is None:
        fail(reader, "card_declined", "card_error", card.decline)
    else:
        reader.action["status"] = "succeeded"


def press_cancel(reader: Reader) -> None:
    """The shopper presses the reader's cancel button."""
    if reader.busy:
        fail(reader, "customer_canceled", "")


def fail(reader: Reader, code: str, kind: str, decline: str = "") -> None:
    """The action of a reader ends without success: `kind` is the type of its error, empty for none."""
    action = reader.action
    if action is None:
        return
    action["status"], action["failure_code"] = "failed", code
    action["failure_message"] = "The action failed."
    if kind:
        action["api_error"] = {"type": kind, "code": code, "decline_code": decline or None}


def _free(reader: Reader) -> None:
    if not reader.online:
        raise ApiProblem(400, "terminal_reader_offline", "Reader is currently offline.", began=False)
    if reader.busy:
        raise ApiProblem(400, "terminal_reader_busy", "Reader is currently busy processing another request.")


def _at_reader(intent: Intent) -> bool:
    return "card_present" in intent.types or "interac_present" in intent.types


def _action(kind: str, about: dict[str, Any]) -> dict[str, Any]:
    found = {
        "api_error": None,
        "failure_code": None,
        "failure_message": None,
        "status": "in_progress",
        "type": kind,
    }
    return {**found, kind: about}
