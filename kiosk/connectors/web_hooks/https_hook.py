"""Calls one program of the retailer: JSON by POST, signed, within 10 s, without redirects.

The address is looked up once, every result is checked, and the connection is made to a checked one, so a name that
changes in between leads nowhere else. The certificate is checked against the name.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, urlsplit

from hardware.threads.supervised import TimeLimit
from kiosk.connectors.ca_files import ca_file_mistake, trusting
from kiosk.connectors.payments.place import TerminalPlace
from kiosk.connectors.payments.port import NoTerminalDriverError
from kiosk.connectors.web_hooks.checked_call import CheckedConnection, reason_of
from kiosk.connectors.web_hooks.host_rule import Network

TIMEOUT_S: Final = 10.0
"""For the whole call."""
MIN_KEY_CHARS: Final = 16
SIGNATURE: Final = "Cheval-Signature"
MESSAGE_ID: Final = "Cheval-Id"


class HookError(Exception):
    """HookError
    |-- NoHookDriverError  the configuration cannot be used; permanent
    |-- HookRefusedError   the receiver is gone for good (status 410)
    `-- HookLostError      not delivered, or perhaps delivered: the same message is sent again later
        `-- HookRejectedError  the receiver does not want this message (400, 413, 415, 422)
    """


class NoHookDriverError(HookError):
    """The configuration cannot be used; the text says what is wrong with it."""


class HookRefusedError(HookError):
    """The receiver answers 410: there is none at this address any more (RFC 9110, 15.5.11). Other refusals may be a
    receiver that is set up anew just now."""


class HookLostError(HookError):
    """The text is the reason in a few words; it contains nothing that the receiver said."""


class HookRejectedError(HookLostError):
    """The receiver answers, and refuses what is in this message; another message may be taken."""


@dataclass(frozen=True, slots=True)
class HookPlace:
    """`key_file` has `key: VALUE` and mode 0600; with `former: VALUE` too, messages are signed with both keys.
    `section`: where it stands in the configuration."""

    url: str
    key_file: Path
    network: Network = Network.PUBLIC
    ca_file: Path | None = None
    timeout_s: float = TIMEOUT_S
    section: str = "alarms.web_hook"


def signed(keys: Sequence[bytes], at_s: int, body: bytes) -> str:
    """The value of `Cheval-Signature`: `t=SECONDS,v1=HEX`, HMAC-SHA-256 over `SECONDS.BODY`; one `v1` for each key.

    A receiver computes the same with its key, compares with each `v1` in constant time, and refuses a time that is more
    than five minutes away. Stripe's web hooks have the same form.
    """
    said = str(at_s).encode() + b"." + body
    macs = (hmac.digest(key, said, hashlib.sha256).hex() for key in keys)
    return ",".join((f"t={at_s}", *(f"v1={mac}" for mac in macs)))


class HttpsHook:
    """The receiver. Used by one thread at a time."""

    def __init__(self, place: HookPlace, now_s: Callable[[], float] = time.time) -> None:
        """Connects to nothing. Raises NoHookDriverError."""
        self._parts, self._place, self._now = hook_address(place), place, now_s
        hook_keys(place)
        if what := ca_file_mistake(place.ca_file):
            raise NoHookDriverError(what)
        self._context = trusting(place.ca_file)

    def send(self, body: bytes, message_id: str) -> None:
        """Gives a message to the receiver, signed with the keys that the file has now. Raises HookLostError or
        HookRefusedError, unless it answers with a status of 2xx."""
        try:
            keys = hook_keys(self._place)
        except NoHookDriverError as error:
            raise HookLostError(str(error)) from None
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "cheval",
            MESSAGE_ID: message_id,
            SIGNATURE: signed(keys, int(self._now()), body),
        }
        connection = CheckedConnection(self._parts, self._place.network, self._place.timeout_s, self._context)
        limit = TimeLimit("web hook", self._place.timeout_s, connection.cut)
        try:
            path = self._parts.path or "/"
            connection.request(
                "POST", f"{path}?{self._parts.query}" if self._parts.query else path, body, headers
            )
            status = connection.getresponse().status
        except (http.client.HTTPException, OSError, ValueError) as error:
            raise HookLostError(reason_of(error, "receiver", self._place.section)) from None
        finally:
            limit.cancel()
            connection.close()
        _judge(status)


def hook_address(place: HookPlace) -> SplitResult:
    """The parts of the address. Raises NoHookDriverError."""
    try:
        parts = urlsplit(place.url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    if parts.scheme not in ("https", "http") or not host:
        raise NoHookDriverError("is no address of a web hook; write https://HOST/PATH")
    if "@" in parts.netloc or parts.fragment:
        raise NoHookDriverError(
            "neither user name nor `#` belongs in the address; the key stands in `key_file`"
        )
    if parts.scheme == "http" and place.network is not Network.THIS_COMPUTER:
        raise NoHookDriverError("only a receiver on this computer may be called without TLS; write https://")
    return parts


def hook_keys(place: HookPlace) -> tuple[bytes, ...]:
    """The key, and the former one while it is replaced, as the file has them now. Raises NoHookDriverError."""
    try:
        found = TerminalPlace(place.url, place.key_file).keys("key", optional=("former",))
    except NoTerminalDriverError as error:
        raise NoHookDriverError(str(error)) from None
    if min(map(len, found.values())) < MIN_KEY_CHARS:
        raise NoHookDriverError(
            f"{place.key_file}: a key is too short; write at least {MIN_KEY_CHARS} characters"
        )
    return tuple(found[name].encode() for name in ("key", "former") if name in found)


def _judge(status: int) -> None:
    """Raises HookRefusedError or HookLostError for another status than 2xx."""
    what = f"the receiver answers {status}"
    if status == http.HTTPStatus.GONE:
        raise HookRefusedError(what)
    if status in _REJECTED:
        raise HookRejectedError(what)
    if not 200 <= status < 300:
        raise HookLostError(what)


_REJECTED: Final = (400, 413, 415, 422)
