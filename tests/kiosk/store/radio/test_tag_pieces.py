"""Reads carry pieces before the room tracker sees them; reference tags and foreign tags stay tags."""

from __future__ import annotations

import time
from collections.abc import Sequence

from hardware.epc.codec import encode, encode_198
from hardware.ports import TagRead, TagReads
from hardware.rooms.changes import RoomChange, TagArrived
from kiosk.core.domain.ids import RoomId
from kiosk.store.radio.reader_states import RadioState
from kiosk.store.radio.room_radio import RoomRadio
from kiosk.store.radio.set_up import RadioSettings
from kiosk.store.radio.tag_pieces import MAX_CACHED_TAGS, TagPieces
from kiosk.store.settings import ReaderSettings, RoomSettings
from tests.kiosk.store.label_forms import tags
from tests.kiosk.store.sample_shop import gtin_of, piece_of

SHIRT = gtin_of("S1", "WHI", "M")
FOREIGN = "E2003411B802011383258566"


def named(pieces: TagPieces, *epcs: str) -> list[str]:
    reads = tuple(TagRead(epc, 2, -61.5, 7) for epc in epcs)
    found = pieces.named(reads)
    assert [(r.antenna, r.rssi_dbm, r.at_us) for r in found] == [(2, -61.5, 7)] * len(epcs)
    return [read.epc for read in found]


def test_all_tags_of_a_garment_are_one_piece() -> None:
    forms = tags(SHIRT, "1").values()
    assert set(named(TagPieces(), *forms)) == {piece_of("S1", "WHI", "M", 1)}


def test_reference_tags_and_tags_of_no_garment_stay_what_they_are() -> None:
    reference = encode(SHIRT, 9)
    pieces = TagPieces(references=(reference,))
    epcs = [reference, FOREIGN, "30" * 3, "", "no hex"]
    assert named(pieces, *epcs) == epcs
    assert named(pieces, *epcs) == epcs, "from the cache as well"
    assert named(pieces, encode(SHIRT, 8)) == [piece_of("S1", "WHI", "M", 8)]


def test_the_cache_is_bounded() -> None:
    pieces = TagPieces()
    for start in range(0, MAX_CACHED_TAGS + 100, 1000):
        named(pieces, *(f"E2{number:022X}" for number in range(start, start + 1000)))
    assert len(pieces) <= MAX_CACHED_TAGS
    assert named(pieces, encode(SHIRT, 8)) == [piece_of("S1", "WHI", "M", 8)]


def test_a_known_tag_costs_less_than_decoding_it() -> None:
    """Ten thousand reads per second of some hundred tags: the cache must be cheaper than decoding each read."""
    from kiosk.store.piece_ids import piece_of_epc

    epcs = [encode_198(SHIRT, f"A{number}") for number in range(500)]
    reads = tuple(TagRead(epcs[number % 500], 1, -60.0, number) for number in range(10_000))
    pieces = TagPieces()
    pieces.named(reads)

    def cached() -> float:
        begun = time.thread_time()
        pieces.named(reads)
        return time.thread_time() - begun

    def decoded() -> float:
        begun = time.thread_time()
        for read in reads:
            piece_of_epc(read.epc)
        return time.thread_time() - begun

    assert min(cached() for _ in range(5)) * 2 < min(decoded() for _ in range(5))


class Changes:
    """Records the room changes."""

    def __init__(self) -> None:
        self.arrived: list[str] = []

    def rooms_changed(self, changes: Sequence[RoomChange]) -> None:
        self.arrived += [change.epc for change in changes if isinstance(change, TagArrived)]

    def radio_changed(self, state: RadioState) -> None:
        pass


def arrivals(*epcs: str) -> list[str]:
    """What arrives when these tags hang before an antenna."""
    changes = Changes()
    rooms = (RoomSettings(RoomId("1"), "", ("a/1",)), RoomSettings(RoomId("2"), "", ("a/2",)))
    settings = RadioSettings(readers=(ReaderSettings("a", "sim://a"),), rooms=rooms)
    radio = RoomRadio(settings, changes)
    for number in range(24):
        at_us = 1_000_000 + number * 120_000
        radio.post(TagReads("a", tuple(TagRead(epc, 1, -50.0, at_us) for epc in epcs)))
        radio.tick(at_us)
    radio.close()
    return changes.arrived


def test_two_tags_of_one_garment_are_one_arrival() -> None:
    assert arrivals(encode(SHIRT, 1, 9), encode_198(SHIRT, "1", 6)) == [piece_of("S1", "WHI", "M", 1)]
    assert sorted(arrivals(encode(SHIRT, 1, 9), encode(SHIRT, 2, 9))) == [
        piece_of("S1", "WHI", "M", 1), piece_of("S1", "WHI", "M", 2),
    ]  # fmt: skip
