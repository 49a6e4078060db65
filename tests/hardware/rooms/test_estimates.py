"""Estimates of recorded reads: one for each second of the file, gaps skipped, unread tags kept for a while."""

from __future__ import annotations

from hardware.rooms.estimates import KEEP_UNREAD_US, SECOND_US, estimates_by_second
from hardware.rooms.room_tracker import RoomTracker
from hardware.rooms.site import Antenna, parse_site
from hardware.rooms.walk import WalkRead

SITE = parse_site("rooms: {one: {antennas: [1]}, two: {antennas: [2]}}")
HOUR_US = 3600 * SECOND_US


def reads(seconds: float, start_us: int, epc: str = "E1") -> list[WalkRead]:
    times = range(start_us, start_us + round(seconds * SECOND_US), 100_000)
    return [WalkRead(at_us, Antenna("", 1), -50.0, epc, "") for at_us in times]


def test_no_reads_give_no_estimates() -> None:
    assert list(estimates_by_second(RoomTracker(SITE), [])) == []


def test_each_second_of_the_file_has_the_known_tags() -> None:
    found = list(estimates_by_second(RoomTracker(SITE), reads(5.0, 10 * SECOND_US)))
    assert [second.at_us for second in found] == [n * SECOND_US for n in range(11, 16)]
    assert {tag.room for second in found for tag in second.tags} == {"one"}


def test_a_long_gap_is_skipped_and_an_unread_tag_is_kept_for_a_while() -> None:
    recording = reads(3.0, 0) + reads(3.0, HOUR_US, "E2")
    found = list(estimates_by_second(RoomTracker(SITE), recording))
    before = [second for second in found if second.at_us < HOUR_US]
    after = [second for second in found if second.at_us > HOUR_US]
    assert len(before) + len(after) == len(found) < 60
    assert before[-1].at_us > 3 * SECOND_US + KEEP_UNREAD_US - 2 * SECOND_US
    assert [(tag.epc, tag.room) for tag in before[-1].tags] == [("E1", None)]
    assert {tag.epc for second in after for tag in second.tags} == {"E2"}
