"""Watches of the store's readers: where silence is a fault, and that notes of the watch reach rooms and end."""

from __future__ import annotations

from pathlib import Path

import pytest

from hardware.ports import NoteKind, ReaderDown, ReaderNote, ReaderUp, TagRead, TagReads
from hardware.rooms.site import Antenna, ReferenceTag, Site
from kiosk.store.radio.reader_watches import SILENT_S, ReaderWatches
from kiosk.store.radio.room_radio import RoomRadio
from kiosk.store.radio.set_up import RadioSettings
from kiosk.store.radio.unused_antennas import MAX_NOTED
from tests.kiosk.store.radio.test_room_radio import READERS, ROOMS, RecordingSink
from tests.kiosk.store.sample_shop import tag

SECOND = 1_000_000
START_US = 1_800_000_000 * SECOND
REFERENCE = "E28011700000020A00000001"
SHIRT = tag("S1", "WHI", "M")


def site(*, one_reader: bool = False) -> Site:
    """Two rooms of two readers; the reference tag is in the room of reader a."""
    readers = ("", "") if one_reader else ("a", "b")
    rooms = {name: (Antenna(reader, port),) for name, reader, port in zip("12", readers, (1, 2), strict=True)}
    return Site(rooms, references={REFERENCE: ReferenceTag("1", -55.0)})


def noted(watches: ReaderWatches, seconds: float) -> list[tuple[str, NoteKind]]:
    return [
        (note.reader, note.kind) for note in watches.tick(START_US + round(seconds * SECOND)) if not note.over
    ]


@pytest.mark.parametrize(("one_reader", "names"), [(False, "ab"), (True, "a")])
def test_only_a_reader_with_a_reference_tag_is_noted_for_silence(*, one_reader: bool, names: str) -> None:
    watches = ReaderWatches(names, site(one_reader=one_reader), None)
    for name in names:
        watches.take(ReaderUp(name, START_US))
    assert noted(watches, SILENT_S - 1) == []
    assert noted(watches, SILENT_S + 1) == [("a", NoteKind.NO_READS)]


def test_a_reference_tag_is_not_a_tag_of_others() -> None:
    watches = ReaderWatches("a", site(), lambda epc: epc == SHIRT)
    watches.take(ReaderUp("a", START_US))
    others = [f"E280{n:04}" for n in range(60)]
    for reads in ([REFERENCE] * 50, [SHIRT] * 50):
        watches.take(TagReads("a", tuple(TagRead(epc, 1, -50.0, START_US) for epc in reads)))
    assert noted(watches, 2) == []
    watches.take(TagReads("a", tuple(TagRead(epc, 1, -50.0, START_US) for epc in others)))
    assert noted(watches, 4) == [("a", NoteKind.FOREIGN_TAGS)]


def test_facts_of_a_reader_without_antennas_are_passed_over() -> None:
    watches = ReaderWatches("a", site(), None)
    watches.take(ReaderUp("scanner", START_US))
    assert noted(watches, 100) == []


def test_the_rooms_of_a_reader_that_reads_nothing_are_without_radio() -> None:
    """As of a reader without a region, which is connected and does not transmit."""
    sink = RecordingSink()
    radio = RoomRadio(RadioSettings(readers=READERS, rooms=ROOMS), sink)
    for reader in ("a", "b"):
        radio.post(ReaderUp(reader, 1))
    assert sink.without_radio[-1] == set()
    radio.post(ReaderNote("b", NoteKind.NO_READS, "it has no region set", 2))
    assert sink.without_radio[-1] == {"2", "3"}
    radio.post(ReaderNote("b", NoteKind.NO_READS, "it has no region set", 3, over=True))
    assert sink.without_radio[-1] == set()
    radio.post(ReaderNote("b", NoteKind.NO_READS, "its preset waits for a trigger", 4))
    assert sink.without_radio[-1] == {"2", "3"}
    radio.post(TagReads("b", (TagRead(REFERENCE, 1, -50.0, 5),)))
    assert sink.without_radio[-1] == set(), "reads end it, also if the driver does not"
    radio.close()


def test_an_antenna_that_no_room_uses_is_noted_once_in_each_connection() -> None:
    """In the answer of health and by `cheval doctor`, which have the notes from the reader states."""
    sink = RecordingSink()
    radio = RoomRadio(RadioSettings(readers=READERS, rooms=ROOMS), sink)
    radio.post(ReaderUp("a", 1))

    def read_at(*ports: int | None) -> list[tuple[NoteKind, int | None]]:
        for port in ports:
            radio.post(TagReads("a", (TagRead(SHIRT, port, -50.0, START_US),)))
        radio.tick(START_US)
        return [(note.kind, note.antenna) for state in radio.reader_states for note in state.notes]

    assert read_at(1, 2, None) == []
    assert read_at(7, 7, 1) == [(NoteKind.NO_ROOM, 7)]
    assert read_at(7) == [(NoteKind.NO_ROOM, 7)]
    assert sink.notes == {}, "it is about no room"
    radio.post(ReaderDown("a", "cable", START_US))
    radio.post(ReaderUp("a", START_US))
    assert read_at(2) == []
    assert read_at(7) == [(NoteKind.NO_ROOM, 7)]
    radio.close()


def test_a_reader_that_sends_any_antenna_number_fills_no_memory() -> None:
    watches = ReaderWatches(["a"], site(), None)
    watches.take(ReaderUp("a", START_US))
    for port in range(1, 2000):
        watches.take(TagReads("a", (TagRead(SHIRT, port, -50.0, START_US),)))
    assert noted(watches, 2) == [("a", NoteKind.NO_ROOM)] * MAX_NOTED


@pytest.mark.parametrize("port", [1, 3])
def test_in_a_shop_with_one_reader_the_antennas_are_bare_numbers(port: int) -> None:
    watches = ReaderWatches(["a"], site(one_reader=True), None)
    watches.take(ReaderUp("a", START_US))
    watches.take(TagReads("a", (TagRead(SHIRT, port, -50.0, START_US),)))
    assert noted(watches, 2) == ([("a", NoteKind.NO_ROOM)] if port == 3 else [])


def test_silence_where_a_reference_tag_hangs_takes_the_radio_until_a_tag_is_read(tmp_path: Path) -> None:
    site, sink = tmp_path / "site.yaml", RecordingSink()
    site.write_text(
        f'rooms: {{"1": {{antennas: [1]}}}}\nreferences: {{"{REFERENCE}": {{room: "1", level_dbm: -50}}}}'
    )
    settings = RadioSettings(readers=READERS[:1], rooms=ROOMS[:1], site_file=site)
    radio = RoomRadio(settings, sink)
    radio.post(ReaderUp("a", 1_000_000))
    for second in range(1, 65):
        radio.tick(second * 1_000_000)
    assert sink.without_radio[-1] == {"1"}
    radio.post(TagReads("a", (TagRead(REFERENCE, 1, -50.0, 65_000_000),)))
    radio.tick(66_000_000)
    assert sink.without_radio[-1] == set()
    radio.close()
