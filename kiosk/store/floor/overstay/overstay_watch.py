"""A hint for associates: a room is in use unusually long, and perhaps something is missing. Never on a mirror.

It is no accusation, and names nobody. It is shown for a visit whose shopper is there, after the shop's own minutes; or,
where the shop has set none, after longer than nearly all of its visits take, and only while every room is in use. It is
not shown while a request, a payment or a bag of that room is open, and for `QUIET_US` after anything has changed there:
a piece carried in or out or chosen, a card read, a request or a message. Who asked hides it on her own device.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Final, Protocol

from kiosk.clock import US
from kiosk.core.domain.ids import RoomId
from kiosk.store.floor.open_requests import OpenRequests
from kiosk.store.floor.room_state import RoomState
from kiosk.store.floor.shop_floor import ShopFloor

CHECK_US: Final = 5 * US
QUIET_US: Final = 10 * 60 * US


class LongStay(Protocol):
    """From when on a visit is unusually long."""

    def minutes(self) -> int:
        """By what was measured in this shop. Not to be called under the writer's lock."""
        ...


@dataclass(slots=True)
class _Seen:
    what: object
    quiet_until_us: int


class OverstayWatch:
    """To be ticked by one thread. `minutes`: of the configuration; 0: never, None: by `usual`. `is_paying`: whether an
    order of the room waits for its payment; called without the lock."""

    def __init__(
        self, floor: ShopFloor, open_requests: OpenRequests, usual: LongStay, minutes: int | None, *,
        is_paying: Callable[[RoomId], bool], writer: AbstractContextManager[Any], steady_us: Callable[[], int],
    ) -> None:  # fmt: skip
        self._floor, self._open, self._usual, self._minutes = floor, open_requests, usual, minutes
        self._is_paying, self._writer, self._steady = is_paying, writer, steady_us
        self._checked_us = -CHECK_US
        self._seen: dict[RoomId, _Seen] = {}

    def tick(self) -> None:
        """Shows the hint at rooms, and takes it away. To be called often."""
        now_us = self._steady()
        if self._minutes == 0 or now_us - self._checked_us < CHECK_US:
            return
        self._checked_us = now_us
        limit_us = (self._usual.minutes() if self._minutes is None else self._minutes) * 60 * US
        with self._writer:
            long = self._long(now_us, limit_us)
        hinted = {room for room in long if not self._is_paying(room)}
        with self._writer:
            for state in self._floor.rooms():
                room = state.room.room
                shown = room in hinted and state.visit is not None and not self._is_busy(room)
                if state.overstay is not shown:
                    state.overstay = shown
                    self._floor.publish_room(room)

    def _long(self, now_us: int, limit_us: int) -> list[RoomId]:
        """The rooms in use for so long, in which nothing has changed lately."""
        rooms = self._floor.rooms()
        quiet = [state for state in rooms if self._is_quiet(state, now_us)]
        if self._minutes is None and not all(state.in_use for state in rooms):
            return []
        return [
            state.room.room
            for state in quiet
            if state.visit is not None
            and state.visit.attended is not False
            and now_us - state.visit.began_steady_us >= limit_us
        ]

    def _is_quiet(self, state: RoomState, now_us: int) -> bool:
        room = state.room.room
        found, seen = self._fingerprint(state), self._seen.get(room)
        if seen is None or seen.what != found:
            self._seen[room] = _Seen(found, now_us + QUIET_US)
            return False
        return now_us >= seen.quiet_until_us and not self._is_busy(room)

    def _is_busy(self, room: RoomId) -> bool:
        open_here = any(request.room == room for request in self._open.all())
        return open_here or any(task.room == room for task in self._floor.bags.open())

    def _fingerprint(self, state: RoomState) -> object:
        """What changes when somebody does something there."""
        visit, room = state.visit, state.room.room
        said = (visit.ticket, visit.shopper, visit.chosen, visit.message) if visit is not None else None
        requests = frozenset((r.request_id, r.revision) for r in self._open.all() if r.room == room)
        return said, frozenset(state.pieces), requests
