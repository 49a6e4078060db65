"""Requests of the API as bytes: by the OpenAPI document, with hostile values, heads and bodies.

The same seed and number make the same request.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from random import Random
from typing import Any, Final
from urllib.parse import quote

from tests.faults.strangers.values import HOSTILE_TEXTS, Schema, Values, text

_METHODS: Final = (
    "GET",
    "HEAD",
    "PUT",
    "POST",
    "DELETE",
    "PATCH",
    "OPTIONS",
    "TRACE",
    "CONNECT",
    "get",
    "BREW",
)
_HEADERS: Final = (
    b"Origin: http://[", b"Origin: null", b"Origin: https://evil.example", b"Sec-Fetch-Site: cross-site",
    b"Accept-Language: \xff\xfe, *;q=9, de;q=NaN", b"Accept-Language: " + b"de," * 2000,
    b"If-None-Match: \"" + b"a" * 4000, b"Cookie: cheval_session=\xff\xff; cheval_device=\x80",
    b"Cookie: " + b"a=b;" * 2000, b"Cookie: cheval_device=\"", b"Content-Type: multipart/form-data; boundary=",
    b"Content-Type: \xff", b"Content-Type: application/json; charset=utf-7", b"Range: bytes=0-0,-1",
    b"Expect: 100-continue", b"Expect: 200-ok", b"Upgrade: h2c", b"Connection: upgrade", b"Host: evil.example",
    b"X-Forwarded-For: 127.0.0.1", b"Forwarded: for=127.0.0.1", b"Sec-Purpose: prefetch", b"Content-Length: 5",
    b"Content-Length: 99999999999999999999", b"Transfer-Encoding: chunked", b"A b: c", b": x", b"X: \x00",
    b"Authorization: Basic \xff", b"Authorization: Bearer", b"Authorization: Bearer \xc3\xa9",
    b"Authorization: Bearer " + b"a" * 9000, b"Last-Event-ID: \xff", b"Accept-Encoding: \x00", b"X: " + b"y" * 70_000,
)  # fmt: skip
_QUERIES: Final = (
    "=", "&&&", "%", "%zz", "%ed%a0%80", "a=%00", "a=" + "b" * 9000, "picc_data=00&cmac=zz",
    f"picc_data={'0' * 32}&cmac={'g' * 16}", "%F0%9F%98%80=1",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Operation:
    """A method and path of the document, its parameters and the schema of its body."""

    method: str
    path: str
    parameters: tuple[Schema, ...]
    body: Schema | None
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HostileRequest:
    """What is sent, by whom. `may_hang`: its framing is wrong, so that the store may wait for more of it."""

    caller: str
    sent: bytes
    operation: str
    may_hang: bool


def operations(document: Schema) -> tuple[Operation, ...]:
    """All operations of the document, in its order; without the sign-out, which would end the callers' sessions."""
    found = []
    for path, methods in document["paths"].items():
        for method, said in methods.items():
            if (method, path) == ("delete", "/api/v1/session"):
                continue
            content = said.get("requestBody", {}).get("content", {})
            body = next((each.get("schema", {}) for each in content.values()), None)
            parameters = tuple(said.get("parameters", ()))
            found.append(Operation(method.upper(), path, parameters, body, tuple(said.get("x-roles", ()))))
    return tuple(found)


class HostileRequests:
    """Makes requests of a document. `callers`: the Authorization header of each caller, empty for none."""

    def __init__(self, document: Schema, callers: dict[str, str]) -> None:
        self._operations = operations(document)
        self._components = document["components"]["schemas"]
        self._callers = callers

    def request(self, seed: str) -> HostileRequest:
        """The request of a seed."""
        rng = Random(seed)
        operation = rng.choice(self._operations)
        values = Values(self._components, rng)
        fitting = [role for role in operation.roles if role in self._callers]
        caller = rng.choice(fitting if fitting and rng.random() < 0.7 else sorted(self._callers))
        method = operation.method if rng.random() < 0.95 else rng.choice(_METHODS)
        body = self._body(operation, values, rng)
        target = self._target(operation, values, rng)
        lines = [f"{method} {target} HTTP/1.1".encode("latin-1", "replace"), b"Host: store"]
        if self._callers[caller]:
            lines.append(f"Authorization: {self._callers[caller]}".encode())
        added = [rng.choice(_HEADERS) for _ in range(rng.choice((0, 0, 0, 1, 2)))]
        lines += added
        if body or method in ("PUT", "POST"):
            lines += [b"Content-Type: application/json", b"Content-Length: %d" % len(body)]
        lines.append(b"Connection: close")
        sent = b"\r\n".join(lines) + b"\r\n\r\n" + body
        odd = any(each.startswith((b"Content-Length", b"Transfer", b"Expect", b"Upgrade")) for each in added)
        if rng.random() < 0.03:
            sent, odd = _damaged(sent, rng), True
        return HostileRequest(caller, sent, f"{operation.method} {operation.path}", odd)

    def _target(self, operation: Operation, values: Values, rng: Random) -> str:
        path, query = operation.path, []
        for parameter in operation.parameters:
            name, schema = parameter["name"], parameter.get("schema", {})
            if parameter["in"] == "path":
                given = text(rng, name)
                path = path.replace("{" + name + "}", _quoted(given, rng))
            elif parameter["in"] == "query" and rng.random() < 0.9:
                value = values.of(schema, name)
                several = value if isinstance(value, list) else [value]
                query += [f"{name}={_quoted(str(each), rng)}" for each in several]
        if rng.random() < 0.05:
            query.append(rng.choice(_QUERIES))
        target = path + ("?" + "&".join(query) if query else "")
        return target if target.startswith("/") else "/" + target

    def _body(self, operation: Operation, values: Values, rng: Random) -> bytes:
        if operation.body is None:
            return b"" if rng.random() < 0.9 else rng.choice((b"{}", b"\x00", b"x" * 70_000))
        chance = rng.random()
        if chance < 0.03:
            return rng.choice((b"", b"{", b"[" * 5000, b"\xff\xfe{}", b"null", b'""', b"0", b"{}" * 40_000))
        value = values.of(operation.body) if chance < 0.95 else values.anything()
        written = json.dumps(value, ensure_ascii=rng.random() < 0.9)
        if rng.random() < 0.04:
            written = _with_key_twice(written)
        return written.encode("utf-8", "surrogatepass")


def _quoted(value: str, rng: Random) -> str:
    """Percent-encoded; surrogates as three bytes, which is not UTF-8; sometimes as it is, or twice."""
    encoded = quote(value.encode("utf-8", "surrogatepass"), safe="")
    chance = rng.random()
    if chance < 0.03:
        return quote(encoded, safe="")
    if chance < 0.06:
        return "".join(c for c in value if c.isprintable() and c != " ")
    return encoded


def _with_key_twice(written: str) -> str:
    if not written.startswith("{") or ":" not in written:
        return written
    key = written[1:].partition(":")[0]
    return "{" + key + ":" + json.dumps(HOSTILE_TEXTS[5]) + "," + written[1:]


def _damaged(sent: bytes, rng: Random) -> bytes:
    """A few bytes changed, or the end cut off."""
    changed = bytearray(sent)
    for _ in range(rng.randrange(1, 4)):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed[: rng.randrange(1, len(changed))]) if rng.random() < 0.4 else bytes(changed)


def shown(request: HostileRequest) -> dict[str, Any]:
    """A request for the report of a violation."""
    return {
        "operation": request.operation,
        "caller": request.caller,
        "sent": request.sent[:2000].decode("latin-1"),
    }
