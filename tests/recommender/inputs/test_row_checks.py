"""Rows that repeat, rows without an item of the catalogue, and ids that lost their padding."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.errors import TableError
from recommender.inputs.baskets import baskets_of
from recommender.inputs.catalogue import items_from
from recommender.inputs.history import events_from
from recommender.inputs.history_limits import HistoryLimits
from recommender.inputs.row_checks import day_of, padding_hint, repeated
from recommender.looks.signals.popularity import sales_of
from tests.recommender import toy_shop

ITEMS = items_from(toy_shop.catalogue())
TABLE = toy_shop.events(toy_shop.catalogue(), baskets=40)


def test_a_table_exported_twice_is_noticed_and_gives_the_same_baskets() -> None:
    once = events_from(TABLE, ITEMS)
    twice = events_from(pa.concat_tables([TABLE, TABLE]), ITEMS)
    assert (len(twice), twice.counts.repeated) == (2 * len(once), len(once))
    assert "exported twice" in twice.notices[0]
    assert not once.notices
    assert np.array_equal(baskets_of(twice).items, baskets_of(once).items)
    assert np.array_equal(sales_of(twice, len(ITEMS)), 2 * sales_of(once, len(ITEMS)))


def test_two_pieces_of_an_item_on_one_receipt_are_two_sales() -> None:
    first = TABLE.slice(0, 1)
    events = events_from(pa.concat_tables([TABLE, first]), ITEMS)
    row = ITEMS.index[first["item_id"][0].as_py()]
    assert sales_of(events, len(ITEMS))[row] == sales_of(events_from(TABLE, ITEMS), len(ITEMS))[row] + 1
    assert (events.counts.repeated, events.counts.used, events.notices) == (1, len(events), ())


def test_rows_that_differ_in_anything_are_kept() -> None:
    row = {
        "basket_id": "b",
        "shopper_id": "s",
        "item_id": ITEMS.ids[0],
        "at": "2025-03-01",
        "kind": "purchase",
        "channel": "store",
    }
    changed = {
        "basket_id": "c", "shopper_id": None, "item_id": ITEMS.ids[1], "at": "2025-03-02", "kind": "request",
        "channel": None,
    }  # fmt: skip
    rows = [row, *({**row, name: value} for name, value in changed.items())]
    events = events_from(pa.Table.from_pylist(rows), ITEMS)
    assert (len(events), events.counts.repeated) == (7, 0)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.booleans()), max_size=30))
def test_the_first_of_equal_rows_stays(rows: list[tuple[int, int, bool]]) -> None:
    keys = [np.array([row[at] for row in rows], np.int64) for at in (0, 1)]
    kept = np.array([row[2] for row in rows], np.bool_)
    seen, expected = set(), []
    for one, other, is_kept in rows:
        expected.append(is_kept and (one, other) in seen)
        if is_kept:
            seen.add((one, other))
    assert repeated(keys, kept).tolist() == expected


def test_rows_without_an_item_or_a_known_kind_are_left_out_with_their_number() -> None:
    rows = TABLE.to_pylist()
    rows[0]["item_id"] = None
    rows[1]["kind"] = "teleport"
    rows[2]["basket_id"] = None
    rows[3]["item_id"] = "gone"
    events = events_from(pa.Table.from_pylist(rows), ITEMS)
    assert (events.counts.incomplete, events.counts.unknown_item) == (3, 1)
    assert events.counts.used == len(events) == len(rows) - 4
    assert events.counts.matched == pytest.approx(1 - 1 / (len(rows) - 3))
    with pytest.raises(TableError, match="unknown kinds 'teleport'"):
        events_from(pa.Table.from_pylist(rows), ITEMS, limits=HistoryLimits(max_loss=0))


def test_ids_without_their_leading_zeros_are_recognised() -> None:
    stripped = [item.lstrip("0") for item in TABLE["item_id"].to_pylist()]
    at = TABLE.column_names.index("item_id")
    with pytest.raises(TableError, match=r"leading zeros.*export item_id as text"):
        events_from(TABLE.set_column(at, "item_id", pa.array(stripped)).slice(3), items_from(short_ids()))
    assert padding_hint(["00123", " 7 "], ["123", "7"]).startswith("2 ids")
    assert padding_hint(["x"], ["y"]) == ""


def short_ids() -> pa.Table:
    """The catalogue with ids that have two zeros more."""
    table = toy_shop.catalogue()
    ids = [f"00{item}" for item in table["item_id"].to_pylist()]
    return table.set_column(table.column_names.index("item_id"), "item_id", pa.array(ids))


def test_days_outside_of_the_calendar_are_written_as_numbers() -> None:
    assert day_of(0) == "1970-01-01"
    assert day_of(2**62) == f"{2**62} s since 1970"
