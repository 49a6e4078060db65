"""Floods a store from many addresses of the loopback network, on a core of its own; prints its rate.

`python -m kiosk.demo.soak.strangers HOST PORT KIND SECONDS CORE PICTURES` writes one JSON line:
`attempts`, `rate` a second. Kinds: see `KINDS`. As many attempts run at the same time as `TOGETHER`; each begins when
another ends.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import ssl
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final

TOGETHER: Final = 400
ADDRESSES: Final = 50
HANDSHAKE_ADDRESSES: Final = 200
HOLD_S: Final = 3.0
_POST: Final = b"POST /api/v1/rooms/1/looks HTTP/1.1\r\nHost: store\r\nContent-Type: application/json\r\n"


class Flood:
    """One flood. `pictures`: names of pictures that the store has."""

    def __init__(self, host: str, port: int, pictures: list[str]) -> None:
        self._host, self._port = host, port
        self._numbers = itertools.count()
        self._hello = _first_message()
        self._pictures = itertools.cycle(pictures)
        self._heights = itertools.cycle((96, 160, 240, 320, 480, 640, 800, 1080, 1440, 2160))

    async def run(self, kind: str, seconds: float) -> dict[str, float]:
        """Floods for some seconds; attempts in all and by second."""
        began, attempts = time.perf_counter(), 0
        end = began + seconds
        one = KINDS[kind]

        async def attacker() -> None:
            nonlocal attempts
            while time.perf_counter() < end:
                attempts += 1
                with suppress(OSError, asyncio.IncompleteReadError, TimeoutError):
                    async with asyncio.timeout(HOLD_S):
                        await one(self)
                await asyncio.sleep(0.001)

        await asyncio.gather(*(attacker() for _ in range(TOGETHER)))
        elapsed = time.perf_counter() - began
        return {"attempts": attempts, "rate": attempts / elapsed}

    async def silent(self) -> None:
        """A connection without a byte."""
        reader, writer = await self._connected()
        await self._until_closed(reader, writer)

    async def half(self) -> None:
        """Half a body."""
        reader, writer = await self._connected()
        writer.write(_POST + b"Content-Length: 5000\r\n\r\n" + b"{" * 100)
        await self._until_closed(reader, writer)

    async def large(self) -> None:
        """A body of 200 MB, as far as it is taken."""
        reader, writer = await self._connected()
        writer.write(_POST + b"Content-Length: 200000000\r\n\r\n")
        with suppress(ConnectionError):
            for _ in range(50):
                writer.write(b"x" * 65_536)
                await writer.drain()
        await self._until_closed(reader, writer)

    async def sign_in(self) -> None:
        """A wrong PIN of an unknown or known name."""
        body = b'{"associate_id":"%s","pin":"0000"}' % (b"a-ines", b"nobody")[next(self._numbers) % 2]
        await self._asked(b"POST /api/v1/session", body)

    async def picture(self) -> None:
        """A picture in any height."""
        await self._asked(
            b"GET /api/v1/pictures/%s?h=%d" % (next(self._pictures).encode(), next(self._heights))
        )

    async def slow(self) -> None:
        """A picture of which one byte a second is taken."""
        reader, writer = await self._connected()
        line = b"GET /api/v1/pictures/%s?h=2160 HTTP/1.1\r\nHost: store\r\n\r\n"
        writer.write(line % next(self._pictures).encode())
        for _ in range(int(HOLD_S) + 1):
            if not await reader.read(1):
                break
            await asyncio.sleep(1)
        writer.close()

    async def garbage(self) -> None:
        """Bytes that are not HTTP."""
        reader, writer = await self._connected()
        writer.write(os.urandom(2000) + b"\r\n\r\n")
        await self._until_closed(reader, writer)

    async def handshake(self) -> None:
        """The first message of a TLS handshake, and nothing after it; from many addresses."""
        reader, writer = await self._connected(HANDSHAKE_ADDRESSES)
        writer.write(self._hello)
        await self._until_closed(reader, writer)

    async def page(self) -> None:
        """A good request of a stranger, on a connection of its own."""
        await self._asked(b"GET /api/v1/shop")

    async def _asked(self, line: bytes, body: bytes = b"") -> None:
        reader, writer = await self._connected()
        length = b"Content-Length: %d\r\n" % len(body) if body else b""
        writer.write(line + b" HTTP/1.1\r\nHost: store\r\nConnection: close\r\n" + length + b"\r\n" + body)
        await self._until_closed(reader, writer)

    async def _connected(
        self, addresses: int = ADDRESSES
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        number = next(self._numbers)
        return await asyncio.open_connection(
            self._host, self._port, local_addr=(f"127.0.1.{number % addresses + 1}", 0)
        )

    @staticmethod
    async def _until_closed(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await reader.read(65_536):
                continue
        finally:
            writer.close()


KINDS: Final[dict[str, Callable[[Flood], Awaitable[None]]]] = {
    "silent": Flood.silent, "half": Flood.half, "large": Flood.large, "sign-in": Flood.sign_in,
    "picture": Flood.picture, "slow": Flood.slow, "garbage": Flood.garbage, "page": Flood.page,
    "handshake": Flood.handshake,
}  # fmt: skip


def _first_message() -> bytes:
    """A ClientHello of TLS 1.3 (RFC 8446, 4.1.2)."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    outgoing = ssl.MemoryBIO()
    with suppress(ssl.SSLWantReadError):
        context.wrap_bio(ssl.MemoryBIO(), outgoing, server_hostname="store").do_handshake()
    return outgoing.read()


def main() -> None:
    host, port, kind, seconds, core, *pictures = sys.argv[1:]
    os.sched_setaffinity(0, {int(core)})
    print(json.dumps(asyncio.run(Flood(host, int(port), pictures).run(kind, float(seconds)))))


if __name__ == "__main__":
    main()
