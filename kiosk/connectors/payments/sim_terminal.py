"""Simulated payment terminal as a program: waits for a tap, keeps a journal of its keys, has faults on request.

`python -m kiosk.connectors.payments.sim_terminal --port 0` prints one JSON line with its two ports and runs until it
is terminated (with `--until-eof` also until its standard input ends). The control port takes JSON lines:

    {"do": "tap", "card": "ok" | "declined",      lays a card on it; "taken" says whether a charge waited for one;
     "partial_minor": 500}                        the card has only that amount
    {"do": "lose-answer", "silent_s": 2}          the next approval or refund is booked, its reply is not sent, and
                                                  for that time nothing else is answered either
    {"do": "fault", "call": "refund",             the next `times` requests of that kind (CALLS) go wrong in that way
     "fault": "late", "times": 1, "late_s": 150}  (`SimFault`)
    {"do": "no-faults"}                           no further faults
    {"do": "authorise-next"}                      the next charge is only authorised; a capture must follow
    {"do": "forget"}                              restarts it with an empty journal
    {"do": "list"}                                {"book": [{"key", "minor", "state", "collected", "repaid", ...}],
                                                   "taken": money in minor units that the cards have lost}

It handles no card numbers.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from kiosk.connectors.payments.sim_book import SimBook, SimBookEntry
from kiosk.connectors.payments.sim_faults import CALLS, PlannedFault, SimFault, SimFaults, encoded, garbled
from kiosk.connectors.payments.sim_messages import MAX_LINE_BYTES
from kiosk.core.domain.follow_up_kind import FollowUpKind

FOLLOW_UPS = frozenset(kind.value for kind in FollowUpKind)
Handler = Callable[[dict[str, Any], asyncio.StreamWriter], Awaitable[bool]]


class SimTerminal:
    """One terminal: its journal, and at most one charge that waits for a card."""

    def __init__(self, serial: str = "SIM-1") -> None:
        self.serial = serial
        self.book = SimBook()
        self.faults = SimFaults()
        self._decided = asyncio.Condition()
        self._lose_next_s: float | None = None
        self._silent_until = 0.0

    async def payments(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serves one connection of the store."""
        await self._serve(reader, writer, self._payment)

    async def control(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serves one control connection."""
        await self._serve(reader, writer, self._control)

    async def _serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, handle: Handler
    ) -> None:
        # Cancelled when the terminal ends while a connection is open.
        with suppress(
            ConnectionError, ValueError, KeyError, asyncio.IncompleteReadError, asyncio.CancelledError
        ):
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
        call = str(request.get("do", ""))
        planned = self.faults.next(call) if call in CALLS else None
        if planned is not None and planned.fault is SimFault.NEVER_ARRIVES:
            return False
        if planned is not None and planned.fault is SimFault.IN_PROGRESS:
            return await _send(writer, *garbled({"key": request.get("key", "")}, planned.fault))
        if call == "collect":
            return await self._collect(request, writer, planned)
        reply = self._handled(call, request)
        await self._notify()
        if call in FOLLOW_UPS and self._loses_reply():
            return False
        return await self._answer(reply, writer, planned)

    def _handled(self, call: str, request: dict[str, Any]) -> dict[str, Any]:
        """The reply to a request that does not wait for a card."""
        key = str(request.get("key", ""))
        if call == "hello":
            return {"model": "simulated", "serial": self.serial}
        if call == "create":
            return {"book": self.book.number}
        if call in FOLLOW_UPS:
            wanted = SimBookEntry(
                key,
                int(request["minor"]),
                str(request["currency"]),
                str(request.get("order", "")),
                of=str(request.get("reference", "")),
            )
            entry = self.book.follow_up(call, wanted, str(request.get("of", "")))
            return {**entry.reply(), "book": self.book.number}
        if call == "cancel":
            self.book.cancel(key)
        return {**self.book.query(key).reply(), "book": self.book.number}

    async def _answer(
        self, reply: dict[str, Any], writer: asyncio.StreamWriter, planned: PlannedFault | None
    ) -> bool:
        """Sends a reply as the fault has it; False where the connection ends."""
        if planned is None:
            return await _send(writer, encoded(reply))
        if planned.fault is SimFault.EMPTY_BOOK:
            await self._forget()
        await asyncio.sleep(planned.late_s if planned.fault is SimFault.LATE else 0)
        lines = garbled(reply, planned.fault)
        return bool(lines) and await _send(writer, *lines)

    async def _collect(
        self, request: dict[str, Any], writer: asyncio.StreamWriter, planned: PlannedFault | None
    ) -> bool:
        entry = self.book.collect(
            str(request.get("key", "")),
            int(request["minor"]),
            str(request["currency"]),
            str(request.get("stored", "")),
            order=str(request.get("order", "")),
            capture=request.get("capture") is not False,
        )
        if entry is None:
            return await _send(writer, *garbled(request, SimFault.IN_PROGRESS))
        if not entry.is_final:
            if planned is None or planned.fault is not SimFault.TAKEN_UP_LOST:
                await _send(writer, encoded(entry.reply()))
            else:
                writer.close()
            await self._until_decided(entry, float(request.get("wait_s", 120)))
        if entry.answer_lost:
            return False
        return await self._answer(entry.reply(), writer, planned)

    async def _until_decided(self, entry: SimBookEntry, wait_s: float) -> None:
        try:
            async with asyncio.timeout(wait_s), self._decided:
                await self._decided.wait_for(lambda: entry.is_final)
        except TimeoutError:
            self.book.cancel(entry.key, "timeout")

    async def _control(self, request: dict[str, Any], writer: asyncio.StreamWriter) -> bool:
        try:
            found = await self._ordered(request)
        except (ValueError, TypeError, KeyError) as error:
            found = {"ok": False, "error": str(error)}
        return await _send(writer, encoded(found))

    async def _ordered(self, request: dict[str, Any]) -> dict[str, Any]:
        match request.get("do"):
            case "tap":
                good, partial = request.get("card") != "declined", int(request.get("partial_minor", 0))
                return {"ok": True, "taken": await self.tap(good=good, partial_minor=partial)}
            case "lose-answer":
                self._lose_next_s = float(request.get("silent_s", 2))
            case "fault":
                self.faults.plan(
                    str(request.get("call")),
                    str(request.get("fault")),
                    int(request.get("times", 1)),
                    float(request.get("late_s", 0)),
                )
            case "no-faults":
                self.faults.clear()
            case "authorise-next":
                self.book.authorise_next = True
            case "forget":
                await self._forget()
            case "list":
                return {
                    "ok": True,
                    "book": [e.listed() for e in self.book.entries()],
                    "taken": self.book.taken(),
                }
            case other:
                return {"ok": False, "error": f"cannot {other}"}
        return {"ok": True}

    async def tap(self, *, good: bool, partial_minor: int = 0) -> bool:
        """Lays a card on it; False where no charge waits for one."""
        entry = self.book.waiting()
        if entry is None:
            return False
        entry.answer_lost = good and self._loses_reply()
        self.book.decide(entry, good=good, partial_minor=partial_minor)
        await self._notify()
        return True

    def _loses_reply(self) -> bool:
        if self._lose_next_s is None:
            return False
        self._silent_until = asyncio.get_running_loop().time() + self._lose_next_s
        self._lose_next_s = None
        return True

    async def _forget(self) -> None:
        self.book.forget()
        await self._notify()

    async def _notify(self) -> None:
        async with self._decided:
            self._decided.notify_all()


async def _send(writer: asyncio.StreamWriter, *lines: bytes) -> bool:
    writer.write(b"".join(lines))
    await writer.drain()
    return True


async def _run(terminal: SimTerminal, host: str, port: int, control_port: int, *, until_eof: bool) -> None:
    payments = await asyncio.start_server(terminal.payments, host, port, limit=MAX_LINE_BYTES)
    control = await asyncio.start_server(terminal.control, host, control_port, limit=MAX_LINE_BYTES)
    ports = [server.sockets[0].getsockname()[1] for server in (payments, control)]
    terminal.serial = terminal.serial or f"SIM-{ports[0]}"
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
    parser.add_argument("--serial", default="", help="its serial number (default: SIM- and its port)")
    parser.add_argument("--until-eof", action="store_true", help="end with standard input")
    given = parser.parse_args()
    terminal = SimTerminal(given.serial)
    asyncio.run(_run(terminal, given.host, given.port, given.control_port, until_eof=given.until_eof))
    return 0


if __name__ == "__main__":
    sys.exit(main())
