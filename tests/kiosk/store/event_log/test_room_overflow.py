"""More changes of rooms than can be kept, while the stream of events begins anew."""

from __future__ import annotations

import pytest

from kiosk.clock import Clocks
from kiosk.core.visit.events import GarmentArrived
from kiosk.store.event_log.room_log import RoomLog
from tests.kiosk.store.event_log.test_room_log import PIECES, opened


def test_changes_that_are_lost_while_a_stream_begins_begin_one_more() -> None:
    with opened(max_waiting=4) as rooms:
        begun: list[str] = []

        def too_many() -> None:
            for at_us in range(5):
                log.note("1", GarmentArrived(at_us, PIECES[0], None, sure=True))

        def begin() -> None:
            rooms.feed.renew()
            begun.append(rooms.feed.newest.stream_id)
            if len(begun) == 1:
                too_many()

        log = RoomLog(rooms.database, Clocks(rooms.clock, rooms.clock), begin, max_waiting=4)
        too_many()
        for _ in range(3):
            log.write()
        assert len(begun) == 2
        assert rooms.table() == {PIECES[0]: "1"}


def test_a_stream_that_could_not_begin_begins_later() -> None:
    with opened(max_waiting=1) as rooms:
        tries: list[int] = []

        def begin() -> None:
            tries.append(len(tries))
            if len(tries) == 1:
                raise OSError
            rooms.feed.renew()

        log = RoomLog(rooms.database, Clocks(rooms.clock, rooms.clock), begin, max_waiting=1)
        for at_us in range(2):
            log.note("1", GarmentArrived(at_us, PIECES[0], None, sure=True))
        with pytest.raises(OSError, match=r"^$"):
            log.write()
        log.write()
        log.write()
        assert tries == [0, 1]
