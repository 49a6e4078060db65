"""When a tag counts as being in a room: the state machine {unsure, in, left} over the weighed chances."""

from __future__ import annotations

from math import exp

from hardware.rooms.changes import RoomChange, TagArrived, TagCertaintyChanged, TagLeft
from hardware.rooms.presence_settings import PresenceSettings
from hardware.rooms.track import TagTrack

NO_ROOM = -1
RATE_S = 10.0


class PresenceRules:
    """Moves tracks into and out of rooms; `names` are the rooms in the order of the chances, `sure` the chance from
    which a tag may be called sure, `unsure` the one below which it is called so no more."""

    def __init__(self, names: tuple[str, ...], tuning: PresenceSettings, sure: float, unsure: float) -> None:
        self._names = names
        self._tuning = tuning
        self._sure = sure
        self._unsure = unsure

    def decide(self, track: TagTrack, at_us: int, silence_counts: bool) -> list[RoomChange]:
        """What follows from the chances of a track, which were weighed at `at_us`."""
        self._lean(track, at_us)
        if track.room == NO_ROOM:
            return self._outside(track, at_us)
        if self._moved(track, at_us):
            return [self._leave(track, at_us), self._enter(track, track.leaning, at_us)]
        if self._gone(track, at_us, silence_counts):
            return [self._leave(track, at_us)]
        return self._stay(track, at_us)

    def heard(self, track: TagTrack, own: int, late_us: int) -> None:
        """Keeps the mean rate of reads by the room's own antennas, over some ten seconds."""
        fade = exp(-late_us / 1e6 / RATE_S)
        track.rate = track.rate * fade + own / RATE_S

    def silence_us(self, track: TagTrack, at_us: int) -> int:
        """How long the room's own antennas may not hear this tag before it is gone: little where it never proved to
        be here and came alone or with others that are silent too, least where other antennas hear it since; else most
        where it is rarely read, or where another antenna hears it still, as behind a body."""
        tuning = self._tuning
        if not track.proved and at_us - track.party.heard_us >= tuning.party_us:
            elsewhere = track.last_us - track.room_us >= tuning.elsewhere_us
            return tuning.passed_us if elsewhere else tuning.unproved_us
        if at_us - track.last_us < tuning.around_us:
            return tuning.silence_most_us
        wait = tuning.gap_reads / max(0.1, track.rate) * 1e6
        return int(min(tuning.silence_most_us, max(tuning.silence_least_us, wait)))

    def _lean(self, track: TagTrack, at_us: int) -> None:
        chance, out = track.chances[track.best], len(track.chances) - 1
        wanted = self._tuning.outside if track.best == out else self._tuning.arrive
        leaning = track.best if chance >= wanted else NO_ROOM
        if leaning != track.leaning:
            track.leaning, track.leaning_us = leaning, at_us

    def _outside(self, track: TagTrack, at_us: int) -> list[RoomChange]:
        tuning = self._tuning
        if not NO_ROOM < track.leaning < len(self._names) or at_us - track.first_us < tuning.settle_us:
            return []
        leaning_us = at_us - track.leaning_us
        clear = track.chances[track.leaning] >= tuning.clear and leaning_us >= tuning.clear_us
        return [self._enter(track, track.leaning, at_us)] if clear or leaning_us >= tuning.dwell_us else []

    def _enter(self, track: TagTrack, room: int, at_us: int) -> RoomChange:
        chance = track.chances[room]
        track.room, track.since_us, track.room_us = room, at_us, at_us
        track.sure = chance >= self._wanted(track)
        track.proved = False
        return TagArrived(self._names[room], track.epc, track.sure, round(chance, 4), at_us)

    def _leave(self, track: TagTrack, at_us: int) -> RoomChange:
        name = self._names[track.room]
        track.room, track.sure = NO_ROOM, False
        return TagLeft(name, track.epc, at_us)

    def _moved(self, track: TagTrack, at_us: int) -> bool:
        if track.leaning in (NO_ROOM, track.room, len(self._names)):
            return False
        tuning, leaning_us, chance = self._tuning, at_us - track.leaning_us, track.chances[track.leaning]
        clear = chance >= tuning.move_clear and leaning_us >= tuning.move_clear_us
        return clear or (chance >= tuning.move and leaning_us >= tuning.move_us)

    def _gone(self, track: TagTrack, at_us: int, silence_counts: bool) -> bool:
        tuning = self._tuning
        if track.leaning == len(self._names):
            return at_us - track.leaning_us >= tuning.outside_us
        return silence_counts and at_us - track.room_us > self.silence_us(track, at_us)

    def _stay(self, track: TagTrack, at_us: int) -> list[RoomChange]:
        chance = track.chances[track.room]
        self._prove(track, chance)
        sure = chance >= (self._unsure if track.sure else self._wanted(track))
        if sure == track.sure:
            return []
        track.sure = sure
        return [TagCertaintyChanged(self._names[track.room], track.epc, sure, round(chance, 4), at_us)]

    def _prove(self, track: TagTrack, chance: float) -> None:
        heard_us, tuning = track.room_us - track.since_us, self._tuning
        if heard_us >= tuning.proof_us or (chance >= tuning.proof and heard_us >= tuning.proof_least_us):
            track.proved = True

    def _wanted(self, track: TagTrack) -> float:
        """The chance from which a tag is sure: more for one that only just came, as passers at the door do."""
        settled = track.room_us - track.since_us >= self._tuning.sure_us
        return self._sure if settled else max(self._sure, self._tuning.sure_at_once)
