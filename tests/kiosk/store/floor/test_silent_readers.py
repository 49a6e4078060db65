"""Readers that are connected but read nothing: their rooms are without radio until a tag is read."""

from __future__ import annotations

from pathlib import Path

from hardware.ports import NoteKind, ReaderNote, ReaderUp, TagRead, TagReads
from kiosk.store.floor.radio import RadioSettings, RoomRadio
from tests.kiosk.store.floor.test_radio import READERS, ROOMS, RecordingSink
from tests.kiosk.store.sample_shop import tag

SHIRT_TAG = tag("S1", "WHI", "M")


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
    radio.close()


def test_silence_where_a_reference_tag_hangs_takes_the_radio_until_a_tag_is_read(tmp_path: Path) -> None:
    site, sink = tmp_path / "site.yaml", RecordingSink()
    site.write_text(
        f'rooms: {{"1": {{antennas: [1]}}}}\nreferences: {{"{SHIRT_TAG}": {{room: "1", level_dbm: -50}}}}'
    )
    settings = RadioSettings(readers=READERS[:1], rooms=ROOMS[:1], site_file=site)
    radio = RoomRadio(settings, sink)
    radio.post(ReaderUp("a", 1_000_000))
    for second in range(1, 65):
        radio.tick(second * 1_000_000)
    assert sink.without_radio[-1] == {"1"}
    radio.post(TagReads("a", (TagRead(SHIRT_TAG, 1, -50.0, 65_000_000),)))
    radio.tick(66_000_000)
    assert sink.without_radio[-1] == set()
    radio.close()
