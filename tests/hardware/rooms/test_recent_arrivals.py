"""Recent arrivals raise the weight of their room for some seconds, and form groups."""

from __future__ import annotations

from hardware.rooms.presence_settings import PresenceSettings
from hardware.rooms.recent_arrivals import RecentArrivals
from hardware.rooms.track import TagTrack

SETTINGS = PresenceSettings()
START_US = 1_000_000_000


def arrive(arrivals: RecentArrivals, room: int, at_us: int) -> TagTrack:
    track = TagTrack("E1", at_us, [0.5, 0.5, 0.0])
    track.room = room
    arrivals.add(track, at_us)
    return track


def test_without_arrivals_every_room_weighs_the_same() -> None:
    arrivals = RecentArrivals(2, SETTINGS)
    arrivals.tick(START_US)
    assert arrivals.room_weights == (1.0, 1.0)


def test_an_arrival_raises_its_room_and_fades() -> None:
    arrivals = RecentArrivals(2, SETTINGS)
    arrive(arrivals, 1, START_US)
    assert arrivals.room_weights == (1.0, 2.0)
    arrivals.tick(START_US + SETTINGS.arrival_memory_us)
    assert 1.3 < arrivals.room_weights[1] < 1.4
    arrivals.tick(START_US + 10 * SETTINGS.arrival_memory_us)
    assert arrivals.room_weights == (1.0, 1.0)


def test_many_arrivals_have_a_limit() -> None:
    arrivals = RecentArrivals(1, SETTINGS)
    for _ in range(50):
        arrive(arrivals, 0, START_US)
    assert arrivals.room_weights == (4.0,)


def test_arrivals_close_in_time_are_one_group() -> None:
    arrivals = RecentArrivals(2, SETTINGS)
    first = arrive(arrivals, 0, START_US)
    second = arrive(arrivals, 0, START_US + SETTINGS.arrival_memory_us)
    other_room = arrive(arrivals, 1, START_US + SETTINGS.arrival_memory_us)
    later = arrive(arrivals, 0, START_US + 3 * SETTINGS.arrival_memory_us)
    assert first.group is second.group
    assert other_room.group is not first.group
    assert later.group is not first.group
