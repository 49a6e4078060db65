"""Chooses the form of a feed file (JSONL, JSON list, CSV) by its name and content, and the decimal mark of a CSV."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from kiosk.connectors.feeds.columns import COLUMNS, DELETED, EITHER, KEYS, PERSONAL, Column, FeedKind
from kiosk.connectors.feeds.text_files.csv_dialect import CsvDialect, cells_of, dialect_of
from kiosk.connectors.feeds.text_files.csv_records import CsvRecords
from kiosk.connectors.feeds.text_files.json_records import JsonLines, JsonList, object_of
from kiosk.connectors.feeds.text_files.opening import UnreadableError
from kiosk.connectors.feeds.text_files.records import RecordError, Records
from kiosk.connectors.feeds.text_files.text_file import TextFile
from kiosk.connectors.feeds.unknown_columns import nearest_column
from kiosk.connectors.feeds.values.money import MinorType, PriceType
from kiosk.connectors.feeds.values.numbers import MARKS, proof_of
from kiosk.connectors.feeds.values.texts import shown
from kiosk.connectors.feeds.values.value_types import CountType

_HEAD_CHARS: Final = 1 << 16
_BLANK: Final = " \t\r\ufeff"
_NO_NUMBER: Final = re.compile(r"[^\d.,'’\s]")
# a comma inside an unquoted cell of a file with commas between cells does not exist
_MAYBE_THOUSANDS: Final = re.compile(r"\d[.,]\d{3}(?!\d)")
_MAYBE_THOUSANDS_IN_QUOTES: Final = re.compile(r'\d\.\d{3}(?!\d)|"[^"\n,]*\d,\d{3}(?!\d)')


def records_of(file: TextFile, kind: FeedKind, suffix: str) -> tuple[Records, str]:
    """The records of a file and its decimal mark (empty if not proved or not needed).

    Raises UnreadableError for a header without the columns that every line needs.
    """
    lines = head_of(file)
    start = next((line.strip(_BLANK) for line in lines if line.strip(_BLANK)), "")
    if not start:
        return JsonLines(file), ""
    if suffix in (".jsonl", ".ndjson"):
        return (JsonList(file) if begins_a_list(start, lines) else JsonLines(file)), ""
    if start.startswith(("[", "{")) or suffix == ".json":
        return (JsonLines(file) if _is_record(start, kind) else JsonList(file)), ""
    dialect = dialect_of(lines, COLUMNS_BY_KIND[kind])
    if dialect is None:
        return JsonLines(file), ""
    _check_header(dialect, kind)
    numbers = [at for at, name in enumerate(dialect.header) if name.partition(".")[0] in _NUMBERS[kind]]
    return CsvRecords(file, dialect), decimal_mark(file, dialect, numbers)


def columns_of(file: TextFile, kind: FeedKind, suffix: str) -> set[str]:
    """The columns of a file's header or first record. Raises UnreadableError as `records_of`."""
    records, _ = records_of(file, kind, suffix)
    for _, raw in records.records():
        if isinstance(records, CsvRecords):
            return records.columns
        try:
            return set(records.fields(raw))
        except RecordError:
            return set()
    return records.columns if isinstance(records, CsvRecords) else set()


COLUMNS_BY_KIND: Final = {
    kind: frozenset(column.name for column in columns) for kind, columns in COLUMNS.items()
}
_NUMBERS: Final = {
    kind: frozenset(
        column.name
        for column in columns
        if isinstance(column, Column) and isinstance(column.type, CountType | PriceType | MinorType)
    )
    for kind, columns in COLUMNS.items()
}


def head_of(file: TextFile) -> list[str]:
    """The first lines of a file; the last one can be cut."""
    text = ""
    for piece in file.pieces():
        text += piece
        if len(text) > _HEAD_CHARS:
            break
    if "\n" not in text:
        text = text.replace("\r", "\n")
    return text.split("\n")


def begins_a_list(start: str, lines: Iterable[str]) -> bool:
    """Whether a file of JSON lines is one JSON list: over several lines, or alone in one."""
    if start == "[":
        return True
    alone = sum(1 for line in lines if line.strip(_BLANK)) == 1
    return start.startswith("[{") and (alone or not start.endswith("]"))


def _is_record(start: str, kind: FeedKind) -> bool:
    """Whether the first line is a record, so that the file has one record a line."""
    try:
        fields = object_of(start)
    except RecordError:
        return False
    return any(name in fields for group in KEYS[kind] for name in group)


def _check_header(dialect: CsvDialect, kind: FeedKind) -> None:
    names = [column.partition(".")[0] for column in dialect.header]
    groups = list(KEYS[kind])
    if DELETED.name not in names:
        groups += [(column.name,) for column in COLUMNS[kind] if column.required]
        groups += EITHER[kind]
    missing = [
        " or ".join(group) for group in dict.fromkeys(groups) if not any(name in names for name in group)
    ]
    if missing:
        raise UnreadableError(f"has no column {', '.join(missing)}{_hint(dialect, kind)}")
    for column, number in Counter(dialect.header).items():
        if number > 1 and column.partition(".")[0] in COLUMNS_BY_KIND[kind]:
            raise UnreadableError(f"has the column {shown(column)} {number} times")


def _hint(dialect: CsvDialect, kind: FeedKind) -> str:
    """What the columns may mean. A header without any known column is not shown: it can be a line of another file, such
    as one of keys that a link in the folder leads to, or of values of persons."""
    known = COLUMNS_BY_KIND[kind]
    meant = {column: nearest_column(column, known - set(dialect.header)) for column in dialect.header}
    near = [
        f"{shown(column)} may be {name}" for column, name in meant.items() if name and column not in known
    ]
    if near:
        return f"; rename columns: {', '.join(near[:10])}"
    header = shown(" ".join(dialect.header))[:200]
    may_show = kind not in PERSONAL and any(name.partition(".")[0] in known for name in dialect.header)
    return f"; its first line must be the header{f' and is {header!r}' if may_show else ''}"


def decimal_mark(file: TextFile, dialect: CsvDialect, columns: Sequence[int]) -> str:
    """The decimal mark that the numbers in some columns of the file prove, if one of them needs it."""
    if not columns or not _may_have_thousands(file, dialect):
        return ""
    proved: set[str] = set()
    for _, raw in CsvRecords(file, dialect).records():
        try:
            cells = cells_of(raw, dialect.delimiter)
        except csv.Error:
            continue
        proved.update(
            proof_of(_NO_NUMBER.sub("", cells[at])) for at in columns if at < len(cells) and cells[at]
        )
        if proved.issuperset(MARKS):
            return ""
    return next(iter(proved - {""}), "")


def _may_have_thousands(file: TextFile, dialect: CsvDialect) -> bool:
    rule = _MAYBE_THOUSANDS_IN_QUOTES if dialect.delimiter == "," else _MAYBE_THOUSANDS
    tail = ""
    for piece in file.pieces():
        if rule.search(tail + piece):
            return True
        tail = piece[-40:]
    return False
