"""Ends what a right has opened when the right ends: event streams of revoked devices and of ended sessions.

A request asks for its right each time; a stream would go on for hours. So every second the rights of all open streams
are looked at, wherever the right ended: at a page, by a command, by the feed, or by time.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Final

from kiosk.core.domain.ids import RoomId
from kiosk.store.floor.event_hub import EventHub
from kiosk.store.staff.devices import DeviceKind, DeviceTokens

EVERY_S: Final = 1.0
_DEVICE: Final = "device/"


def owner_of_mirror(token_mac: str) -> str:
    """The owner of a mirror's streams; that of a session's is the hash of its token alone."""
    return _DEVICE + token_mac


class AccessWatch:
    """Looks at the rights. `sessions`: those of some sessions (hashes of their tokens) that have not ended, at a time.

    `left`: called for a room whose mirror was revoked or paired anew, to end the visit that the former mirror began.
    """

    def __init__(
        self, hub: EventHub, devices: DeviceTokens,
        sessions: Callable[[frozenset[str], int], frozenset[str]], left: Callable[[RoomId], None],
    ) -> None:  # fmt: skip
        self._hub, self._devices, self._sessions, self._left = hub, devices, sessions, left
        self._mirrors: dict[str, str] = {}
        self._next_s = 0.0

    def tick(self, at_us: int) -> None:
        """Looks if a second has passed since the last look. Raises SQLAlchemyError."""
        now_s = monotonic()
        if now_s >= self._next_s:
            self._next_s = now_s + EVERY_S
            self.look(at_us)

    def look(self, at_us: int) -> None:
        """Looks now: first what needs no database. Raises SQLAlchemyError."""
        owners = self._hub.owners()
        for owner in owners:
            if owner.startswith(_DEVICE) and self._devices.of_mac(owner.removeprefix(_DEVICE)) is None:
                self._hub.close_owned_by(owner)
        self._end_visits()
        sessions = frozenset(owner for owner in owners if not owner.startswith(_DEVICE))
        for ended in sessions - (self._sessions(sessions, at_us) if sessions else frozenset()):
            self._hub.close_owned_by(ended)

    def _end_visits(self) -> None:
        now = {d.room: d.token_mac for d in self._devices.all() if d.kind is DeviceKind.MIRROR}
        before, self._mirrors = self._mirrors, now
        for room, token_mac in before.items():
            if now.get(room) != token_mac:
                self._left(RoomId(room))
