"""What TLS costs: requests and event streams of one store, over TLS and in clear, in turns on one machine.

The streams are compared with a bare asyncio server that writes the same text to as many connections.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
import statistics
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

import pytest

from kiosk.core.visit.events import RadioLost
from kiosk.pairing.store_tls import store_context
from kiosk.store.api.server import HttpServer
from kiosk.store.compose_http import http_of
from tests.kiosk.store.http_clients import mirror_token
from tests.kiosk.store.tls.tls_shop import TlsShop, tls_shop

REQUESTS, CHANGES, STREAMS, HANDSHAKES = 300, 200, 20, 40
MOST_REQUEST_RATIO, MOST_HANDSHAKE_RATIO = 2.0, 8.0
"""Computing time over TLS against that in clear. It is that of store and clients together, and is judged instead of the
time waited: where the system lets the threads of a connection run decides about the latter for as long as they live."""
MOST_STREAM_RATIO = 2.0
"""The ratio of a change on all streams, against that of the bare server."""
ASK = b"GET /api/v1/shop HTTP/1.1\r\nHost: x\r\n\r\n"

Ways = dict[str, tuple[int, ssl.SSLContext | None]]
"""Port and TLS context of each way to ask."""


@dataclass(slots=True)
class Took:
    """What one way took."""

    waited: list[float] = field(default_factory=list)
    """Milliseconds, each time."""
    computed: float = 0.0
    """Milliseconds of computing in this process, in all."""

    @contextmanager
    def once(self) -> Iterator[None]:
        began, computed = time.perf_counter(), time.process_time()
        yield
        self.computed += 1000 * (time.process_time() - computed)
        self.waited.append(1000 * (time.perf_counter() - began))


Times = dict[str, Took]


class Link:
    """A connection that is kept open."""

    def __init__(self, port: int, context: ssl.SSLContext | None) -> None:
        plain = socket.create_connection(("127.0.0.1", port), timeout=20)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket = plain if context is None else context.wrap_socket(plain)

    def _more(self) -> bytes:
        received = self.socket.recv(65536)
        assert received, "the store has closed the connection"
        return received

    def ask(self) -> None:
        """A request and its answer."""
        self.socket.sendall(ASK)
        received = b""
        while b"\r\n\r\n" not in received:
            received += self._more()
        head, _, body = received.partition(b"\r\n\r\n")
        fields = dict(line.lower().split(b": ", 1) for line in head.splitlines()[1:])
        missing = int(fields[b"content-length"]) - len(body)
        while missing > 0:
            missing -= len(self._more())

    def follow(self, room: str, token: str) -> None:
        """Opens the event stream of a room."""
        head = f"GET /api/v1/rooms/{room}/stream HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\r\n"
        self.socket.sendall(head.encode())
        received = b""
        while b"event: Snapshot" not in received:
            received += self._more()

    def wait_for(self, number: int) -> None:
        """Until this change has arrived."""
        received = b""
        while b'"at_us":%d}' % number not in received:
            received += self._more()


@contextmanager
def both(folder: Path) -> Iterator[tuple[TlsShop, Ways]]:
    """A store that answers at two ports: over TLS, and in clear."""
    with tls_shop(folder) as shop:
        plain = HttpServer(http_of(shop.store), "127.0.0.1", 0)
        plain.open()
        assert plain.wait_until_open()
        try:
            yield (
                shop,
                {
                    "clear": (int(plain.url.rpartition(":")[2]), None),
                    "TLS": (shop.port, store_context(shop.root)),
                },
            )
        finally:
            shop.store.hub.close()
            plain.close(5)


class BareServer:
    """An asyncio server that writes a line to all its connections; its loop has a thread of its own."""

    def __init__(self, context: ssl.SSLContext | None) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever)
        self._thread.start()
        self._writers: list[asyncio.StreamWriter] = []
        self._server = asyncio.run_coroutine_threadsafe(self._opened(context), self._loop).result()
        self.port = int(self._server.sockets[0].getsockname()[1])

    async def _opened(self, context: ssl.SSLContext | None) -> asyncio.Server:
        async def greet(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            self._writers.append(writer)
            writer.write(b"\n")

        return await asyncio.start_server(greet, "127.0.0.1", 0, ssl=context)

    def publish(self, line: bytes) -> None:
        """Writes this to every connection."""
        self._loop.call_soon_threadsafe(self._write, line)

    def _write(self, line: bytes) -> None:
        for writer in self._writers:
            writer.write(line)

    def close(self) -> None:
        asyncio.run_coroutine_threadsafe(self._closed(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _closed(self) -> None:
        self._server.close()
        for writer in self._writers:
            writer.transport.abort()


def told(name: str, took: Times) -> tuple[str, float]:
    """A sentence, and the ratio of the computing."""
    words = ", ".join(
        f"{way} {one.computed / len(one.waited):.2f} ms computed, {statistics.median(one.waited):.2f} ms waited"
        f" (p99 {statistics.quantiles(one.waited, n=100)[98]:.2f})"
        for way, one in took.items()
    )
    ratio = took["TLS"].computed / took["clear"].computed
    return f"{name}: {words}; {ratio:.2f} x computed", ratio


def requests(ways: Ways) -> Times:
    """Of requests on connections that are kept open."""
    links = {way: Link(*place) for way, place in ways.items()}
    took: Times = {way: Took() for way in ways}
    for _ in range(REQUESTS):
        for way, link in links.items():
            with took[way].once():
                link.ask()
    for link in links.values():
        link.socket.close()
    return took


def connections(ways: Ways) -> Times:
    """Of new connections with a first request."""
    took: Times = {way: Took() for way in ways}
    for _ in range(HANDSHAKES):
        for way, place in ways.items():
            with took[way].once():
                new = Link(*place)
                new.ask()
            new.socket.close()
    return took


def changes(shop: TlsShop, ways: Ways) -> dict[str, Times]:
    """From a change in a room to its arrival on all streams of that room, and from a line of the bare servers."""
    rooms = dict(zip(ways, ("1", "2"), strict=True))
    took: dict[str, Times] = {server: {way: Took() for way in ways} for server in ("store", "bare")}
    with ExitStack() as opened:
        streams = {way: [Link(*place) for _ in range(STREAMS)] for way, place in ways.items()}
        bare = {way: BareServer(shop.certificates.context if way == "TLS" else None) for way in ways}
        lines = {way: [Link(bare[way].port, ways[way][1]) for _ in range(STREAMS)] for way in ways}
        for way in ways:
            opened.callback(bare[way].close)
            for link in (*streams[way], *lines[way]):
                opened.callback(link.socket.close)
            for link in streams[way]:
                link.follow(rooms[way], mirror_token(shop.state, rooms[way]))
            for link in lines[way]:
                assert link.socket.recv(1) == b"\n"
        for number in range(1, CHANGES + 1):
            line = b'id: %d\nevent: RadioLost\ndata: {"is":"RadioLost","at_us":%d}\n\n' % (number, number)
            for way in ways:
                with took["store"][way].once():
                    shop.store.hub.publish(f"room/{rooms[way]}", RadioLost(number))
                    for link in streams[way]:
                        link.wait_for(number)
                with took["bare"][way].once():
                    bare[way].publish(line)
                    for link in lines[way]:
                        link.wait_for(number)
    return took


def test_what_encryption_costs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with both(tmp_path) as (shop, ways):
        found = [
            (*told("request", requests(ways)), MOST_REQUEST_RATIO),
            (*told("new connection with its first request", connections(ways)), MOST_HANDSHAKE_RATIO),
        ]
        took = changes(shop, ways)
    (store, of_store), (bare, of_bare) = (told(f"change on {STREAMS} streams, {s}", took[s]) for s in took)
    found += [(store, of_store / of_bare, MOST_STREAM_RATIO), (bare, 1, MOST_STREAM_RATIO)]
    with capsys.disabled():
        print("\n" + "\n".join(words for words, _, _ in found))
    assert [(words, ratio) for words, ratio, most in found if ratio >= most] == []
