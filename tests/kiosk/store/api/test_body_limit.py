"""The limit of a body holds on every route and before parsing; an unknown caller learns nothing of its body."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests

from kiosk.store.api.body_limit import MAX_BODY_BYTES
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.http_clients import HttpClient, mirror

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
def test_an_unknown_caller_learns_nothing_of_a_body_that_is_too_large(url: str, token: str) -> None:
    body = LOOKS.ljust(MAX_BODY_BYTES + 1)
    headers = JSON | ({"Authorization": f"Bearer {token}"} if token else {})
    for path in ("rooms/1/looks", "orders/desk-1", "requests/r1/claim"):
        method = "PUT" if path.startswith("orders") else "POST"
        answer = requests.request(method, f"{url}/api/v1/{path}", data=body, headers=headers, timeout=10)
        assert answer.status_code == 401


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
