"""One HTTPS request against peers that are slow, talk too much, break off, or send what is no HTTP."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from threading import Event, Thread
from time import monotonic

import pytest

from kiosk.connectors.payments.doubles.adyen.certificate import server_context
from kiosk.connectors.payments.doubles.adyen.rehearsal import Rehearsal
from kiosk.connectors.payments.nexo.certificates import trusted
from kiosk.connectors.payments.nexo.exchange import (
    MAX_REPLY_BYTES,
    BrokenOffError,
    Exchange,
    HttpReply,
    NotSentError,
    Peer,
    Sockets,
)
from kiosk.connectors.payments.place import TerminalPlace
from kiosk.connectors.payments.port import TerminalLostError

POI = "V400m-324688179"
GOOD = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nDate: Sun, 29 Nov 2026 12:00:00 GMT\r\n\r\nok"
PeerOf = Callable[..., Peer]


@pytest.fixture
def peer_of(rehearsal: Rehearsal) -> Iterator[PeerOf]:
    """Makes a peer that reads one request and sends these pieces, each after a pause."""
    stop, opened = Event(), list[tuple[socket.socket, Thread]]()
    context = server_context(rehearsal.folder / "terminal.pem")
    place = TerminalPlace("nexo://x/y", ca_file=rehearsal.folder / "root.pem")

    def make(*pieces: bytes, pause_s: float = 0.0) -> Peer:
        server = socket.create_server(("127.0.0.1", 0))

        def serve() -> None:
            # the client may break off at any time
            with suppress(OSError):
                connection, _ = server.accept()
                with context.wrap_socket(connection, server_side=True) as secured:
                    secured.recv(65_536)
                    for piece in pieces:
                        secured.sendall(piece)
                        stop.wait(pause_s)

        thread = Thread(target=serve)
        opened.append((server, thread))
        thread.start()
        trust = trusted(place, "", names_host=False)
        return Peer("127.0.0.1", server.getsockname()[1], POI, trust, {"X-API-Key": "k"})

    yield make
    stop.set()
    for server, thread in opened:
        with suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)
        thread.join()
        server.close()


def posted(peer: Peer, within_s: float = 5.0) -> HttpReply:
    with Exchange(peer, Sockets(), 2.0) as exchange:
        exchange.send("POST", "/nexo", b"{}")
        return exchange.receive(within_s)


def test_a_reply_in_one_piece_and_byte_by_byte(peer_of: PeerOf) -> None:
    for pieces in ((GOOD,), tuple(bytes([byte]) for byte in GOOD)):
        reply = posted(peer_of(*pieces))
        assert (reply.status, reply.body, reply.date) == (200, b"ok", "Sun, 29 Nov 2026 12:00:00 GMT")


def test_a_peer_that_sends_slowly_without_end_is_given_up_in_time(peer_of: PeerOf) -> None:
    peer = peer_of(b"HTTP/1.1 200 OK\r\n", *[b"X: y\r\n"] * 200, pause_s=0.05)
    begin = monotonic()
    with pytest.raises(TerminalLostError):
        posted(peer, 0.3)
    assert monotonic() - begin < 3.0


def test_the_wait_for_a_reply_can_be_interrupted(peer_of: PeerOf) -> None:
    peer = peer_of(b"", GOOD, pause_s=0.3)
    with Exchange(peer, Sockets(), 2.0) as exchange:
        exchange.send("POST", "/nexo", b"{}")
        waits = 0
        while not exchange.begins(0.02):
            waits += 1
        assert waits > 1
        assert exchange.receive(2.0).body == b"ok"


@pytest.mark.parametrize(
    "pieces",
    [
        (),
        (b"HTTP/1.1 20",),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nok",),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n" + b"x" * (MAX_REPLY_BYTES + 2),),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000,),
        (b"no http at all\r\n\r\n",),
        (b"\x00\xff" * 50,),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",),
    ],
)
def test_what_is_no_reply_is_broken_off(peer_of: PeerOf, pieces: tuple[bytes, ...]) -> None:
    with pytest.raises(BrokenOffError):
        posted(peer_of(*pieces))


def test_a_closed_driver_sends_nothing(peer_of: PeerOf) -> None:
    sockets = Sockets()
    sockets.close()
    with pytest.raises(NotSentError, match="closed"), Exchange(peer_of(GOOD), sockets, 2.0):
        pass
