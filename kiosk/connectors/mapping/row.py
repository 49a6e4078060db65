"""One row of an export with what it inherits, and its attributes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from kiosk.connectors.mapping.readers.source_rows import Cells

_NOTHING: Final[Mapping[str, Any]] = {}
AttributeReader = Callable[["Row"], dict[str, str]]


class Row:
    """Cells of a row; an empty one of the columns in `inherited` (None: all) is that of the parent."""

    __slots__ = ("_attributes", "_inherited", "_more", "_reader", "cells", "line", "parent")

    def __init__(
        self, line: int, cells: Cells, reader: AttributeReader, parent: Cells = _NOTHING,
        inherited: frozenset[str] | None = frozenset(), more: Mapping[str, str] = _NOTHING,
    ) -> None:  # fmt: skip
        """`more`: attributes that the row itself does not state."""
        self.line, self.cells, self.parent = line, cells, parent
        self._inherited, self._reader, self._more = inherited, reader, more
        self._attributes: dict[str, str] | None = None

    def cell(self, path: tuple[str, ...]) -> Any:
        """The value of a cell, or an empty text."""
        value = value_at(self.cells, path)
        if value == "" and self.parent and (self._inherited is None or path[0] in self._inherited):
            return value_at(self.parent, path)
        return value

    def text(self, path: tuple[str, ...]) -> str:
        """The cell as text; empty if it is a list or an object."""
        return text_of(self.cell(path))

    @property
    def attributes(self) -> dict[str, str]:
        """Values of attributes by name in lower case."""
        if self._attributes is None:
            self._attributes = {**self._more, **self._reader(self)}
        return self._attributes


def value_at(cells: Cells, path: tuple[str, ...]) -> Any:
    """What stands at a path, or an empty text."""
    found: Any = cells
    for step in path:
        if not isinstance(found, dict):
            return ""
        found = found.get(step, "")
    return found


def text_of(value: Any) -> str:
    """A cell as text, whole numbers without decimals."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value) if abs(value) < 10**40 else ""
    if isinstance(value, Decimal):
        return f"{value:f}" if abs(value.adjusted()) < 40 else str(value)
    return ""
