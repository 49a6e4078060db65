"""Finds the delimiter and the header of a CSV file: those that give the most known columns."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

DELIMITERS: Final = (",", ";", "\t", "|")
_STATED: Final = re.compile(r'"?sep=(.)"?\s*')
_MAX_HEADER_LINES: Final = 20
_BLANKS: Final = re.compile(r"[\s-]+")


@dataclass(frozen=True, slots=True)
class CsvDialect:
    """Delimiter and header of a CSV file. `header` has plain names (`plain_name`), `first` is the line after it."""

    delimiter: str
    header: tuple[str, ...]
    first: int


def dialect_of(lines: Sequence[str], known: Collection[str]) -> CsvDialect | None:
    """The dialect by the first lines of a file; None if all of them are blank.

    A first line `sep=;` states the delimiter, as spreadsheets read and write it. Else it is the one by which the
    header has the most columns of `known`, then the most columns.
    """
    stated = ""
    for at, line in enumerate(lines):
        if found := _STATED.fullmatch(line.strip("\ufeff\r")):
            stated = found[1]
        elif line.strip("\ufeff \r\n"):
            header, rest = line, at + 1
            while header.count('"') % 2 and rest < min(len(lines), at + _MAX_HEADER_LINES):
                header, rest = f"{header}\n{lines[rest]}", rest + 1
            return _best(header, stated, known, rest + 1)
    return None


def plain_name(column: str) -> str:
    """A column's name: lower case, `_` for blanks and hyphens; only the part before the first full stop."""
    first, dot, rest = column.strip("\ufeff \t\r\n'\"").partition(".")
    return _BLANKS.sub("_", first.strip().casefold()) + dot + rest.strip()


def cells_of(line: str, delimiter: str) -> list[str]:
    """The cells of one record. Raises csv.Error."""
    if '"' not in line:
        return line.rstrip("\r").split(delimiter)
    rows = list(csv.reader([line], delimiter=delimiter, strict=True))
    return rows[0] if rows else []


def _best(line: str, stated: str, known: Collection[str], first: int) -> CsvDialect:
    choices = [CsvDialect(d, tuple(_header(line, d)), first) for d in ((stated,) if stated else DELIMITERS)]
    return max(choices, key=lambda choice: (_known(choice.header, known), len(choice.header)))


def _header(line: str, delimiter: str) -> list[str]:
    try:
        return [plain_name(column) for column in cells_of(line.strip("\ufeff"), delimiter)]
    except csv.Error:
        return [plain_name(line)]


def _known(header: Iterable[str], known: Collection[str]) -> int:
    return sum(column.partition(".")[0] in known for column in header)
