"""Asks a system for JSON by HTTP: limits of time and size, no redirects, no address that is not allowed.

| what comes | what is raised |
|---|---|
| 401, 403, 407 | CredentialsError |
| 408, 425, 429, 5xx, no answer | UnavailableError, with `Retry-After` (RFC 9110, 10.2.3) |
| 3xx, any other status, no JSON, too much | AnswerError |
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

import requests
from urllib3.exceptions import ProtocolError

from kiosk.connectors.ca_files import ca_file_mistake
from kiosk.connectors.commerce.errors import (
    AnswerError,
    CommerceError,
    CredentialsError,
    NoConnectorError,
    UnavailableError,
)
from kiosk.connectors.commerce.place import SystemPlace
from kiosk.connectors.commerce.web.checked_adapter import CONNECT_S, Limits, checked_adapter
from kiosk.connectors.commerce.web.json_text import json_of

MAX_ANSWER_BYTES: Final = 32 << 20
"""Of one answer, unpacked."""
MAX_RETRY_AFTER_S: Final = 3600
MAX_BROKEN: Final = 3
_CHUNK: Final = 1 << 16
_DENIED: Final = frozenset({401, 403, 407})
_PASSING: Final = frozenset({408, 425, 429})


@dataclass(frozen=True, slots=True)
class Answer:
    """A good answer. `next_url`: what its header `Link` (RFC 8288) calls the next page, empty if nothing."""

    value: Any
    next_url: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


class JsonClient:
    """Requests to one address, over connections that are kept. `headers` are made anew for each request."""

    def __init__(self, place: SystemPlace, headers: Callable[[], Mapping[str, str]]) -> None:
        """Connects to nothing. Raises NoConnectorError."""
        parts = place.parts
        self._base, self._place, self._headers = parts.geturl().rstrip("/"), place, headers
        if what := ca_file_mistake(place.ca_file):
            raise NoConnectorError(what)
        self._limits = Limits(place.network)
        self._session = requests.Session()
        # a proxy or a login of the environment must not get the key
        self._session.trust_env = False
        adapter = checked_adapter(self._limits, place.ca_file)
        for scheme in ("https://", "http://"):
            self._session.mount(scheme, adapter)

    def get(self, path: str, query: Mapping[str, str] | None = None) -> Answer:
        """The answer to GET of a path below the address, or of a whole address with the same origin.

        Raises CommerceError.
        """
        return self._asked("GET", path, query or {}, None, repeated=True)

    def post(
        self, path: str, body: Mapping[str, Any], query: Mapping[str, str] | None = None, *, repeated: bool
    ) -> Answer:
        """The answer to POST of JSON. `repeated`: it changes nothing, so it may come twice. Raises CommerceError."""
        return self._asked("POST", path, query or {}, body, repeated=repeated)

    def _asked(
        self,
        method: str,
        path: str,
        query: Mapping[str, str],
        body: Mapping[str, Any] | None,
        *,
        repeated: bool,
    ) -> Answer:
        url = path if "://" in path else f"{self._base}/{path.lstrip('/')}"
        if _origin(url) != _origin(self._base):
            raise AnswerError("it names a next page on another computer, which is not asked")
        self._limits.until_s = time.monotonic() + self._place.timeout_s
        for _ in range(MAX_BROKEN if repeated else 1):
            try:
                return self._once(method, url, query, body)
            except requests.RequestException as error:
                lost = error
                if not self._is_broken(error):
                    break
        raise self._lost(lost)

    def _once(
        self, method: str, url: str, query: Mapping[str, str], body: Mapping[str, Any] | None
    ) -> Answer:
        """Raises CommerceError, RequestException."""
        with self._session.request(
            method, url, params=dict(query), json=body, headers=dict(self._headers()), stream=True,
            allow_redirects=False, timeout=(CONNECT_S, self._place.timeout_s),
        ) as answer:  # fmt: skip
            _judge(answer)
            value = _json(_content(answer, self._limits.until_s))
            return Answer(value, _next_of(answer), answer.headers)

    def cut(self) -> None:
        """Ends a request that is under way, and refuses all later ones; from any thread."""
        self._limits.cut()

    def close(self) -> None:
        self._session.close()

    def _is_broken(self, error: requests.RequestException) -> bool:
        """Whether the connection ended in the middle, and there is time to ask again."""
        if self._limits.is_cut or time.monotonic() >= self._limits.until_s:
            return False
        inside = error.args[0] if error.args else None
        return isinstance(error, requests.exceptions.ChunkedEncodingError) or (
            isinstance(error, requests.ConnectionError) and isinstance(inside, ProtocolError)
        )

    def _lost(self, error: requests.RequestException) -> CommerceError:
        """Why there is no answer."""
        if self._limits.forbidden:
            self._limits.forbidden = False
            return AnswerError("its name leads to an address that `network` does not allow")
        if isinstance(error, requests.exceptions.SSLError):
            return UnavailableError("its certificate is not trusted; see `ca_file`")
        if isinstance(error, requests.exceptions.ContentDecodingError):
            return AnswerError("its answer cannot be unpacked")
        if isinstance(error, requests.Timeout) or time.monotonic() >= self._limits.until_s:
            return UnavailableError("it does not answer in time")
        if isinstance(error, requests.ConnectionError | requests.exceptions.ChunkedEncodingError):
            return UnavailableError("it cannot be reached, or breaks the connection off")
        return UnavailableError(f"it cannot be asked ({type(error).__name__})")


def _judge(answer: requests.Response) -> None:
    """Raises CommerceError for another status than 2xx."""
    status = answer.status_code
    if status in _DENIED:
        raise CredentialsError(f"it does not accept the key (HTTP {status})")
    if status in _PASSING or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise UnavailableError(
            f"it answers HTTP {status}", _retry_after_s(answer.headers.get("Retry-After", ""))
        )
    if 300 <= status < 400:
        raise AnswerError(f"it leads elsewhere (HTTP {status}), which is not followed; correct the address")
    if not 200 <= status < 300:
        raise AnswerError(f"it answers HTTP {status}; look at path and query of the description", status)


def _content(answer: requests.Response, until_s: float) -> bytes:
    content = bytearray()
    for part in answer.iter_content(_CHUNK):
        content += part
        if len(content) > MAX_ANSWER_BYTES:
            raise AnswerError(f"its answer has more than {MAX_ANSWER_BYTES >> 20} MiB; ask for smaller pages")
        if time.monotonic() > until_s:
            raise UnavailableError("its answer takes too long")
    return bytes(content)


def _json(content: bytes) -> Any:
    try:
        return json_of(content)
    except ValueError:
        raise AnswerError("its answer is no JSON") from None


def _next_of(answer: requests.Response) -> str:
    try:
        found = answer.links.get("next", {}).get("url", "")
        return urljoin(answer.url, found) if found else ""
    except ValueError:
        return ""


def _origin(url: str) -> tuple[str, str | None, int | None]:
    try:
        parts = urlsplit(url)
        return parts.scheme, parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        return "", None, None


def _retry_after_s(text: str) -> int:
    """Seconds, from a number or a date; 0 for anything else, at most an hour."""
    if text.isascii() and text.isdigit():
        return min(int(text[:9]), MAX_RETRY_AFTER_S)
    try:
        until = parsedate_to_datetime(text)
        left_s = int((until - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return 0
    return max(0, min(left_s, MAX_RETRY_AFTER_S))
