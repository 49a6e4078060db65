"""TLS handshakes of strangers begin a few at a time; those of this computer and beside a known caller do not wait."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest

from hardware.sim.radio.certificate import self_signed
from kiosk.config.limits import ConnectionLimits
from kiosk.store.api.connections.acceptor import Acceptor
from kiosk.store.api.connections.notices import Notices
from kiosk.store.api.connections.registry import Connection, Registry
from kiosk.store.api.connections.stranger_turns import StrangerTurns

NEVER_S = 1e6
MIRROR = "127.0.0.9"
Link = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Greeting(asyncio.Protocol):
    """Says hello; a caller from the mirror's address is known."""

    def __init__(self, connection: Connection, registry: Registry) -> None:
        self._connection, self._registry = connection, registry

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        if self._connection.address == MIRROR:
            self._registry.known(self._connection, "room/1")
        transport.write(b"hello")

    def connection_lost(self, exc: Exception | None) -> None:
        del exc
        self._registry.release(self._connection)


class Door:
    """An acceptor on the loopback network, and clients of it."""

    def __init__(self, turns: StrangerTurns) -> None:
        self.turns, self.links = turns, list[Link]()
        self.registry = Registry(
            ConnectionLimits(new_per_address_s=10_000), 128, Notices(lambda: 0.0), lambda: 0
        )
        listener = socket.create_server(("127.0.0.1", 0))
        self.listener, self.port = listener, listener.getsockname()[1]
        self.acceptor = Acceptor(
            listener, self.registry, Notices(lambda: 0.0), lambda c: Greeting(c, self.registry),
            tls=self_signed("127.0.0.1")[0], handshake_s=20, handshakes=turns,
        )  # fmt: skip

    async def connected(self, address: str, tls: ssl.SSLContext | None = None) -> Link:
        link = await asyncio.open_connection("127.0.0.1", self.port, ssl=tls, local_addr=(address, 0))
        self.links.append(link)
        return link

    async def half(self, address: str) -> Link:
        """A handshake of which only the first message is sent."""
        link = await self.connected(address)
        link[1].write(first_message())
        return link

    async def whole(self, address: str) -> bytes:
        """What is read after a handshake."""
        reader, _ = await self.connected(address, client_context())
        return await reader.readexactly(5)

    async def waiting(self, count: int) -> None:
        for _ in iter(lambda: self.turns.waiting == count, True):
            await asyncio.sleep(0)


def client_context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def first_message() -> bytes:
    """A ClientHello (RFC 8446, 4.1.2)."""
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    with pytest.raises(ssl.SSLWantReadError):
        client_context().wrap_bio(incoming, outgoing).do_handshake()
    return outgoing.read()


@asynccontextmanager
async def door(turns: StrangerTurns) -> AsyncIterator[Door]:
    opened = Door(turns)
    try:
        async with asyncio.timeout(60):
            yield opened
    finally:
        opened.acceptor.close()
        for _, writer in opened.links:
            writer.close()
        opened.listener.close()


async def third_waits(opened: Door) -> bool:
    """Whether a third stranger waits while the handshakes of two others are in progress."""
    for address in ("127.0.0.2", "127.0.0.3"):
        reader, _ = await opened.half(address)
        assert await reader.read(1), "the server answers: the handshake has begun"
    reader, _ = await opened.half("127.0.0.4")
    answered = asyncio.create_task(reader.read(1))
    waits = asyncio.create_task(opened.waiting(1))
    await asyncio.wait((answered, waits), return_when=asyncio.FIRST_COMPLETED)
    waits.cancel()
    return not answered.done()


def run(main: Coroutine[Any, Any, None]) -> None:
    asyncio.run(main)


def test_strangers_wait_and_known_addresses_do_not() -> None:
    async def main() -> None:
        async with door(StrangerTurns(2, NEVER_S)) as opened:
            assert await opened.whole(MIRROR) == b"hello"
            await opened.connected("127.0.0.5")
            await opened.connected("127.0.0.6")  # they send nothing, and keep no place
            assert await third_waits(opened)
            assert await opened.whole(MIRROR) == b"hello"
            assert await opened.whole("127.0.0.1") == b"hello"
            late = asyncio.create_task(opened.whole("127.0.0.7"))
            await opened.waiting(2)
            for _, writer in opened.links[3:5]:  # the two that have the places
                writer.close()
            assert await late == b"hello"
            assert opened.turns.waiting == 0

    run(main())


def test_planted_no_limit_lets_the_third_begin() -> None:
    async def main() -> None:
        async with door(StrangerTurns(1000, NEVER_S)) as opened:
            assert not await third_waits(opened)

    run(main())


def test_a_handshake_that_stalls_gives_its_place_away() -> None:
    async def main() -> None:
        async with door(StrangerTurns(1, 0.001)) as opened:
            for number in range(2, 8):
                reader, _ = await opened.half(f"127.0.0.{number}")
                assert await reader.read(1)

    run(main())


def test_connections_that_wait_are_closed_with_the_server() -> None:
    async def main() -> None:
        async with door(StrangerTurns(1, NEVER_S)) as opened:
            reader, _ = await opened.half("127.0.0.2")
            assert await reader.read(1)
            silent, _ = await opened.connected("127.0.0.3")
            waits, _ = await opened.half("127.0.0.4")
            await opened.waiting(1)
            opened.acceptor.close()
            for each in (silent, waits):
                with suppress(ConnectionError):  # closed with bytes that were not read
                    assert await each.read() == b""
            assert len(opened.registry) == 0

    run(main())
