"""From readers and scanners to the room: one garment is one piece, whatever its tags and labels hold."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from hardware.epc.codec import encode, encode_198
from hardware.ports import LabelScanned, TagRead, TagReads
from kiosk.core.domain.ids import PieceId, RoomId, is_anonymous
from kiosk.store.lifecycle import Store
from kiosk.store.radio.room_radio import RoomRadio
from kiosk.store.radio.set_up import RadioSettings
from kiosk.store.settings import ReaderSettings, RoomSettings
from tests.kiosk.store.sample_shop import START_US, ManualClock, gtin_of, piece_of

SHIRT, SERIAL = gtin_of("S1", "WHI", "M"), "77"
PIECE = piece_of("S1", "WHI", "M", 77)
READERS = (ReaderSettings("ceiling", "sim://a"), ReaderSettings("till", "serial:///dev/none"))
ROOMS = (
    RoomSettings(RoomId("1"), "", ("ceiling/1", "till/1")),
    RoomSettings(RoomId("2"), "", ("ceiling/2",)),
)
TAGS = [
    *(pytest.param(encode(SHIRT, SERIAL, length), id=f"sgtin-96/{length}") for length in range(6, 13)),
    *(pytest.param(encode_198(SHIRT, SERIAL, length), id=f"sgtin-198/{length}") for length in range(6, 13)),
]


class Shop:
    """Room 1 with an antenna and a scanner, on the floor of the sample shop."""

    def __init__(self, store: Store, clock: ManualClock) -> None:
        self._store, self._clock, self._at_us = store, clock, START_US
        self.radio = RoomRadio(
            RadioSettings(readers=READERS, rooms=ROOMS), store.service.floor, store.service.hand_scans
        )

    def hang(self, *epcs: str, seconds: float = 3) -> None:
        """Tags before the antenna of room 1."""
        for _ in range(int(seconds * 8)):
            self._at_us += 125_000
            self.radio.post(TagReads("ceiling", tuple(TagRead(epc, 1, -50.0, self._at_us) for epc in epcs)))
            self.radio.tick(self._at_us)

    def scan(self, serial: str | None) -> None:
        self._clock.pass_s(2)
        self.radio.post(LabelScanned("till", SHIRT, serial, self._at_us))

    @property
    def pieces(self) -> list[PieceId]:
        return list(self._store.service.floor.room(RoomId("1")).pieces)


@contextmanager
def shop_of(store: Store, clock: ManualClock) -> Iterator[Shop]:
    shop = Shop(store, clock)
    yield shop
    shop.radio.close()


@pytest.mark.parametrize("tag", TAGS)
def test_a_tag_and_its_label_are_one_piece_and_sold_together(
    store: Store, clock: ManualClock, tag: str
) -> None:
    with shop_of(store, clock) as shop:
        shop.hang(tag)
        shop.scan(SERIAL)
        assert shop.pieces == [PIECE]
    store.resources.catalogue.sell([(PIECE, SHIRT)], "o1", START_US)
    store.service.floor.remove_pieces(RoomId("1"), frozenset({PIECE}))
    with shop_of(store, clock) as shop:
        shop.hang(tag)
        assert shop.pieces == [], "sold by its label, then read"


@pytest.mark.parametrize("tag", TAGS[2:9:3])
def test_a_label_then_its_tag_are_one_piece(store: Store, clock: ManualClock, tag: str) -> None:
    with shop_of(store, clock) as shop:
        shop.scan(SERIAL)
        shop.hang(tag)
        assert shop.pieces == [PIECE]


def test_two_tags_on_one_garment_are_one_piece(store: Store, clock: ManualClock) -> None:
    with shop_of(store, clock) as shop:
        shop.hang(encode(SHIRT, SERIAL, 9), encode_198(SHIRT, SERIAL, 6), encode_198(SHIRT, SERIAL, 9))
        assert shop.pieces == [PIECE]


@pytest.mark.parametrize("tag", TAGS[2:9:3])
@pytest.mark.parametrize("scan_first", [True, False])
def test_a_bar_code_and_the_tag_are_one_piece(
    store: Store, clock: ManualClock, tag: str, scan_first: bool
) -> None:
    with shop_of(store, clock) as shop:
        if scan_first:
            shop.scan(None)
            assert [is_anonymous(piece) for piece in shop.pieces] == [True]
        shop.hang(tag)
        if not scan_first:
            shop.scan(None)
        assert shop.pieces == [PIECE]
