"""Makes functions of rows out of the sources and conditions of a mapping, once for each file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any, Final

from kiosk.connectors.mapping.html_text import html_text
from kiosk.connectors.mapping.model import AttributeSource, Condition, FieldSource, MappingFile, Source
from kiosk.connectors.mapping.readers.source_rows import path_of
from kiosk.connectors.mapping.row import AttributeReader, Row, text_of

Getter = Callable[[Row], Any]
"""The value of a field: a text, a number, or a list of texts; an empty text where there is none."""
MAX_NUMBERED: Final = 50
"""Attributes with numbered columns (`Attribute 1 name`, ...)."""


class Compiler:
    """Compiles for one file: `currency` is the shop's, `has` says whether the file has a column."""

    def __init__(self, currency: str, has: Callable[[str], bool] = lambda _: True) -> None:
        self._currency, self._has = currency, has

    def getter(self, source: Source) -> Getter:
        """The first of the sources that is filled in. Columns that the file has not are left out."""
        every = source if isinstance(source, tuple) else (source,)
        found = [self._one(one) for one in every if self._is_there(one)]
        if len(found) == 1:
            return found[0]

        def first(row: Row) -> Any:
            for get in found:
                if (value := get(row)) not in ("", []):
                    return value
            return ""

        return first

    def has_any(self, source: Source) -> bool:
        """Whether the file can state such a field."""
        every = source if isinstance(source, tuple) else (source,)
        return any(one not in ("", FieldSource()) and self._is_there(one) for one in every)

    def condition(self, condition: Condition) -> Callable[[Row], bool]:
        """Whether a row fulfils a condition."""
        names = (condition.column,) if isinstance(condition.column, str) else condition.column
        paths = [path_of(name) for name in names]
        words = frozenset(word.casefold() for word in condition.one_of)
        if not words:
            return lambda row: any(row.cell(path) != "" for path in paths)

        def holds(row: Row) -> bool:
            for path in paths:
                text = row.text(path).casefold()
                if text in words or ("," in text and any(part.strip() in words for part in text.split(","))):
                    return True
            return False

        return holds

    def attributes(self, mapping: MappingFile) -> AttributeReader:
        """Reads the attributes of a row; the first value of a name counts."""
        readers = [pairs for source in mapping.attributes for pairs in self._pairs(source)]

        def read(row: Row) -> dict[str, str]:
            found: dict[str, str] = {}
            for pairs in readers:
                for name, value in pairs(row):
                    if name and value:
                        found.setdefault(name.casefold(), value)
            return found

        return read

    def _is_there(self, source: str | FieldSource) -> bool:
        name = source if isinstance(source, str) else source.column
        return not name or self._has(self._named(name))

    def _named(self, column: str) -> str:
        return column.replace("{currency}", self._currency)

    def _one(self, source: str | FieldSource) -> Getter:
        if isinstance(source, str):
            return _column(path_of(self._named(source)))
        if source.attribute:
            names = (source.attribute,) if isinstance(source.attribute, str) else source.attribute
            get = _attribute(tuple(name.casefold() for name in names))
        elif source.column:
            get = _column(path_of(self._named(source.column)))
        else:
            constant = source.value
            return lambda _: constant
        return _changed(get, source)

    def _pairs(self, source: AttributeSource) -> Iterator[Callable[[Row], Iterable[tuple[str, str]]]]:
        if source.column:
            yield _pairs_in(path_of(source.column), source.between, source.sign)
        elif source.names:
            yield _listed(source)
        elif "{n}" in source.name:
            for number in range(1, MAX_NUMBERED + 1):
                name, value = (text.replace("{n}", str(number)) for text in (source.name, source.value))
                if self._has(value):
                    yield _two(path_of(name), path_of(value))
        else:
            yield _two(path_of(source.name), path_of(source.value))


def columns_of(source: Source) -> Iterator[str]:
    """The columns that a source names."""
    for one in source if isinstance(source, tuple) else (source,):
        name = one if isinstance(one, str) else one.column
        if name:
            yield name


def pairs_of(text: str, between: str, sign: str) -> Iterator[tuple[str, str]]:
    """Name and value of each pair of a text. A part without sign belongs to the value before it."""
    name, value = "", ""
    for part in text.split(between):
        left, found, right = part.partition(sign)
        if found:
            if name:
                yield name, value
            name, value = left.strip(), right.strip().strip('"')
        elif name:
            value = f"{value}{between}{part}".strip().strip('"')
    if name:
        yield name, value


def _column(path: tuple[str, ...]) -> Getter:
    if len(path) > 1:
        return lambda row: row.cell(path)
    (name,) = path

    def get(row: Row) -> Any:
        value = row.cells.get(name, "")
        return value if value != "" or not row.parent else row.cell(path)

    return get


def _attribute(names: tuple[str, ...]) -> Getter:
    def get(row: Row) -> str:
        attributes = row.attributes
        return next((attributes[name] for name in names if name in attributes), "")

    return get


def _changed(get: Getter, source: FieldSource) -> Getter:
    """The value after split, path, strip, words and the removal of tags, in this order."""
    words = {word.casefold(): text for word, text in source.words.items()}

    def one(text: str) -> str:
        if source.path:
            text = text.rpartition(source.path)[2].strip()
        if source.strip:
            text = text.strip(source.strip + " ")
        if words:
            found = words.get(text.casefold())
            text = found if found is not None else "" if source.only_words else text
        return html_text(text) if source.form == "html" else text

    def changed(row: Row) -> Any:
        value = get(row)
        if isinstance(value, list):
            value = [text_of(part) for part in value]
        elif source.split:
            value = text_of(value).split(source.split)
        elif isinstance(value, int | Decimal) and not isinstance(value, bool) and not words:
            return value
        else:
            return one(text_of(value))
        parts = [text for part in value if (text := one(part.strip()))]
        if source.take == "all":
            return parts
        return "" if not parts else parts[0] if source.take == "first" else parts[-1]

    return changed


def _two(name: tuple[str, ...], value: tuple[str, ...]) -> Callable[[Row], Iterable[tuple[str, str]]]:
    return lambda row: ((row.text(name), row.text(value)),)


def _pairs_in(path: tuple[str, ...], between: str, sign: str) -> Callable[[Row], Iterable[tuple[str, str]]]:
    return lambda row: pairs_of(row.text(path), between, sign)


def _listed(source: AttributeSource) -> Callable[[Row], Iterable[tuple[str, str]]]:
    names, values, between = path_of(source.names), path_of(source.value), source.between

    def read(row: Row) -> Iterator[tuple[str, str]]:
        for name, value in zip(row.text(names).split(between), row.text(values).split(between), strict=False):
            yield _up_to(source.name_ends, name), _up_to(source.value_ends, value)

    return read


def _up_to(sign: str, text: str) -> str:
    return (text.partition(sign)[0] if sign else text).strip()
