"""Pieces that can be sold: counts, own sales and returns in their order; on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from kiosk.core.domain.ids import ArticleId
from kiosk.store.catalogue import stock_counts
from kiosk.store.catalogue.stock_counts import FLOOR, STOCKROOM, Movement, PlaceCount, sellable
from kiosk.store.db.database import Database
from kiosk.store.db.tables import FEED_FILE, STOCK, STOCK_MOVEMENT

ARTICLE = ArticleId("09521234000013")
NOON = 1_000

PLACES = st.dictionaries(
    st.sampled_from([FLOOR, STOCKROOM, "other:Graz"]),
    st.builds(PlaceCount, st.integers(0, 5), st.integers(0, 20), st.integers(0, 6)),
)
MOVEMENTS = st.lists(st.builds(Movement, st.integers(0, 30), st.sampled_from([-2, -1, 1]))).map(
    lambda found: sorted(found, key=lambda m: m.at_us)
)


@pytest.mark.parametrize(
    ("floor", "stockroom", "moves", "now"),
    [
        (2, 2, [-1], (1, 2)),
        (1, 1, [-1, -1], (0, 1 - 1)),
        (1, 0, [-1, -1, -1], (0, 0)),
        (1, 0, [-1, 1], (1, 0)),
        (0, 0, [1], (1, 0)),
        (0, 3, [-1, 1], (1, 2)),
    ],
)
def test_sales_take_from_the_floor_first_and_returns_add_to_it(
    floor: int, stockroom: int, moves: list[int], now: tuple[int, int]
) -> None:
    places = {FLOOR: PlaceCount(floor, NOON), STOCKROOM: PlaceCount(stockroom, NOON)}
    counts = sellable(places, [Movement(NOON + i, m) for i, m in enumerate(moves)])
    assert (counts[FLOOR], counts[STOCKROOM]) == now


def test_a_movement_before_the_count_is_contained_in_it() -> None:
    places = {FLOOR: PlaceCount(1, NOON)}
    assert sellable(places, [Movement(NOON - 1, -1), Movement(NOON - 1, 1)]) == {FLOOR: 1}


@pytest.mark.parametrize(
    ("floor", "pieces", "now"),
    [
        (PlaceCount(1, NOON), -1, (1, 3)),
        (PlaceCount(0, NOON), -1, (0, 3)),
        (PlaceCount(1, NOON), 1, (1, 3)),
        (PlaceCount(0, NOON, named=False), -1, (0, 2)),
        (PlaceCount(0, NOON - 2), -1, (0, 2)),
        (PlaceCount(1, NOON - 2), -1, (0, 3)),
    ],
)
def test_a_movement_before_the_floors_count_changes_no_older_count_of_the_stockroom(
    floor: PlaceCount, pieces: int, now: tuple[int, int]
) -> None:
    counts = sellable({FLOOR: floor, STOCKROOM: PlaceCount(3, 1)}, [Movement(NOON - 1, pieces)])
    assert (counts[FLOOR], counts[STOCKROOM]) == now


@given(PLACES, MOVEMENTS)
def test_counts_are_never_below_zero_and_pieces_are_neither_made_nor_lost(
    places: dict[str, PlaceCount], movements: list[Movement]
) -> None:
    counts = sellable(places, movements)
    assert set(counts) == set(places)
    assert all(count >= 0 for count in counts.values())
    assert counts.get("other:Graz", 0) == (places["other:Graz"].free if "other:Graz" in places else 0)
    free = sum(place.free for place in places.values())
    assert sum(counts.values()) <= free + sum(m.pieces for m in movements if m.pieces > 0)
    assert sum(counts.values()) >= free + sum(m.pieces for m in movements if m.pieces < 0)


@given(PLACES, MOVEMENTS, st.integers(0, 30))
def test_a_later_count_replaces_all_before_it(
    places: dict[str, PlaceCount], movements: list[Movement], at_us: int
) -> None:
    anew = {place: PlaceCount(count.counted, at_us, count.reserved) for place, count in places.items()}
    assert sellable(anew, movements) == sellable(anew, [m for m in movements if m.at_us >= at_us])


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.close()


@given(
    st.dictionaries(st.sampled_from([FLOOR, STOCKROOM]), st.tuples(st.integers(0, 5), st.integers(0, 20))),
    MOVEMENTS, st.integers(0, 20), st.integers(0, 40),
)  # fmt: skip
@settings(max_examples=40)
def test_movements_that_are_deleted_change_nothing_that_can_be_sold(
    places: dict[str, tuple[int, int]], movements: list[Movement], file_us: int, before_us: int
) -> None:
    opened = Database("sqlite://")
    stock = [
        {"article": ARTICLE, "place": place, "count": counted, "counted": counted, "counted_us": at_us}
        for place, (counted, at_us) in places.items()
    ]
    moved = [{"article": ARTICLE, "pieces": m.pieces, "at_us": m.at_us} for m in movements]
    with opened.writing() as connection:
        connection.execute(FEED_FILE.insert(), [{"kind": "stock", "stamp": "", "as_of_us": file_us}])
        for table, rows in ((STOCK, stock), (STOCK_MOVEMENT, moved)):
            if rows:
                connection.execute(table.insert(), rows)
        stock_counts.recount(connection, [ARTICLE], file_us)
    before = counts_in(opened)
    with opened.writing() as connection:
        deleted = stock_counts.delete_movements(connection, before_us)
        left = connection.execute(select(STOCK_MOVEMENT.c.at_us)).scalars().all()
        assert stock_counts.recount(connection, [ARTICLE], file_us) == []
    assert counts_in(opened) == before
    oldest = min([file_us, before_us, *(at_us or file_us for _, at_us in places.values())])
    assert deleted == len(movements) - len(left) == sum(m.at_us < oldest for m in movements)
    opened.close()


def counts_in(database: Database) -> dict[str, int]:
    with database.reading() as connection:
        query = select(STOCK.c.place, STOCK.c.count.label("pieces"))
        return {row.place: row.pieces for row in connection.execute(query)}


def test_a_return_of_an_article_that_was_never_counted_hangs_on_the_floor(database: Database) -> None:
    with database.writing() as connection:
        stock_counts.record(connection, ARTICLE, 1, NOON)
    assert counts_in(database) == {FLOOR: 1}
    with database.writing() as connection:
        stock_counts.record(connection, ARTICLE, -1, NOON + 1)
    assert counts_in(database) == {FLOOR: 0}


def test_counting_anew_with_a_later_file_forgets_the_sale(database: Database) -> None:
    row = {"article": ARTICLE, "place": FLOOR, "count": 3, "counted": 3, "counted_us": stock_counts.BY_FILE}
    with database.writing() as connection:
        connection.execute(STOCK.insert(), [row])
        stock_counts.record(connection, ARTICLE, -1, NOON)
        assert stock_counts.recount(connection, [ARTICLE], NOON - 1) == []
        assert stock_counts.recount(connection, [ARTICLE], NOON + 1) == [ARTICLE]
    assert counts_in(database) == {FLOOR: 3}
