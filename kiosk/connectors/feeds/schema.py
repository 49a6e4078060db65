"""JSON schema of the lines of a feed, made from the table of columns, for `cheval schema feed`.

Every line that is taken is valid; a valid line is taken unless a check digit, a date, a number as text, a price
against another value, or another line is wrong. What a file of deletions needs is under `if`.
"""

from __future__ import annotations

from typing import Final

from kiosk.connectors.feeds.columns import (
    COLUMNS,
    DELETED,
    EITHER,
    KEYS,
    AnyColumn,
    FeedKind,
    ListColumn,
)
from kiosk.connectors.feeds.file_names import FEED_KINDS
from kiosk.connectors.feeds.values.schema_parts import Schema, list_schema
from kiosk.connectors.feeds.values.value_types import true_schema

_BLANK_TEXT: Final[Schema] = {"type": "string", "pattern": r"^\s*$"}
_BLANK: Final[Schema] = {
    "anyOf": [
        {"type": "null"},
        _BLANK_TEXT,
        {"type": "array", "maxItems": 0},
        {"type": "object", "additionalProperties": _BLANK_TEXT},
    ]
}
_EMPTY: Final[Schema] = {"enum": [None, "", []]}
_TITLES: Final[dict[FeedKind, str]] = {
    "styles": "A style with its colours (styles.jsonl, styles.csv)",
    "items": "An article: a style in a colour and a size (items.jsonl, items.csv)",
    "stock": "Pieces of an article at a place (stock.jsonl, stock.csv)",
    "shoppers": "A customer (shoppers.jsonl, shoppers.csv)",
    "associates": "An associate of the shop (associates.jsonl, associates.csv)",
    "looks": "Items that a stylist combined (looks.jsonl, looks.csv)",
    "promotions": "A promotion (promotions.jsonl, promotions.csv)",
}


def feed_schema() -> Schema:
    """JSON schema (draft 2020-12) with a definition for a line of each kind."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Line of a feed file",
        "description": "One object of a JSON file, or line of a JSONL file. In CSV a row: its columns have the same "
        "names, nested ones as name.en and colours.0.code.",
        "anyOf": [{"$ref": f"#/$defs/{kind}"} for kind in FEED_KINDS],
        "$defs": {kind: _of_kind(kind) for kind in FEED_KINDS},
    }


def _of_kind(kind: FeedKind) -> Schema:
    key = [_one_of(group) for group in KEYS[kind]]
    required = [column.name for column in COLUMNS[kind] if column.required]
    return {
        "title": _TITLES[kind],
        "type": "object",
        "properties": {column.name: _of_column(column) for column in COLUMNS[kind]},
        "if": {"properties": {DELETED.name: true_schema()}, "required": [DELETED.name]},
        "then": {"allOf": key},
        "else": {"required": required, "allOf": [*key, *(_one_of(group) for group in EITHER[kind])]},
    }


def _of_column(column: AnyColumn) -> Schema:
    schema = _of_entries(column) if isinstance(column, ListColumn) else column.type.schema()
    if column.required:
        return {"description": column.what, "allOf": [schema], "not": _BLANK}
    return {"description": column.what, "anyOf": [schema, _EMPTY]}


def _of_entries(column: ListColumn) -> Schema:
    entry = {
        "type": "object",
        "properties": {inner.name: _of_column(inner) for inner in column.columns},
        "required": [inner.name for inner in column.columns if inner.required],
    }
    return list_schema(entry, column.max_entries)


def _one_of(names: tuple[str, ...]) -> Schema:
    """That one of the columns is filled in."""
    return {"anyOf": [{"properties": {name: {"not": _EMPTY}}, "required": [name]} for name in names]}
