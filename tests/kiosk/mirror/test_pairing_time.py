"""A peer that answers a pairing a byte at a time, or elsewhere: the call ends, and the mirror goes on."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from socket import create_server, socket
from urllib.request import Request, build_opener

import pytest

from kiosk.clock import now_us
from kiosk.core.visit.pairing import PairingProblem
from kiosk.mirror.pairing_client import Invitation, PairingError, pair
from kiosk.store.settings import TlsSettings
from kiosk.store.tls.serving import ServingCertificates

HEADERS = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n"
CALL_S = 0.3


@contextmanager
def dripping(begin: bytes, drop: bytes, folder: Path | None = None) -> Iterator[tuple[str, threading.Event]]:
    """A server that sends a beginning and then a drop every 10 ms until the peer has gone (the event).

    `folder`: for the certificates of one with TLS.
    """
    gone, server = threading.Event(), create_server(("127.0.0.1", 0))

    def served(peer: socket) -> None:
        if folder is not None:
            peer = ServingCertificates(folder, "127.0.0.1", TlsSettings(), now_us).context.wrap_socket(
                peer, server_side=True
            )
        with peer, suppress(OSError):
            peer.recv(65536)
            peer.sendall(begin)
            while not gone.wait(0.01):
                peer.sendall(drop)
        gone.set()

    def run() -> None:
        with suppress(OSError):
            served(server.accept()[0])

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield f"http{'s' if folder else ''}://127.0.0.1:{server.getsockname()[1]}", gone
    finally:
        gone.set()
        server.close()
        thread.join()


@pytest.mark.parametrize("tls", [False, True], ids=["plain", "tls"])
@pytest.mark.parametrize(
    ("begin", "drop"),
    [
        (b"", b"x"),
        (b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
        (HEADERS + b"\r\n", b" "),
        (b"HTTP/1.1 404 No\r\nContent-Length: 60000\r\n\r\n", b" "),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
    ],
    ids=["status line", "headers", "body", "refusal", "chunks"],
)
def test_a_peer_that_answers_drop_by_drop_ends(tmp_path: Path, begin: bytes, drop: bytes, tls: bool) -> None:
    with dripping(begin, drop, tmp_path if tls else None) as (url, gone):
        with pytest.raises(PairingError) as failed:
            pair(url, "1", Invitation("12345678"), CALL_S)
        assert failed.value.problem is PairingProblem.UNREACHED
        assert gone.wait(60), "the connection has ended"


def test_planted_a_timeout_for_each_read_does_not_end_it() -> None:
    with dripping(HEADERS + b"\r\n", b" ") as (url, gone):
        request = Request(f"{url}/", b"{}")
        with build_opener().open(request, timeout=CALL_S) as answer:
            assert len(answer.read(100)) == 100, "100 drops take a second, more than three times the timeout"
        assert not gone.is_set()


def test_a_peer_cannot_send_the_mirror_elsewhere() -> None:
    elsewhere = create_server(("127.0.0.1", 0))
    place = f"http://127.0.0.1:{elsewhere.getsockname()[1]}/"
    moved = f"HTTP/1.1 302 Found\r\nLocation: {place}\r\nContent-Length: 2\r\n\r\n{{}}".encode()
    with dripping(moved, b"") as (url, _), pytest.raises(PairingError, match="it answers 302"):
        pair(url, "1", Invitation("12345678"), 10)
    elsewhere.setblocking(False)
    with elsewhere, pytest.raises(BlockingIOError):
        elsewhere.accept()
