"""Simulated payment terminals of a soak test in one process: `python -m kiosk.demo.soak.terminals COUNT`.

Prints one JSON line: `{"ports": [[PORT, CONTROL], ...]}`. Runs until SIGTERM. Each terminal is that of
`kiosk.connectors.payments.sim_terminal`, with its own journal and the same control commands.
"""

from __future__ import annotations

import asyncio
import json
import signal
import sys

from kiosk.connectors.payments.sim_messages import MAX_LINE_BYTES
from kiosk.connectors.payments.sim_terminal import SimTerminal

HOST = "127.0.0.1"


async def serve(count: int) -> list[tuple[asyncio.Server, asyncio.Server]]:
    """Starts the terminals; for each, the server for the store and the one for its control."""
    found = []
    for number in range(count):
        terminal = SimTerminal(f"SIM-{number + 1}")
        found.append(
            (
                await asyncio.start_server(terminal.payments, HOST, 0, limit=MAX_LINE_BYTES),
                await asyncio.start_server(terminal.control, HOST, 0, limit=MAX_LINE_BYTES),
            )
        )
    return found


def ports_of(servers: list[tuple[asyncio.Server, asyncio.Server]]) -> list[tuple[int, int]]:
    """The ports of each terminal: for the store, and for control."""
    return [(_port(asked), _port(control)) for asked, control in servers]


def _port(server: asyncio.Server) -> int:
    return int(server.sockets[0].getsockname()[1])


async def main(count: int) -> None:
    servers = await serve(count)
    print(json.dumps({"ports": ports_of(servers)}), flush=True)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await stop.wait()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
