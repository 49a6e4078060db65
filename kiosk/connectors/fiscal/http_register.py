"""A register behind HTTP: signing services are reached by a small program of the retailer that implements these routes.

    PUT  {uri}/sales/{key}   the sale as JSON (`messages.py`) -> 200 {"key", "total", "currency", "register", "number",
                             "signed_at", "signature", "code"?, "texts"?}. The same key again gives the same answer.
    GET  {uri}/status        -> 200 {"register", "ready", "why"?, "time"?, "valid_until"?, "test_mode"?}

401 and 403: the token is wrong. 400, 409 and 422 with {"why"}: the sale is refused and not registered. Every other
answer, and none, means that the sale may be registered. The token stands in `Authorization: Bearer`.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from time import monotonic
from typing import Any, Final

import requests

from kiosk.connectors.fiscal.messages import sale_body, signature_of
from kiosk.connectors.fiscal.port import RegisterLostError, RegisterProbe, RegisterRefusedError
from kiosk.core.domain.fiscal.sale import FiscalSale, Signature

MAX_ANSWER_BYTES: Final = 65_536
CONNECT_S: Final = 3.0
_REFUSALS: Final = frozenset(
    {HTTPStatus.BAD_REQUEST, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.UNAUTHORIZED,
     HTTPStatus.FORBIDDEN}
)  # fmt: skip
_MAX_WHY_CHARS: Final = 200


class HttpRegister:
    """`FiscalRegister` over HTTP. Each request has a connection of its own, so that a second answer is never read."""

    def __init__(self, uri: str, identity: str, token: str, ca_file: Path | None, timeout_s: float) -> None:
        self.identity = identity
        self._uri, self._timeout_s = uri, timeout_s
        self._headers = {"Connection": "close", **({"Authorization": f"Bearer {token}"} if token else {})}
        self._verify: str | bool = str(ca_file) if ca_file else True

    def register(self, sale: FiscalSale) -> Signature:
        return signature_of(self._ask("PUT", f"/sales/{sale.key}", sale_body(sale)), sale)

    def probe(self) -> RegisterProbe:
        found = self._ask("GET", "/status", None)
        register, ready = found.get("register"), found.get("ready")
        if not isinstance(register, str) or not isinstance(ready, bool):
            raise RegisterLostError("the answer does not say `register` and `ready`")
        return RegisterProbe(
            register, ready, _line(found.get("why")), _clock_difference(found.get("time")),
            _line(found.get("valid_until")), found.get("test_mode") is True,
        )  # fmt: skip

    def close(self) -> None:
        """Nothing is kept open."""

    def _ask(self, method: str, path: str, body: dict[str, Any] | None) -> dict[str, Any]:
        until = monotonic() + self._timeout_s
        try:
            # a proxy or a login of the environment must not get a sale
            with requests.Session() as session:
                session.trust_env = False
                answer = session.request(
                    method, self._uri + path, json=body, headers=self._headers, stream=True, allow_redirects=False,
                    timeout=(min(CONNECT_S, self._timeout_s), self._timeout_s), verify=self._verify,
                )  # fmt: skip
                content = _content(answer, until)
        except requests.RequestException as error:
            raise RegisterLostError(_reason(error)) from None
        found = _object(content)
        if answer.status_code in _REFUSALS:
            why = _line(found.get("why")) if found else ""
            raise RegisterRefusedError(why or f"HTTP {answer.status_code}")
        if answer.status_code != HTTPStatus.OK or found is None:
            wrong = "the answer is no JSON object" if answer.ok else f"HTTP {answer.status_code}"
            raise RegisterLostError(wrong)
        return found


def _content(answer: requests.Response, until: float) -> bytes:
    content = bytearray()
    # byte by byte, so that the time limit holds for an answer that trickles
    for part in answer.iter_content(1):
        content += part
        if len(content) > MAX_ANSWER_BYTES:
            raise RegisterLostError(f"the answer has more than {MAX_ANSWER_BYTES} bytes")
        if monotonic() > until:
            raise RegisterLostError("the answer takes too long")
    return bytes(content)


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
