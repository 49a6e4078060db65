"""Lets requests, and TLS handshakes, of unknown callers begin in turn of their addresses, a few at a time.

So what strangers ask for costs known callers (mirrors, sessions) a few requests' time, however many strangers there
are; and one address that asks much delays another by one of its requests. No input or output.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from typing import Final

HOLD_S: Final = 0.1
"""A request that takes longer gives its place to the next one: it waits for a picture or for a PIN to be checked."""


class Turn:
    """The place of one request or handshake; `end` may be called twice."""

    __slots__ = ("_turns", "timer")

    def __init__(self, turns: StrangerTurns) -> None:
        self._turns: StrangerTurns | None = turns
        self.timer: asyncio.TimerHandle | None = None

    def end(self) -> None:
        """The next request begins."""
        turns, self._turns = self._turns, None
        if self.timer is not None:
            self.timer.cancel()
        if turns is not None:
            turns.ended()


class StrangerTurns:
    """`at_once`: requests that have a place at the same time. To be used on the event loop's thread."""

    def __init__(self, at_once: int, hold_s: float = HOLD_S) -> None:
        self._free, self._hold_s = at_once, hold_s
        self._waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()

    @property
    def waiting(self) -> int:
        """Requests that wait."""
        return sum(map(len, self._waiting.values()))

    async def take(self, address: str) -> Turn:
        """Waits for a place. Connections of unknown callers have a limit, so that as many may wait."""
        loop = asyncio.get_running_loop()
        if self._free:
            self._free -= 1
        else:
            place = loop.create_future()
            self._waiting.setdefault(address, deque()).append(place)
            try:
                await place
            except asyncio.CancelledError:
                if not place.cancelled():
                    self.ended()
                raise
        turn = Turn(self)
        turn.timer = loop.call_later(self._hold_s, turn.end)
        return turn

    def ended(self) -> None:
        """A place is free: it is that of the address which has waited longest for one."""
        place = self._next()
        if place is None:
            self._free += 1
        else:
            place.set_result(None)

    def _next(self) -> asyncio.Future[None] | None:
        while self._waiting:
            address, places = self._waiting.popitem(last=False)
            place = places.popleft()
            if places:
                self._waiting[address] = places
            if not place.done():
                return place
        return None
