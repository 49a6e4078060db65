"""Runs the room tracker over recorded reads, in the time of the file: the estimated room of each tag, once a second."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hardware.ports import TagRead
from hardware.rooms.changes import RoomEstimate
from hardware.rooms.room_tracker import RoomTracker
from hardware.rooms.walk import WalkRead

SECOND_US = 1_000_000
TICK_US = 250_000
KEEP_UNREAD_US = 15_000_000
UNREAD_CONFIDENCE = 0.99


@dataclass(frozen=True, slots=True)
class SecondEstimates:
    """The estimates at the end of a second."""

    at_us: int
    tags: tuple[RoomEstimate, ...]


def estimates_by_second(tracker: RoomTracker, reads: Sequence[WalkRead]) -> Iterator[SecondEstimates]:
    """Feeds reads (oldest first; their `room` is ignored) and yields every whole second with a known tag.

    A tag without reads stays known, as in no room, for KEEP_UNREAD_US.
    """
    if not reads:
        return
    known: dict[str, int] = {}
    at_us, position = reads[0].at_us // TICK_US * TICK_US, 0
    while position < len(reads) or at_us % SECOND_US:
        if not known and position < len(reads) and reads[position].at_us > at_us + KEEP_UNREAD_US:
            at_us = reads[position].at_us // SECOND_US * SECOND_US
        at_us += TICK_US
        position = _feed(tracker, reads, position, at_us)
        tracker.tick(at_us)
        if at_us % SECOND_US == 0:
            tags = _estimates(tracker, known, at_us)
            if tags:
                yield SecondEstimates(at_us, tags)


def _feed(tracker: RoomTracker, reads: Sequence[WalkRead], position: int, until_us: int) -> int:
    while position < len(reads) and reads[position].at_us < until_us:
        read = reads[position]
        antenna = read.antenna
        tracker.reads(antenna.reader, (TagRead(read.epc, antenna.port, read.rssi_dbm, read.at_us),))
        position += 1
    return position


def _estimates(tracker: RoomTracker, known: dict[str, int], at_us: int) -> tuple[RoomEstimate, ...]:
    estimates = {estimate.epc: estimate for estimate in tracker.estimates()}
    known.update(dict.fromkeys(estimates, at_us))
    for epc in [epc for epc, last_us in known.items() if at_us - last_us > KEEP_UNREAD_US]:
        del known[epc]
    return tuple(
        estimates.get(epc) or RoomEstimate(epc, None, UNREAD_CONFIDENCE, sure=False) for epc in known
    )
