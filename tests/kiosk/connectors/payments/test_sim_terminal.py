"""The simulated terminal in this process: what its control port can do, and what it does with bad lines."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from kiosk.connectors.payments.sim_book import SimBook
from kiosk.connectors.payments.sim_terminal import SimTerminal

Send = Callable[..., Awaitable[Any]]
CHARGE = {"do": "collect", "key": "K1", "minor": 12_900, "currency": "EUR", "wait_s": 5}


class Line:
    """One connection to the terminal."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def close(self) -> None:
        self._writer.close()
        await self._writer.wait_closed()

    async def send(self, request: object) -> None:
        raw = request if isinstance(request, bytes) else json.dumps(request).encode()
        self._writer.write(raw + b"\n")
        await self._writer.drain()

    async def reply(self) -> dict[str, Any] | None:
        """The next reply; None where the terminal closed the connection."""
        line = await asyncio.wait_for(self._reader.readline(), 5)
        found: dict[str, Any] | None = json.loads(line) if line else None
        return found

    async def ask(self, request: object) -> dict[str, Any] | None:
        await self.send(request)
        return await self.reply()


def play(
    story: Callable[[Callable[[], Awaitable[Line]], Callable[[], Awaitable[Line]]], Awaitable[None]],
) -> None:
    """Runs a story with two functions that connect to the payment port and to the control port."""

    async def run() -> None:
        terminal = SimTerminal()
        servers = [
            await asyncio.start_server(handler, "127.0.0.1", 0)
            for handler in (terminal.payments, terminal.control)
        ]
        pay, control = (server.sockets[0].getsockname()[1] for server in servers)

        lines: list[Line] = []

        async def to(port: int) -> Line:
            lines.append(Line(*await asyncio.open_connection("127.0.0.1", port)))
            return lines[-1]

        await story(lambda: to(pay), lambda: to(control))
        for line in lines:
            await line.close()
        for server in servers:
            server.close()
            await server.wait_closed()
        await asyncio.sleep(0.05)

    asyncio.run(run())


def test_a_tap_decides_the_charge_that_waits() -> None:
    async def story(pay: Callable[[], Awaitable[Line]], control: Callable[[], Awaitable[Line]]) -> None:
        shopper, store = await control(), await pay()
        assert await shopper.ask({"do": "tap"}) == {"ok": True, "taken": False}
        assert (await store.ask(CHARGE) or {})["state"] == "pending"
        assert await shopper.ask({"do": "tap", "card": "declined"}) == {"ok": True, "taken": True}
        refused = await store.reply() or {}
        assert (refused["state"], refused["why"]) == ("refused", "declined")
        listed = await shopper.ask({"do": "list"}) or {}
        assert [(e["key"], e["collected"]) for e in listed["book"]] == [("K1", 0)]

    play(story)


def test_a_charge_that_is_cancelled_or_too_slow_ends() -> None:
    async def story(pay: Callable[[], Awaitable[Line]], control: Callable[[], Awaitable[Line]]) -> None:
        del control
        waiting, other = await pay(), await pay()
        await waiting.ask(CHARGE)
        assert (await other.ask({"do": "cancel", "key": "K1"}) or {})["state"] == "cancelled"
        assert (await waiting.reply() or {})["state"] == "cancelled"
        slow = await pay()
        await slow.ask({**CHARGE, "key": "K2", "wait_s": 0.01})
        assert (await slow.reply() or {})["why"] == "timeout"

    play(story)


def test_a_lost_reply_is_booked_and_no_data_follows() -> None:
    async def story(pay: Callable[[], Awaitable[Line]], control: Callable[[], Awaitable[Line]]) -> None:
        shopper, store = await control(), await pay()
        await store.ask(CHARGE)
        assert await shopper.ask({"do": "lose-answer", "silent_s": 0.2}) == {"ok": True}
        await shopper.ask({"do": "tap"})
        assert await store.reply() is None
        assert await (await pay()).ask({"do": "ask", "key": "K1"}) is None, "silent"
        await asyncio.sleep(0.25)
        known = await (await pay()).ask({"do": "ask", "key": "K1"}) or {}
        assert known["state"] == "approved"
        await shopper.ask({"do": "lose-answer", "silent_s": 0})
        refund = {
            "do": "refund",
            "key": "R1",
            "minor": 100,
            "currency": "EUR",
            "reference": known["references"]["reference"],
        }
        assert await (await pay()).ask(refund) is None
        assert (await (await pay()).ask(refund) or {})["state"] == "approved"

    play(story)


@pytest.mark.parametrize("line", [b"no json", b"[1]", b"1", b"x" * 70_000])
def test_a_bad_line_ends_the_connection_and_nothing_else(line: bytes) -> None:
    async def story(pay: Callable[[], Awaitable[Line]], control: Callable[[], Awaitable[Line]]) -> None:
        assert await (await pay()).ask(line) is None
        assert await (await control()).ask({"do": "dance"}) == {"ok": False, "error": "cannot dance"}

    play(story)


def test_a_terminal_that_starts_again_is_not_taken_for_the_one_before() -> None:
    before, after = SimBook(), SimBook()
    assert before.number != after.number
    number = after.number
    after.forget()
    assert after.number != number
