"""A cached query is read once, again after it was invalidated, and never keeps what may be out of date."""

from __future__ import annotations

from itertools import count

from kiosk.store.db.cached_query import CachedQuery


def test_a_value_is_read_once_until_it_is_invalidated() -> None:
    numbers = count()
    query = CachedQuery(lambda: next(numbers))
    assert [query.get(), query.get()] == [0, 0]
    query.invalidate()
    assert [query.get(), query.get()] == [1, 1]


def test_an_empty_result_is_kept_as_well() -> None:
    calls: list[int] = []
    query: CachedQuery[None] = CachedQuery(lambda: calls.append(1))
    query.get()
    query.get()
    assert len(calls) == 1


def test_a_value_read_during_an_invalidation_is_not_kept() -> None:
    numbers = count()

    def read() -> int:
        number = next(numbers)
        if number == 0:
            query.invalidate()
        return number

    query = CachedQuery(read)
    assert [query.get(), query.get(), query.get()] == [0, 1, 1]
