"""Reads the catalogue (ITEMS): `item_id`, `style_id`, optionally `price`, and any number of text columns."""

from pathlib import Path
from typing import Any

import numpy as np

from recommender.arrays import Doubles, Ints
from recommender.errors import TableError
from recommender.inputs import table_files
from recommender.inputs.tables import Items, TextColumn

# A price above this, in any currency, is taken as an input error and treated as unknown.
MAX_PRICE = 1e8
_NEEDED = ("item_id", "style_id")


def read_items(path: Path) -> Items:
    """The catalogue in file `path`. Raises `TableError` with every problem found."""
    return items_from(table_files.read_table(path), path.name)


def items_from(table: Any, source: str = "ITEMS") -> Items:
    """The catalogue in an Arrow table. Raises `TableError` with every problem found."""
    missing = [f"column {name} is missing" for name in _NEEDED if name not in table.column_names]
    if missing:
        raise TableError(source, [*missing, f"there are {', '.join(table.column_names) or 'no columns'}"])
    if table.num_rows == 0:
        raise TableError(source, ["there are no items in it"])
    mistakes = [text for name in _NEEDED for text in _column_problems(table, name)]
    if mistakes:
        raise TableError(source, mistakes)
    table, notices = _without_duplicates(table, source)
    ids = to_text(table["item_id"]).to_pylist()
    styles, style_names = encode_text(table["style_id"])
    price, price_notices = _price(table)
    return Items(
        tuple(ids),
        styles,
        style_names,
        price,
        _texts(table),
        is_number(table["item_id"]),
        (*notices, *price_notices),
    )


def is_number(column: Any) -> bool:
    """Whether the retailer stores these ids as integers."""
    import pyarrow.types

    return bool(pyarrow.types.is_integer(column.type))


def to_text(column: Any) -> Any:
    """A column of any type as text; dictionary-encoded columns are decoded."""
    import pyarrow as pa
    import pyarrow.compute
    import pyarrow.types

    kind = column.type
    if pyarrow.types.is_dictionary(kind):
        kind = kind.value_type
        column = pyarrow.compute.cast(column, kind)
    return pyarrow.compute.cast(column, pa.string())


def encode_text(column: Any) -> tuple[Ints, tuple[str, ...]]:
    """A column as integer codes into its distinct values, in order of appearance; -1 for empty cells."""
    import pyarrow.compute

    folded = to_text(column).combine_chunks()
    folded = pyarrow.compute.dictionary_encode(folded)
    codes = np.asarray(folded.indices.fill_null(-1).to_numpy(zero_copy_only=False), dtype=np.int32)
    return codes, tuple(folded.dictionary.to_pylist())


def _column_problems(table: Any, name: str) -> list[str]:
    import pyarrow.compute as compute
    import pyarrow.types

    column = table[name]
    if pyarrow.types.is_floating(column.type) or pyarrow.types.is_nested(column.type):
        return [f"{name} must be text or whole numbers, not {column.type}"]
    try:
        texts = to_text(column)
    except (ValueError, NotImplementedError):
        # ArrowInvalid is a ValueError (bytes that are not UTF-8, a time zone that is not known);
        # ArrowNotImplementedError: a type without a form as text (union, interval, run-end encoded)
        return [f"{name} must be text or whole numbers, not {column.type}"]
    problems = []
    empty = column.null_count + (compute.sum(compute.equal(texts, "")).as_py() or 0)
    if empty:
        problems.append(f"{name} is empty in {empty} rows")
    if compute.any(compute.match_substring(texts, "\x00")).as_py():
        problems.append(f"{name} holds a zero byte")
    return problems


def _without_duplicates(table: Any, source: str) -> tuple[Any, list[str]]:
    """Keeps the first of duplicate item rows. Raises `TableError` if one item has two styles."""
    codes, _ = encode_text(table["item_id"])
    _, first = np.unique(codes, return_index=True)
    if len(first) == table.num_rows:
        return table, []
    styles, _ = encode_text(table["style_id"])
    conflicting = np.flatnonzero(styles != styles[first][codes])
    if len(conflicting):
        names = to_text(table["item_id"]).take(conflicting[:3]).to_pylist()
        raise TableError(source, [f"{len(conflicting)} items have two styles, such as {', '.join(names)}"])
    duplicates = table.num_rows - len(first)
    return table.take(np.sort(first)), [f"{duplicates} rows repeat an item; the first was kept"]


def _price(table: Any) -> tuple[Doubles, list[str]]:
    if "price" not in table.column_names:
        return np.full(table.num_rows, np.nan), []
    import pyarrow as pa
    import pyarrow.compute

    try:
        column = pyarrow.compute.cast(table["price"], pa.float64())
    except (pa.ArrowException, ValueError):
        return np.full(table.num_rows, np.nan), ["the prices are not numbers; they are treated as unknown"]
    price = np.array(column.to_numpy(), dtype=np.float64)
    with np.errstate(invalid="ignore"):
        invalid = ~np.isnan(price) & ~((price >= 0) & (price < MAX_PRICE))
    unknown = int(np.isnan(price).sum())
    price[invalid] = np.nan
    notices = [f"{unknown} items have no price"] if unknown else []
    if invalid.any():
        notices.append(f"{int(invalid.sum())} prices are negative or too large; they are treated as unknown")
    return price, notices


def _texts(table: Any) -> tuple[TextColumn, ...]:
    """Every text, dictionary or boolean column except ids and price; numeric columns are not used as
    features."""
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
