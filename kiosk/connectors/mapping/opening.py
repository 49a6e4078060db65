"""Opens an export in its form, and checks that it is the kind of export that the mapping reads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kiosk.connectors.feeds.text_files.opening import UnreadableError
from kiosk.connectors.feeds.text_files.text_file import Progress
from kiosk.connectors.mapping.expressions import MAX_NUMBERED, columns_of
from kiosk.connectors.mapping.model import MappingFile, Source
from kiosk.connectors.mapping.readers.merchant_xml import MerchantRows
from kiosk.connectors.mapping.readers.source_rows import SourceRows, plain
from kiosk.connectors.mapping.readers.text_rows import TextRows
from kiosk.connectors.mapping.readers.workbook import WorkbookRows

_OTHERS = (".xls", ".xlsb", ".ods", ".numbers", ".zip", ".gz")
_NUMBERS = ("price", "price_before", "sale_price", "count", "reserved", "incoming")


def open_export(
    path: Path, mapping: MappingFile, currency: str, progress: Progress | None = None
) -> SourceRows:
    """The rows of a file. Raises UnreadableError."""
    known = frozenset(_plain(_columns(mapping), currency))
    numbers = frozenset(_plain(_number_columns(mapping), currency))
    rows = _opened(path, mapping.encoding, known, numbers, progress)
    try:
        _check(rows, mapping, currency)
    except BaseException:
        rows.close()
        raise
    return rows


def _opened(
    path: Path, encoding: str, known: frozenset[str], numbers: frozenset[str], progress: Progress | None
) -> SourceRows:
    suffix = path.suffix.casefold()
    if suffix in (".xlsx", ".xlsm"):
        return WorkbookRows(path, known)
    if suffix == ".xml":
        return MerchantRows(path, progress)
    if suffix in _OTHERS:
        raise UnreadableError(f"is a {suffix} file; save it as XLSX or as CSV UTF-8")
    return TextRows(path, encoding, known, numbers, progress)


def _check(rows: SourceRows, mapping: MappingFile, currency: str) -> None:
    if rows.columns is None:
        return
    for need in mapping.needs:
        names = (need,) if isinstance(need, str) else need
        if not rows.columns.intersection(_plain(names, currency)):
            what = f" of {mapping.title}" if mapping.title else ""
            raise UnreadableError(
                f"is no export{what} that this mapping reads: it has no column {' or '.join(names)}"
            )


def _plain(columns: Iterator[str] | tuple[str, ...], currency: str) -> Iterator[str]:
    """First steps of the columns' plain names."""
    for column in columns:
        name = column.replace("{currency}", currency)
        if "{n}" in name:
            yield from (
                plain(name.replace("{n}", str(n))).partition(".")[0] for n in range(1, MAX_NUMBERED + 1)
            )
        else:
            yield plain(name).partition(".")[0]


def _columns(mapping: MappingFile) -> Iterator[str]:
    for section in (mapping.style, mapping.item, mapping.stock):
        for source in section.values():
            yield from columns_of(source)
    for attribute in mapping.attributes:
        yield from (
            name for name in (attribute.name, attribute.value, attribute.column, attribute.names) if name
        )
    for condition in (
        *mapping.skip,
        *mapping.articles,
        *((mapping.parents.when,) if mapping.parents else ()),
    ):
        yield from (condition.column,) if isinstance(condition.column, str) else condition.column
    if mapping.parents:
        yield from (*mapping.parents.ids, *columns_of(mapping.parents.of))
        if mapping.parents.children:
            yield mapping.parents.children.column
    yield from mapping.inherit


def _number_columns(mapping: MappingFile) -> Iterator[str]:
    sources: list[Source] = [
        source
        for section in (mapping.item, mapping.stock)
        for name, source in section.items()
        if name in _NUMBERS
    ]
    for source in sources:
        yield from columns_of(source)
