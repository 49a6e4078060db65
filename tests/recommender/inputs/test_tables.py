"""Reading of catalogue and history: supported formats, and every problem is reported."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from recommender.errors import TableError
from recommender.inputs.catalogue import items_from, read_items
from recommender.inputs.event_kinds import EventKind, parse_event_kind
from recommender.inputs.history import events_from, read_events
from tests.recommender import toy_shop


def small(**changed: Any) -> pa.Table:
    table = toy_shop.catalogue(styles=4)
    for name, values in changed.items():
        table = table.drop_columns([name]) if values is None else table.set_column(0, name, values)
    return table


def history(**changed: Any) -> pa.Table:
    rows = {
        "basket_id": ["a", "a", "b"],
        "shopper_id": ["x", "x", None],
        "item_id": ["0000-navy", "0001-navy", "0002-navy"],
        "at": ["2025-03-02", "2025-03-01T10:00:00Z", "2025-03-03 11:00"],
        "kind": ["purchase", "Bought", "try-on left"],
        "channel": ["store", "store", None],
    }
    rows.update(changed)
    return pa.table({name: values for name, values in rows.items() if values is not None})


def test_reads_every_kind_of_file_alike(tmp_path: Path) -> None:
    import pyarrow.csv
    import pyarrow.parquet

    items, events = small(), history()
    pyarrow.parquet.write_table(items, tmp_path / "i.parquet")
    pyarrow.csv.write_csv(items, tmp_path / "i.csv")
    (tmp_path / "i.jsonl").write_text("".join(json.dumps(row) + "\n" for row in items.to_pylist()))
    (tmp_path / "e.jsonl").write_text("".join(json.dumps(row) + "\n" for row in events.to_pylist()))
    pyarrow.csv.write_csv(events, tmp_path / "e.csv")
    read = [read_items(tmp_path / f"i.{kind}") for kind in ("parquet", "csv", "jsonl")]
    assert {one.digest for one in read} == {read[0].digest}
    assert read[0].ids == read[1].ids == read[2].ids
    for name in ("e.jsonl", "e.csv"):
        assert len(read_events(tmp_path / name, read[0])) == 3


@pytest.mark.parametrize(
    "text", [pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())]
)
def test_every_arrow_text_type_is_read(tmp_path: Path, text: pa.DataType) -> None:
    import pyarrow.parquet

    plain = small()
    kept = [c.cast(text) if pa.types.is_string(c.type) else c for c in plain.columns]
    pyarrow.parquet.write_table(pa.table(kept, plain.column_names), tmp_path / "i.parquet")
    read, expected = read_items(tmp_path / "i.parquet"), items_from(plain)
    names = [column.name for column in read.texts]
    assert names == [column.name for column in expected.texts]
    assert len(names) >= 3
    assert read.digest == expected.digest


@pytest.mark.parametrize(
    "ids",
    [
        pa.array([b"\xff"] * 12),
        pa.array([b"\xff"] * 12, pa.large_binary()),
        pa.array([b"\xff\xfe"] * 12, pa.binary(2)),
        pa.array([1] * 12, pa.timestamp("ns", "Nowhere/Bad")),
        pa.array([pa.MonthDayNano((1, 2, 3))] * 12),
        pa.array([1.5] * 12),
        pa.array([["a"]] * 12),
        pa.array([{"a": 1}] * 12),
        pa.UnionArray.from_sparse(pa.array([0] * 12, pa.int8()), [pa.array([1] * 12)]),
        pa.RunEndEncodedArray.from_arrays(pa.array([12], pa.int32()), pa.array(["a"])),
        pa.DictionaryArray.from_arrays(pa.array([0] * 12, pa.int8()), pa.array([b"\xff"])),
        pa.DictionaryArray.from_arrays(pa.array([0] * 12, pa.int8()), pa.array([{"a": 1}])),
    ],
    ids=lambda ids: str(ids.type),
)
def test_every_type_without_a_form_as_text_is_a_mistake(ids: pa.Array) -> None:
    with pytest.raises(TableError, match="item_id must be text or whole numbers"):
        items_from(small(item_id=ids))


def test_events_are_sorted_and_kinds_have_synonyms() -> None:
    events = events_from(history(), items_from(small()))
    assert (np.diff(events.at) >= 0).all()
    kinds = [EventKind(kind) for kind in events.kind]
    assert kinds == [EventKind.PURCHASE, EventKind.PURCHASE, EventKind.TRYON_LEFT]
    assert events.shopper.min() == -1


def test_every_mistake_is_named_at_once() -> None:
    wrong = history(kind=["purchase", "teleport", "sale"], at=["2025-03-02", "soon", "2025-03-03"])
    with pytest.raises(TableError) as found:
        events_from(wrong, items_from(small()), "EVENTS")
    assert "teleport" in str(found.value)
    assert "soon" in str(found.value)
    assert len(found.value.mistakes) == 2


@pytest.mark.parametrize("column", ["item_id", "style_id"])
def test_missing_columns_of_the_catalogue(column: str) -> None:
    with pytest.raises(TableError, match=column):
        items_from(small(**{column: None}))


@pytest.mark.parametrize("column", ["basket_id", "shopper_id", "item_id", "at", "kind", "channel"])
def test_missing_columns_of_the_history(column: str) -> None:
    with pytest.raises(TableError, match=column):
        events_from(history(**{column: None}), items_from(small()))


def test_invalid_prices_are_unknown_and_duplicates_are_dropped() -> None:
    table = small()
    prices = [float("nan"), -5.0, 1e30, None] + [9.0] * (table.num_rows - 4)
    at = table.column_names.index("price")
    table = table.set_column(at, "price", pa.array(prices))
    items = items_from(pa.concat_tables([table, table.slice(0, 2)]))
    assert len(items) == table.num_rows
    assert int(np.isnan(items.price).sum()) == 4
    assert len(items.notices) == 3


def test_two_styles_for_one_item_is_a_mistake() -> None:
    table = small()
    ids = table["item_id"].to_pylist()
    with pytest.raises(TableError, match="two styles"):
        items_from(table.set_column(0, "item_id", pa.array([ids[-1], *ids[1:]])))


def test_a_history_of_another_catalogue_is_refused() -> None:
    with pytest.raises(TableError, match="no event names"):
        events_from(history(item_id=["9", "8", "7"]), items_from(small()))


def test_files_of_a_wrong_type_are_refused(tmp_path: Path) -> None:
    (tmp_path / "i.parquet").write_bytes(b"no parquet at all")
    (tmp_path / "i.xls").write_bytes(b"")
    for name in ("i.parquet", "i.xls", "absent.csv"):
        with pytest.raises(TableError):
            read_items(tmp_path / name)


def test_names_of_kinds() -> None:
    assert parse_event_kind(" Not-This ") is EventKind.NOT_THIS
    assert parse_event_kind("teleport") is None
