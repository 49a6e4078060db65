"""Which rows belong together: variants and their parent row, or the rows of a style, of which the first is complete."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from kiosk.connectors.mapping.articles import style_id_of
from kiosk.connectors.mapping.expressions import Compiler, Getter, columns_of, pairs_of
from kiosk.connectors.mapping.model import FieldSource, MappingFile, Parents, Source
from kiosk.connectors.mapping.readers.source_rows import Cells, SourceRows, path_of
from kiosk.connectors.mapping.row import Row, text_of
from kiosk.connectors.mapping.spool import Spool

_NO_SOURCE: Final = FieldSource()


class OrphanError(Exception):
    """A variant whose parent is not in the file, or whose product is not known."""


class Families:
    """Gives each row what it inherits. With `parents` in the mapping, the file is read once before (`learn`)."""

    def __init__(self, mapping: MappingFile, compiler: Compiler, folder: Path) -> None:
        self._rule = mapping.parents
        self._spool = Spool(folder)
        self._attributes = compiler.attributes(mapping)
        self._inherited = frozenset(path_of(column)[0] for column in mapping.inherit)
        self._style_id: Getter = compiler.getter(mapping.style.get("style_id", _NO_SOURCE))
        self._is_parent = compiler.condition(self._rule.when) if self._rule else _never
        self._of: Getter = compiler.getter(self._rule.of) if self._rule else _nothing
        self._continued, self._last, self._unknown = mapping.continued, "", False
        self._kept = frozenset(path_of(column)[0] for column in _used_by_parents(mapping))

    def learn(self, rows: SourceRows) -> None:
        """Reads the parent rows, wherever they are in the file."""
        if self._rule is None:
            return
        for line, cells in rows.rows():
            if isinstance(cells, str) or not self.is_parent(row := Row(line, cells, self._attributes)):
                continue
            kept = {name: value for name, value in cells.items() if name in self._kept}
            first, *others = self._rule.ids
            names = [row.text(path_of(first))]
            names += [f"{column}:{row.text(path_of(column))}".casefold() for column in others]
            key = next((name for name in names if name and not name.endswith(":")), "")
            self._spool.put(f"p {key}", kept)
            for name in names:
                if name != key:
                    self._spool.put(f"p {name}", {"": key})
            self._learn_children(self._rule, row, key)

    def skip(self) -> None:
        """A row cannot be read: it may have begun a product, so nothing continues what was before."""
        self._unknown = True

    def is_parent(self, row: Row) -> bool:
        """Whether a row is a parent row."""
        return self._is_parent(row)

    def plain(self, line: int, cells: Cells) -> Row:
        """A row without what it inherits."""
        return Row(line, cells, self._attributes)

    def row(self, line: int, cells: Cells) -> tuple[Row, Row, str]:
        """The row with what it inherits, the row from which its style is made, and the style's id.

        Raises OrphanError.
        """
        plain = self.plain(line, cells)
        if self._rule is not None:
            parent, extra = self._parent_of(plain)
            style_row = Row(line, parent, self._attributes, cells, None) if parent else plain
            row = Row(line, cells, self._attributes, parent, self._inherited, extra)
            return row, style_row, style_id_of(self._style_id(style_row))
        style_id = style_id_of(self._style_id(plain))
        if not style_id and self._continued:
            if self._unknown:
                raise OrphanError("an earlier row of its product cannot be read")
            style_id = self._last
        self._last, self._unknown = style_id, False
        if not self._inherited or not style_id:
            return plain, plain, style_id
        first = self._spool.get(style_id)
        if first is None:
            first = {name: value for name, value in cells.items() if name in self._inherited}
            self._spool.put(style_id, first)
        row = Row(line, cells, self._attributes, first, self._inherited)
        return row, row, style_id

    def close(self) -> None:
        self._spool.close()

    def _parent_of(self, row: Row) -> tuple[Cells, dict[str, str]]:
        extra: dict[str, str] = {}
        name = text_of(self._of(row))
        children = self._rule.children if self._rule else None
        if not name and children is not None:
            found = self._spool.get(f"c {row.text(path_of(children.of))}")
            if found is not None:
                name, extra = found["parent"], found["attributes"]
        if not name:
            return {}, extra
        parent = self._spool.get(f"p {name}") or self._spool.get(f"p {name.casefold()}")
        if parent is not None and "" in parent:
            parent = self._spool.get(f"p {parent['']}")
        if parent is None:
            raise OrphanError(f"its parent {name[:64]!r} is not in the file")
        return parent, extra

    def _learn_children(self, rule: Parents, row: Row, key: str) -> None:
        children = rule.children
        if children is None:
            return
        for record in row.text(path_of(children.column)).split(children.records):
            attributes = {n.casefold(): v for n, v in pairs_of(record, children.between, children.sign)}
            if child := attributes.pop(children.key, ""):
                self._spool.put(f"c {child}", {"parent": key, "attributes": attributes})


def _used_by_parents(mapping: MappingFile) -> list[str]:
    sources: list[Source] = [*mapping.style.values(), *mapping.item.values(), *mapping.stock.values()]
    names = [column for source in sources for column in columns_of(source)]
    for condition in mapping.skip:
        names += [condition.column] if isinstance(condition.column, str) else condition.column
    return [*names, *mapping.inherit]


def _never(_: Row) -> bool:
    return False


def _nothing(_: Row) -> Any:
    return ""
