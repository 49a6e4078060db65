"""The two ways to a terminal: its own address on the local network, or Adyen's Cloud device API.

Sources: docs.adyen.com/point-of-sale/design-your-integration/choose-your-architecture/local, and /cloud with
docs.adyen.com/api-explorer/cloud-device-api (`/v1/merchants/M/devices/D/sync`, `/status`; X-API-Key). Asynchronous
replies and web hooks are not used: a status request gives the same result, signed by the same connection.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

from kiosk.connectors.payments.nexo.encryption import SharedKey, WrongKeyError
from kiosk.connectors.payments.nexo.exchange import BrokenOffError, HttpReply, Peer
from kiosk.connectors.payments.nexo.messages import Request
from kiosk.connectors.payments.nexo.replies import inner, json_object
from kiosk.connectors.payments.port import TerminalBusyError, TerminalMode

LOCAL_PATH: Final = "/nexo"
LOCAL_NOT_FOUND_S: Final = 120.0
CLOUD_NOT_FOUND_S: Final = 150.0
"""Seconds after which a payment without a reply is asked for (docs.adyen.com/point-of-sale/basic-tapi-integration/
verify-transaction-status): 120 on the local network, 150 over the cloud. `NotFound` says nothing before."""
_NOT_ACCEPTED: Final[Mapping[int, str]] = {401: "unauthorised", 403: "forbidden", 404: "no-such-terminal"}


class KeyRefusedError(BrokenOffError):
    """The reply was made with another key, or not encrypted though it should be."""


class Line(Protocol):
    """A way to one terminal."""

    @property
    def peer(self) -> Peer:
        """Where the requests go."""
        ...

    @property
    def poi(self) -> str:
        """MODEL-SERIAL of the terminal."""
        ...

    @property
    def identity(self) -> str:
        """The provider's identity of the terminal on this way."""
        ...

    @property
    def not_found_after_s(self) -> float: ...

    @property
    def path(self) -> str:
        """Where a message is posted."""
        ...

    @property
    def status_path(self) -> str:
        """Where the connection of the terminal can be asked for; empty where there is no such place."""
        ...

    def pack(self, request: Request) -> bytes:
        """The request as sent."""
        ...

    def unpack(self, reply: HttpReply) -> dict[str, Any]:
        """The message of a reply; empty for an empty one. Where a key is configured, a plain reply is none: no refusal
        and no "not found" is believed that was not made with it.

        Raises TerminalBusyError where it was certainly not passed on, KeyRefusedError, BrokenOffError.
        """
        ...


@dataclass(frozen=True, slots=True)
class LocalLine:
    """`https://HOST:8443/nexo`, always encrypted."""

    peer: Peer
    poi: str
    key: SharedKey
    not_found_after_s: float = LOCAL_NOT_FOUND_S
    path: str = LOCAL_PATH
    status_path: str = ""

    @property
    def identity(self) -> str:
        return f"nexo:{self.poi}"

    def pack(self, request: Request) -> bytes:
        return _sealed(request, self.poi, self.key)

    def unpack(self, reply: HttpReply) -> dict[str, Any]:
        """Without a message of the shared key nothing is known, whatever the HTTP status says."""
        return _opened(reply, self.key)


@dataclass(frozen=True, slots=True)
class CloudLine:
    """`/v1/merchants/MERCHANT/devices/DEVICE/sync`; encrypted where the key file has a key for it."""

    peer: Peer
    merchant: str
    poi: str
    mode: TerminalMode
    key: SharedKey | None = None
    not_found_after_s: float = CLOUD_NOT_FOUND_S

    @property
    def identity(self) -> str:
        return f"adyen:{self.merchant}/{self.poi}"

    @property
    def path(self) -> str:
        return f"/v1/merchants/{self.merchant}/devices/{self.poi}/sync"

    @property
    def status_path(self) -> str:
        return f"/v1/merchants/{self.merchant}/devices/{self.poi}/status"

    def pack(self, request: Request) -> bytes:
        if self.key is None:
            return json.dumps(request.message(self.poi)).encode()
        return _sealed(request, self.poi, self.key)

    def unpack(self, reply: HttpReply) -> dict[str, Any]:
        """401, 403 and 404 are Adyen's own, before it passes a request on."""
        if reply.status in _NOT_ACCEPTED:
            why = _NOT_ACCEPTED[reply.status]
            raise TerminalBusyError(f"the request was refused: HTTP {reply.status}, {why}", why)
        return _opened(reply, self.key)


def _sealed(request: Request, poi: str, key: SharedKey) -> bytes:
    plain = json.dumps(request.message(poi)).encode()
    return json.dumps({"SaleToPOIRequest": key.seal(request.header(poi), plain)}).encode()


def _opened(reply: HttpReply, key: SharedKey | None) -> dict[str, Any]:
    if reply.status != 200:
        raise BrokenOffError(f"the request failed: HTTP {reply.status}")
    if not reply.body.strip() or reply.body.strip().strip(b'"').lower() == b"ok":
        return {}
    body = json_object(reply.body)
    if key is None:
        return body
    for name in ("SaleToPOIResponse", "SaleToPOIRequest"):
        if "NexoBlob" in inner(body, name):
            try:
                return json_object(key.open(inner(body, name)))
            except WrongKeyError as error:
                raise KeyRefusedError("the reply was not made with the key of the key file") from error
    if inner(inner(body, "SaleToPOIRequest"), "EventNotification"):
        return body  # a rejected message; it is read as a lost reply
    raise KeyRefusedError("the reply is not encrypted")
