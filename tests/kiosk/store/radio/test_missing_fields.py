"""Connections to simulated readers that leave out the antenna or the signal strength, up to the rooms of the store."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import pytest

from hardware.clock import now_us
from hardware.rooms.changes import RoomChange, TagArrived
from hardware.sim.radio.llrp_model import ReaderModel
from hardware.sim.radio.llrp_reader import SimLlrpReader
from kiosk.core.domain.ids import RoomId
from kiosk.store.radio.reader_states import RadioState
from kiosk.store.radio.room_radio import RoomRadio
from kiosk.store.radio.set_up import RadioSettings
from kiosk.store.settings import ReaderSettings, RoomSettings

EPC = "3034257BF7194E4000001A85"
ONE_ROOM = {"1": ("ceiling/1", "ceiling/2")}
TWO_ROOMS = {"1": ("ceiling/1",), "2": ("ceiling/2",)}


class Shop:
    """The radio of a shop with one reader, and what it reports."""

    def __init__(self, uri: str, rooms: Mapping[str, tuple[str, ...]]) -> None:
        self.arrived: list[str] = []
        self.without_radio: set[str] = set()
        self.notes: dict[str, list[str]] = {}
        self.radio = RoomRadio(
            RadioSettings(
                readers=(ReaderSettings("ceiling", uri),),
                rooms=tuple(RoomSettings(RoomId(room), "", antennas) for room, antennas in rooms.items()),
            ),
            self,
        )

    def rooms_changed(self, changes: Sequence[RoomChange]) -> None:
        self.arrived += [change.room for change in changes if isinstance(change, TagArrived)]

    def radio_changed(self, state: RadioState) -> None:
        self.without_radio = set(state.rooms_without)
        self.notes = {room: [note.text for note in notes] for room, notes in state.notes.items()}

    def run_until(self, holds: Callable[[], bool], what: str) -> None:
        """Lets the time of the shop pass until this holds; fails after 20 s."""
        deadline = time.monotonic() + 20
        while not holds():
            assert time.monotonic() < deadline, f"no {what} within 20 s: {self.__dict__}"
            self.radio.tick(now_us())
            threading.Event().wait(0.02)


@contextmanager
def shop(model: ReaderModel, rooms: Mapping[str, tuple[str, ...]]) -> Iterator[Shop]:
    with SimLlrpReader(model) as sim:
        sim.place(EPC, antenna=2, rssi_dbm=-50.0, rate_hz=20)
        made = Shop(sim.uri, rooms)
        made.radio.start()
        try:
            yield made
        finally:
            made.radio.close()


def test_without_antenna_numbers_two_rooms_are_without_radio_and_show_nothing() -> None:
    with shop(ReaderModel(sends_antenna=False), TWO_ROOMS) as place:
        place.run_until(lambda: place.without_radio == {"1", "2"}, "room without radio")
        assert place.arrived == []
        for room in TWO_ROOMS:
            (note,) = place.notes[room]
            assert "its 4 antennas cannot be told apart; switch on AntennaID" in note


@pytest.mark.parametrize(
    ("model", "rooms", "room"),
    [
        (ReaderModel(sends_antenna=False), ONE_ROOM, "1"),
        (ReaderModel(sends_rssi=False), TWO_ROOMS, "2"),
        (ReaderModel(sends_rssi=False, sends_antenna=False, sends_timestamp=False), ONE_ROOM, "1"),
    ],
)
def test_a_garment_is_shown_where_the_room_is_known(
    model: ReaderModel, rooms: Mapping[str, tuple[str, ...]], room: str
) -> None:
    with shop(model, rooms) as place:
        place.run_until(lambda: bool(place.arrived), "arrival")
        assert place.arrived == [room]
        assert place.without_radio == set()


def test_the_only_antenna_of_the_address_is_the_antenna_of_the_reads() -> None:
    with SimLlrpReader(ReaderModel(sends_antenna=False)) as sim:
        sim.place(EPC, antenna=2, rssi_dbm=-50.0, rate_hz=20)
        place = Shop(f"{sim.uri}?antennas=2", TWO_ROOMS)
        place.radio.start()
        try:
            place.run_until(lambda: bool(place.arrived), "arrival")
        finally:
            place.radio.close()
    assert place.arrived == ["2"]
    assert place.notes == {}
