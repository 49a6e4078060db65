"""The room watch, driven by reads and ticks: who arrives, who does not, who leaves and who must not."""

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
    """A watch and its time."""

    def __init__(self, watch: RoomTracker | None = None) -> None:
        self.watch = watch or RoomTracker(SITE)
        self.at_us = 1_700_000_000_000_000
        self.changes: list[RoomChange] = []

    def hear(self, seconds: float, *heard: tuple[str, int, float], reader: str = "north") -> list[RoomChange]:
        """Ten reads a second of each (EPC, antenna, signal); what changed meanwhile."""
        before = len(self.changes)
        for _ in range(int(seconds * 1e6 / STEP_US)):
            self.at_us += STEP_US
            reads = [TagRead(epc, antenna, signal, self.at_us) for epc, antenna, signal in heard]
            self.changes += self.watch.reads(reader, reads)
            if self.at_us % 250_000 < STEP_US:
                self.changes += self.watch.tick(self.at_us)
        return self.changes[before:]

    def silence(self, seconds: float) -> list[RoomChange]:
        return self.hear(seconds)


def rooms(changes: Sequence[RoomChange], kind: type) -> list[str]:
    return [change.room for change in changes if isinstance(change, kind)]


def test_a_garment_carried_in_arrives_within_a_second_and_is_sure() -> None:
    shop = Shop()
    changes = shop.hear(1.0, (SHIRT, 1, -50.0))
    assert rooms(changes, TagArrived) == ["one"]
    arrived = changes[0]
    assert isinstance(arrived, TagArrived)
    assert arrived.epc == SHIRT
    assert 0.98 <= arrived.confidence <= 1.0
    assert [(here.epc, here.sure) for here in shop.watch.present("one")] == [(SHIRT, True)]


def test_the_neighbours_antenna_hears_it_too_but_it_is_in_one_room() -> None:
    shop = Shop()
    changes = shop.hear(10.0, (SHIRT, 1, -52.0), (SHIRT, 2, -66.0), (SHIRT, 3, -70.0))
    assert rooms(changes, TagArrived) == ["one"]
    assert shop.watch.present("two") == ()


def test_between_two_rooms_it_is_never_sure() -> None:
    shop = Shop()
    changes = shop.hear(10.0, (SHIRT, 1, -58.0), (SHIRT, 2, -58.0))
    assert not any(isinstance(change, TagArrived | TagCertaintyChanged) and change.sure for change in changes)


def test_a_passer_at_the_door_is_soon_forgotten() -> None:
    shop = Shop()
    shop.hear(2.0, (SHIRT, 1, -58.0))
    assert rooms(shop.changes, TagArrived) == ["one"]
    changes = shop.silence(5.0)
    assert rooms(changes, TagLeft) == ["one"]


def test_what_stayed_is_not_forgotten_behind_a_body() -> None:
    shop = Shop()
    shop.hear(10.0, (SHIRT, 1, -62.0))
    assert not rooms(shop.silence(7.5), TagLeft)


def test_what_came_with_others_is_hidden_not_gone_while_they_are_heard() -> None:
    def silent(seconds: float, *still: tuple[str, int, float]) -> list[str]:
        shop = Shop()
        shop.hear(2.0, (SHIRT, 1, -58.0), (DRESS, 1, -58.0))
        assert rooms(shop.changes, TagArrived) == ["one", "one"]
        return [c.epc for c in shop.hear(seconds, *still) if isinstance(c, TagLeft)]

    assert silent(6.0, (DRESS, 1, -58.0)) == []
    assert silent(10.5, (DRESS, 1, -58.0)) == [SHIRT], "though not for ever"
    assert silent(6.0) == [SHIRT, DRESS], "passers carry several pieces too"


def test_what_came_later_is_no_company() -> None:
    shop = Shop()
    shop.hear(8.0, (DRESS, 1, -58.0))
    shop.hear(2.0, (DRESS, 1, -58.0), (SHIRT, 1, -58.0))
    assert [c.epc for c in shop.hear(6.0, (DRESS, 1, -58.0)) if isinstance(c, TagLeft)] == [SHIRT]


def test_what_passes_in_the_corridor_never_arrives() -> None:
    shop = Shop()
    for antenna in (1, 2, 3):
        shop.hear(1.5, (SHIRT, antenna, -69.0))
    shop.hear(20.0, (DRESS, 2, -70.0))
    assert shop.changes == []


def test_a_single_read_is_nobody() -> None:
    shop = Shop()
    shop.changes += shop.watch.reads("north", [TagRead(SHIRT, 1, -40.0, shop.at_us)])
    assert shop.silence(5.0) == []
    assert list(shop.watch.estimates()) == []


def test_silence_takes_it_out_within_ten_seconds_but_not_at_once() -> None:
    shop = Shop()
    shop.hear(5.0, (SHIRT, 1, -50.0))
    assert rooms(shop.silence(5.0), TagLeft) == []
    assert rooms(shop.silence(5.0), TagLeft) == ["one"]
    assert shop.watch.present("one") == ()


def test_carried_out_past_the_other_doors_it_leaves_though_still_heard() -> None:
    shop = Shop()
    shop.hear(5.0, (SHIRT, 1, -50.0))
    changes = shop.hear(10.0, (SHIRT, 1, -70.0), (SHIRT, 2, -70.0))
    assert [type(change) for change in changes if not isinstance(change, TagCertaintyChanged)] == [TagLeft]


def test_carried_next_door_it_leaves_before_it_arrives() -> None:
    shop = Shop()
    shop.hear(5.0, (SHIRT, 1, -50.0), (SHIRT, 2, -68.0))
    changes = shop.hear(8.0, (SHIRT, 1, -68.0), (SHIRT, 2, -50.0))
    moved = [change for change in changes if not isinstance(change, TagCertaintyChanged)]
    assert [(type(change), change.room) for change in moved] == [(TagLeft, "one"), (TagArrived, "two")]


def test_a_body_before_it_for_some_seconds_does_not_move_it() -> None:
    shop = Shop()
    shop.hear(5.0, (SHIRT, 1, -50.0), (SHIRT, 2, -68.0))
    changes = shop.hear(2.0, (SHIRT, 1, -66.0), (SHIRT, 2, -68.0))
    changes += shop.silence(4.0)
    changes += shop.hear(3.0, (SHIRT, 1, -50.0))
    assert rooms(changes, TagLeft) == []


def test_doubt_is_said_and_taken_back() -> None:
    shop = Shop()
    shop.hear(5.0, (SHIRT, 1, -50.0))
    doubted = shop.hear(4.0, (SHIRT, 1, -63.0), (SHIRT, 2, -58.0))
    assert [c.sure for c in doubted if isinstance(c, TagCertaintyChanged)] == [False]
    again = shop.hear(5.0, (SHIRT, 1, -50.0), (SHIRT, 2, -66.0))
    assert [c.sure for c in again if isinstance(c, TagCertaintyChanged)] == [True]


def lost_reader(shop: Shop, *, told: bool) -> list[RoomChange]:
    """A reader falls silent for half a minute; the watch is told so, or not."""
    shop.hear(5.0, (SHIRT, 1, -50.0))
    if told:
        shop.watch.reader_down("north")
    return shop.silence(30.0)


def test_while_the_reader_is_lost_nothing_leaves() -> None:
    shop = Shop()
    assert rooms(lost_reader(shop, told=True), TagLeft) == []
    shop.watch.reader_up("north")
    assert rooms(shop.silence(9.0), TagLeft) == []
    assert rooms(shop.hear(20.0, (SHIRT, 1, -50.0)), TagLeft) == []
    assert [here.epc for here in shop.watch.present("one")] == [SHIRT]


def test_the_loss_that_nobody_reports_is_what_the_test_above_would_catch() -> None:
    assert rooms(lost_reader(Shop(), told=False), TagLeft) == ["one"]


def test_what_was_carried_off_during_the_loss_leaves_after_the_grace() -> None:
    shop = Shop()
    lost_reader(shop, told=True)
    shop.watch.reader_up("north")
    assert rooms(shop.silence(20.0), TagLeft) == ["one"]


def test_the_loss_of_one_reader_does_not_hold_the_other_rooms() -> None:
    shop = Shop(RoomTracker(TWO_READERS))
    for _ in range(40):
        shop.hear(0.1, (SHIRT, 1, -50.0), reader="north")
        shop.hear(0.1, (DRESS, 1, -50.0), reader="south")
    shop.watch.reader_down("north")
    assert rooms(shop.silence(15.0), TagLeft) == ["two"]


def test_a_reader_that_comes_up_for_the_first_time_holds_nothing() -> None:
    shop = Shop()
    shop.watch.reader_up("north")
    shop.hear(5.0, (SHIRT, 1, -50.0))
    assert rooms(shop.silence(11.0), TagLeft) == ["one"]


def test_company_hastens_an_arrival() -> None:
    def late(alone: bool) -> int:
        shop = Shop()
        if not alone:
            shop.hear(0.9, *((f"AA{index}", 1, -50.0) for index in range(3)))
        start_us = shop.at_us
        changes = shop.hear(4.0, (SHIRT, 1, -60.0), (SHIRT, 2, -62.0))
        return next(
            (c.at_us - start_us for c in changes if isinstance(c, TagArrived) and c.epc == SHIRT), 10**9
        )

    assert late(alone=False) <= late(alone=True)


def test_foreign_antennas_and_reference_tags_are_no_garments() -> None:
    text = "rooms: {one: {antennas: [1]}}\nreferences: {E0: {room: one, level_dbm: -50}}"
    shop = Shop(RoomTracker(parse_site(text)))
    assert shop.hear(3.0, ("E0", 1, -50.0), (SHIRT, 7, -40.0)) == []


def test_times_never_run_backwards() -> None:
    shop = Shop()
    shop.hear(3.0, (SHIRT, 1, -50.0))
    late = shop.watch.reads("north", [TagRead(SHIRT, 1, -50.0, shop.at_us - 60_000_000)])
    late += shop.watch.tick(shop.at_us - 60_000_000)
    assert all(change.at_us >= shop.at_us for change in late)
    times = [change.at_us for change in shop.changes]
    assert times == sorted(times)


@pytest.mark.parametrize("signal", [float("nan"), float("inf"), -500.0, 500.0])
def test_odd_signals_do_no_harm(signal: float) -> None:
    shop = Shop()
    shop.hear(3.0, (SHIRT, 1, -50.0), (SHIRT, 2, signal))
    assert all(0.0 <= estimate.confidence <= 1.0 for estimate in shop.watch.estimates())


def test_an_unknown_room_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        RoomTracker(SITE).present("four")
