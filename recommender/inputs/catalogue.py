"""Reads the catalogue (ITEMS): `item_id, style_id`, perhaps `price`, and any number of text columns."""

from pathlib import Path
from typing import Any

import numpy as np

from recommender.arrays import Doubles, Ints
from recommender.errors import TableError
from recommender.inputs import table_files
from recommender.inputs.tables import Items, TextColumn

# A price beyond this, in any currency's unit, is a slip of the pen; it is treated as unknown.
MAX_PRICE = 1e8
_NEEDED = ("item_id", "style_id")


def read_items(path: Path) -> Items:
    """The catalogue in `path`; raises `TableError` with every mistake."""
    return items_from(table_files.read_table(path), path.name)


def items_from(table: Any, source: str = "ITEMS") -> Items:
    """The catalogue in an Arrow table; raises `TableError` with every mistake."""
    missing = [f"column {name} is missing" for name in _NEEDED if name not in table.column_names]
    if missing:
        raise TableError(source, [*missing, f"there are {', '.join(table.column_names) or 'no columns'}"])
    if table.num_rows == 0:
        raise TableError(source, ["there is no item in it"])
    mistakes = [text for name in _NEEDED for text in _faults(table, name)]
    if mistakes:
        raise TableError(source, mistakes)
    table, notices = _without_duplicates(table, source)
    ids = to_text(table["item_id"]).to_pylist()
    styles, style_names = encode_text(table["style_id"])
    price, about_price = _price(table)
    return Items(
        tuple(ids),
        styles,
        style_names,
        price,
        _texts(table),
        is_number(table["item_id"]),
        (*notices, *about_price),
    )


def is_number(column: Any) -> bool:
    """Whether the retailer keeps these ids as whole numbers."""
    import pyarrow.types

    return bool(pyarrow.types.is_integer(column.type))


def to_text(column: Any) -> Any:
    """A column as text, whatever it was; a categorical one is unfolded."""
    import pyarrow as pa
    import pyarrow.compute
    import pyarrow.types

    kind = column.type
    if pyarrow.types.is_dictionary(kind):
        kind = kind.value_type
        column = pyarrow.compute.cast(column, kind)
    return pyarrow.compute.cast(column, pa.string())


def encode_text(column: Any) -> tuple[Ints, tuple[str, ...]]:
    """A column as codes into its distinct words, in order of appearance; -1 where empty."""
    import pyarrow.compute

    folded = to_text(column).combine_chunks()
    folded = pyarrow.compute.dictionary_encode(folded)
    codes = np.asarray(folded.indices.fill_null(-1).to_numpy(zero_copy_only=False), dtype=np.int32)
    return codes, tuple(folded.dictionary.to_pylist())


def _faults(table: Any, name: str) -> list[str]:
    import pyarrow.compute as compute
    import pyarrow.types

    column = table[name]
    if pyarrow.types.is_floating(column.type) or pyarrow.types.is_nested(column.type):
        return [f"{name} must be text or whole numbers, not {column.type}"]
    try:
        texts = to_text(column)
    except (ValueError, TypeError, NotImplementedError):
        return [f"{name} must be text or whole numbers, not {column.type}"]
    faults = []
    empty = column.null_count + (compute.sum(compute.equal(texts, "")).as_py() or 0)
    if empty:
        faults.append(f"{name} is empty in {empty} rows")
    if compute.any(compute.match_substring(texts, "\x00")).as_py():
        faults.append(f"{name} holds a zero byte")
    return faults


def _without_duplicates(table: Any, source: str) -> tuple[Any, list[str]]:
    """Keeps the first of rows that repeat an item; two styles for one item is a mistake."""
    codes, _ = encode_text(table["item_id"])
    _, first = np.unique(codes, return_index=True)
    if len(first) == table.num_rows:
        return table, []
    styles, _ = encode_text(table["style_id"])
    quarrel = np.flatnonzero(styles != styles[first][codes])
    if len(quarrel):
        names = to_text(table["item_id"]).take(quarrel[:3]).to_pylist()
        raise TableError(source, [f"{len(quarrel)} items stand under two styles, such as {', '.join(names)}"])
    doubles = table.num_rows - len(first)
    return table.take(np.sort(first)), [f"{doubles} rows repeat an item; the first was kept"]


def _price(table: Any) -> tuple[Doubles, list[str]]:
    if "price" not in table.column_names:
        return np.full(table.num_rows, np.nan), []
    import pyarrow as pa
    import pyarrow.compute

    try:
        column = pyarrow.compute.cast(table["price"], pa.float64())
    except (pa.ArrowException, ValueError):
        return np.full(table.num_rows, np.nan), ["the prices are no numbers; they count as unknown"]
    price = np.array(column.to_numpy(), dtype=np.float64)
    with np.errstate(invalid="ignore"):
        absurd = ~np.isnan(price) & ~((price >= 0) & (price < MAX_PRICE))
    unknown = int(np.isnan(price).sum())
    price[absurd] = np.nan
    notices = [f"{unknown} items have no price"] if unknown else []
    if absurd.any():
        notices.append(f"{int(absurd.sum())} prices are negative or absurd; they count as unknown")
    return price, notices


def _texts(table: Any) -> tuple[TextColumn, ...]:
    """Every text, categorical or yes/no column that is no id and no price; numbers are no features."""
    import pyarrow.types as types

    found = []
    for name in table.column_names:
        kind = table.schema.field(name).type
        if types.is_dictionary(kind):
            kind = kind.value_type
        wanted = types.is_string(kind) or types.is_large_string(kind) or types.is_boolean(kind)
        if wanted and name not in {*_NEEDED, "price"}:
            codes, words = encode_text(table[name])
            found.append(TextColumn(name, codes, words))
    return tuple(found)
