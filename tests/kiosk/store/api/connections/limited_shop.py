"""A server of a few routes with quick limits, and connections to it; strangers have 127.0.0.2."""

from __future__ import annotations

import socket
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from threading import Event

import requests
from fastapi import FastAPI, Request, Response
from fastapi.responses import StreamingResponse

from kiosk.config.limits import ConnectionLimits, Limits, RequestLimits
from kiosk.store.api.connections.protocol import accepted
from kiosk.store.api.server import HttpServer

QUICK = Limits(
    requests=RequestLimits(arrive_s=1, send_s=1),
    connections=ConnectionLimits(unknown=24, unknown_per_address=8, unknown_idle_s=1, idle_s=600,
                                 new_per_address_s=10_000),
)  # fmt: skip
STRANGER = "127.0.0.2"
LONG = b"x" * 30_000_000


def application(seen: list[str], gone: Event) -> FastAPI:
    app = FastAPI()

    @app.post("/count")
    async def count(request: Request) -> int:
        seen.append(request.url.path)
        return len(await request.body())

    @app.get("/long")
    def long() -> Response:
        return Response(LONG)

    @app.get("/known")
    async def known(request: Request, who: str = "room/1") -> str:
        accepted(request.scope, who)
        return who

    @app.get("/wait")
    async def wait(request: Request) -> None:
        seen.append(request.url.path)
        while (await request.receive())["type"] != "http.disconnect":
            continue

    @app.get("/stream")
    async def stream(request: Request) -> Response:
        accepted(request.scope, "room/1")

        async def events() -> AsyncIterator[bytes]:
            try:
                yield b": hello\n\n"
                while not await request.is_disconnected():
                    yield b": still\n\n"
            finally:
                gone.set()

        return StreamingResponse(events(), media_type="text/event-stream")

    return app


class Shop:
    """A server of `application` with quick limits."""

    def __init__(self, limits: Limits = QUICK, tls: ssl.SSLContext | None = None) -> None:
        self.seen: list[str] = []
        self.gone = Event()
        self.server = HttpServer(application(self.seen, self.gone), "127.0.0.1", 0, limits, tls)
        self.server.open()
        assert self.server.wait_until_open()
        self.port = int(self.server.url.rpartition(":")[2])

    def connect(self, address: str = STRANGER, sent: bytes = b"") -> socket.socket:
        found = socket.create_connection(("127.0.0.1", self.port), 20, (address, 0))
        found.sendall(sent)
        return found

    def good(self) -> bool:
        return requests.get(f"{self.server.url}/known", timeout=20, verify=False).status_code == 200


@contextmanager
def shop(limits: Limits = QUICK, tls: ssl.SSLContext | None = None) -> Iterator[Shop]:
    opened = Shop(limits, tls)
    try:
        yield opened
    finally:
        opened.server.close(5)


def is_closed(link: socket.socket) -> bool:
    """Whether the server ends a connection; waits for it at most 20 s."""
    try:
        while link.recv(1 << 20):
            continue
    except ConnectionError:
        return True
    except TimeoutError:
        return False
    return True


def answer_of(link: socket.socket) -> int:
    """The status of an answer."""
    head = b""
    while b"\r\n" not in head:
        part = link.recv(4096)
        assert part, head
        head += part
    return int(head.split()[1])
