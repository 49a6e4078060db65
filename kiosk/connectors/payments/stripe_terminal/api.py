"""The calls of Stripe's API that the driver makes, through Stripe's SDK with its own retries off.

Each call has a time limit and, where it changes something, an idempotency key of ours. The version of the API is fixed:
the replies keep their form when the account's version changes.
"""

from __future__ import annotations

import json
import logging
import re
import time
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import stripe

from kiosk.connectors.payments.stripe_terminal.connections import Connections
from kiosk.connectors.payments.stripe_terminal.failures import FailureKind, StripeFailure, failure_of
from kiosk.connectors.payments.stripe_terminal.settings import StripeSettings

API_VERSION = "2026-10-28.endive"
"""Version of the API for which this driver was written; that of the SDK 16.1.0."""
MAX_CALL_S = 10.0
"""Longest wait for one reply; Stripe waits in it for the reader's acknowledgement."""
if TYPE_CHECKING:
    from stripe.params import (
        CustomerSearchParams,
        PaymentIntentCancelParams,
        PaymentIntentCaptureParams,
        PaymentIntentConfirmParams,
        PaymentIntentCreateParams,
        PaymentIntentSearchParams,
        RefundCreateParams,
        RefundListParams,
    )
    from stripe.params.terminal import (
        ReaderListParams,
        ReaderProcessPaymentIntentParams,
        ReaderRefundPaymentParams,
    )
MAX_READ_S = 5.0
"""Longest wait for the reply to a question."""
_CHARGE = "latest_charge"
_ID = re.compile(r"(?:pi|re|pyr)_[A-Za-z0-9_]{1,120}")
"""Of an intent, and of a refund of a card or of another means."""
Found = dict[str, Any]


class StripeApi:
    """One account, and one reader of it. Safe to use from any thread."""

    def __init__(self, settings: StripeSettings, max_call_s: float = MAX_CALL_S) -> None:
        self._reader, self._max_call_s, self._live = settings.reader, max_call_s, settings.live
        self.connections = Connections(settings)
        client = stripe.StripeClient(
            settings.secret_key,
            stripe_version=API_VERSION,
            base_addresses={"api": settings.base},
            max_network_retries=0,
            http_client=self.connections,
        )
        self._v1: Any = client.v1
        # Its lower levels log ids and whole replies, and telemetry would name this computer.
        logging.getLogger("stripe").setLevel(logging.WARNING)
        stripe.enable_telemetry = False

    def create_intent(self, params: PaymentIntentCreateParams, key: str, until_s: float) -> Found:
        return self._call(self._v1.payment_intents.create, params, key=f"{key}-create", until_s=until_s)

    def intent(self, intent_id: str, until_s: float) -> Found:
        """An intent with its latest charge."""
        return self._call(
            self._v1.payment_intents.retrieve, {"expand": [_CHARGE]}, intent_id, until_s=until_s
        )

    def confirm_intent(self, intent_id: str, key: str, until_s: float) -> Found:
        """Charges the stored card of an intent; the customer is not there to be asked."""
        wanted: PaymentIntentConfirmParams = {"off_session": True, "expand": [_CHARGE]}
        call = self._v1.payment_intents.confirm
        return self._call(call, wanted, intent_id, key=f"{key}-confirm", until_s=until_s)

    def cancel_intent(self, intent_id: str, reason: str, key: str, until_s: float) -> Found:
        wanted: PaymentIntentCancelParams = {"cancellation_reason": reason, "expand": [_CHARGE]}
        call = self._v1.payment_intents.cancel
        return self._call(call, wanted, intent_id, key=f"{key}-cancel", until_s=until_s)

    def capture_intent(self, intent_id: str, units: int, key: str, until_s: float) -> Found:
        """The key is written into the metadata."""
        wanted: PaymentIntentCaptureParams = {
            "amount_to_capture": units,
            "metadata": {"capture_key": key},
            "expand": [_CHARGE],
        }
        call = self._v1.payment_intents.capture
        return self._call(call, wanted, intent_id, key=f"{key}-capture", until_s=until_s)

    def intents_between(self, from_s: int, to_s: int, until_s: float) -> Iterator[Found]:
        """All intents that were created in that time (seconds since 1970), the newest first; known at once."""
        params: Found = {
            "created": {"gte": from_s, "lte": to_s},
            "limit": 100,
            "expand": ["data.latest_charge"],
        }
        while True:
            page = self._call(self._v1.payment_intents.list, params, until_s=until_s)
            yield from page["data"]
            if not page.get("has_more") or not page["data"]:
                return
            params["starting_after"] = page["data"][-1]["id"]

    def intents_of(self, key: str, until_s: float) -> list[Found]:
        """Intents with that key in their metadata; Stripe's search knows them about a minute after they were made."""
        params: PaymentIntentSearchParams = {
            "query": f"metadata['key']:'{key}'",
            "expand": ["data.latest_charge"],
        }
        return list(self._call(self._v1.payment_intents.search, params, until_s=until_s)["data"])

    def customers_of(self, shopper: str, until_s: float) -> list[Found]:
        """Customers with that shopper's id in their metadata."""
        params: CustomerSearchParams = {"query": f"metadata['shopper']:'{shopper}'"}
        return list(self._call(self._v1.customers.search, params, until_s=until_s)["data"])

    def reader(self, until_s: float) -> Found:
        """The reader with its action."""
        return self._call(self._v1.terminal.readers.retrieve, {}, self._reader, until_s=until_s)

    def readers(self, until_s: float) -> Iterator[Found]:
        """All readers of the account."""
        params: ReaderListParams = {"limit": 100}
        while True:
            page = self._call(self._v1.terminal.readers.list, params, until_s=until_s)
            yield from page["data"]
            if not page.get("has_more") or not page["data"]:
                return
            params["starting_after"] = page["data"][-1]["id"]

    def process(self, intent_id: str, key: str, until_s: float) -> Found:
        """Hands an intent to the reader."""
        params: ReaderProcessPaymentIntentParams = {
            "payment_intent": intent_id,
            "process_config": {"skip_tipping": True},
        }
        call = self._v1.terminal.readers.process_payment_intent
        return self._call(call, params, self._reader, key=key, until_s=until_s)

    def refund_at_reader(self, params: ReaderRefundPaymentParams, key: str, until_s: float) -> Found:
        call = self._v1.terminal.readers.refund_payment
        return self._call(call, params, self._reader, key=f"{key}-refund", until_s=until_s)

    def cancel_action(self, key: str, until_s: float) -> Found:
        """Ends the reader's action. Refused (terminal_reader_busy) while a card is being authorised."""
        return self._call(self._v1.terminal.readers.cancel_action, {}, self._reader, key=key, until_s=until_s)

    def create_refund(self, params: RefundCreateParams, key: str, until_s: float) -> Found:
        return self._call(self._v1.refunds.create, params, key=f"{key}-refund", until_s=until_s)

    def refunds_of(self, intent_id: str, until_s: float) -> Iterator[Found]:
        """All refunds of an intent; known at once."""
        params: RefundListParams = {"payment_intent": intent_id, "limit": 100}
        while True:
            page = self._call(self._v1.refunds.list, params, until_s=until_s)
            yield from page["data"]
            if not page.get("has_more") or not page["data"]:
                return
            params["starting_after"] = page["data"][-1]["id"]

    def _call(
        self, call: Callable[..., Any], params: Mapping[str, object], *of: str, key: str = "", until_s: float
    ) -> Found:
        """One call. Raises StripeFailure."""
        limit_s = self._max_call_s if key else min(self._max_call_s, MAX_READ_S)
        self.connections.limit(min(until_s, time.monotonic() + limit_s))
        kept = {name: value for name, value in params.items() if value not in ([], None)}
        options = {"idempotency_key": f"cheval-{key}"} if key else {}
        try:
            found = json.loads(call(*of, params=kept, options=options).last_response.body)
        except stripe.StripeError as error:
            raise failure_of(error) from None
        except (ValueError, TypeError, AttributeError, RecursionError):
            # a reply that is no JSON, or not of the form that the SDK expects
            raise StripeFailure(FailureKind.NO_REPLY, "reply_not_valid") from None
        if not isinstance(found, dict) or not _answers(found, of, params, is_change=bool(key)):
            raise StripeFailure(FailureKind.NO_REPLY, "reply_not_valid")
        self._check_mode(found)
        return found

    def _check_mode(self, found: Found) -> None:
        """A key of test mode is never shown an object of live mode; if it is, the reply is not believed."""
        listed = found.get("data")
        for one in (found, *(listed if isinstance(listed, list) else ())):
            if isinstance(one, dict) and one.get("livemode", self._live) is not self._live:
                raise StripeFailure(FailureKind.MODE)


def _answers(found: Found, of: tuple[str, ...], params: Mapping[str, object], *, is_change: bool) -> bool:
    """Whether a reply is about what was asked: the object with that id, a new object with that key, or a list.

    The reply to another request may come, where something between mixes up connections or repeats a reply.
    """
    if of:
        return found.get("id") == of[0]
    if is_change:
        # of a new object that was made before with another amount, the key is the same
        return _key_of(found) == _key_of(params) and bool(_ID.fullmatch(str(found.get("id"))))
    listed = found.get("data")
    return isinstance(listed, list) and all(isinstance(one, dict) for one in listed)


def _key_of(found: Mapping[str, object]) -> object:
    metadata = found.get("metadata")
    return metadata.get("key") if isinstance(metadata, dict) else None
