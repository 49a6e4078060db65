"""The account of the double: intents, refunds, readers, and the rules by which they change. Not for transport."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from kiosk.connectors.payments.doubles.stripe_api.objects import (
    CUSTOMER,
    MAXIMUM_UNITS,
    MINIMUM_UNITS,
    STORED,
    Card,
    Charge,
    Intent,
    Reader,
    Refund,
    new_id,
)
from kiosk.connectors.payments.doubles.stripe_api.problems import ApiProblem, missing

OPEN = ("requires_payment_method", "requires_confirmation", "requires_action")
_CURRENCY = re.compile(r"[a-z]{3}")
_SEARCH = re.compile(r"metadata\['([a-z_]{1,40})'\]:'([^']{0,200})'")


class Account:
    """`now_s`: seconds since 1970. `search_delay_s`: how long the search does not know a new intent."""

    def __init__(self, now_s: Callable[[], float], search_delay_s: float = 1.0) -> None:
        self._now_s, self.search_delay_s = now_s, search_delay_s
        self.intents: dict[str, Intent] = {}
        self.readers: dict[str, Reader] = {}

    def add_reader(self, reader_id: str, label: str = "simulated") -> Reader:
        reader = Reader(reader_id, label, f"SIM-{reader_id[4:12]}")
        self.readers[reader_id] = reader
        return reader

    def intent(self, intent_id: str) -> Intent:
        if intent_id not in self.intents:
            raise missing("payment_intent", intent_id)
        return self.intents[intent_id]

    def reader(self, reader_id: str) -> Reader:
        if reader_id not in self.readers:
            raise missing("terminal.reader", reader_id)
        return self.readers[reader_id]

    def create(self, wanted: dict[str, Any]) -> Intent:
        if wanted["amount"] < MINIMUM_UNITS:
            raise ApiProblem(400, "amount_too_small", "Amount must be at least 50", param="amount")
        if wanted["amount"] > MAXIMUM_UNITS:
            raise ApiProblem(400, "amount_too_large", "Amount must be no more than 999999.99", param="amount")
        if not _CURRENCY.fullmatch(wanted["currency"]):
            raise ApiProblem(400, "", "Invalid currency", param="currency")
        method, customer = wanted.get("payment_method"), wanted.get("customer")
        if method is not None and (method not in STORED or customer != CUSTOMER):
            raise ApiProblem(400, "resource_missing", "No such PaymentMethod", param="payment_method")
        options = (wanted.get("payment_method_options") or {}).get("card_present") or {}
        manual = options.get("capture_method", "")
        if wanted.get("capture_method") == "manual":
            manual = manual or "manual"
        intent = Intent(
            new_id("pi"),
            wanted["amount"],
            wanted["currency"],
            dict(wanted.get("metadata") or {}),
            tuple(wanted.get("allowed_payment_method_types") or ("card",)),
            int(self._now_s()),
            manual,
            customer,
            method,
            "requires_confirmation" if method else "requires_payment_method",
        )
        self.intents[intent.intent_id] = intent
        return intent

    def newest_first(self) -> Iterator[Intent]:
        return reversed(list(self.intents.values()))

    def searched(self, query: str) -> list[Intent]:
        match = _SEARCH.fullmatch(query)
        if match is None:
            raise ApiProblem(400, "", "We were unable to parse your search query.", param="query")
        known_s = self._now_s() - self.search_delay_s
        found = (i for i in self.newest_first() if i.metadata.get(match[1]) == match[2])
        return [i for i in found if i.created <= known_s]

    def cancel(self, intent: Intent, reason: str | None) -> None:
        if intent.status not in (*OPEN, "requires_capture"):
            raise _unexpected(intent, "cancel")
        intent.status, intent.reason = "canceled", reason

    def capture(self, intent: Intent, units: int | None, metadata: dict[str, str]) -> None:
        if intent.status != "requires_capture":
            raise _unexpected(intent, "capture")
        taken = intent.units if units is None else units
        if not 0 < taken <= intent.units:
            raise ApiProblem(
                400, "amount_too_large", "amount_to_capture is too large", param="amount_to_capture"
            )
        intent.charges[-1].captured, intent.status = taken, "succeeded"
        intent.metadata |= metadata

    def expire(self) -> None:
        """Ends every authorisation that was not captured, as Stripe does by itself after some days."""
        for intent in self.intents.values():
            if intent.status == "requires_capture":
                intent.status, intent.reason = "canceled", "automatic"

    def confirm(self, intent: Intent) -> None:
        """Charges the stored card of an intent."""
        if intent.status != "requires_confirmation" or intent.stored is None:
            raise _unexpected(intent, "confirm")
        card = STORED[intent.stored]
        self.charge(intent, card, "")
        if card.decline:
            code = card.decline if card.decline == "authentication_required" else "card_declined"
            raise ApiProblem(
                402,
                code,
                "Your card was declined.",
                "card_error",
                decline_code=card.decline,
                intent=intent.body(),
            )

    def charge(self, intent: Intent, card: Card, reader: str) -> None:
        """A card is charged, or refused."""
        charge = Charge(new_id("ch"), intent.units, intent.currency, card, not card.decline, reader=reader)
        intent.charges.append(charge)
        if card.decline:
            intent.status = "requires_payment_method"
            intent.error = {"type": "card_error", "code": "card_declined", "decline_code": card.decline}
            return
        waits = intent.manual == "manual" or (intent.manual == "manual_preferred" and not card.at_once)
        intent.status = "requires_capture" if waits else "succeeded"
        charge.captured = 0 if waits else intent.units

    def refund(
        self, intent: Intent, units: int | None, metadata: dict[str, str], *, at_reader: bool
    ) -> Refund:
        charge = intent.charges[-1] if intent.charges else None
        if charge is None or not charge.captured:
            raise ApiProblem(400, "", "This PaymentIntent does not have a successful charge to refund.")
        if charge.card.kind == "interac_present" and not at_reader:
            raise ApiProblem(400, "charge_not_refundable", "Interac refunds need the card at a reader.")
        left = charge.captured - sum(refund.units for refund in intent.refunds)
        wanted = left if units is None else units
        if left <= 0:
            raise ApiProblem(400, "charge_already_refunded", "The charge has already been refunded.")
        if wanted <= 0:
            raise ApiProblem(400, "parameter_invalid_integer", "Invalid positive integer", param="amount")
        if wanted > left:
            raise ApiProblem(
                400, "", "Refund amount is greater than unrefunded amount on charge", param="amount"
            )
        refund = Refund(new_id("re"), wanted, intent.currency, metadata, int(self._now_s()))
        intent.refunds.append(refund)
        return refund

    def all_refunds(self) -> Iterator[tuple[Intent, Refund]]:
        for intent in self.newest_first():
            for refund in reversed(intent.refunds):
                yield intent, refund


def _unexpected(intent: Intent, what: str) -> ApiProblem:
    message = f"This PaymentIntent could not be changed by {what}: its status is {intent.status}."
    return ApiProblem(400, "payment_intent_unexpected_state", message, intent=intent.body())
