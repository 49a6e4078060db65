"""Columns of a file that are unknown: one note for each, with the known column that may be meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher, get_close_matches
from typing import Any, Final

from kiosk.connectors.feeds.columns import COLUMNS, PERSONAL, AnyColumn, FeedKind, ListColumn

_LIKE: Final = 0.7
_MEANT: Final = {
    "ean": "gtin", "ean13": "gtin", "upc": "gtin", "barcode": "gtin", "gtin13": "gtin", "gtin14": "gtin",
    "color": "colour", "colors": "colours", "qty": "count", "quantity": "count", "stock": "count", "pieces": "count",
    "title": "name", "location": "place", "warehouse": "place", "image": "picture", "images": "pictures",
    "compare_at_price": "price_before", "regular_price": "price_before", "sale_price": "price",
    "firstname": "first_name", "gender": "line", "department": "line", "composition": "material",
    "country_of_origin": "origin", "article": "sku", "article_number": "sku", "style": "style_id",
    "product_id": "style_id", "lang": "language",
}  # fmt: skip
"""Usual names of other systems, for the message only; a column is never taken by them."""


class UnknownColumns:
    """Collects unknown columns of one file.

    A name is shown in full only if it resembles a known one where lines are about persons: a file without header has
    values in place of names.
    """

    def __init__(self, kind: FeedKind) -> None:
        self._columns = {column.name: column for column in COLUMNS[kind]}
        self._nested = any(isinstance(column, ListColumn) for column in COLUMNS[kind])
        self._personal = kind in PERSONAL
        self._found: dict[str, tuple[int, str]] = {}

    def see(self, line: int, fields: Mapping[str, Any]) -> None:
        """Looks at the names of a record."""
        if not self._nested and fields.keys() <= self._columns.keys():
            return
        for name, value in fields.items():
            column = self._columns.get(name)
            if column is None:
                if name:
                    self._add(line, name, self._columns)
            elif isinstance(column, ListColumn):
                self._see_entries(line, column, value)

    def notes(self) -> Iterable[tuple[int, str]]:
        """Line and text of a note for each unknown column."""
        yield from self._found.values()

    def _see_entries(self, line: int, column: ListColumn, value: Any) -> None:
        entries = list(value.values()) if isinstance(value, dict) else value
        names = {inner.name: inner for inner in column.columns}
        for entry in entries if isinstance(entries, list) else ():
            if isinstance(entry, dict) and not entry.keys() <= names.keys():
                for name in entry.keys() - names.keys():
                    self._add(line, name, names, f"{column.name}.")

    def _add(self, line: int, name: str, known: Mapping[str, AnyColumn], inside: str = "") -> None:
        if inside + name in self._found or len(self._found) >= 1000:
            return
        meant = nearest_column(name, known)
        if self._personal and not meant:
            text = "an unknown column is not read"
            if any(what == text for _, what in self._found.values()):
                return
        else:
            hint = f"; did you mean {inside}{meant}?" if meant else ""
            text = f"unknown column {(inside + name)[:60]!r} is not read{hint}"
        self._found[inside + name] = (line, text)


def nearest_column(name: str, known: Iterable[str]) -> str:
    """The known column that an unknown name may mean; empty if none is near."""
    plain = name.strip().casefold().replace(" ", "_").replace("-", "_")
    known = list(known)
    meant = _MEANT.get(plain, "")
    if meant in known:
        return meant
    near = get_close_matches(plain, known, 1, _LIKE)
    return near[0] if near and SequenceMatcher(None, plain, near[0]).ratio() >= _LIKE else ""
