"""Client side of a WebSocket against frames of a server written by hand, right ones and wrong ones."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.errors import ConnectionLostError, HardwareError, ReaderRefusedError
from hardware.sim.radio.zebra.web_socket_frames import (
    ClientFrames,
    Opcode,
    accept_key,
    fragments,
    server_frame,
)
from hardware.zebra.settings import MAX_MESSAGE_BYTES
from hardware.zebra.web_socket import WebSocketClient


def client() -> WebSocketClient:
    return WebSocketClient("reader:443", "/ws", "Bearer abc")


def acceptance(link: WebSocketClient) -> bytes:
    key = next(line for line in link.request.split(b"\r\n") if line.lower().startswith(b"sec-websocket-key"))
    accept = accept_key(key.split(b": ")[1].decode()).encode()
    return (
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n"
    )


def opened() -> WebSocketClient:
    link = client()
    assert link.feed(acceptance(link)) == []
    assert link.open
    return link


def test_the_request_carries_the_token_and_offers_no_compression() -> None:
    request = client().request
    assert request.startswith(b"GET /ws HTTP/1.1\r\n")
    assert b"Authorization: Bearer abc\r\n" in request
    assert b"xtensions" not in request


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_messages_arrive_whole_however_the_bytes_are_cut(size: int) -> None:
    link = client()
    raw = (
        acceptance(link)
        + server_frame(Opcode.TEXT, "grün".encode())
        + server_frame(Opcode.BINARY, b"b" * 300)
    )
    raw += fragments(b"x" * 70_000, 9_000)
    found = [message for at in range(0, len(raw), size) for message in link.feed(raw[at : at + size])]
    assert found == ["grün", b"b" * 300, "x" * 70_000]


def test_a_ping_is_answered_and_a_pong_is_counted() -> None:
    link, frames = opened(), ClientFrames()
    link.feed(server_frame(Opcode.PING, b"abc"))
    assert frames.feed(link.outgoing()) == [(Opcode.PONG, b"abc")]
    link.ping()
    assert frames.feed(link.outgoing()) == [(Opcode.PING, b"")]
    assert link.pongs == 0
    link.feed(server_frame(Opcode.PONG, b""))
    assert link.pongs == 1
    assert link.outgoing() == b""


@pytest.mark.parametrize(
    ("status", "why"),
    [
        (401, "does not accept this user"),
        (404, "no WebSocket for tag data"),
        (200, "no WebSocket"),
        (503, "HTTP 503"),
    ],
)
def test_a_refusal_says_what_to_do(status: int, why: str) -> None:
    with pytest.raises(ReaderRefusedError, match=why):
        client().feed(b"HTTP/1.1 %d X\r\nContent-Length: 0\r\n\r\n" % status)


@pytest.mark.parametrize(
    "raw",
    [
        b"SSH-2.0-OpenSSH\r\n\r\n",
        b"HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: wrong\r\n\r\n",
        b"HTTP/1.1 101 X\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000,
        b"y" * 70_000,
    ],
)
def test_another_answer_is_no_web_socket(raw: bytes) -> None:
    with pytest.raises(ConnectionLostError):
        client().feed(raw)


@pytest.mark.parametrize(
    "raw",
    [
        server_frame(Opcode.CLOSE, b"\x03\xe9going"),
        server_frame(Opcode.CLOSE, b""),
        server_frame(Opcode.CONTINUATION, b"x"),
        server_frame(Opcode.TEXT, b"\xff\xfe"),
        server_frame(Opcode.TEXT, b"x", last=False) + server_frame(Opcode.TEXT, b"y"),
        server_frame(Opcode.PING, b"x" * 200),
        server_frame(Opcode.PING, b"x", last=False),
        b"\xf1\x01x",
        b"\x83\x01x",
        b"\x81\x81abcdx",
        b"\x81\x7f" + b"\xff" * 8 + b"x",
    ],
)
def test_an_end_and_wrong_frames_are_a_lost_connection(raw: bytes) -> None:
    with pytest.raises(ConnectionLostError):
        opened().feed(raw)


def test_the_readers_reason_for_an_end_is_shown() -> None:
    with pytest.raises(ConnectionLostError, match=r"code 1001\): going away"):
        opened().feed(server_frame(Opcode.CLOSE, b"\x03\xe9going away"))


def test_a_message_that_is_too_long_ends_before_it_is_whole() -> None:
    link, part = opened(), b"x" * 65_536
    head = b"\x81\x7f" + (100 * MAX_MESSAGE_BYTES).to_bytes(8, "big")
    link.feed(head)
    for _ in range(MAX_MESSAGE_BYTES // len(part)):
        link.feed(part)
    with pytest.raises(ConnectionLostError, match="more than"):
        link.feed(part)


def test_fragments_without_end_are_counted_too() -> None:
    link = opened()
    link.feed(server_frame(Opcode.TEXT, b"x" * MAX_MESSAGE_BYTES, last=False))
    with pytest.raises(ConnectionLostError, match="more than"):
        link.feed(server_frame(Opcode.CONTINUATION, b"x", last=False))


@given(st.binary(max_size=300), st.integers(1, 50), st.booleans())
def test_hostile_bytes_raise_nothing_but_typed_errors(raw: bytes, size: int, accepted: bool) -> None:
    link = opened() if accepted else client()
    with suppress(HardwareError):
        for at in range(0, len(raw), size):
            link.feed(raw[at : at + size])


@pytest.mark.parametrize("token", ["a\r\nX: y", "tök"])
def test_a_token_that_is_no_header_is_refused(token: str) -> None:
    with pytest.raises(ConnectionLostError):
        WebSocketClient("reader", "/ws", f"Bearer {token}")
