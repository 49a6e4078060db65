"""The tags a watch remembers, with a bound on each kind, so that a flood of foreign tags costs neither memory nor
rooms: strangers were read once and are only a time; candidates are tracked but in no room; those inside are never
pushed out.
"""

from __future__ import annotations

from collections.abc import Iterator

from hardware.rooms.forward_filter import initial_probabilities
from hardware.rooms.presence_settings import PresenceSettings
from hardware.rooms.track import TagTrack


class TrackTable:
    """All tags heard lately."""

    def __init__(self, rooms: int, tuning: PresenceSettings) -> None:
        self._rooms = rooms
        self._tuning = tuning
        self._strangers: dict[str, int] = {}
        self._candidates: dict[str, TagTrack] = {}
        self._inside: dict[str, TagTrack] = {}

    def __len__(self) -> int:
        return len(self._strangers) + len(self._candidates) + len(self._inside)

    def inside(self) -> list[TagTrack]:
        """Those in a room, the longest first."""
        return list(self._inside.values())

    def candidates(self) -> list[TagTrack]:
        """Those tracked but in no room, the longest unheard first."""
        return list(self._candidates.values())

    def known(self) -> Iterator[TagTrack]:
        """All that are tracked."""
        yield from self._inside.values()
        yield from self._candidates.values()

    def meet(self, epc: str, at_us: int) -> TagTrack | None:
        """The track of a tag just read; None for a stranger, who becomes a candidate when read again soon."""
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

    def settle(self, track: TagTrack) -> None:
        """Puts a track where it belongs after it entered or left a room."""
        home, other = self._inside, self._candidates
        if track.room < 0:
            home, other = other, home
        other.pop(track.epc, None)
        home[track.epc] = track

    def forget(self, now_us: int) -> None:
        """Drops strangers and candidates unheard for `PresenceSettings.forget_us`."""
        oldest = now_us - self._tuning.forget_us
        while self._strangers and next(iter(self._strangers.values())) < oldest:
            del self._strangers[next(iter(self._strangers))]
        for track in self.candidates():
            if track.last_us < oldest:
                del self._candidates[track.epc]

    def _promote(self, epc: str, at_us: int) -> TagTrack | None:
        first_us = self._strangers.pop(epc, None)
        if first_us is None or at_us - first_us > self._tuning.forget_us:
            self._strangers[epc] = at_us
            if len(self._strangers) > self._tuning.strangers:
                del self._strangers[next(iter(self._strangers))]
            return None
        if len(self._candidates) >= self._tuning.candidates:
            del self._candidates[next(iter(self._candidates))]
        return TagTrack(epc, min(first_us, at_us), initial_probabilities(self._rooms))
