"""Counts of a walk's reads, and the isolation of the rooms in them."""

from __future__ import annotations

from hardware.rooms.site import Antenna
from hardware.rooms.walk import WalkRead, count_reads, wall_isolation_db
from tests.hardware.radio_model.model import RoomRow
from tests.hardware.radio_model.walk import site_of_row

SITE = site_of_row(RoomRow(3))


def test_reads_are_counted_by_room_antenna_and_bin() -> None:
    antenna = Antenna("", 1)
    counts = count_reads(
        WalkRead(n, antenna, rssi_dbm, "E1", "room-1") for n, rssi_dbm in enumerate((-50, -50, -70))
    )
    (bins,) = counts.values()
    assert list(counts) == [("room-1", antenna)]
    assert (sum(bins), bins[40], bins[20]) == (3, 2, 1)


def test_the_isolation_is_the_gap_to_the_strongest_other_antenna() -> None:
    strong, weak = [0] * 71, [0] * 71
    strong[40], weak[25] = 100, 10
    counts: dict[tuple[str, Antenna], list[int]] = {}
    for number in (1, 2, 3):
        room = f"room-{number}"
        counts |= {(room, Antenna("", n)): strong if n == number else weak for n in (1, 2, 3)}
    assert wall_isolation_db(SITE, counts) == 15.0
