"""Records of a CSV file (RFC 4180) as raw lines, and their cells as nested fields."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from typing import Any

from kiosk.connectors.feeds.limits import MAX_LINE_CHARS, MAX_LINES_OF_A_RECORD
from kiosk.connectors.feeds.text_files.csv_dialect import CsvDialect, cells_of
from kiosk.connectors.feeds.text_files.records import RecordError
from kiosk.connectors.feeds.text_files.text_file import TextFile

_UNFINISHED = "unexpected end of data"


class CsvRecords:
    """The records of a CSV file below its header.

    A line is a record, unless a quote is open at its end. If that quote is not closed within the limits, it is a
    mistake of its line alone, and the next line is read as a record.
    """

    def __init__(self, file: TextFile, dialect: CsvDialect) -> None:
        self._file, self._dialect = file, dialect
        self._paths = [_path(column) for column in dialect.header]
        self.form = f"csv {dialect.delimiter} {'|'.join(dialect.header)}".encode()
        self.cut = ""
        self._back: deque[tuple[int, str]] = deque()

    @property
    def columns(self) -> set[str]:
        """Names of the columns, of nested ones the first part."""
        return {path[0] for path in self._paths}

    def records(self) -> Iterator[tuple[int, str]]:
        """Line number and raw text of each record that is not blank. `cut` is known at the end."""
        blanks, first, last = " \r\t\ufeff" + self._dialect.delimiter, self._dialect.first, ""
        numbered = self._numbered()
        while True:
            for number, line in numbered:
                if number < first or not line.strip(blanks):
                    continue
                if '"' in line and self._fault(line) == _UNFINISHED:
                    line = self._joined(line, numbered)
                last = line
                yield number, line
            if not self._back:
                break
            # an open quote was followed up to the end of the file: its lines are read as records
            numbered = self._put_back()
        self.cut = self._file.cut
        if not self.cut and last and not self._file.complete_last_line and not self._whole(last):
            self.cut = "ends in the middle of a line"

    def fields(self, raw: str) -> dict[str, Any]:
        """The fields of a record: the column `name.en` becomes {"name": {"en": ...}}. Empty cells are left out.

        Raises RecordError.
        """
        if len(raw) > MAX_LINE_CHARS:
            raise RecordError(f"longer than {MAX_LINE_CHARS} characters")
        try:
            cells = cells_of(raw, self._dialect.delimiter)
        except csv.Error as error:
            raise RecordError(f"not CSV: {error}; a quote inside of a quoted cell is written twice") from None
        while len(cells) > len(self._paths) and not cells[-1].strip():
            cells.pop()
        if len(cells) != len(self._paths):
            raise RecordError(f"{len(cells)} columns where {len(self._paths)} were expected")
        record: dict[str, Any] = {}
        for path, cell in zip(self._paths, cells, strict=True):
            if cell and (cell := cell.strip()):
                _put(record, path, cell)
        return record

    def _numbered(self) -> Iterator[tuple[int, str]]:
        for numbered in enumerate(self._file.lines(), 1):
            yield numbered
            yield from self._put_back()

    def _put_back(self) -> Iterator[tuple[int, str]]:
        while self._back:
            yield self._back.popleft()

    def _joined(self, line: str, following: Iterator[tuple[int, str]]) -> str:
        """The record that begins with a line with an open quote; the line itself if the quote is not closed."""
        taken: list[tuple[int, str]] = []
        parts, quotes, size = [line], line.count('"'), len(line)
        for number, more in following:
            taken.append((number, more))
            parts.append(more)
            quotes += more.count('"')
            size += len(more)
            if size > MAX_LINE_CHARS or len(taken) >= MAX_LINES_OF_A_RECORD:
                break
            # in a finished record the quotes are in pairs, except quotes inside of unquoted cells
            if quotes % 2 == 0 and (fault := self._fault("\n".join(parts))) != _UNFINISHED:
                if fault:  # the quote was closed where no cell ends: it was no opening quote
                    break
                return "\n".join(parts)
        self._back.extendleft(reversed(taken))
        return line

    def _fault(self, text: str) -> str:
        """Why a text is no record; empty if it is one."""
        try:
            cells_of(text, self._dialect.delimiter)
        except csv.Error as error:
            return str(error)
        return ""

    def _whole(self, line: str) -> bool:
        """Whether a last line is not cut: all columns are there, or it has another fault."""
        fault = self._fault(line)
        if fault:
            return fault != _UNFINISHED
        return len(cells_of(line, self._dialect.delimiter)) >= len(self._paths)


def _path(column: str) -> tuple[str, ...]:
    return tuple(column.split("."))


def _put(record: dict[str, Any], path: tuple[str, ...], cell: str) -> None:
    """Puts a cell at its place; one whose place is taken by another column is left out."""
    for step in path[:-1]:
        inner = record.setdefault(step, {})
        if not isinstance(inner, dict):
            return
        record = inner
    record.setdefault(path[-1], cell)
