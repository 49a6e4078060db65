"""All tags that the room tracker keeps, with a limit for each kind, so that many foreign tags cost little memory.

- Seen once: only the time of the read is kept.
- Candidates: tracked, but in no room.
- Inside: tags in a room, never dropped for space.
"""

from __future__ import annotations

from collections.abc import Iterator

from hardware.rooms.forward_filter import initial_probabilities
from hardware.rooms.presence_settings import PresenceSettings
from hardware.rooms.track import TagTrack


class TrackTable:
    """The tracks of recently read tags, by EPC."""

    def __init__(self, rooms: int, settings: PresenceSettings) -> None:
        self._rooms = rooms
        self._settings = settings
        self._seen_once: dict[str, int] = {}
        self._candidates: dict[str, TagTrack] = {}
        self._inside: dict[str, TagTrack] = {}

    def __len__(self) -> int:
        return len(self._seen_once) + len(self._candidates) + len(self._inside)

    def inside(self) -> list[TagTrack]:
        """Tags in a room, by arrival."""
        return list(self._inside.values())

    def candidates(self) -> list[TagTrack]:
        """Tracked tags in no room, the one read least recently first."""
        return list(self._candidates.values())

    def tracked(self) -> Iterator[TagTrack]:
        """Tags in a room, then candidates."""
        yield from self._inside.values()
        yield from self._candidates.values()

    def track_of(self, epc: str, at_us: int) -> TagTrack | None:
        """The track of a tag that was just read; None at its first read. A second read soon makes it a candidate."""
        track = self._inside.get(epc)
        if track is not None:
            return track
        track = self._candidates.pop(epc, None)
        if track is None:
            track = self._promote(epc, at_us)
            if track is None:
                return None
        self._candidates[epc] = track
        return track

    def relocate(self, track: TagTrack) -> None:
        """Moves a track to the right kind after it entered or left a room."""
        target, other = self._inside, self._candidates
        if track.room < 0:
            target, other = other, target
        other.pop(track.epc, None)
        target[track.epc] = track

    def expire(self, now_us: int) -> None:
        """Drops tags in no room that were not read for `PresenceSettings.expire_us`."""
        oldest = now_us - self._settings.expire_us
        while self._seen_once and next(iter(self._seen_once.values())) < oldest:
            del self._seen_once[next(iter(self._seen_once))]
        for track in self.candidates():
            if track.last_us < oldest:
                del self._candidates[track.epc]

    def _promote(self, epc: str, at_us: int) -> TagTrack | None:
        first_us = self._seen_once.pop(epc, None)
        if first_us is None or at_us - first_us > self._settings.expire_us:
            self._seen_once[epc] = at_us
            if len(self._seen_once) > self._settings.max_seen_once:
                del self._seen_once[next(iter(self._seen_once))]
            return None
        if len(self._candidates) >= self._settings.max_candidates:
            del self._candidates[next(iter(self._candidates))]
        return TagTrack(epc, min(first_us, at_us), initial_probabilities(self._rooms))
