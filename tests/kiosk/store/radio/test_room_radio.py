"""Readers and their rooms: which lost reader leaves which room without radio."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence

import pytest

from hardware.ports import NoteKind, ReaderDown, ReaderNote, ReaderStillDown, ReaderUp, TagRead, TagReads
from hardware.rooms.changes import RoomChange, TagArrived
from kiosk.core.domain.ids import RoomId
from kiosk.store.radio.reader_states import GRACE_US, RadioState
from kiosk.store.radio.room_antennas import readers_of
from kiosk.store.radio.room_radio import RoomRadio
from kiosk.store.radio.set_up import RadioSettings
from kiosk.store.settings import ReaderSettings, RoomSettings
from tests.kiosk.store.sample_shop import piece_of, tag

ROOMS = (
    RoomSettings(RoomId("1"), "", ("a/1",)),
    RoomSettings(RoomId("2"), "", ("b/1", "b/2")),
    RoomSettings(RoomId("3"), "", ("a/2", "b/3")),
    RoomSettings(RoomId("4"), "no radio at all"),
)
READERS = (ReaderSettings("a", "sim://a"), ReaderSettings("b", "sim://b"))
SHIRT = piece_of("S1", "WHI", "M")


class RecordingSink:
    """Records the room changes and radio states."""

    def __init__(self) -> None:
        self.changes: list[RoomChange] = []
        self.without_radio: list[set[RoomId]] = []
        self.up: dict[str, bool] = {}
        self.notes: dict[RoomId, list[str]] = {}

    def rooms_changed(self, changes: Sequence[RoomChange]) -> None:
        self.changes += changes

    def radio_changed(self, state: RadioState) -> None:
        self.without_radio.append(set(state.rooms_without))
        self.up = dict(state.up)
        self.notes = {room: [note.text for note in notes] for room, notes in state.notes.items()}


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
    assert sink.without_radio[-1] == set(), "during a normal start nothing is shown"
    radio.post(ReaderUp("b", 1))
    radio.post(ReaderDown("a", "cable", 2))
    assert sink.without_radio[-1] == {"1", "3"}
    radio.post(ReaderDown("b", "cable", 3))
    assert sink.without_radio[-1] == {"1", "2", "3"}
    radio.post(ReaderUp("a", 4))
    assert sink.without_radio[-1] == {"2", "3"}
    assert {state.name: state.up for state in radio.reader_states} == {"a": True, "b": False}


def test_the_present_reason_of_a_loss_is_shown(radio: RoomRadio, sink: RecordingSink) -> None:
    radio.post(ReaderUp("b", 1))
    radio.post(ReaderDown("a", "connection refused", 2))
    radio.post(ReaderNote("a", NoteKind.SETTING, "of the next connection", 3))
    radio.post(ReaderStillDown("a", "wrong password", 4))
    assert {state.name: state.why for state in radio.reader_states} == {"a": "wrong password", "b": ""}
    assert sink.without_radio[-1] == {"1", "3"}
    radio.post(ReaderUp("a", 5))
    assert [(state.why, len(state.notes)) for state in radio.reader_states] == [("", 1), ("", 0)]
    radio.post(ReaderStillDown("a", "too late", 6))
    assert [state.why for state in radio.reader_states] == ["", ""]


def test_a_lost_pad_takes_the_radio_only_of_a_room_without_antennas(sink: RecordingSink) -> None:
    readers = (ReaderSettings("ceiling", "sim://ceiling"), ReaderSettings("pad", "sim://127.0.0.1:1"))
    both = RoomSettings(RoomId("1"), "", ("ceiling/1", "pad/1"))
    radio = RoomRadio(RadioSettings(readers=readers, rooms=(both,)), sink)
    radio.post(ReaderDown("pad", "unplugged", 2))
    assert sink.without_radio[-1] == set()
    assert sink.up == {"ceiling": False, "pad": False}
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
        radio.post(TagReads("b", (TagRead(tag("S1", "WHI", "M"), 2, -50.0, at_us),)))
        radio.tick(at_us)
    assert [(c.room, c.epc) for c in sink.changes if isinstance(c, TagArrived)] == [("2", SHIRT)]


def note(reader: str, at_us: int, *, over: bool = False) -> ReaderNote:
    return ReaderNote(reader, NoteKind.ANTENNA, "sends no antenna number", at_us, over=over)


def test_without_antenna_numbers_the_rooms_of_a_reader_are_without_radio(
    radio: RoomRadio, sink: RecordingSink
) -> None:
    for reader in ("a", "b"):
        radio.post(ReaderUp(reader, 1))
    for n in range(50):
        radio.post(TagReads("b", (TagRead(SHIRT, None, -50.0, 1_000_000 + n * 100_000),)))
    radio.post(note("b", 2))
    assert sink.without_radio[-1] == {"2", "3"}
    radio.post(ReaderNote("a", NoteKind.ANTENNA, "antenna 7 is disconnected", 3, antenna=7))
    assert sink.without_radio[-1] == {"2", "3"}, "one antenna is another matter"
    radio.post(note("b", 4, over=True))
    assert sink.without_radio[-1] == set()
    radio.post(note("b", 5))
    radio.post(ReaderDown("b", "cable", 6))
    radio.post(ReaderUp("b", 7))
    assert sink.without_radio[-1] == set(), "a new connection ends its notes"
    assert sink.changes == [], "no room is guessed"


@pytest.mark.parametrize("antennas", [("a/1",), ("a/1", "a/2")])
def test_the_configuration_tells_the_room_of_a_reader_of_one_room(
    sink: RecordingSink, antennas: tuple[str, ...]
) -> None:
    rooms = (RoomSettings(RoomId("1"), "", antennas), RoomSettings(RoomId("2"), "", ("b/1", "b/2")))
    radio = RoomRadio(RadioSettings(readers=READERS, rooms=rooms), sink)
    radio.post(ReaderUp("a", 1))
    for n in range(40):
        at_us = 1_000_000 + n * 100_000
        radio.post(TagReads("a", (TagRead(SHIRT, None, None, at_us),)))
        radio.tick(at_us)
    radio.post(note("a", at_us))
    radio.close()
    assert [(c.room, c.epc) for c in sink.changes if isinstance(c, TagArrived)] == [("1", SHIRT)]
    assert sink.without_radio[-1] == set()


def test_a_tag_on_a_pad_is_in_the_pads_room_although_the_next_rooms_antenna_reads_it(
    sink: RecordingSink,
) -> None:
    readers = (ReaderSettings("ceiling", "sim://ceiling"), ReaderSettings("pad", "sim://127.0.0.1:1"))
    rooms = (RoomSettings(RoomId("1"), "", ("pad/1",)), RoomSettings(RoomId("2"), "", ("ceiling/1",)))
    radio = RoomRadio(RadioSettings(readers=readers, rooms=rooms), sink)
    for n in range(30):
        at_us = 1_000_000 + n * 100_000
        radio.post(TagReads("pad", (TagRead(SHIRT, 1, None, at_us),)))
        radio.post(TagReads("ceiling", (TagRead(SHIRT, 1, -58.0, at_us),)))
        radio.tick(at_us)
    radio.close()
    assert [c.room for c in sink.changes if isinstance(c, TagArrived)] == ["1"]


def test_a_shop_without_readers_starts(sink: RecordingSink) -> None:
    radio = RoomRadio(RadioSettings(readers=(), rooms=(ROOMS[3],)), sink)
    radio.start()
    radio.tick(1)
    radio.post(ReaderUp("x", 1))
    radio.close()
    assert sink.changes == []


def test_a_reader_that_never_reports_is_lost_after_the_grace_of_the_start(
    radio: RoomRadio, sink: RecordingSink
) -> None:
    radio.post(ReaderUp("a", 1))
    for now_us in range(0, GRACE_US, GRACE_US // 8):
        radio.tick(1_000_000 + now_us)
        assert sink.without_radio[-1] == set()
    radio.tick(1_000_000 + GRACE_US)
    assert sink.without_radio[-1] == {"2", "3"}
    radio.post(ReaderUp("b", 2))
    assert sink.without_radio[-1] == set()


def test_a_reader_that_is_lost_during_the_grace_is_lost_at_once(
    radio: RoomRadio, sink: RecordingSink
) -> None:
    radio.tick(1_000_000)
    radio.post(ReaderDown("a", "refused", 1_000_001))
    assert sink.without_radio[-1] == {"1", "3"}


class FailingSink(RecordingSink):
    """A sink that does not take the first states."""

    def __init__(self, failures: int) -> None:
        super().__init__()
        self.failures = failures

    def radio_changed(self, state: RadioState) -> None:
        if self.failures:
            self.failures -= 1
            raise RuntimeError("a bug")
        super().radio_changed(state)


def test_a_state_that_was_not_taken_is_published_again() -> None:
    sink = FailingSink(2)
    radio = RoomRadio(RadioSettings(readers=READERS, rooms=ROOMS), sink)
    with pytest.raises(RuntimeError):
        radio.post(ReaderDown("a", "a fault", 1))
    with pytest.raises(RuntimeError):
        radio.tick(1_000_000)
    radio.tick(2_000_000)
    radio.close()
    assert sink.without_radio == [{"1", "3"}]


def test_a_note_reaches_the_rooms_of_its_antenna(radio: RoomRadio, sink: RecordingSink) -> None:
    radio.post(ReaderUp("b", 1))
    radio.post(ReaderNote("b", NoteKind.ANTENNA, "antenna 3 is disconnected", 2, antenna=3))
    assert sink.notes == {"3": ["antenna 3 is disconnected"]}
    radio.post(ReaderNote("b", NoteKind.FAULT, "over-\ntemperature", 3))
    assert sink.notes == {
        "2": ["over- temperature"],
        "3": ["antenna 3 is disconnected", "over- temperature"],
    }
    radio.post(ReaderNote("b", NoteKind.ANTENNA, "antenna 3 is connected", 4, antenna=3, over=True))
    assert sink.notes == {"2": ["over- temperature"], "3": ["over- temperature"]}
    assert [note.text for state in radio.reader_states for note in state.notes] == ["over- temperature"]
    radio.post(ReaderDown("b", "cable", 5))
    radio.post(ReaderUp("b", 6))
    assert sink.notes == {}


def test_a_room_whose_antennas_are_all_disconnected_has_no_radio(
    radio: RoomRadio, sink: RecordingSink
) -> None:
    for reader in "ab":
        radio.post(ReaderUp(reader, 1))
    for antenna, without in ((1, set()), (2, {"2"}), (3, {"2"})):
        radio.post(ReaderNote("b", NoteKind.ANTENNA, "disconnected", 2, antenna=antenna))
        assert sink.without_radio[-1] == without, antenna
    radio.post(ReaderNote("b", NoteKind.ANTENNA, "connected", 3, antenna=1, over=True))
    assert sink.without_radio[-1] == set()


def test_a_note_of_the_only_reader_reaches_bare_ports(sink: RecordingSink) -> None:
    rooms = (RoomSettings(RoomId("1"), "", ("1",)), RoomSettings(RoomId("2"), "", ("2",)))
    radio = RoomRadio(RadioSettings(readers=READERS[:1], rooms=rooms), sink)
    radio.post(ReaderNote("a", NoteKind.ANTENNA, "antenna 2 is disconnected", 2, antenna=2))
    radio.close()
    assert sink.notes == {"2": ["antenna 2 is disconnected"]}


def test_a_note_is_logged_when_it_begins_and_when_it_ends(
    radio: RoomRadio, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "kiosk.store"):
        for n in range(5):
            radio.post(ReaderNote("a", NoteKind.REPORTS, f"{n} reports were left out", n))
        radio.post(ReaderNote("a", NoteKind.REPORTS, "all reports are read", 9, over=True))
        radio.post(ReaderNote("a", NoteKind.REPORTS, "all reports are read", 10, over=True))
    assert [record.getMessage() for record in caplog.records] == [
        "reader a: 0 reports were left out",
        "reader a, over: all reports are read",
    ]
