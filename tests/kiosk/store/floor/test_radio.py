"""Readers and their rooms: which lost reader leaves which room without radio."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from hardware.ports import ReaderDown, ReaderUp, TagRead, TagReads
from hardware.rooms.changes import RoomChange, TagArrived
from kiosk.core.domain.ids import RoomId
from kiosk.store.floor.radio import RadioSettings, RoomRadio, readers_of
from kiosk.store.settings import ReaderSettings, RoomSettings
from tests.kiosk.store.sample_shop import tag

ROOMS = (
    RoomSettings(RoomId("1"), "", ("a/1",)),
    RoomSettings(RoomId("2"), "", ("b/1", "b/2")),
    RoomSettings(RoomId("3"), "", ("a/2", "b/3")),
    RoomSettings(RoomId("4"), "no radio at all"),
)
READERS = (ReaderSettings("a", "sim://a"), ReaderSettings("b", "sim://b"))
SHIRT = tag("S1", "WHI", "M")


class RecordingSink:
    """Records the room changes and radio states."""

    def __init__(self) -> None:
        self.changes: list[RoomChange] = []
        self.without_radio: list[set[RoomId]] = []
        self.up: dict[str, bool] = {}

    def rooms_changed(self, changes: Sequence[RoomChange]) -> None:
        self.changes += changes

    def radio_changed(self, rooms_without_radio: frozenset[RoomId], readers_up: dict[str, bool]) -> None:
        self.without_radio.append(set(rooms_without_radio))
        self.up = readers_up


@pytest.fixture
def sink() -> RecordingSink:
    return RecordingSink()


@pytest.fixture
def radio(sink: RecordingSink) -> Iterator[RoomRadio]:
    found = RoomRadio(RadioSettings(readers=READERS, rooms=ROOMS), sink)
    yield found
    found.close()


def test_a_lost_reader_takes_the_radio_of_its_own_rooms_only(radio: RoomRadio, sink: RecordingSink) -> None:
    radio.post(ReaderUp("a", 1))
    assert sink.without_radio[-1] == set(), "a reader that has not reported yet is not lost"
    radio.post(ReaderUp("b", 1))
    radio.post(ReaderDown("a", "cable", 2))
    assert sink.without_radio[-1] == {"1", "3"}
    radio.post(ReaderDown("b", "cable", 3))
    assert sink.without_radio[-1] == {"1", "2", "3"}
    radio.post(ReaderUp("a", 4))
    assert sink.without_radio[-1] == {"2", "3"}
    assert radio.up == {"a": True, "b": False}


def test_a_lost_pad_takes_the_radio_only_of_a_room_without_antennas(sink: RecordingSink) -> None:
    readers = (ReaderSettings("ceiling", "sim://ceiling"), ReaderSettings("pad", "sim://127.0.0.1:1"))
    both = RoomSettings(RoomId("1"), "", ("ceiling/1", "pad/1"))
    radio = RoomRadio(RadioSettings(readers=readers, rooms=(both,)), sink)
    radio.post(ReaderDown("pad", "unplugged", 2))
    assert sink.without_radio[-1] == set()
    assert sink.up == {"pad": False}
    radio.post(ReaderDown("ceiling", "cable", 3))
    assert sink.without_radio[-1] == {"1"}
    radio.close()
    alone = RoomRadio(
        RadioSettings(readers=readers, rooms=(both, RoomSettings(RoomId("2"), "", ("pad/2",)))), sink
    )
    alone.post(ReaderDown("pad", "unplugged", 2))
    assert sink.without_radio[-1] == {"1", "2"}
    alone.close()


def test_a_reader_that_cannot_be_opened_is_a_lost_one(sink: RecordingSink) -> None:
    radio = RoomRadio(
        RadioSettings(readers=(ReaderSettings("a", "nonsense://x"), READERS[1]), rooms=ROOMS), sink
    )
    radio.start()
    radio.close()
    assert {"1", "3"} in sink.without_radio


def test_a_bare_port_means_the_only_reader() -> None:
    assert readers_of(RoomSettings(RoomId("1"), "", ("1", "2")), ("ceiling",)) == {"ceiling"}
    assert readers_of(RoomSettings(RoomId("1"), ""), ("ceiling",)) == frozenset()


def test_reads_become_an_arrival_in_the_room_of_the_antenna(radio: RoomRadio, sink: RecordingSink) -> None:
    for n in range(12):
        at_us = 1_000_000 + n * 120_000
        radio.post(TagReads("b", (TagRead(SHIRT, 2, -50.0, at_us),)))
        radio.tick(at_us)
    assert [(c.room, c.epc) for c in sink.changes if isinstance(c, TagArrived)] == [("2", SHIRT)]


def test_a_shop_without_readers_starts(sink: RecordingSink) -> None:
    radio = RoomRadio(RadioSettings(readers=(), rooms=(ROOMS[3],)), sink)
    radio.start()
    radio.tick(1)
    radio.post(ReaderUp("x", 1))
    radio.close()
    assert sink.changes == []
