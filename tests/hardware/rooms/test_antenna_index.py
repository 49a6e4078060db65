"""Numbers of antennas: a read without an antenna is placed only where the configuration tells its room."""

from __future__ import annotations

from math import exp

import pytest

from hardware.ports import TagRead
from hardware.rooms.antenna_index import UNKNOWN, AntennaIndex
from hardware.rooms.room_tracker import RoomTracker, TagArrived
from hardware.rooms.signal_model import SmoothingSettings, assumed_table, learned_table, rssi_bin
from hardware.rooms.site import Antenna, parse_site

SITE = parse_site(
    "rooms: {one: {antennas: [a/1, a/2]}, two: {antennas: [b/1]}, three: {antennas: [c/1]}, four: {antennas: [c/2]}}"
)
SHIRT = "3034257BF7194E4000001A85"


@pytest.mark.parametrize(
    ("reader", "port", "number"),
    [
        ("a", 1, 0),
        ("a", 2, 1),
        ("b", 1, 2),
        ("b", None, 2),
        ("a", None, 5),
        ("c", None, UNKNOWN),
        ("d", None, UNKNOWN),
        ("a", 3, UNKNOWN),
    ],
)
def test_the_number_of_a_read(reader: str, port: int | None, number: int) -> None:
    index = AntennaIndex(SITE)
    assert index.number(reader, port) == number
    assert index.rooms_of == ((0,), (0,), (1,), (2,), (3,), (0,))


def test_in_a_shop_with_one_reader_its_name_does_not_matter() -> None:
    assert AntennaIndex(parse_site("rooms: {one: {antennas: [4]}}")).number("ceiling", None) == 0
    assert (
        AntennaIndex(parse_site("rooms: {one: {antennas: [1]}, two: {antennas: [2]}}")).number("x", None)
        == UNKNOWN
    )


def test_the_row_of_several_antennas_is_their_mean_likelihood() -> None:
    index, rows = AntennaIndex(SITE), assumed_table(SITE)
    assert index.rows(rows)[:5] == rows
    assert index.rows(rows)[5][rssi_bin(-50.0)] == pytest.approx(rows[0][rssi_bin(-50.0)])
    counts = {("one", Antenna("a", 1)): [0] * 70 + [9], ("one", Antenna("a", 2)): [9] + [0] * 70}
    walked = learned_table(SITE, counts, "", SmoothingSettings())
    both = index.rows(walked)[5]
    assert exp(both[40][0]) == pytest.approx((exp(walked[0][40][0]) + exp(walked[1][40][0])) / 2)


@pytest.mark.parametrize(("reader", "room"), [("a", "one"), ("b", "two"), ("c", None)])
def test_only_reads_whose_room_the_configuration_tells_arrive(reader: str, room: str | None) -> None:
    tracker = RoomTracker(SITE)
    changes = []
    for n in range(40):
        changes += tracker.reads(reader, [TagRead(SHIRT, None, -50.0, 1_000_000 + n * 100_000)])
        changes += tracker.tick(1_000_000 + n * 100_000)
    assert [c.room for c in changes if isinstance(c, TagArrived)] == ([room] if room else [])
