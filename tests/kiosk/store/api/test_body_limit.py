"""The limit of a body holds on every route, before routing; JSON is read strictly, after the caller is known."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
import requests

from kiosk.config.limits import Limits
from kiosk.store.api.body_limit import MAX_DEPTH, MAX_TEXT, StrictJsonError, strict_json
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.http_clients import HttpClient, mirror

MAX_BODY_BYTES = Limits().requests.body_kb * 1024
JSON = {"Content-Type": "application/json"}
LOOKS = b'{"ticket":"t","asked":1,"room":[],"without":[],"shopper_id":null}'


@pytest.fixture
def mirror_headers(url: str, settings: StoreSettings) -> Iterator[dict[str, str]]:
    with mirror(url, settings.state, "1") as room:
        yield {"Authorization": f"Bearer {room.token}"}


def in_chunks(body: bytes) -> Iterator[bytes]:
    yield body[: len(body) // 2]
    yield body[len(body) // 2 :]


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_may_have_the_limit_and_not_a_byte_more(
    url: str, mirror_headers: dict[str, str], chunked: bool
) -> None:
    address = f"{url}/api/v1/rooms/1/looks"
    for size, status in ((MAX_BODY_BYTES, 200), (MAX_BODY_BYTES + 1, 413)):
        body = LOOKS.ljust(size)
        sent = in_chunks(body) if chunked else body
        answer = requests.post(address, data=sent, headers=mirror_headers | JSON, timeout=10)
        assert answer.status_code == status
    assert answer.json()["title"] == "Too large"


@pytest.mark.parametrize("token", ["", "nobody"])
def test_a_body_that_is_too_large_is_refused_before_routing_and_before_the_caller_is_looked_up(
    url: str, token: str
) -> None:
    body = LOOKS.ljust(MAX_BODY_BYTES + 1)
    headers = JSON | ({"Authorization": f"Bearer {token}"} if token else {})
    for path in ("rooms/1/looks", "orders/desk-1", "requests/r1/claim", "no-such-route"):
        method = "PUT" if path.startswith("orders") else "POST"
        answer = requests.request(method, f"{url}/api/v1/{path}", data=body, headers=headers, timeout=10)
        assert (answer.status_code, answer.json()["title"]) == (413, "Too large")


def test_an_optional_body_that_is_too_large_moves_nothing(url: str, ines: HttpClient) -> None:
    headers = JSON | {"Authorization": f"Bearer {ines.token}"}
    body = b"{}".ljust(MAX_BODY_BYTES + 1)
    answer = requests.post(f"{url}/api/v1/requests/r1/claim", data=body, headers=headers, timeout=10)
    assert (answer.status_code, answer.json()["title"]) == (413, "Too large")


def test_the_sign_in_has_the_limit_too(url: str) -> None:
    body = b'{"associate_id":"a-ines","pin":"' + b"1" * MAX_BODY_BYTES + b'"}'
    assert requests.post(f"{url}/api/v1/session", data=body, headers=JSON, timeout=10).status_code == 413


@pytest.mark.parametrize("kind", ["application/json", "text/plain", ""])
def test_json_is_read_whatever_its_content_type(url: str, mirror_headers: dict[str, str], kind: str) -> None:
    headers = mirror_headers | {"Content-Type": kind}
    answer = requests.post(f"{url}/api/v1/rooms/1/looks", data=LOOKS, headers=headers, timeout=10)
    assert answer.status_code == 200


@pytest.mark.parametrize("body", [b"{", b"[" * 60_000, b"\xff"], ids=["half", "deep", "not UTF-8"])
def test_a_body_that_is_not_json_is_refused_after_the_caller_is_known(
    url: str, mirror_headers: dict[str, str], body: bytes
) -> None:
    address = f"{url}/api/v1/rooms/1/looks"
    assert requests.post(address, data=body, headers=JSON, timeout=10).status_code == 401
    answer = requests.post(address, data=body, headers=mirror_headers | JSON, timeout=10)
    assert (answer.status_code, answer.json()["title"]) == (422, "The body is not what was agreed")
    assert answer.json()["detail"].startswith("$: not JSON")
    answer = requests.post(f"{url}/api/v1/session", data=body, headers=JSON, timeout=10)
    assert answer.status_code == 422


NOT_ACCEPTED = {
    "half a character": b'{"a":"\\ud83d"}',
    "half a character in a key": b'{"\\udc00":1}',
    "NUL": b'["\\u0000"]',
    "escape": b'["\\u001b[2J"]',
    "2^63": b"[9223372036854775808]",
    "-2^63": b"[-9223372036854775808]",
    "4,000 digits": b"[" + b"9" * 4000 + b"]",
    "5,000 digits": b"[" + b"9" * 5000 + b"]",
    "infinite": b"[1e999]",
    "Infinity": b"[-Infinity]",
    "NaN": b"[NaN]",
    "a key twice": b'{"a":1,"a":2}',
    "a key twice, inside": b'[{"x":{"a":1,"\\u0061":1}}]',
    "deep": b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1),
    "very deep": b"[" * 30_000 + b"]" * 30_000,
    "long text": b'["' + b"a" * (MAX_TEXT + 1) + b'"]',
    "long key": b'{"' + b"a" * (MAX_TEXT + 1) + b'":1}',
    "not UTF-8": b'["\xff"]',
    "a surrogate as bytes": b'["\xed\xa0\x80"]',
}


@pytest.mark.parametrize("body", NOT_ACCEPTED.values(), ids=NOT_ACCEPTED.keys())
def test_json_is_read_strictly(body: bytes) -> None:
    with pytest.raises((ValueError, RecursionError)):
        strict_json(body)


@pytest.mark.parametrize(
    "body",
    [
        b"null", b"[9223372036854775807,-9223372036854775807,1e308]", b'{"a":{"a":"\\ud83d\\ude00"}}',
        b'["]\\u001d10ABC\\u001d\\u001e\\u0004","\\t\\r\\n"]', b'["' + b"a" * MAX_TEXT + b'"]',
        b"[" * (MAX_DEPTH - 1) + b"]" * (MAX_DEPTH - 1),
    ],
    ids=["null", "numbers", "an emoji", "a label", "a text of the limit", "a depth of the limit"],
)  # fmt: skip
def test_everything_else_is_read_as_json_does(body: bytes) -> None:
    assert strict_json(body) == json.loads(body)


def test_planted_plain_json_takes_what_is_refused() -> None:
    taken = {name for name, body in NOT_ACCEPTED.items() if _parses(body)}
    assert len(taken) >= 14


def test_a_refusal_quotes_nothing_of_the_body(url: str, mirror_headers: dict[str, str]) -> None:
    body = LOOKS.replace(b'"t"', b'"Clara \\ud83d"')
    answer = requests.post(f"{url}/api/v1/rooms/1/looks", data=body, headers=mirror_headers, timeout=10)
    assert answer.status_code == 422
    assert answer.json()["detail"] == "$: a text has a control character or half of a character"
    with pytest.raises(StrictJsonError, match="stands twice"):
        strict_json(b'{"secret":1,"secret":2}')


def _parses(body: bytes) -> bool:
    try:
        json.loads(body)
    except (ValueError, RecursionError):
        return False
    return True
