"""The reader's local REST interface: login, and requests with the token of the login.

GET /cloud/localRestLogin with basic authorisation returns `{"code": 0, "message": TOKEN}`; every other request carries
`Authorization: Bearer TOKEN` (IoT Connector, "Local REST"). A token expires; a request that is refused with 401 is sent
once more after another login.
"""

from __future__ import annotations

import ssl
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Final

from hardware.clock import US
from hardware.errors import ConnectionLostError, ReaderRefusedError
from hardware.json_fields import as_text
from hardware.network.connection import WakeUp
from hardware.network.http.exchange import basic, bearer
from hardware.network.http.rest_client import HttpAnswer, RestClient
from hardware.printable_text import printable
from hardware.zebra.errors import EndpointError, LoginRefusedError, WokenUp
from hardware.zebra.settings import ZebraSettings

_LOGIN: Final = "/cloud/localRestLogin"
_MAX_TOKEN: Final = 8192


class ZebraRest:
    """Requests to one reader. All methods raise WokenUp when the driver is closed, OSError and ConnectionLostError
    without a response, ReaderRefusedError for a response that is an error."""

    def __init__(
        self, address: tuple[str, int], tls: ssl.SSLContext | None, wake_up: WakeUp, settings: ZebraSettings
    ) -> None:
        self._token = ""
        user = basic(settings.user, settings.password)

        def client(answer_s: float, *, login: bool = False) -> RestClient:
            return RestClient(
                address, tls, wake_up, (lambda: user) if login else lambda: self.authorisation,
                connect_s=min(settings.connect_s, answer_s), answer_s=answer_s,
            )  # fmt: skip

        self._login = client(settings.answer_s, login=True)
        self._setup = client(settings.answer_s)
        self._quick = client(settings.status_answer_s)
        self.reader_clock_us: int | None = None
        """The reader's clock as of the last response, in microseconds since 1970 UTC; whole seconds."""

    @property
    def authorisation(self) -> str:
        """The Authorization header of the session."""
        return bearer(self._token)

    def login(self) -> None:
        """Gets a token."""
        answer = self._send(self._login, "GET", _LOGIN, None)
        if answer.status in (401, 403):
            raise LoginRefusedError("it does not accept this user and password", answer.status)
        _raise_for_status(answer, f"GET {_LOGIN}")
        token = as_text(_object(answer).get("message"))
        if not 0 < len(token) <= _MAX_TOKEN or not token.isascii() or not token.isprintable():
            raise ReaderRefusedError("its login returns no token; is this a Zebra reader with IoT Connector?")
        self._token = token

    def get(self, path: str, *, quick: bool = False) -> dict[str, object]:
        """The JSON object of a GET request; empty if the response is something else. `quick`: a short time limit."""
        return _object(self._request(self._quick if quick else self._setup, "GET", path, None))

    def put(self, path: str, body: dict[str, object]) -> None:
        """A PUT request with a JSON body."""
        self._request(self._setup, "PUT", path, body)

    def _request(
        self, client: RestClient, method: str, path: str, body: dict[str, object] | None
    ) -> HttpAnswer:
        answer = self._send(client, method, path, body)
        if answer.status == 401:
            self.login()
            answer = self._send(client, method, path, body)
        _raise_for_status(answer, f"{method} {path}")
        return answer

    def _send(self, client: RestClient, method: str, path: str, body: object) -> HttpAnswer:
        answer = client.send(method, path, body)
        if not answer.status:
            raise WokenUp
        self.reader_clock_us = _http_date_us(answer.date)
        return answer


def _object(answer: HttpAnswer) -> dict[str, object]:
    try:
        return answer.json()
    except ConnectionLostError:
        return {}


def _http_date_us(text: str) -> int | None:
    """Microseconds since 1970 UTC of a Date header (RFC 9110, 5.6.7)."""
    if not text:
        return None
    try:
        return round(parsedate_to_datetime(text).replace(tzinfo=UTC).timestamp()) * US
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def _raise_for_status(answer: HttpAnswer, what: str) -> None:
    if answer.ok:
        return
    if answer.status == 401:
        raise LoginRefusedError("it does not accept its own token; log out other programs", 401)
    words = printable(answer.reason() or answer.body[:1000].decode("utf-8", "replace"))
    if "llrp" in words.lower():
        raise EndpointError(
            "its tag data go to LLRP: map the Tag Data Interface of its IoT Connector to an endpoint, "
            "or use llrp:// for this reader",
            answer.status,
        )
    said = f": {words}" if words else ""
    raise ReaderRefusedError(f"it refused {what}: HTTP {answer.status}{said}", answer.status)
