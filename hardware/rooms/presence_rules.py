"""Decides from a tag's room probabilities when it counts as in a room, sure of it, or gone (state machine)."""

from __future__ import annotations

from math import exp

from hardware.rooms.changes import RoomChange, TagArrived, TagCertaintyChanged, TagLeft
from hardware.rooms.presence_settings import PresenceSettings
from hardware.rooms.track import NO_ROOM, TagTrack

RATE_WINDOW_S = 10.0


class PresenceRules:
    """Moves tracks into and out of rooms.

    `rooms` are the names in the order of the probabilities. A tag becomes sure at probability `sure` and unsure again
    below `unsure`.
    """

    def __init__(
        self, rooms: tuple[str, ...], settings: PresenceSettings, sure: float, unsure: float
    ) -> None:
        self._rooms = rooms
        self._settings = settings
        self._sure = sure
        self._unsure = unsure

    def decide(self, track: TagTrack, at_us: int, silence_counts: bool) -> list[RoomChange]:
        """The changes that follow from a track's probabilities at `at_us`. With `silence_counts` False a tag does not
        leave for lack of reads."""
        self._update_likely_room(track, at_us)
        if track.room == NO_ROOM:
            return self._outside(track, at_us)
        if self._moved(track, at_us):
            return [self._leave(track, at_us), self._enter(track, track.likely_room, at_us)]
        if self._gone(track, at_us, silence_counts):
            return [self._leave(track, at_us)]
        return self._stay(track, at_us)

    def count_reads(self, track: TagTrack, reads: int, elapsed_us: int) -> None:
        """Updates the mean rate of reads by the room's own antennas, over about ten seconds."""
        decay = exp(-elapsed_us / 1e6 / RATE_WINDOW_S)
        track.read_rate = track.read_rate * decay + reads / RATE_WINDOW_S

    def silence_us(self, track: TagTrack, at_us: int) -> int:
        """How long the room's own antennas may not read this tag before it counts as gone.

        Short for an unconfirmed tag whose arrival group is not read either, shortest if other antennas read it since.
        Longest if it is rarely read, or if another antenna still reads it, as when a body shields it.
        """
        settings = self._settings
        if not track.confirmed and at_us - track.group.read_us >= settings.group_us:
            elsewhere = track.last_us - track.room_read_us >= settings.elsewhere_us
            return settings.passing_silence_us if elsewhere else settings.unconfirmed_silence_us
        if at_us - track.last_us < settings.other_antenna_us:
            return settings.max_silence_us
        expected_us = settings.silence_reads / max(0.1, track.read_rate) * 1e6
        return int(min(settings.max_silence_us, max(settings.min_silence_us, expected_us)))

    def _update_likely_room(self, track: TagTrack, at_us: int) -> None:
        probability, outside = track.probabilities[track.best], len(track.probabilities) - 1
        threshold = self._settings.outside if track.best == outside else self._settings.arrive
        likely = track.best if probability >= threshold else NO_ROOM
        if likely != track.likely_room:
            track.likely_room, track.likely_since_us = likely, at_us

    def _outside(self, track: TagTrack, at_us: int) -> list[RoomChange]:
        settings, room = self._settings, track.likely_room
        if not NO_ROOM < room < len(self._rooms) or at_us - track.first_us < settings.settle_us:
            return []
        likely_us = at_us - track.likely_since_us
        clear = track.probabilities[room] >= settings.clear_arrive and likely_us >= settings.clear_arrive_us
        return [self._enter(track, room, at_us)] if clear or likely_us >= settings.arrive_us else []

    def _enter(self, track: TagTrack, room: int, at_us: int) -> RoomChange:
        probability = track.probabilities[room]
        track.room, track.since_us, track.room_read_us = room, at_us, at_us
        track.sure = probability >= self._sure_threshold(track)
        track.confirmed = False
        return TagArrived(self._rooms[room], track.epc, track.sure, round(probability, 4), at_us)

    def _leave(self, track: TagTrack, at_us: int) -> RoomChange:
        name = self._rooms[track.room]
        track.room, track.sure = NO_ROOM, False
        return TagLeft(name, track.epc, at_us)

    def _moved(self, track: TagTrack, at_us: int) -> bool:
        if track.likely_room in (NO_ROOM, track.room, len(self._rooms)):
            return False
        settings, likely_us = self._settings, at_us - track.likely_since_us
        probability = track.probabilities[track.likely_room]
        clear = probability >= settings.clear_move and likely_us >= settings.clear_move_us
        return clear or (probability >= settings.move and likely_us >= settings.move_us)

    def _gone(self, track: TagTrack, at_us: int, silence_counts: bool) -> bool:
        if track.likely_room == len(self._rooms):
            return at_us - track.likely_since_us >= self._settings.outside_us
        return silence_counts and at_us - track.room_read_us > self.silence_us(track, at_us)

    def _stay(self, track: TagTrack, at_us: int) -> list[RoomChange]:
        probability = track.probabilities[track.room]
        self._confirm(track, probability)
        sure = probability >= (self._unsure if track.sure else self._sure_threshold(track))
        if sure == track.sure:
            return []
        track.sure = sure
        return [TagCertaintyChanged(self._rooms[track.room], track.epc, sure, round(probability, 4), at_us)]

    def _confirm(self, track: TagTrack, probability: float) -> None:
        present_us, settings = track.room_read_us - track.since_us, self._settings
        early = probability >= settings.confirm and present_us >= settings.early_confirm_us
        if early or present_us >= settings.confirm_us:
            track.confirmed = True

    def _sure_threshold(self, track: TagTrack) -> float:
        """Higher for a tag that has just arrived, because it may only pass the door."""
        settled = track.room_read_us - track.since_us >= self._settings.new_us
        return self._sure if settled else max(self._sure, self._settings.new_sure)
