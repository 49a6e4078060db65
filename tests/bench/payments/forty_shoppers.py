"""Simulated terminals and shoppers who all pay at the same time, in a process and on a core of its own.

`python -m tests.bench.payments.forty_shoppers N` serves N terminals over TCP and prints their ports as a JSON line.
Then it reads one JSON line for each round: {"host", "port", "tokens", "round", "pieces"}; shopper n prices, collects,
and lays her card on terminal n as soon as her event stream says that it waits. After each round it prints
{"accepted": [ms], "paid": [ms]}: from the request to price the order until the stream says that the terminal waits for
the card; from the card until the stream says paid. The terminal itself takes no time.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from typing import Any

from kiosk.connectors.payments.sim_terminal import SimTerminal

HOST = "127.0.0.1"


async def serve(count: int) -> list[tuple[int, int]]:
    """Starts the terminals; their ports for the store and for taps."""
    ports = []
    for number in range(count):
        terminal = SimTerminal(f"SIM-{number + 1}")
        servers = [
            await asyncio.start_server(each, HOST, 0) for each in (terminal.payments, terminal.control)
        ]
        asked, control = (int(server.sockets[0].getsockname()[1]) for server in servers)
        ports.append((asked, control))
    return ports


class Shopper:
    """The protocol of one mirror: its event stream, and its requests on a connection that is kept, as mirrors do."""

    def __init__(self, number: int, address: tuple[str, int], token: str, control: int) -> None:
        self._room, self._address, self._token, self._control = number, address, token, control
        self._moved: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._listening: asyncio.Task[None] | None = None

    async def open(self) -> None:
        reader, writer = await asyncio.open_connection(*self._address)
        writer.write(self._head("GET", "/stream", 0))
        self._listening = asyncio.create_task(self._listen(reader, writer))
        self._kept = await asyncio.open_connection(*self._address)

    async def pay(self, round_: int, piece: str, article: str) -> tuple[float, float]:
        """Milliseconds until the terminal waits, and from the card until it is paid."""
        order, ticket = f"o{round_}-{self._room}", f"t{self._room}"
        body: dict[str, Any] = {
            "ticket": ticket,
            "order_id": order,
            "pieces": [[piece, article]],
            "shopper_id": None,
        }
        began = time.perf_counter()
        await self._ask("PUT", f"/orders/{order}", body)
        body = {"ticket": ticket, "order_id": order, "means": "terminal", "attempt": 1}
        await self._ask("PUT", f"/orders/{order}/payment", body)
        await self._until(order, "sent")
        accepted, carded = time.perf_counter() - began, time.perf_counter()
        await self._tap()
        await self._until(order, "paid")
        return 1000 * accepted, 1000 * (time.perf_counter() - carded)

    async def _tap(self) -> None:
        reader, writer = await asyncio.open_connection(HOST, self._control)
        writer.write(b'{"do": "tap", "card": "ok"}\n')
        if not json.loads(await reader.readline())["taken"]:
            raise SystemExit(f"the terminal of room {self._room} waits for no card")
        writer.close()

    async def _until(self, order: str, state: str) -> None:
        while (moved := await self._moved.get())["order_id"] != order or moved["state"] != state:
            if moved["order_id"] == order and moved["state"] in ("declined", "abandoned", "unsure", "parked"):
                raise SystemExit(f"order {order}: {moved['state']} {moved['why']}")

    async def _ask(self, method: str, path: str, body: Any) -> None:
        reader, writer = self._kept
        text = json.dumps(body).encode()
        writer.write(self._head(method, path, len(text)) + text)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        fields = dict(line.lower().split(": ", 1) for line in head.splitlines()[1:] if line)
        answer = await reader.readexactly(int(fields["content-length"]))
        if int(head.split()[1]) >= 300:
            raise SystemExit(f"{method} {path}: {head} {answer.decode()}")

    async def _listen(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        name = b""
        while line := await reader.readline():
            if line.startswith(b"event:"):
                name = line[6:].strip()
            elif line.startswith(b"data:") and name == b"PaymentMoved":
                self._moved.put_nowait(json.loads(line[5:]))
        writer.close()

    def _head(self, method: str, path: str, length: int) -> bytes:
        return (
            f"{method} /api/v1/rooms/{self._room}{path} HTTP/1.1\r\nHost: store\r\n"
            f"Authorization: Bearer {self._token}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
        ).encode()


async def main(count: int) -> None:
    ports = await serve(count)
    print(json.dumps(ports), flush=True)
    shoppers: list[Shopper] = []
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        plan = json.loads(line)
        if not shoppers:
            address = (plan["host"], plan["port"])
            shoppers = [
                Shopper(n, address, token, ports[n - 1][1]) for n, token in enumerate(plan["tokens"], 1)
            ]
            await asyncio.gather(*(shopper.open() for shopper in shoppers))
            await asyncio.sleep(1)
            print(json.dumps({"ready": len(shoppers)}), flush=True)
            continue
        paying = (s.pay(plan["round"], *piece) for s, piece in zip(shoppers, plan["pieces"], strict=True))
        times = await asyncio.gather(*paying)
        print(json.dumps({"accepted": [t[0] for t in times], "paid": [t[1] for t in times]}), flush=True)


if __name__ == "__main__":
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    asyncio.run(main(int(sys.argv[1])))
