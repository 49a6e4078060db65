"""A TCP relay that can be cut, as a switch of a network: `python -m kiosk.demo.soak.relay HOST PORT`.

Prints one JSON line: `{"port": PORT, "control": PORT}`. Control commands (JSON lines): `{"do": "cut"}` ends all
connections and refuses new ones, `{"do": "join"}` ends that.
"""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from contextlib import suppress

LISTEN = "127.0.0.1"


class Relay:
    """Passes each connection on to one address."""

    def __init__(self, host: str, port: int) -> None:
        self._to = (host, port)
        self._cut = False
        self._open: set[asyncio.StreamWriter] = set()

    async def pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serves one connection until one of its ends closes it."""
        if self._cut:
            writer.transport.abort()
            return
        with suppress(OSError):
            there, back = await asyncio.open_connection(*self._to)
            self._open |= {writer, back}
            try:
                await asyncio.gather(_copy(reader, back), _copy(there, writer))
            finally:
                self._open -= {writer, back}
                back.close()
        writer.close()

    async def control(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serves one control connection."""
        while line := await reader.readline():
            verb = json.loads(line).get("do")
            if verb in ("cut", "join"):
                self._cut = verb == "cut"
            for connection in tuple(self._open) if self._cut else ():
                connection.transport.abort()
            answer = {"ok": verb in ("cut", "join")}
            writer.write(json.dumps(answer).encode() + b"\n")
        writer.close()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while chunk := await reader.read(65_536):
            writer.write(chunk)
            await writer.drain()
    with suppress(OSError):
        writer.close()


async def main(host: str, port: int) -> None:
    relay = Relay(host, port)
    servers = [await asyncio.start_server(serve, LISTEN, 0) for serve in (relay.pass_on, relay.control)]
    passed, control = (server.sockets[0].getsockname()[1] for server in servers)
    print(json.dumps({"port": passed, "control": control}), flush=True)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await stop.wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
