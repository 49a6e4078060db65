"""Requests to a web hook, byte by byte: limits and the secret come before work, and no bytes raise anything."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.network.http.hook_requests import HookAccess, HookRequests

ACCESS = HookAccess.basic("/hook/r1", "reader", "s3cret")
LOGIN = b"Authorization: Basic cmVhZGVyOnMzY3JldA==\r\n"


class Hook:
    """Keeps what was posted and refused."""

    def __init__(self, access: HookAccess = ACCESS, status: int = 200) -> None:
        self.bodies: list[bytes] = []
        self.refused: list[int] = []
        self.status = status
        self.requests = HookRequests(access, self._post, self.refused.append)

    def _post(self, body: bytes) -> int:
        self.bodies.append(body)
        return self.status


def post(body: bytes, path: bytes = b"/hook/r1", login: bytes = LOGIN, method: bytes = b"POST") -> bytes:
    head = b"%s %s HTTP/1.1\r\nHost: store\r\n%sContent-Length: %d\r\n\r\n" % (method, path, login, len(body))
    return head + body


@given(st.lists(st.binary(max_size=50), min_size=1, max_size=4), st.integers(1, 60))
def test_requests_in_pieces_of_any_size_on_one_connection(bodies: list[bytes], size: int) -> None:
    hook, sent = Hook(), b""
    stream = b"".join(map(post, bodies))
    for at in range(0, len(stream), size):
        sent += hook.requests.feed(stream[at : at + size])
    assert hook.bodies == bodies
    assert sent.count(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") == len(bodies)
    assert (hook.requests.closing, hook.requests.idle, hook.refused) == (False, True, [])


def test_a_chunked_body() -> None:
    hook = Hook()
    hook.requests.feed(
        b"POST /hook/r1?x=1 HTTP/1.1\r\nHost: s\r\n" + LOGIN + b"Transfer-Encoding: chunked\r\n\r\n"
        b"2\r\n[]\r\n0\r\n\r\n"
    )
    assert hook.bodies == [b"[]"]


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (post(b"", login=b""), 401),
        (post(b"", login=b"Authorization: Basic wrong\r\n"), 401),
        (post(b"", login=LOGIN + LOGIN), 401),
        (post(b"", path=b"/other"), 404),
        (post(b"", path=b"/other", login=b""), 401),
        (post(b"", method=b"GET"), 405),
        (b"POST /hook/r1 HTTP/1.1\r\nHost: s\r\n" + LOGIN + b"Content-Length: 99999999\r\n\r\n", 413),
        (
            b"POST /hook/r1 HTTP/1.1\r\nHost: s\r\n" + LOGIN + b"Content-Length: 9" + b"9" * 30 + b"\r\n\r\n",
            400,
        ),
        (b"nonsense\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nHost: s\r\nX: " + b"x" * 20_000, 431),
    ],
)
def test_what_is_not_allowed_is_refused_before_its_body(head: bytes, status: int) -> None:
    hook = Hook()
    sent = hook.requests.feed(head)
    assert sent.startswith(b"HTTP/1.1 %d " % status)
    assert b"Connection: close\r\n" in sent
    assert hook.requests.closing
    assert (hook.refused, hook.bodies) == ([status], [])
    assert hook.requests.feed(b"more") == b""


def test_a_body_without_a_length_is_limited_too() -> None:
    hook = Hook(HookAccess("/hook", max_body_bytes=1000))
    hook.requests.feed(b"POST /hook HTTP/1.1\r\nHost: s\r\nTransfer-Encoding: chunked\r\n\r\n")
    chunk = b"190\r\n" + b"x" * 400 + b"\r\n"
    assert hook.requests.feed(chunk * 2) == b""
    assert hook.requests.feed(chunk).startswith(b"HTTP/1.1 413 ")
    assert hook.bodies == []


def test_a_client_that_asks_before_sending_is_answered() -> None:
    hook = Hook()
    head = (
        b"POST /hook/r1 HTTP/1.1\r\nHost: s\r\n"
        + LOGIN
        + b"Content-Length: 2\r\nExpect: 100-continue\r\n\r\n"
    )
    assert hook.requests.feed(head).startswith(b"HTTP/1.1 100 ")
    assert hook.requests.feed(b"[]").startswith(b"HTTP/1.1 200 ")
    assert hook.bodies == [b"[]"]


def test_the_status_of_the_driver_is_answered_and_a_closing_client_closed() -> None:
    hook = Hook(status=400)
    request = post(b"x").replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1)
    assert hook.requests.feed(request).startswith(b"HTTP/1.1 400 Bad Request\r\n")
    assert hook.requests.closing


def test_a_token_in_a_header_of_its_own() -> None:
    hook = Hook(HookAccess("/hook", "t0ken", header="x-token"))
    hook.requests.feed(b"POST /hook HTTP/1.1\r\nHost: s\r\nX-Token: t0ken\r\nContent-Length: 1\r\n\r\n1")
    assert hook.bodies == [b"1"]


def test_a_secret_is_not_shown() -> None:
    assert "cmVh" not in repr(ACCESS)


@given(st.binary(max_size=300), st.integers(1, 80))
def test_hostile_bytes_raise_nothing(raw: bytes, size: int) -> None:
    for head in (b"", b"POST /hook/r1 HTTP/1.1\r\n", b"POST /hook/r1 HTTP/1.1\r\nHost: s\r\n" + LOGIN):
        hook = Hook()
        for at in range(0, len(head + raw), size):
            hook.requests.feed((head + raw)[at : at + size])
        hook.requests.feed(b"")
        assert hook.requests.closing
