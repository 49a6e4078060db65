"""The room tracker, driven by reads and ticks: which tags arrive, which do not, which leave and which must stay."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from hardware.ports import TagRead
from hardware.rooms.room_tracker import RoomChange, RoomTracker, TagArrived, TagCertaintyChanged, TagLeft
from hardware.rooms.site import parse_site

SITE = parse_site("rooms: {one: {antennas: [1]}, two: {antennas: [2]}, three: {antennas: [3]}}")
TWO_READERS = parse_site("rooms: {one: {antennas: [north/1]}, two: {antennas: [south/1]}}")
SHIRT, DRESS = "3034257BF7194E4000001A85", "3034257BF7194E4000001A86"
STEP_US = 100_000


class Shop:
    """A tracker and its time."""

    def __init__(self, tracker: RoomTracker | None = None) -> None:
        self.tracker = tracker or RoomTracker(SITE)
        self.at_us = 1_700_000_000_000_000
        self.changes: list[RoomChange] = []

    def read(self, seconds: float, *reads: tuple[str, int, float], reader: str = "north") -> list[RoomChange]:
        """Ten reads a second of each (EPC, antenna, signal); what changed meanwhile."""
        before = len(self.changes)
        for _ in range(int(seconds * 1e6 / STEP_US)):
            self.at_us += STEP_US
            found = [TagRead(epc, antenna, signal, self.at_us) for epc, antenna, signal in reads]
            self.changes += self.tracker.reads(reader, found)
            if self.at_us % 250_000 < STEP_US:
                self.changes += self.tracker.tick(self.at_us)
        return self.changes[before:]

    def silence(self, seconds: float) -> list[RoomChange]:
        return self.read(seconds)


def rooms(changes: Sequence[RoomChange], kind: type) -> list[str]:
    return [change.room for change in changes if isinstance(change, kind)]


def test_a_garment_carried_in_arrives_within_a_second_and_is_sure() -> None:
    shop = Shop()
    changes = shop.read(1.0, (SHIRT, 1, -50.0))
    assert rooms(changes, TagArrived) == ["one"]
    arrived = changes[0]
    assert isinstance(arrived, TagArrived)
    assert arrived.epc == SHIRT
    assert 0.98 <= arrived.confidence <= 1.0
    assert [(here.epc, here.sure) for here in shop.tracker.present("one")] == [(SHIRT, True)]


def test_a_tag_that_two_antennas_read_is_in_one_room() -> None:
    shop = Shop()
    changes = shop.read(10.0, (SHIRT, 1, -52.0), (SHIRT, 2, -66.0), (SHIRT, 3, -70.0))
    assert rooms(changes, TagArrived) == ["one"]
    assert shop.tracker.present("two") == ()


def test_a_tag_between_two_rooms_is_never_sure() -> None:
    shop = Shop()
    changes = shop.read(10.0, (SHIRT, 1, -58.0), (SHIRT, 2, -58.0))
    assert not any(isinstance(change, TagArrived | TagCertaintyChanged) and change.sure for change in changes)


def test_a_tag_that_passes_the_door_leaves_soon() -> None:
    shop = Shop()
    shop.read(2.0, (SHIRT, 1, -58.0))
    assert rooms(shop.changes, TagArrived) == ["one"]
    changes = shop.silence(5.0)
    assert rooms(changes, TagLeft) == ["one"]


def test_a_confirmed_tag_stays_while_a_body_shields_it() -> None:
    shop = Shop()
    shop.read(10.0, (SHIRT, 1, -62.0))
    assert not rooms(shop.silence(7.5), TagLeft)


def test_a_tag_without_reads_stays_while_its_group_is_read() -> None:
    def silent(seconds: float, *still: tuple[str, int, float]) -> list[str]:
        shop = Shop()
        shop.read(2.0, (SHIRT, 1, -58.0), (DRESS, 1, -58.0))
        assert rooms(shop.changes, TagArrived) == ["one", "one"]
        return [c.epc for c in shop.read(seconds, *still) if isinstance(c, TagLeft)]

    assert silent(6.0, (DRESS, 1, -58.0)) == []
    assert silent(10.5, (DRESS, 1, -58.0)) == [SHIRT], "though not for ever"
    assert silent(6.0) == [SHIRT, DRESS], "passers carry several pieces too"


def test_a_later_tag_does_not_join_the_group() -> None:
    shop = Shop()
    shop.read(8.0, (DRESS, 1, -58.0))
    shop.read(2.0, (DRESS, 1, -58.0), (SHIRT, 1, -58.0))
    assert [c.epc for c in shop.read(6.0, (DRESS, 1, -58.0)) if isinstance(c, TagLeft)] == [SHIRT]


def test_tags_in_the_corridor_never_arrive() -> None:
    shop = Shop()
    for antenna in (1, 2, 3):
        shop.read(1.5, (SHIRT, antenna, -69.0))
    shop.read(20.0, (DRESS, 2, -70.0))
    assert shop.changes == []


def test_a_single_read_is_ignored() -> None:
    shop = Shop()
    shop.changes += shop.tracker.reads("north", [TagRead(SHIRT, 1, -40.0, shop.at_us)])
    assert shop.silence(5.0) == []
    assert list(shop.tracker.estimates()) == []


def test_a_tag_without_reads_leaves_after_five_to_ten_seconds() -> None:
    shop = Shop()
    shop.read(5.0, (SHIRT, 1, -50.0))
    assert rooms(shop.silence(5.0), TagLeft) == []
    assert rooms(shop.silence(5.0), TagLeft) == ["one"]
    assert shop.tracker.present("one") == ()


def test_a_tag_carried_past_other_doors_leaves_although_it_is_still_read() -> None:
    shop = Shop()
    shop.read(5.0, (SHIRT, 1, -50.0))
    changes = shop.read(10.0, (SHIRT, 1, -70.0), (SHIRT, 2, -70.0))
    assert [type(change) for change in changes if not isinstance(change, TagCertaintyChanged)] == [TagLeft]


def test_a_tag_leaves_its_room_before_it_arrives_in_the_next() -> None:
    shop = Shop()
    shop.read(5.0, (SHIRT, 1, -50.0), (SHIRT, 2, -68.0))
    changes = shop.read(8.0, (SHIRT, 1, -68.0), (SHIRT, 2, -50.0))
    moved = [change for change in changes if not isinstance(change, TagCertaintyChanged)]
    assert [(type(change), change.room) for change in moved] == [(TagLeft, "one"), (TagArrived, "two")]


def test_a_tag_shielded_by_a_person_for_some_seconds_stays_in_its_room() -> None:
    shop = Shop()
    shop.read(5.0, (SHIRT, 1, -50.0), (SHIRT, 2, -68.0))
    changes = shop.read(2.0, (SHIRT, 1, -66.0), (SHIRT, 2, -68.0))
    changes += shop.silence(4.0)
    changes += shop.read(3.0, (SHIRT, 1, -50.0))
    assert rooms(changes, TagLeft) == []


def test_a_tag_becomes_unsure_and_sure_again() -> None:
    shop = Shop()
    shop.read(5.0, (SHIRT, 1, -50.0))
    doubted = shop.read(4.0, (SHIRT, 1, -63.0), (SHIRT, 2, -58.0))
    assert [c.sure for c in doubted if isinstance(c, TagCertaintyChanged)] == [False]
    again = shop.read(5.0, (SHIRT, 1, -50.0), (SHIRT, 2, -66.0))
    assert [c.sure for c in again if isinstance(c, TagCertaintyChanged)] == [True]


def lost_reader(shop: Shop, *, reported: bool) -> list[RoomChange]:
    """A reader sends no data for half a minute; the tracker knows that it is disconnected, or not."""
    shop.read(5.0, (SHIRT, 1, -50.0))
    if reported:
        shop.tracker.reader_down("north")
    return shop.silence(30.0)


def test_no_tag_leaves_while_the_reader_is_disconnected() -> None:
    shop = Shop()
    assert rooms(lost_reader(shop, reported=True), TagLeft) == []
    shop.tracker.reader_up("north")
    assert rooms(shop.silence(9.0), TagLeft) == []
    assert rooms(shop.read(20.0, (SHIRT, 1, -50.0)), TagLeft) == []
    assert [here.epc for here in shop.tracker.present("one")] == [SHIRT]


def test_an_unreported_loss_makes_tags_leave() -> None:
    assert rooms(lost_reader(Shop(), reported=False), TagLeft) == ["one"]


def test_a_tag_taken_away_during_the_loss_leaves_after_the_grace_time() -> None:
    shop = Shop()
    lost_reader(shop, reported=True)
    shop.tracker.reader_up("north")
    assert rooms(shop.silence(20.0), TagLeft) == ["one"]


def test_the_loss_of_one_reader_does_not_concern_other_rooms() -> None:
    shop = Shop(RoomTracker(TWO_READERS))
    for _ in range(40):
        shop.read(0.1, (SHIRT, 1, -50.0), reader="north")
        shop.read(0.1, (DRESS, 1, -50.0), reader="south")
    shop.tracker.reader_down("north")
    assert rooms(shop.silence(15.0), TagLeft) == ["two"]


def test_the_first_connection_has_no_grace_time() -> None:
    shop = Shop()
    shop.tracker.reader_up("north")
    shop.read(5.0, (SHIRT, 1, -50.0))
    assert rooms(shop.silence(11.0), TagLeft) == ["one"]


def test_recent_arrivals_speed_up_the_next_one() -> None:
    def late(alone: bool) -> int:
        shop = Shop()
        if not alone:
            shop.read(0.9, *((f"AA{index}", 1, -50.0) for index in range(3)))
        start_us = shop.at_us
        changes = shop.read(4.0, (SHIRT, 1, -60.0), (SHIRT, 2, -62.0))
        return next(
            (c.at_us - start_us for c in changes if isinstance(c, TagArrived) and c.epc == SHIRT), 10**9
        )

    assert late(alone=False) <= late(alone=True)


def test_unknown_antennas_and_reference_tags_are_ignored() -> None:
    text = "rooms: {one: {antennas: [1]}}\nreferences: {E0: {room: one, level_dbm: -50}}"
    shop = Shop(RoomTracker(parse_site(text)))
    assert shop.read(3.0, ("E0", 1, -50.0), (SHIRT, 7, -40.0)) == []


def test_times_never_decrease() -> None:
    shop = Shop()
    shop.read(3.0, (SHIRT, 1, -50.0))
    late = shop.tracker.reads("north", [TagRead(SHIRT, 1, -50.0, shop.at_us - 60_000_000)])
    late += shop.tracker.tick(shop.at_us - 60_000_000)
    assert all(change.at_us >= shop.at_us for change in late)
    times = [change.at_us for change in shop.changes]
    assert times == sorted(times)


@pytest.mark.parametrize("signal", [float("nan"), float("inf"), -500.0, 500.0])
def test_invalid_signals_are_accepted(signal: float) -> None:
    shop = Shop()
    shop.read(3.0, (SHIRT, 1, -50.0), (SHIRT, 2, signal))
    assert all(0.0 <= estimate.confidence <= 1.0 for estimate in shop.tracker.estimates())


def test_an_unknown_room_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        RoomTracker(SITE).present("four")
