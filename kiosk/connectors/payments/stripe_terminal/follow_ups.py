"""Captures, voids and refunds of approved charges, each at most once per key, also long after Stripe forgot the key.

Stripe keeps an idempotency key for 24 hours only, so what is there already is looked at before each request: an intent
is captured or cancelled once, and a refund has its key in its metadata. Stripe lists both at once.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.connectors.payments.port import FollowUp, TerminalReply, TerminalStatus
from kiosk.connectors.payments.stripe_terminal.amounts import NotChargeableError, from_stripe, to_stripe
from kiosk.connectors.payments.stripe_terminal.api import Found
from kiosk.connectors.payments.stripe_terminal.failures import (
    NOT_DONE,
    FailureKind,
    StripeFailure,
    short_code,
)
from kiosk.connectors.payments.stripe_terminal.replies import (
    charge_kind,
    reply_of_intent,
    reply_of_refund,
    status_of,
)
from kiosk.connectors.payments.stripe_terminal.session import Session, lost
from kiosk.core.domain.follow_up_kind import FollowUpKind

if TYPE_CHECKING:
    from stripe.params import RefundCreateParams

_TOO_MUCH = ("charge_already_refunded", "amount_too_large")


class FollowUps:
    """The follow-ups of one account. Safe to use from any thread."""

    def __init__(self, session: Session) -> None:
        self._session, self._api = session, session.api

    def carry_out(self, wanted: FollowUp) -> TerminalReply:
        """Raises TerminalLostError."""
        until_s = self._session.until(self._session.waits.follow_up_s)
        try:
            known, intent = self._known(wanted, until_s)
            if known.status is not TerminalStatus.NOT_FOUND or intent is None:
                return known
            return self._sent(wanted, intent, until_s)
        except StripeFailure as failure:
            raise lost(failure) from None

    def query(self, wanted: FollowUp) -> TerminalReply:
        """What became of it, without sending it. Raises TerminalLostError."""
        try:
            return self._known(wanted, self._session.until(self._session.waits.query_s))[0]
        except StripeFailure as failure:
            raise lost(failure) from None

    def _known(self, wanted: FollowUp, until_s: float) -> tuple[TerminalReply, Found | None]:
        """The reply as far as Stripe has it: NOT_FOUND with the intent if it may be sent."""
        intent_id = wanted.of.provider_id or wanted.references.get("intent", "")
        if not intent_id:
            return _refused(wanted, "unknown-charge"), None
        # an intent that Stripe does not show was paid all the same: its refund may be there under another account's key
        intent = self._api.intent(intent_id, until_s)
        if wanted.kind is FollowUpKind.CAPTURE:
            return self._capture_known(wanted, intent), intent
        if wanted.kind is FollowUpKind.VOID and status_of(intent) != "succeeded":
            return self._void_known(wanted, intent), intent
        return self._refund_known(wanted, intent, until_s), intent

    def _capture_known(self, wanted: FollowUp, intent: Found) -> TerminalReply:
        if status_of(intent) == "requires_capture":
            return _not_found(wanted)
        if status_of(intent) != "succeeded":
            return _refused(wanted, "expired" if _has_expired(intent) else "not-approved")
        by = (intent.get("metadata") or {}).get("capture_key")
        if by not in (None, wanted.key):
            return _refused(wanted, "captured")
        taken = from_stripe(intent["amount_received"], intent["currency"])
        return replace(
            reply_of_intent(intent), key=str(by or ""), amount=taken, status=TerminalStatus.APPROVED
        )

    def _void_known(self, wanted: FollowUp, intent: Found) -> TerminalReply:
        if status_of(intent) == "requires_capture":
            return _not_found(wanted)
        reply = reply_of_intent(intent)
        if status_of(intent) == "canceled" and reply.status is TerminalStatus.APPROVED:
            return replace(reply, key="")
        return _refused(wanted, "not-approved")

    def _refund_known(self, wanted: FollowUp, intent: Found, until_s: float) -> TerminalReply:
        if status_of(intent) != "succeeded":
            return _refused(wanted, "not-captured")
        for refund in self._api.refunds_of(intent["id"], until_s):
            if (refund.get("metadata") or {}).get("key") == wanted.key:
                return reply_of_refund(refund, intent["id"])
        if charge_kind(intent) == "interac_present":
            return self._refund_at_reader_known(wanted, until_s)
        return _not_found(wanted)

    def _refund_at_reader_known(self, wanted: FollowUp, until_s: float) -> TerminalReply:
        """A refund that waits for the card at the reader (Interac)."""
        action = self._api.reader(until_s).get("action") or {}
        about = action.get("refund_payment") or {}
        if (about.get("metadata") or {}).get("key") != wanted.key:
            return _not_found(wanted)
        if action.get("status") == "failed":
            return _refused(wanted, short_code(action.get("failure_code")))
        return TerminalReply(TerminalStatus.PENDING, key=wanted.key, taken_up=True)

    def _sent(self, wanted: FollowUp, intent: Found, until_s: float) -> TerminalReply:
        if wanted.kind is FollowUpKind.VOID and charge_kind(intent) == "interac_present":
            # nobody stands at the reader when the store voids by itself
            return _refused(wanted, "card-needed")
        if wanted.amount.currency != str(intent["currency"]).upper():
            return _refused(wanted, "currency")
        try:
            units = to_stripe(wanted.amount)
        except NotChargeableError as error:
            return _refused(wanted, error.why)
        try:
            return self._requested(wanted, intent, units, until_s)
        except StripeFailure as failure:
            if failure.kind in NOT_DONE and failure.code != "terminal_reader_timeout":
                too_much = _is_too_much(failure, wanted.kind, intent, units)
                return _refused(wanted, "too-much" if too_much else failure.why)
            if failure.kind is FailureKind.NO_REPLY:
                raise
            # it may have been done all the same, and the error be saved under the key
            return self._looked_again(wanted, until_s, failure)

    def _looked_again(self, wanted: FollowUp, until_s: float, failure: StripeFailure) -> TerminalReply:
        reply, _ = self._known(wanted, until_s)
        if reply.status is TerminalStatus.NOT_FOUND:
            raise lost(failure)
        return reply

    def _requested(self, wanted: FollowUp, intent: Found, units: int, until_s: float) -> TerminalReply:
        key, intent_id = wanted.key, intent["id"]
        if wanted.kind is FollowUpKind.CAPTURE:
            return self._capture_known(wanted, self._api.capture_intent(intent_id, units, key, until_s))
        if wanted.kind is FollowUpKind.VOID and status_of(intent) == "requires_capture":
            return self._void_known(wanted, self._api.cancel_intent(intent_id, "abandoned", key, until_s))
        metadata = {"key": key, "order": wanted.order_id, "kind": wanted.kind.value}
        if charge_kind(intent) != "interac_present":
            params: RefundCreateParams = {"payment_intent": intent_id, "amount": units, "metadata": metadata}
            return reply_of_refund(self._api.create_refund(params, key, until_s), intent_id)
        if (self._api.reader(until_s).get("action") or {}).get("status") == "in_progress":
            return _refused(wanted, "busy")
        self._api.refund_at_reader(
            {"payment_intent": intent_id, "amount": units, "metadata": metadata}, key, until_s
        )
        return self._refund_at_reader_known(wanted, until_s)


def _has_expired(intent: Found) -> bool:
    """Stripe ended the authorisation because it was not captured in time: after 2 to 5 days, as the scheme allows."""
    return intent.get("cancellation_reason") in ("automatic", "expired")


def _is_too_much(failure: StripeFailure, kind: FollowUpKind, intent: Found, units: int) -> bool:
    """Stripe gives no code for a refund above what is left of the charge."""
    if failure.code in _TOO_MUCH:
        return True
    if failure.kind is not FailureKind.INVALID or kind is FollowUpKind.CAPTURE:
        return False
    charge = intent.get("latest_charge") or {}
    left = int(charge.get("amount_captured") or 0) - int(charge.get("amount_refunded") or 0)
    return units > left


def _refused(wanted: FollowUp, why: str) -> TerminalReply:
    return TerminalReply(TerminalStatus.REFUSED, key=wanted.key, order_id=wanted.order_id, why=why)


def _not_found(wanted: FollowUp) -> TerminalReply:
    return TerminalReply(TerminalStatus.NOT_FOUND, key=wanted.key, order_id=wanted.order_id)
