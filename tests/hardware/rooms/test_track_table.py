"""Many foreign tags need little memory, and the shop's garments are still tracked."""

from __future__ import annotations

import tracemalloc

import pytest

from hardware.ports import TagRead
from hardware.rooms.room_tracker import PresenceSettings, RoomTracker, TagArrived, TagLeft
from hardware.rooms.site import parse_site

SITE = parse_site("\n".join(("rooms:", *(f"  room-{n}: {{antennas: [{n}]}}" for n in range(1, 21)))))
SHIRT = "3034257BF7194E4000001A85"
DRESS = "3034257BF7194E4000001A86"


def flood(tracker: RoomTracker, seconds: int, start_us: int, *, dress_from: int) -> list[object]:
    """30,000 reads a second of 10,000 new tags, among them a shirt that was there before and a dress carried in."""
    changes: list[object] = []
    number = 0
    for tenth in range(seconds * 10):
        at_us = start_us + tenth * 100_000
        reads = [
            TagRead(f"{number + index // 3:024X}", index % 20 + 1, -60.0, at_us + index * 30)
            for index in range(3_000)
        ]
        number += 1_000
        reads.append(TagRead(SHIRT, 3, -50.0, at_us + 99_000))
        if tenth >= dress_from * 10:
            reads += [TagRead(DRESS, 5, -50.0, at_us + late) for late in (99_100, 99_300)]
        changes += tracker.reads("sim", reads)
        changes += tracker.tick(at_us + 99_999)
    return changes


def test_memory_is_bounded_and_garments_are_still_tracked() -> None:
    settings = PresenceSettings()
    tracker = RoomTracker(SITE, None, settings)
    for tenth in range(30):
        tracker.reads("sim", [TagRead(SHIRT, 3, -50.0, 1_000_000 + tenth * 100_000)])
    changes = flood(tracker, 3, 4_000_000, dress_from=1)
    assert tracker.tracked_count <= settings.max_seen_once + settings.max_candidates + 20
    assert not any(isinstance(change, TagLeft) for change in changes)
    assert [c.room for c in changes if isinstance(c, TagArrived) and c.epc == DRESS] == ["room-5"]


def test_tags_seen_once_are_dropped() -> None:
    tracker = RoomTracker(SITE)
    tracker.reads("sim", [TagRead(f"{n:024X}", 1, -60.0, 1_000_000) for n in range(5_000)])
    assert tracker.tracked_count == 5_000
    tracker.tick(10_000_000)
    assert tracker.tracked_count == 0


def test_without_expiry_tags_are_kept() -> None:
    tracker = RoomTracker(SITE, None, PresenceSettings(expire_us=10**12))
    tracker.reads("sim", [TagRead(f"{n:024X}", 1, -60.0, 1_000_000) for n in range(5_000)])
    tracker.tick(10_000_000)
    assert tracker.tracked_count == 5_000


@pytest.mark.full
@pytest.mark.timeout(900)
def test_a_minute_of_flood_stays_within_bounds() -> None:
    tracker = RoomTracker(SITE)
    for tenth in range(30):
        tracker.reads("sim", [TagRead(SHIRT, 3, -50.0, 1_000_000 + tenth * 100_000)])
    tracemalloc.start()
    try:
        changes = flood(tracker, 60, 4_000_000, dress_from=30)
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    print(
        f"after 60 s of 30,000 reads a second of 10,000 new tags a second: {kept / 1e6:.1f} MB more are kept"
    )
    assert kept < 50_000_000
    assert not any(isinstance(change, TagLeft) for change in changes)
    assert [c.room for c in changes if isinstance(c, TagArrived) and c.epc == DRESS] == ["room-5"]
