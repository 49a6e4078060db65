"""The log: events are stored with their change, published in order, read from any id on; what is gone is said."""

from __future__ import annotations

import shutil
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from kiosk.store.db.table_groups.events import EVENT, EVENT_STREAM
from kiosk.store.event_log.errors import BadPositionError, EventsGoneError
from kiosk.store.event_log.events import EventKind, Scope, kinds_of
from kiosk.store.event_log.positions import Position, parse_position
from kiosk.store.event_log.recording import record
from kiosk.store.event_log.stream_mark import STREAM_FILE
from kiosk.store.event_log.trimming import trim
from kiosk.store.integrators.accounts import Integrators
from tests.kiosk.store.event_log.event_places import KINDS, Place, numbers, sold


class _BrokenOffError(Exception):
    """Ends a transaction."""


@pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
def test_an_event_is_stored_with_its_change_or_not_at_all(place: Place) -> None:
    start = place.feed.newest
    with suppress(_BrokenOffError), place.database.writing() as connection:
        record(connection, [sold(1), sold(2)])
        raise _BrokenOffError
    place.say(3, 4)
    assert place.after(start) == [3, 4]
    assert [e.seq for e in place.feed.page(start, KINDS).events] == [1, 2], "no number is missing"


def test_an_event_is_read_once_it_is_published(place: Place) -> None:
    woken: list[int] = []
    place.feed.on_published("reader", lambda: woken.append(1))
    start = place.feed.newest
    place.write(1)
    assert (place.after(start), woken) == ([], [])
    place.feed.publish()
    place.feed.publish()
    assert (place.after(start), woken) == ([1], [1])
    place.feed.forget("reader")
    place.say(2)
    assert woken == [1]


def test_without_readers_nothing_is_recorded(place: Place) -> None:
    Integrators(place.database, lambda: 0).revoke("erp")
    place.say(1)
    with place.database.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(EVENT)) == 0


def test_a_reader_sees_the_kinds_of_its_scopes_and_moves_on_over_the_others(place: Place) -> None:
    start = place.feed.newest
    place.say(1, 2, 3)
    page = place.feed.page(start, kinds_of([Scope.ROOMS]))
    assert (page.events, page.seq, page.more) == ((), 3, False)
    assert kinds_of([Scope.SALES]) == {EventKind.SOLD, EventKind.RETURNED}
    assert kinds_of(Scope) == KINDS
    assert place.feed.page(start, kinds_of([])).events == ()


def test_a_reader_goes_on_after_a_start(place: Place) -> None:
    place.say(1, 2, 3)
    second = place.feed.page(place.feed.position("oldest"), KINDS, 2).events[-1]
    at = place.feed.position(f"{place.feed.newest.stream_id}.{second.seq}")
    place.write(4)
    place.start_again()
    place.say(5)
    assert place.after(at) == [3, 4, 5]
    assert place.after(place.feed.position(str(at))) == [3, 4, 5]


def test_what_is_no_id_is_refused() -> None:
    for text in ("1", "a.1", "0" * 16, f"{'0' * 16}.01", f"{'A' * 16}.1", "x" * 40, f"{'0' * 16}.1\n"):
        with pytest.raises(BadPositionError):
            parse_position(text)


def test_ids_before_what_is_kept_and_of_other_streams_are_gone(place: Place) -> None:
    start = place.feed.newest
    place.say(1, 2, 3)
    assert trim(place.database, before_us=3_000_000, max_events=1_000) == 2
    assert place.after(place.feed.position("oldest")) == [3]
    for gone in (start, Position(start.stream_id, 1), Position(start.stream_id, 4), Position("0" * 16, 3)):
        with pytest.raises(EventsGoneError):
            place.feed.position(str(gone))
        with pytest.raises(EventsGoneError):
            place.feed.page(gone, KINDS)
    assert place.after(Position(start.stream_id, 2)) == [3]


def test_an_unpublished_event_is_not_deleted_and_the_number_of_events_is_limited(place: Place) -> None:
    place.say(*range(1, 6))
    place.write(6)
    assert trim(place.database, before_us=10**15, max_events=1_000) == 5
    place.feed.publish()
    assert place.after(place.feed.position("oldest")) == [6]
    place.say(7, 8, 9)
    assert trim(place.database, before_us=0, max_events=2) == 2
    assert place.after(place.feed.position("oldest")) == [8, 9]
    assert trim(place.database, before_us=0, max_events=2) == 0
    with place.database.writing() as connection:
        record(connection, [])
    place.start_again()
    place.say(10)
    assert place.after(place.feed.position("oldest")) == [8, 9, 10]


def test_after_all_is_deleted_numbers_go_on(place: Place) -> None:
    place.say(1, 2)
    trim(place.database, before_us=10**15, max_events=1_000)
    at = place.feed.newest
    place.start_again()
    place.say(3)
    assert (place.after(at), place.feed.newest.seq) == ([3], 3)


def test_lost_events_begin_another_stream(place: Place) -> None:
    place.say(1)
    before = place.feed.newest
    place.feed.renew()
    with pytest.raises(EventsGoneError):
        place.feed.position(str(before))
    at = place.feed.newest
    place.say(2)
    assert (place.after(at), place.feed.newest.seq) == ([2], 2)


def test_the_restored_store_begins_another_stream(place: Place) -> None:
    place.say(1)
    before = place.feed.newest
    (place.state / STREAM_FILE).unlink()
    place.start_again()
    with pytest.raises(EventsGoneError):
        place.feed.position(str(before))


def older_copy(place: Place) -> Position:
    """A reader has three events, then somebody puts back the database as it was after the first."""
    place.say(1)
    file = Path(place.url.removeprefix("sqlite:///"))
    place.database.close()
    copy = shutil.copy(file, file.with_suffix(".copy"))
    place.start_again()
    place.say(2, 3)
    at = place.feed.newest
    place.database.close()
    shutil.copy(copy, file)
    return at


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_older_copy_of_the_database_begins_another_stream(place: Place) -> None:
    at = older_copy(place)
    place.start_again()
    place.say(4, 5, 6)
    with pytest.raises(EventsGoneError):
        place.feed.position(str(at))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_planted_with_a_mark_that_never_moves_a_reader_misses_events(place: Place) -> None:
    at = older_copy(place)
    (place.state / STREAM_FILE).write_text(f"{at.stream_id} {0:012d}\n")
    place.start_again()
    place.say(4, 5, 6)
    assert place.after(at) == [6], "4 and 5 have the numbers of events that the reader has seen"


def test_a_mark_that_a_power_cut_made_older_changes_nothing(place: Place) -> None:
    place.say(1)
    kept = (place.state / STREAM_FILE).read_bytes()
    at = place.feed.newest
    place.say(2)
    (place.state / STREAM_FILE).write_bytes(kept)
    place.start_again()
    assert place.after(at) == [2]


def test_a_mark_that_cannot_be_read_begins_another_stream(place: Place) -> None:
    for content in (b"", b"x", b"\xff" * 30, b"0" * 4_000):
        before = place.feed.newest
        (place.state / STREAM_FILE).write_bytes(content)
        place.start_again()
        assert place.feed.newest.stream_id != before.stream_id


def test_a_transaction_that_takes_long_to_commit_holds_up_the_later_ones(place: Place) -> None:
    """Else the later event would be published alone, and readers would never see the earlier one."""
    start, recorded, may_end = place.feed.newest, Event(), Event()

    def slow() -> None:
        """Like a connection whose commit arrives late: outside of the turn of the store's writers."""
        with place.database.engine.execution_options(writes=True).begin() as connection:
            record(connection, [sold(1)])
            recorded.set()
            may_end.wait(20)

    first = Thread(target=slow)
    first.start()
    assert recorded.wait(20)
    with pytest.raises(SQLAlchemyError), place.database.writing(wait_s=0.05) as connection:
        record(connection, [sold(2)])
    place.feed.publish()
    may_end.set()
    first.join()
    place.say(3)
    assert place.after(start) == [1, 3]


def test_many_writers_and_a_reader_that_always_goes_on_from_its_last_id(place: Place) -> None:
    at = place.feed.newest

    def write_each(first: int) -> None:
        for number in range(first, 80, 4):
            place.database.once_free(partial(place.write, number))

    threads = [Thread(target=write_each, args=(first,)) for first in range(4)]
    for thread in threads:
        thread.start()
    found: list[int] = []
    while len(found) < 80:
        place.feed.publish()
        page = place.feed.page(parse_position(str(at)), KINDS, 7)
        found += numbers(page.events)
        at = Position(at.stream_id, page.seq)
    for thread in threads:
        thread.join()
    assert sorted(found) == list(range(80))
    for k in range(4):
        assert [n for n in found if n % 4 == k] == list(range(k, 80, 4)), "in the order of each writer"


def test_a_stream_without_its_row_records_nothing(place: Place) -> None:
    with place.database.writing() as connection:
        connection.execute(EVENT_STREAM.delete())
        record(connection, [sold(1)])
        assert connection.scalar(select(func.count()).select_from(EVENT)) == 0
