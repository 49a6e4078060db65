"""A reply that is about something else, or of another form, is no reply: whatever is called."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable
from typing import Any

import pytest

from kiosk.connectors.payments.stripe_terminal.api import StripeApi
from kiosk.connectors.payments.stripe_terminal.failures import FailureKind, StripeFailure
from kiosk.connectors.payments.stripe_terminal.settings import StripeSettings
from tests.kiosk.connectors.payments.stripe_terminal.test_connections import peer

READER, INTENT, KEY = "tmr_one01", "pi_one", "KEY0000001"
UNTIL_S = 30.0
META = {"metadata": {"key": KEY}}
Call = Callable[[StripeApi, float], object]

ONE: dict[str, tuple[Call, dict[str, Any]]] = {
    "intent": (lambda api, end: api.intent(INTENT, end), {"id": INTENT}),
    "cancel": (lambda api, end: api.cancel_intent(INTENT, "abandoned", KEY, end), {"id": INTENT}),
    "capture": (lambda api, end: api.capture_intent(INTENT, 1, KEY, end), {"id": INTENT}),
    "confirm": (lambda api, end: api.confirm_intent(INTENT, KEY, end), {"id": INTENT}),
    "reader": (lambda api, end: api.reader(end), {"id": READER}),
    "process": (lambda api, end: api.process(INTENT, KEY, end), {"id": READER}),
    "stop": (lambda api, end: api.cancel_action(KEY, end), {"id": READER}),
    "create": (
        lambda api, end: api.create_intent({"amount": 1, "currency": "eur", **META}, KEY, end),  # type: ignore[typeddict-item]
        {"id": INTENT, **META},
    ),
    "refund": (
        lambda api, end: api.create_refund({"payment_intent": INTENT, **META}, KEY, end),  # type: ignore[typeddict-item]
        {"id": "re_one", **META},
    ),
    "intents": (lambda api, end: list(api.intents_between(0, 1, end)), {"data": []}),
    "search": (lambda api, end: api.intents_of(KEY, end), {"data": []}),
    "customers": (lambda api, end: api.customers_of("anna", end), {"data": []}),
    "readers": (lambda api, end: list(api.readers(end)), {"data": []}),
    "refunds": (lambda api, end: list(api.refunds_of(INTENT, end)), {"data": []}),
}
OTHERS: tuple[object, ...] = (
    {}, [], None, 7, "text", {"id": "pi_other"}, {"id": "tmr_other"}, {"id": None, **META}, {"id": [INTENT], **META},
    {"id": "pi_other/cancel", **META}, {"id": "pi_other", "metadata": {"key": "0THERKEY00"}},
    {"id": "re_other", "metadata": "text"}, {"data": None}, {"data": {}}, {"data": ["text"]}, {"data": [{}, 7]},
)  # fmt: skip


def said(call: Call, body: object) -> object:
    """What a call gives where the other side answers so. Raises StripeFailure."""

    def serve(connection: socket.socket, _: int) -> None:
        content = json.dumps(body).encode()
        while asked_with_body(connection):
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(content) + content)

    with peer(serve) as client:
        api = StripeApi(StripeSettings(READER, "sk_test_12345678", f"http://127.0.0.1:{client._port}"))
        try:
            return call(api, time.monotonic() + UNTIL_S)
        finally:
            api.connections.close()


def asked_with_body(connection: socket.socket) -> bool:
    """Reads at least the head of a request; its body is not looked at, as the connection ends with the test."""
    got = b""
    while b"\r\n\r\n" not in got:
        part = connection.recv(65_536)
        if not part:
            return False
        got += part
    return True


@pytest.mark.parametrize("name", ONE)
def test_a_reply_about_something_else_is_no_reply(name: str) -> None:
    call, good = ONE[name]
    said(call, good)
    for other in OTHERS:
        with pytest.raises(StripeFailure) as failure:
            said(call, other)
        assert failure.value.kind is FailureKind.NO_REPLY, other
