"""What every form of an export gives: rows of cells by column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final, Protocol

from kiosk.connectors.feeds.text_files.csv_dialect import plain_name

Cells = Mapping[str, Any]
"""Cells that are filled in, by plain name of the column (`plain`); a column with full stops is nested."""
_MAX_DEPTH: Final = 6


class SourceRows(Protocol):
    """An open export. Can be read several times.

    `columns`: plain names, of nested columns the first part; None where a form states none. `mark`: the decimal mark
    that is proved, else empty. `cut`: after a reading to the end, why the file is surely incomplete.
    """

    columns: frozenset[str] | None
    mark: str
    cut: str
    notes: tuple[str, ...]

    def rows(self) -> Iterator[tuple[int, Cells | str]]:
        """Line or row number and cells of each row; a text in place of the cells is why it cannot be read."""
        ...

    def close(self) -> None: ...


@lru_cache(maxsize=4096)
def plain(column: str) -> str:
    """A column's name as rows have it: lower case, `_` for blanks and hyphens."""
    return plain_name(column)


def path_of(column: str) -> tuple[str, ...]:
    """The steps to a column's cell."""
    return tuple(plain(column).split("."))


def plain_cells(record: Mapping[str, Any], depth: int = _MAX_DEPTH) -> dict[str, Any]:
    """The fields of a JSON object with plain names; what is nested deeper than six levels is left out."""
    found: dict[str, Any] = {}
    for name, value in record.items():
        if "\x00" in name:
            continue
        value = _plain_value(value, depth)
        if value is not None and value != "":
            found.setdefault(plain(name) if len(name) < 200 else name, value)
    return found


def _plain_value(value: Any, depth: int) -> Any:
    if isinstance(value, dict):
        return plain_cells(value, depth - 1) if depth else {}
    if isinstance(value, list):
        return [_plain_value(one, depth - 1) for one in value] if depth else []
    return value
