"""Which pieces are in rooms, as the events say it, is what the rooms say, whatever happens to store and database."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from kiosk.clock import Clocks
from kiosk.core.domain.ids import PieceId, piece_id
from kiosk.core.visit.events import (
    GarmentArrived,
    GarmentCertaintyChanged,
    GarmentLeft,
    RadioBack,
    RadioLost,
)
from kiosk.store.db.database import Database
from kiosk.store.db.store_hold import StoreHold
from kiosk.store.db.table_groups.events import EVENT, ROOM_PIECE
from kiosk.store.event_log.events import EventKind, Scope
from kiosk.store.event_log.feed import EventFeed
from kiosk.store.event_log.room_log import MAX_WAITING, RoomLog
from kiosk.store.event_log.settling import SETTLE_US, SettlingRooms
from kiosk.store.integrators.accounts import Integrators
from tests.kiosk.store.event_log.event_places import ARTICLE
from tests.kiosk.store.sample_shop import ManualClock, empty_tables

PIECES = tuple(piece_id(ARTICLE, str(n)) for n in range(3))
ROOMS = ("1", "2")
Told = list[tuple[str, str, str]]


class Rooms:
    """Two rooms and their log; `here` is what is really there."""

    def __init__(self, folder: Path, max_waiting: int = MAX_WAITING) -> None:
        self._max_waiting = max_waiting
        file = folder / "store.db"
        file.write_bytes(empty_tables())
        self.url, self.state, self.clock = f"sqlite:///{file}", folder, ManualClock()
        self.here: dict[PieceId, str] = {}
        self.settling: Callable[[int], SettlingRooms] = SettlingRooms
        self._open()
        Integrators(self.database, lambda: 0).add("erp", tuple(Scope), "test")

    def _open(self) -> None:
        self._hold = StoreHold(self.state, self.url)
        self.database = Database(self.url, self._hold)
        self.feed = EventFeed(self.database, self.state)
        self.log = RoomLog(
            self.database, Clocks(self.clock, self.clock), self.feed.renew, max_waiting=self._max_waiting,
            settling=self.settling(self.clock()),
        )  # fmt: skip

    def close(self) -> None:
        """The store ends; what waits is lost."""
        self.database.close()
        self._hold.close()

    def move(self, piece: PieceId, room: str) -> None:
        """The garment is carried into a room, or out of all (empty)."""
        at_us = self.clock.pass_s(1)
        before = self.here.pop(piece, "")
        if before and before != room:
            self.log.note(before, GarmentLeft(at_us, piece))
        if room:
            self.here[piece] = room
            self.log.note(room, GarmentArrived(at_us, piece, None, sure=True))

    def start_again(self, *, moved: bool, without_radio: str = "", for_s: float = 0) -> None:
        """The store ends, with or without what waits, and starts; then the readers see all that is there. `for_s`: the
        readers of a room come back only after so long."""
        if not moved:
            self.log.write()
        self.close()
        self._open()
        if without_radio:
            self.log.note(without_radio, RadioLost(self.clock.pass_s(1)))
        self._see([room for room in ROOMS if room != without_radio])
        if without_radio:
            self._wait(for_s)
            self.log.note(without_radio, RadioBack(self.clock.pass_s(1)))
            self._wait(SETTLE_US / 2e6)
            self._see([without_radio])
        self._wait(SETTLE_US / 1e6)

    def _see(self, rooms: Sequence[str]) -> None:
        for piece, room in self.here.items():
            if room in rooms:
                self.log.note(room, GarmentArrived(self.clock.pass_s(1), piece, None, sure=True))

    def _wait(self, seconds: float) -> None:
        """The store writes now and then meanwhile."""
        for _ in range(4):
            self.clock.pass_s(seconds / 4)
            self.log.write()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Another program holds the database; then it is free again."""
        with closing(sqlite3.connect(self.url.removeprefix("sqlite:///"), isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
            other.execute("ROLLBACK")

    def told(self) -> Told:
        """All events: kind, piece, room."""
        with self.database.reading() as connection:
            rows = connection.execute(select(EVENT).order_by(EVENT.c.seq)).all()
        return [(row.kind, row.piece, row.room) for row in rows]

    def table(self) -> dict[PieceId, str]:
        """The table of pieces in rooms."""
        with self.database.reading() as connection:
            return {PieceId(r.piece): r.room for r in connection.execute(select(ROOM_PIECE)).all()}


@contextmanager
def opened(max_waiting: int = MAX_WAITING) -> Iterator[Rooms]:
    with TemporaryDirectory() as folder:
        rooms = Rooms(Path(folder), max_waiting)
        try:
            yield rooms
        finally:
            rooms.close()


def replayed(told: Told) -> dict[str, str]:
    """Where the pieces are, as a reader of the events concludes; each arrival and departure must fit the one before."""
    here: dict[str, str] = {}
    for kind, piece, room in told:
        if kind == EventKind.ARRIVED.value:
            assert piece not in here, "it arrives twice"
            here[piece] = room
        else:
            assert here.pop(piece) == room, "it leaves a room in which it is not"
    return here


MOVES = st.one_of(
    st.tuples(st.just("move"), st.sampled_from(PIECES), st.sampled_from(("", *ROOMS))),
    st.tuples(st.sampled_from(("write", "start", "killed", "again")), st.none(), st.none()),
    st.tuples(st.just("dark"), st.none(), st.sampled_from(ROOMS)),
)


@given(st.lists(MOVES, max_size=25))
@settings(max_examples=15, deadline=None)
def test_the_events_say_where_every_piece_is(moves: list[tuple[str, PieceId | None, str | None]]) -> None:
    with opened() as rooms:
        for what, piece, room in moves:
            match what:
                case "move" if piece is not None and room is not None:
                    rooms.move(piece, room)
                case "again":
                    for there, where in rooms.here.items():
                        rooms.log.note(where, GarmentCertaintyChanged(rooms.clock.now_us, there, sure=True))
                case "write":
                    rooms.log.write()
                case "dark" if room is not None:
                    rooms.start_again(moved=True, without_radio=room, for_s=3 * SETTLE_US / 1e6)
                case _:
                    rooms.start_again(moved=what == "killed")
        rooms.log.write()
        assert replayed(rooms.told()) == rooms.table() == rooms.here


def test_planted_without_the_table_a_start_tells_an_arrival_twice() -> None:
    with opened() as rooms:
        rooms.move(PIECES[0], "1")
        rooms.log.write()
        with rooms.database.writing() as connection:
            connection.execute(ROOM_PIECE.delete())
        rooms.start_again(moved=False)
        with pytest.raises(AssertionError, match="arrives twice"):
            replayed(rooms.told())


def hang_in_a_dark_room(rooms: Rooms) -> None:
    """One piece in each of two rooms; the reader of one is away for a while after a start. A third piece is taken out
    of that room while the store is away."""
    for piece, room in zip(PIECES, ("1", "2", "1"), strict=True):
        rooms.move(piece, room)
    rooms.log.write()
    del rooms.here[PIECES[2]]
    rooms.start_again(moved=False, without_radio="1", for_s=5 * SETTLE_US / 1e6)


def test_pieces_of_a_room_whose_reader_is_away_after_a_start_do_not_leave_and_arrive_again() -> None:
    with opened() as rooms:
        hang_in_a_dark_room(rooms)
        assert rooms.told()[3:] == [("piece.left", PIECES[2], "1")]
        assert replayed(rooms.told()) == rooms.table() == rooms.here


def test_planted_all_rooms_are_judged_by_the_time_since_the_start() -> None:
    class OneTime(SettlingRooms):
        def radio_lost(self, room: str) -> None:
            del room

    with opened() as rooms:
        rooms.settling = OneTime
        hang_in_a_dark_room(rooms)
        assert [(kind, piece) for kind, piece, _ in rooms.told()[3:]] == [
            ("piece.left", PIECES[0]), ("piece.left", PIECES[2]), ("piece.arrived", PIECES[0]),
        ]  # fmt: skip


def test_a_room_that_is_judged_keeps_its_pieces_when_its_reader_is_lost_later() -> None:
    with opened() as rooms:
        rooms.move(PIECES[0], "1")
        rooms.start_again(moved=False)
        rooms.log.note("1", RadioLost(rooms.clock.pass_s(1)))
        rooms.log.note("1", RadioBack(rooms.clock.pass_s(1000)))
        rooms.clock.pass_s(SETTLE_US / 1e6)
        rooms.log.write()
        assert rooms.told() == [("piece.arrived", PIECES[0], "1")]


def test_what_happens_while_the_database_is_locked_is_told_after_it_with_its_own_times() -> None:
    with opened() as rooms:
        rooms.move(PIECES[0], "1")
        with rooms.locked():
            rooms.log.write()
            rooms.move(PIECES[0], "2")
        rooms.log.write()
        assert [(k, r) for k, _, r in rooms.told()] == [
            ("piece.arrived", "1"), ("piece.left", "1"), ("piece.arrived", "2"),
        ]  # fmt: skip


def test_an_uncertain_piece_is_told_once_it_is_sure_and_a_replaced_one_leaves() -> None:
    with opened() as rooms:
        rooms.log.note("1", GarmentArrived(1, PIECES[0], None, sure=False))
        rooms.log.write()
        assert rooms.told() == []
        rooms.log.note("1", GarmentCertaintyChanged(2, PIECES[0], sure=True))
        rooms.log.note("1", GarmentArrived(3, PIECES[1], None, sure=True, replaces=PIECES[0]))
        rooms.log.note("1", GarmentLeft(4, PIECES[2]))
        rooms.log.write()
        assert [(k, p) for k, p, _ in rooms.told()] == [
            ("piece.arrived", PIECES[0]), ("piece.left", PIECES[0]), ("piece.arrived", PIECES[1]),
        ]  # fmt: skip


def test_more_than_can_be_kept_begins_another_stream() -> None:
    with opened(max_waiting=4) as rooms:
        before = rooms.feed.newest
        for _ in range(3):
            rooms.move(PIECES[0], "1")
            rooms.move(PIECES[0], "")
        rooms.move(PIECES[1], "2")
        rooms.log.write()
        assert rooms.feed.newest.stream_id != before.stream_id
        rooms.move(PIECES[2], "1")
        rooms.log.write()
        assert rooms.table()[PIECES[2]] == "1"
