"""Simulated payment terminal as a program: waits for a tap, keeps a journal of its keys, loses replies on request.

`python -m kiosk.connectors.payments.sim_terminal --port 0` prints one JSON line with its two ports and runs until it
is terminated (with `--until-eof` also until its standard input ends). The control port takes JSON lines:

    {"do": "tap", "card": "ok" | "declined"}      lays a card on it; "taken" says whether a charge waited for one
    {"do": "lose-answer", "silent_s": 2}          the next approval or refund is booked, its reply is not sent, and
                                                  for that time nothing else is answered either
    {"do": "list"}                                {"book": [{"key", "minor", "state", "collected", "repaid", ...}]}

It handles no card numbers.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import sys
from contextlib import suppress
from typing import Any

from kiosk.connectors.payments.sim_book import SimBook, SimBookEntry
from kiosk.connectors.payments.sim_messages import MAX_LINE_BYTES
from kiosk.core.domain.follow_up_kind import FollowUpKind

FOLLOW_UPS = frozenset(kind.value for kind in FollowUpKind)


class SimTerminal:
    """One terminal: its journal, and at most one charge that waits for a card."""

    def __init__(self, serial: str = "SIM-1") -> None:
        self.serial = serial
        self.book = SimBook()
        self._decided = asyncio.Condition()
        self._lose_next_s: float | None = None
        self._silent_until = 0.0

    async def payments(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serves one connection of the store."""
        await self._serve(reader, writer, self._payment)

    async def control(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serves one control connection."""
        await self._serve(reader, writer, self._control)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, handle: Any) -> None:
        # Cancelled when the terminal ends while a connection is open.
        with suppress(ConnectionError, ValueError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while line := await reader.readline():
                request = json.loads(line)
                if not isinstance(request, dict) or not await handle(request, writer):
                    break
        writer.close()
        with suppress(ConnectionError, asyncio.CancelledError):
            await writer.wait_closed()

    async def _payment(self, request: dict[str, Any], writer: asyncio.StreamWriter) -> bool:
        if asyncio.get_running_loop().time() < self._silent_until:
            return False
        key = str(request.get("key", ""))
        if request.get("do") == "hello":
            return await _send(writer, {"model": "simulated", "serial": self.serial})
        if request.get("do") == "collect":
            return await self._collect(key, request, writer)
        if request.get("do") in FOLLOW_UPS:
            return await self._follow_up(key, request, writer)
        if request.get("do") == "cancel":
            self.book.cancel(key)
            await self._notify()
        entry = self.book.query(key)
        return await _send(writer, entry.reply())

    async def _collect(self, key: str, request: dict[str, Any], writer: asyncio.StreamWriter) -> bool:
        entry = self.book.collect(
            key,
            int(request["minor"]),
            str(request["currency"]),
            str(request.get("stored", "")),
            order=str(request.get("order", "")),
            capture=request.get("capture") is not False,
        )
        if entry is None:
            return await _send(writer, {"key": key, "state": "busy"})
        if not entry.is_final:
            await _send(writer, entry.reply())
            await self._until_decided(entry, float(request.get("wait_s", 120)))
        if entry.answer_lost:
            return False
        return await _send(writer, entry.reply())

    async def _follow_up(self, key: str, request: dict[str, Any], writer: asyncio.StreamWriter) -> bool:
        entry = SimBookEntry(
            key,
            int(request["minor"]),
            str(request["currency"]),
            str(request.get("order", "")),
            of=str(request.get("reference", "")),
        )
        entry = self.book.follow_up(str(request["do"]), entry, str(request.get("of", "")))
        return not self._loses_reply() and await _send(writer, entry.reply())

    async def _until_decided(self, entry: SimBookEntry, wait_s: float) -> None:
        try:
            async with asyncio.timeout(wait_s), self._decided:
                await self._decided.wait_for(lambda: entry.is_final)
        except TimeoutError:
            self.book.cancel(entry.key, "timeout")

    async def _control(self, request: dict[str, Any], writer: asyncio.StreamWriter) -> bool:
        match request.get("do"):
            case "tap":
                return await _send(
                    writer, {"ok": True, "taken": await self._tap(request.get("card") != "declined")}
                )
            case "lose-answer":
                self._lose_next_s = float(request.get("silent_s", 2))
                return await _send(writer, {"ok": True})
            case "list":
                return await _send(writer, {"ok": True, "book": [e.listed() for e in self.book.entries()]})
            case other:
                return await _send(writer, {"ok": False, "error": f"cannot {other}"})

    async def _tap(self, good: bool) -> bool:
        entry = self.book.waiting()
        if entry is None:
            return False
        entry.answer_lost = good and self._loses_reply()
        self.book.decide(entry, good=good)
        await self._notify()
        return True

    def _loses_reply(self) -> bool:
        if self._lose_next_s is None:
            return False
        self._silent_until = asyncio.get_running_loop().time() + self._lose_next_s
        self._lose_next_s = None
        return True

    async def _notify(self) -> None:
        async with self._decided:
            self._decided.notify_all()


async def _send(writer: asyncio.StreamWriter, reply: dict[str, Any]) -> bool:
    writer.write(json.dumps(reply).encode() + b"\n")
    await writer.drain()
    return True


async def _run(host: str, port: int, control_port: int, *, until_eof: bool) -> None:
    terminal = SimTerminal()
    payments = await asyncio.start_server(terminal.payments, host, port, limit=MAX_LINE_BYTES)
    control = await asyncio.start_server(terminal.control, host, control_port, limit=MAX_LINE_BYTES)
    ports = [server.sockets[0].getsockname()[1] for server in (payments, control)]
    print(json.dumps({"port": ports[0], "control": ports[1]}), flush=True)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    if until_eof:
        loop.add_reader(sys.stdin.fileno(), lambda: None if os.read(sys.stdin.fileno(), 4096) else stop.set())
    await stop.wait()
    payments.close()
    control.close()


def main() -> int:
    """Runs the terminal until a signal ends it."""
    parser = argparse.ArgumentParser(prog="sim_terminal", description="A simulated payment terminal.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="for the store; 0 takes a free one")
    parser.add_argument("--control-port", type=int, default=0, help="for taps and faults; 0 takes a free one")
    parser.add_argument("--until-eof", action="store_true", help="end with standard input")
    given = parser.parse_args()
    asyncio.run(_run(given.host, given.port, given.control_port, until_eof=given.until_eof))
    return 0


if __name__ == "__main__":
    sys.exit(main())
