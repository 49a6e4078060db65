"""Gives a message to a push service (RFC 8030): one POST over TLS within a few seconds, without redirects.

The address comes from a browser. So only `https` is called, and only addresses outside of the shop's own network,
unless the configuration says otherwise (`checked_call`).
"""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from enum import Enum, unique
from http import HTTPStatus
from ipaddress import ip_address
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, urlsplit

from hardware.threads.supervised import TimeLimit
from kiosk.connectors.ca_files import ca_file_mistake, trusting
from kiosk.connectors.web_hooks.checked_call import CheckedConnection, reason_of
from kiosk.connectors.web_hooks.host_rule import Network, is_allowed
from kiosk.connectors.web_push.encryption import ReceiverKeys, encrypted
from kiosk.connectors.web_push.vapid import VapidKey

TIMEOUT_S: Final = 6.0
"""For the whole call."""
MAX_ENDPOINT: Final = 1024
"""Characters of an address; those of the known services have 150 to 400."""
MAX_AFTER_S: Final = 300.0
"""Longest wait that a service may ask for with `Retry-After`."""


class BadEndpointError(Exception):
    """The address is none of a push service; the text says why."""


@unique
class Outcome(Enum):
    """What became of a push."""

    TAKEN = "taken"
    GONE = "gone"
    """The subscription has ended (404, 410)."""
    REFUSED = "refused"
    """The service does not take this message, or does not know the store's key; the same message is not sent again."""
    LATER = "later"
    """The service is away, or asks to wait."""


@dataclass(frozen=True, slots=True)
class PushAnswer:
    """`why`: in a few words, without anything that the service said; `after_s`: what `Retry-After` asks for, else 0."""

    outcome: Outcome
    why: str = ""
    after_s: float = 0.0


@dataclass(frozen=True, slots=True)
class PushAddress:
    """A browser's subscription. The endpoint is a secret: whoever has it can reach the browser."""

    endpoint: str = field(repr=False)
    keys: ReceiverKeys


@dataclass(frozen=True, slots=True)
class PushPlace:
    """What is allowed and shown: `contact` is `mailto:...` or `https:...`."""

    contact: str
    network: Network = Network.PUBLIC
    ca_file: Path | None = None
    timeout_s: float = TIMEOUT_S


@dataclass(frozen=True, slots=True)
class PushMessage:
    """`topic`: a later message with the same one replaces what was not delivered yet (RFC 8030, section 5.4).
    `ttl_s`: how long the service keeps it for a device that is away."""

    content: bytes
    topic: str
    ttl_s: int


def checked_endpoint(endpoint: str, network: Network) -> SplitResult:
    """The parts of an address. Raises BadEndpointError for one that is never called."""
    try:
        parts = urlsplit(endpoint)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise BadEndpointError("it is no address") from None
    if (
        len(endpoint) > MAX_ENDPOINT
        or not endpoint.isascii()
        or not endpoint.isprintable()
        or " " in endpoint
    ):
        raise BadEndpointError("it is too long, or has signs that no address has")
    if parts.scheme != "https" or not host:
        raise BadEndpointError("it does not begin with https://")
    if "@" in parts.netloc or parts.fragment:
        raise BadEndpointError("it has a user name or a fragment")
    if _is_number(host) and not is_allowed(host, network):
        raise BadEndpointError("it leads to a network that `push.network` does not allow")
    return parts


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


class HttpsPush:
    """The push services. Safe from any thread."""

    def __init__(self, place: PushPlace, key: VapidKey, now_s: Callable[[], float] = time.time) -> None:
        """Connects to nothing. Raises ValueError if the file of certificates cannot be used."""
        if what := ca_file_mistake(place.ca_file):
            raise ValueError(what)
        self._place, self._key, self._now = place, key, now_s
        self._context = trusting(place.ca_file)

    def send(self, to: PushAddress, message: PushMessage) -> PushAnswer:
        """One try. Every fault of the network or the service is an answer."""
        try:
            parts = checked_endpoint(to.endpoint, self._place.network)
        except BadEndpointError as error:
            return PushAnswer(Outcome.GONE, str(error))
        headers = {
            "Authorization": self._key.authorization(to.endpoint, self._place.contact, int(self._now())),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(message.ttl_s),
            "Topic": message.topic,
            "Urgency": "high",
            "User-Agent": "cheval",
        }
        connection = CheckedConnection(parts, self._place.network, self._place.timeout_s, self._context)
        limit = TimeLimit("push", self._place.timeout_s, connection.cut)
        try:
            path = parts.path or "/"
            connection.request(
                "POST",
                f"{path}?{parts.query}" if parts.query else path,
                encrypted(message.content, to.keys),
                headers,
            )
            answer = connection.getresponse()
            return self._judged(answer.status, dict(answer.getheaders()))
        except (http.client.HTTPException, OSError, ValueError) as error:
            return PushAnswer(Outcome.LATER, reason_of(error, "push service", "push"))
        finally:
            limit.cancel()
            connection.close()

    def _judged(self, status: int, headers: Mapping[str, str]) -> PushAnswer:
        why = f"the push service answers {status}"
        if 200 <= status < 300:
            return PushAnswer(Outcome.TAKEN)
        if status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
            return PushAnswer(Outcome.GONE, why)
        if status in (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS) or status >= 500:
            wanted = {name.lower(): value for name, value in headers.items()}.get("retry-after", "")
            return PushAnswer(Outcome.LATER, why, after_s(wanted, self._now()))
        return PushAnswer(Outcome.REFUSED, why)


def after_s(header: str, now_s: float) -> float:
    """The seconds of `Retry-After` (RFC 9110, section 10.2.3), a number or a date; 0 for anything else."""
    given = header.strip()
    if given.isascii() and given.isdigit():
        wanted = float(given[:9])
    else:
        try:
            wanted = parsedate_to_datetime(given).timestamp() - now_s
        except (ValueError, TypeError, OverflowError, OSError):
            return 0.0
    return min(max(wanted, 0.0), MAX_AFTER_S)
