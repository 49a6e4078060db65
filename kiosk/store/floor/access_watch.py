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
_SESSION: Final = "session/"


def owner_of_mirror(token_mac: str) -> str:
    """The owner of a mirror's streams."""
    return _DEVICE + token_mac


def owner_of_session(token_mac: str, device_mac: str) -> str:
    """The owner of a session's streams: they end with it, and with the access of its device (if it has one)."""
    return f"{_SESSION}{token_mac}/{device_mac}"


class AccessWatch:
    """Looks at the rights. `sessions`: those of some sessions (hashes of their tokens) that have not ended, at a time.

    Times come with the calls, by the clock of the sessions (`AssociateAccounts.clock`).

    `left`: called for a room whose mirror was revoked or paired anew, to end the visit that the former mirror began.
    `claims`: called at each look, to release what people have claimed whose access has ended. `present`: the sessions
    of those on the floor, who may have closed their page. `session_ended`: called for a session (hash of its token)
    that has ended while it had a stream, or was present.
    """

    def __init__(
        self, hub: EventHub, devices: DeviceTokens,
        sessions: Callable[[frozenset[str], int], frozenset[str]], left: Callable[[RoomId], None],
        claims: Callable[[], None] = lambda: None, session_ended: Callable[[str], None] = lambda _: None,
        present: Callable[[], frozenset[str]] = frozenset,
    ) -> None:  # fmt: skip
        self._hub, self._devices, self._sessions, self._left = hub, devices, sessions, left
        self._release_claims, self._session_ended, self._present = claims, session_ended, present
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
        sessions: dict[str, str] = {}
        for owner in owners:
            token_mac, _, device_mac = owner.removeprefix(_SESSION).partition("/")
            is_session = owner.startswith(_SESSION)
            device = device_mac if is_session else owner.removeprefix(_DEVICE)
            if device and self._devices.of_mac(device) is None:
                self._hub.close_owned_by(owner)
            elif is_session:
                sessions[owner] = token_mac
        self._end_visits()
        asked = self._present() | frozenset(sessions.values())
        alive = self._sessions(asked, at_us) if asked else frozenset()
        for token_mac in asked - alive:
            self._session_ended(token_mac)
        for owner, token_mac in sessions.items():
            if token_mac not in alive:
                self._hub.close_owned_by(owner)
        self._release_claims()

    def _end_visits(self) -> None:
        """A visit that cannot be ended now, since the database is away, is ended at a later look."""
        now = {d.room: d.token_mac for d in self._devices.all() if d.kind is DeviceKind.MIRROR}
        for room, token_mac in tuple(self._mirrors.items()):
            if now.get(room) != token_mac:
                self._left(RoomId(room))
                del self._mirrors[room]
        self._mirrors |= now
