"""Tells from a table of reads, second by second, where every known tag was held to be: the watch, on a file's time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hardware.ports import TagRead
from hardware.rooms.learning import WalkRead
from hardware.rooms.room_tracker import RoomEstimate, RoomTracker

SECOND_US = 1_000_000
TICK_US = 250_000
KEEP_UNREAD_US = 15_000_000
UNREAD_CONFIDENCE = 0.99


@dataclass(frozen=True, slots=True)
class SecondEstimates:
    """What was held at the end of a second of the file's time."""

    at_us: int
    beliefs: tuple[RoomEstimate, ...]


def seconds(watch: RoomTracker, reads: Sequence[WalkRead]) -> Iterator[SecondEstimates]:
    """Feeds reads, oldest first, and yields every whole second in which any tag is known.

    A tag unheard stays known, as being in no room, for some seconds more.
    """
    if not reads:
        return
    known: dict[str, int] = {}
    at_us, place = reads[0].at_us // TICK_US * TICK_US, 0
    while place < len(reads) or at_us % SECOND_US:
        if not known and place < len(reads) and reads[place].at_us > at_us + KEEP_UNREAD_US:
            at_us = reads[place].at_us // SECOND_US * SECOND_US
        at_us += TICK_US
        place = _feed(watch, reads, place, at_us)
        watch.tick(at_us)
        if at_us % SECOND_US == 0:
            told = _told(watch, known, at_us)
            if told:
                yield SecondEstimates(at_us, told)


def _feed(watch: RoomTracker, reads: Sequence[WalkRead], place: int, until_us: int) -> int:
    while place < len(reads) and reads[place].at_us < until_us:
        read = reads[place]
        antenna = read.antenna
        watch.reads(antenna.reader, (TagRead(read.epc, antenna.port, read.rssi_dbm, read.at_us),))
        place += 1
    return place


def _told(watch: RoomTracker, known: dict[str, int], at_us: int) -> tuple[RoomEstimate, ...]:
    beliefs = {belief.epc: belief for belief in watch.beliefs()}
    known.update(dict.fromkeys(beliefs, at_us))
    for epc in [epc for epc, last_us in known.items() if at_us - last_us > KEEP_UNREAD_US]:
        del known[epc]
    return tuple(beliefs.get(epc) or RoomEstimate(epc, None, UNREAD_CONFIDENCE, sure=False) for epc in known)
