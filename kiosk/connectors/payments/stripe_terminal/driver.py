"""`PaymentTerminal` of a Stripe reader.

- A charge is a PaymentIntent with key and order in its metadata. It is created, its id journaled, then handed to the
  reader; only an intent whose id is known is handed over, so a creation whose reply was lost collects nothing.
- An intent is never created again under an old key: after 24 hours that would be a new one. What became of a key is
  looked up by the intent's id, else in the list of intents.
- A charge that ended without approval is cancelled at Stripe, which makes its end final.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.clock import now_us
from kiosk.connectors.payments.place import TerminalPlace
from kiosk.connectors.payments.port import (
    Capabilities,
    Charge,
    FollowUp,
    Presented,
    TerminalBusyError,
    TerminalLostError,
    TerminalProbe,
    TerminalReply,
    TerminalStatus,
)
from kiosk.connectors.payments.stripe_terminal import intent_params
from kiosk.connectors.payments.stripe_terminal.amounts import (
    EXPONENTS,
    MINIMUM_MINOR,
    NotChargeableError,
)
from kiosk.connectors.payments.stripe_terminal.api import Found, StripeApi
from kiosk.connectors.payments.stripe_terminal.failures import (
    NOT_DONE,
    PERMANENT,
    FailureKind,
    StripeFailure,
)
from kiosk.connectors.payments.stripe_terminal.follow_ups import FollowUps
from kiosk.connectors.payments.stripe_terminal.lookup import intent_of_key
from kiosk.connectors.payments.stripe_terminal.presentation import Presentation, stored
from kiosk.connectors.payments.stripe_terminal.probing import probed
from kiosk.connectors.payments.stripe_terminal.replies import OPEN, reply_of_intent, status_of
from kiosk.connectors.payments.stripe_terminal.session import Session, Waits, lost
from kiosk.connectors.payments.stripe_terminal.settings import StripeSettings, settings_of

if TYPE_CHECKING:
    from stripe.params import PaymentIntentCreateParams

CAPABILITIES = Capabilities(
    capture=True,
    void=True,
    refund_needs_card=True,
    stored_means=True,
    not_found_after_s=2.0,
    minimum_minor=MINIMUM_MINOR,
    exponents=EXPONENTS,
)
"""`refund_needs_card`: Interac debit in Canada. NOT_FOUND: an intent that comes later is not presented."""
_STORED = re.compile(r"(cus_[A-Za-z0-9]{4,64})[:/](pm_[A-Za-z0-9]{4,64})")
_SHOPPER = re.compile(r"[^'\"\\\x00-\x1f]{1,100}")


def open_stripe(place: TerminalPlace) -> StripeTerminalDriver:
    """The driver for `stripe://READER_ID`. Raises NoTerminalDriverError."""
    return StripeTerminalDriver(settings_of(place))


class StripeTerminalDriver:
    """One reader. Safe to use from any thread."""

    def __init__(self, settings: StripeSettings, waits: Waits | None = None) -> None:
        self.identity = f"stripe:{settings.reader}"
        self.capabilities = CAPABILITIES
        waits = waits or Waits()
        self._settings = settings
        self._api = StripeApi(settings, waits.call_s)
        self._session = Session(self._api, settings.reader, waits)
        self._follow_ups = FollowUps(self._session)

    def create(self, charge: Charge) -> str:
        until_s = self._session.until(self._session.waits.create_s)
        try:
            params = self._intent_params(charge, until_s)
        except NotChargeableError as error:
            raise TerminalBusyError(f"Stripe cannot take this amount: {error.why}", error.why) from None
        except StripeFailure as failure:
            raise _not_done(failure) from None
        return self._created(charge, params, until_s)

    def present(
        self, charge: Charge, provider_id: str, on_taken_up: Callable[[], None], wait_s: float
    ) -> TerminalReply:
        if not provider_id:
            raise TerminalBusyError("the charge was not created", "not-created")
        with self._session.presenting(charge.key):
            if charge.stored:
                return stored(self._session, charge, provider_id, on_taken_up)
            return Presentation(self._session, charge, provider_id).at_reader(on_taken_up, wait_s)

    def query(self, wanted: Presented | FollowUp) -> TerminalReply:
        if isinstance(wanted, FollowUp):
            return self._follow_ups.query(wanted)
        try:
            return self._state(wanted, self._session.until(self._session.waits.query_s))
        except StripeFailure as failure:
            raise lost(failure) from None

    def cancel(self, presented: Presented) -> None:
        if not presented.provider_id:
            return
        until_s = self._session.until(self._session.waits.query_s)
        try:
            self._session.end(presented.provider_id, presented.key, until_s)
        except StripeFailure as failure:
            raise lost(failure) from None

    def follow_up(self, follow_up: FollowUp) -> TerminalReply:
        return self._follow_ups.carry_out(follow_up)

    def probe(self) -> TerminalProbe:
        return probed(self._session, self._settings)

    def show(self, text: str) -> None:
        """Stripe's readers show a cart only, no free text."""

    def close(self) -> None:
        self._session.close()

    def _intent_params(self, charge: Charge, until_s: float) -> PaymentIntentCreateParams:
        """The parameters of a new intent. Raises NotChargeableError, StripeFailure, TerminalBusyError."""
        if not charge.stored:
            return intent_params.at_reader(charge)
        return intent_params.stored(charge, *self._stored_means(charge.stored, until_s))

    def _stored_means(self, named: str, until_s: float) -> tuple[str, str]:
        """Customer and stored card: written out, or those of the customer with that shopper in its metadata."""
        if match := _STORED.fullmatch(named):
            return match[1], match[2]
        if not _SHOPPER.fullmatch(named):
            raise TerminalBusyError("the shopper's id cannot be looked up at Stripe", "no-stored-means")
        found = self._api.customers_of(named, until_s)
        method = (
            (found[0].get("invoice_settings") or {}).get("default_payment_method")
            if len(found) == 1
            else None
        )
        if not isinstance(method, str):
            raise TerminalBusyError(
                "Stripe has no one customer with a stored card for her", "no-stored-means"
            )
        return str(found[0]["id"]), method

    def _created(self, charge: Charge, params: PaymentIntentCreateParams, until_s: float) -> str:
        """Sends the same request again, with the same key, while its reply is lost."""
        sent_us = now_us()
        while True:
            try:
                return str(self._api.create_intent(params, charge.key, until_s)["id"])
            except StripeFailure as failure:
                if failure.kind in NOT_DONE:
                    raise _not_done(failure) from None
                if failure.kind in PERMANENT:
                    raise lost(failure) from None
                # The saved answer of a key may be an error of the server that came after the intent was made.
                found = self._found(charge, sent_us, until_s, failure)
            if found is not None:
                return found
            wait_s = self._session.waits.poll_s
            if time.monotonic() + wait_s >= until_s:
                raise TerminalLostError("Stripe did not confirm the charge")
            self._session.pause(wait_s)

    def _found(self, charge: Charge, sent_us: int, until_s: float, failure: StripeFailure) -> str | None:
        if failure.kind not in (FailureKind.SERVER, FailureKind.KEY_USED):
            return None
        try:
            intent = intent_of_key(self._session, charge.key, sent_us, until_s)
        except StripeFailure as again:
            raise lost(again) from None
        if intent is not None:
            return str(intent["id"])
        if failure.kind is FailureKind.KEY_USED:
            raise TerminalBusyError("this key has been used for another charge", "key-used")
        return None

    def _state(self, wanted: Presented, until_s: float) -> TerminalReply:
        intent = self._intent_of(wanted, until_s)
        if intent is None:
            return TerminalReply(TerminalStatus.NOT_FOUND, key=wanted.key, order_id=wanted.order_id)
        if status_of(intent) not in OPEN:
            taken_up = status_of(intent) == "processing"
            return replace(reply_of_intent(intent), taken_up=taken_up)
        if self._session.is_presented(wanted.key):
            waiting = self._session.is_waiting(self._api.reader(until_s), intent["id"])
            return replace(reply_of_intent(intent), taken_up=waiting)
        if self._session.is_waiting(self._api.reader(until_s), intent["id"]):
            return replace(reply_of_intent(intent), taken_up=True)
        # No reader works on it, and none shall take it up later.
        return reply_of_intent(self._session.end(intent["id"], wanted.key, until_s))

    def _intent_of(self, wanted: Presented, until_s: float) -> Found | None:
        """The intent; None where none was created under the key. One whose id is known was created: if Stripe does not
        show it, the key belongs to another account or mode, or somebody deleted it, and nothing is known of it."""
        if not wanted.provider_id:
            return intent_of_key(self._session, wanted.key, wanted.sent_us, until_s)
        return self._api.intent(wanted.provider_id, until_s)


def _not_done(failure: StripeFailure) -> TerminalBusyError | TerminalLostError:
    if failure.kind in NOT_DONE:
        return TerminalBusyError(str(failure), failure.why)
    return lost(failure)
