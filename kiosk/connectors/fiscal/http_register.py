"""A register behind HTTP: signing services are reached by a small program of the retailer that implements these routes.

    PUT  {uri}/sales/{key}   the sale as JSON (`messages.py`) -> 200 {"key", "total", "currency", "register", "number",
                             "signed_at", "signature", "code"?, "texts"?}. The same key again gives the same answer.
    GET  {uri}/sales/{key}   -> 200 the same answer again; 404 if the key is not registered. Asked after a 409.
    GET  {uri}/status        -> 200 {"register", "ready", "why"?, "time"?, "valid_until"?, "test_mode"?}

| status of PUT | what it means | what follows |
|---|---|---|
| 200 | registered | the signature is checked and kept |
| 400, 422 with {"why"} | refused, not registered | only this sale waits; again after ten minutes |
| 409 | the key is registered already | its answer is fetched; about another sale, or none: only this sale waits |
| 401, 403, 407 | the token is wrong | all wait, an alarm, again after ten minutes |
| 3xx, 404, 405, 410, 501 | there is no register at this address | as above |
| every other one, and none | may be registered | all wait; again under the same key after 1 to 60 s |

The token stands in `Authorization: Bearer`. A redirect is not followed: it would take sale and token elsewhere.
"""

from __future__ import annotations

import json
import re
import ssl
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from time import monotonic
from typing import Any, Final

import requests
from requests.adapters import HTTPAdapter

from kiosk.connectors.ca_files import trusting
from kiosk.connectors.fiscal.messages import sale_body, signature_of
from kiosk.connectors.fiscal.port import (
    RegisterDeniedError,
    RegisterLostError,
    RegisterProbe,
    RegisterRefusedError,
    RegisterUnclearError,
)
from kiosk.connectors.payments.timed_source import reply_until
from kiosk.core.domain.fiscal.sale import FiscalSale, Signature

MAX_ANSWER_BYTES: Final = 65_536
CONNECT_S: Final = 3.0
_REFUSALS: Final = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY})
_TOKEN: Final = frozenset(
    {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.PROXY_AUTHENTICATION_REQUIRED}
)
_ADDRESS: Final = frozenset(
    {HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.GONE, HTTPStatus.NOT_IMPLEMENTED}
)
_MAX_WHY_CHARS: Final = 200


class HttpRegister:
    """`FiscalRegister` over HTTP. Each request has a connection of its own, so that a second answer is never read."""

    def __init__(self, uri: str, identity: str, token: str, ca_file: Path | None, timeout_s: float) -> None:
        self.identity = identity
        self._uri, self._timeout_s = uri, timeout_s
        self._headers = {"Connection": "close", **({"Authorization": f"Bearer {token}"} if token else {})}
        self._verify: str | bool = str(ca_file) if ca_file else True
        self._tls = trusting(ca_file) if ca_file else None

    def register(self, sale: FiscalSale) -> Signature:
        path, until = f"/sales/{sale.key}", monotonic() + self._timeout_s
        status, found = self._ask("PUT", path, sale_body(sale), until)
        if status == HTTPStatus.CONFLICT:
            return self._registered_before(path, sale, found, until)
        if status in _REFUSALS and found is not None and (why := _line(found.get("why"))):
            raise RegisterRefusedError(why)
        return signature_of(_answer(status, found), sale)

    def probe(self) -> RegisterProbe:
        found = _answer(*self._ask("GET", "/status", None, monotonic() + self._timeout_s))
        register, ready = found.get("register"), found.get("ready")
        if not isinstance(register, str) or not isinstance(ready, bool):
            raise RegisterLostError("the answer does not say `register` and `ready`")
        return RegisterProbe(
            register, ready, _line(found.get("why")), _clock_difference(found.get("time")),
            _line(found.get("valid_until")), found.get("test_mode") is True,
        )  # fmt: skip

    def close(self) -> None:
        """Nothing is kept open."""

    def _registered_before(
        self, path: str, sale: FiscalSale, said: dict[str, Any] | None, until: float
    ) -> Signature:
        """The signature of a key that the register has. Raises RegisterUnclearError if it is that of another sale."""
        why = _line((said or {}).get("why")) or "HTTP 409"
        status, found = self._ask("GET", path, None, until)
        if status in _ADDRESS or status in _REFUSALS:
            raise RegisterUnclearError(f"it has this key and does not give its signature: {why}")
        return signature_of(_answer(status, found), sale)

    def _ask(
        self, method: str, path: str, body: dict[str, Any] | None, until: float
    ) -> tuple[int, dict[str, Any] | None]:
        """Status and JSON object of the answer; None for any other content. Raises RegisterLostError."""
        left_s = until - monotonic()
        if left_s <= 0:
            raise RegisterLostError("it does not answer in time")
        try:
            # a proxy or a login of the environment must not get a sale
            with requests.Session() as session:
                session.trust_env = False
                for scheme in ("http://", "https://"):
                    session.mount(scheme, _adapter_until(until, self._tls))
                answer = session.request(
                    method, self._uri + path, json=body, headers=self._headers, stream=True, allow_redirects=False,
                    timeout=(min(CONNECT_S, left_s), left_s), verify=self._verify,
                )  # fmt: skip
                content = _content(answer, until)
        except requests.RequestException as error:
            late = monotonic() >= until
            raise RegisterLostError("it does not answer in time" if late else _reason(error)) from None
        return answer.status_code, _object(content)


def _answer(status: int, found: dict[str, Any] | None) -> dict[str, Any]:
    """The content of a good answer. Raises RegisterDeniedError, RegisterLostError."""
    if status in _TOKEN:
        why = _line((found or {}).get("why"))
        raise RegisterDeniedError(f"it does not accept the token (HTTP {status}{f', {why}' if why else ''})")
    if status in _ADDRESS or HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        raise RegisterDeniedError(f"there is no register at this address (HTTP {status})")
    if status != HTTPStatus.OK or found is None:
        raise RegisterLostError(
            "the answer is no JSON object" if status == HTTPStatus.OK else f"HTTP {status}"
        )
    return found


def _content(answer: requests.Response, until: float) -> bytes:
    content = bytearray()
    # byte by byte, so that the limit of size holds for one that expands
    for part in answer.iter_content(1):
        content += part
        if len(content) > MAX_ANSWER_BYTES:
            raise RegisterLostError(f"the answer has more than {MAX_ANSWER_BYTES} bytes")
        if monotonic() > until:
            raise RegisterLostError("the answer takes too long")
    return bytes(content)


def _adapter_until(until: float, tls: ssl.SSLContext | None) -> HTTPAdapter:
    """Connections whose replies, headers included, have to be there at that time. `tls`: None for the usual one."""
    adapter = HTTPAdapter()
    adapter.poolmanager.connection_pool_kw["ssl_context"] = tls
    pools = adapter.poolmanager.pool_classes_by_scheme
    adapter.poolmanager.pool_classes_by_scheme = {
        scheme: _timed(pool, until) for scheme, pool in pools.items()
    }
    return adapter


def _timed(pool: Any, until: float) -> Any:
    reply = {"response_class": staticmethod(reply_until(until))}
    return type(
        "TimedPool", (pool,), {"ConnectionCls": type("TimedConnection", (pool.ConnectionCls,), reply)}
    )


def _object(content: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _line(value: object) -> str:
    """A text of the register in one line; empty for anything else."""
    return (
        re.sub(r"[\x00-\x1f\x7f\s]+", " ", value)[:_MAX_WHY_CHARS].strip() if isinstance(value, str) else ""
    )


def _clock_difference(value: object) -> float | None:
    if not isinstance(value, str):
        return None
    try:
        there = datetime.fromisoformat(value)
    except ValueError:
        return None
    return (there - datetime.now(UTC)).total_seconds() if there.tzinfo else None


def _reason(error: requests.RequestException) -> str:
    if isinstance(error, requests.Timeout):
        return "it does not answer in time"
    if isinstance(error, requests.exceptions.SSLError):
        return "its certificate is not trusted; see `fiscal.ca_file`"
    return "it cannot be reached" if isinstance(error, requests.ConnectionError) else type(error).__name__
