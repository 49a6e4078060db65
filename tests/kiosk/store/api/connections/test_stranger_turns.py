"""Requests of strangers begin a few at a time, in turn of their addresses."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from kiosk.store.api.connections.stranger_turns import StrangerTurns, Turn

NEVER_S = 1e6


async def settled() -> None:
    """Everything that is ready has run."""
    for _ in range(5):
        await asyncio.sleep(0)


class Asked:
    """Requests of addresses, and the order in which they begin."""

    def __init__(self, turns: StrangerTurns) -> None:
        self.turns, self.begun, self.held = turns, list[str](), list[Turn]()
        self.tasks: list[asyncio.Task[None]] = []

    def ask(self, address: str) -> asyncio.Task[None]:
        task = asyncio.create_task(self._ask(address))
        self.tasks.append(task)
        return task

    async def _ask(self, address: str) -> None:
        self.held.append(await self.turns.take(address))
        self.begun.append(address)

    async def end_one(self) -> None:
        self.held.pop(0).end()
        await settled()


def run(main: Coroutine[Any, Any, None]) -> None:
    asyncio.run(main)


async def flood_and_phone(turns: StrangerTurns) -> list[str]:
    """A flood of one address, then one of another, then a phone: the order in which their requests begin."""
    asked = Asked(turns)
    for address in ("a", "a", "a", "a", "a", "b", "b", "phone"):
        asked.ask(address)
        await settled()
    while asked.held:
        await asked.end_one()
    assert turns.waiting == 0
    return asked.begun


def test_one_address_delays_another_by_one_request() -> None:
    async def main() -> None:
        assert await flood_and_phone(StrangerTurns(2, NEVER_S)) == [
            "a",
            "a",
            "a",
            "b",
            "phone",
            "a",
            "b",
            "a",
        ]

    run(main())


def test_planted_first_come_first_served_keeps_the_phone_waiting() -> None:
    class Queue(StrangerTurns):
        async def take(self, address: str) -> Turn:
            del address
            return await super().take("all")

    async def main() -> None:
        assert (await flood_and_phone(Queue(2, NEVER_S)))[-1] == "phone"

    run(main())


def test_no_more_than_so_many_have_a_place() -> None:
    async def main() -> None:
        asked = Asked(StrangerTurns(3, NEVER_S))
        for number in range(40):
            asked.ask(str(number % 7))
        await settled()
        for _ in range(37):
            assert len(asked.held) == 3
            await asked.end_one()
        while asked.held:
            await asked.end_one()
        assert len(asked.begun) == 40
        asked.ask("later")
        await settled()
        assert asked.begun[-1] == "later"

    run(main())


def test_a_request_that_takes_long_gives_its_place_away_once() -> None:
    async def main() -> None:
        asked = Asked(StrangerTurns(1, 0.001))
        for number in range(5):
            asked.ask(str(number))
        await asyncio.gather(*asked.tasks)
        assert asked.begun == ["0", "1", "2", "3", "4"]
        for turn in asked.held:
            turn.end()
            turn.end()
        turns = asked.turns
        await settled()
        assert turns._free == 1

    run(main())


@pytest.mark.parametrize("gets_a_place", [False, True])
def test_a_caller_that_goes_away_keeps_no_place(gets_a_place: bool) -> None:
    async def main() -> None:
        asked = Asked(StrangerTurns(1, NEVER_S))
        asked.ask("a")
        gone, last = asked.ask("b"), asked.ask("c")
        await settled()
        if gets_a_place:
            asked.held.pop(0).end()  # it has the place, and does not know yet
            gone.cancel()
        else:
            gone.cancel()
            await settled()
            asked.held.pop(0).end()
        await asyncio.gather(gone, last, return_exceptions=True)
        assert asked.begun == ["a", "c"]
        await asked.end_one()
        assert asked.turns._free == 1

    run(main())
