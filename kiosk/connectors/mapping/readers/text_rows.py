"""Rows of CSV, TSV, JSON lines and JSON lists, by the readers of the feed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path

from kiosk.connectors.feeds.forms import begins_a_list, decimal_mark, head_of
from kiosk.connectors.feeds.text_files.csv_dialect import CsvDialect, dialect_of
from kiosk.connectors.feeds.text_files.csv_records import CsvRecords
from kiosk.connectors.feeds.text_files.json_records import JsonLines, JsonList
from kiosk.connectors.feeds.text_files.opening import UnreadableError
from kiosk.connectors.feeds.text_files.records import RecordError, Records
from kiosk.connectors.feeds.text_files.text_file import Progress, TextFile
from kiosk.connectors.feeds.values.texts import shown
from kiosk.connectors.mapping.readers.encoding_rule import encoding_rule
from kiosk.connectors.mapping.readers.source_rows import Cells, plain_cells

JSON_SUFFIXES = (".jsonl", ".ndjson", ".json")


class TextRows:
    """Rows of a text file. `known`, `numbers`: plain names of all columns of the mapping, and of those with numbers."""

    def __init__(
        self,
        path: Path,
        encoding: str,
        known: Collection[str],
        numbers: Collection[str],
        progress: Progress | None,
    ) -> None:
        """Raises UnreadableError."""
        self._file = TextFile(path, progress, encoding_rule(encoding))
        self.columns: frozenset[str] | None = None
        self.mark = self.cut = ""
        self.notes: tuple[str, ...] = (self._file.encoding.note,) if self._file.encoding.note else ()
        try:
            self._records = self._opened(path.suffix.casefold(), known, numbers)
        except BaseException:
            self._file.close()
            raise
        self._json = not isinstance(self._records, CsvRecords)

    def _opened(self, suffix: str, known: Collection[str], numbers: Collection[str]) -> Records:
        lines = head_of(self._file)
        start = next((line.strip(" \t\r\ufeff") for line in lines if line.strip(" \t\r\ufeff")), "")
        if not start:
            raise UnreadableError("is empty")
        if suffix in JSON_SUFFIXES or start.startswith(("{", "[")):
            as_lines = suffix in JSON_SUFFIXES[:2] or (start.startswith("{") and start.endswith("}"))
            is_list = begins_a_list(start, lines) if as_lines else True
            return JsonList(self._file) if is_list else JsonLines(self._file)
        dialect = dialect_of(lines, known)
        if dialect is None:
            raise UnreadableError("is empty")
        _check_repeated(dialect, known)
        self.columns = frozenset(column.partition(".")[0] for column in dialect.header)
        places = [at for at, name in enumerate(dialect.header) if name in numbers]
        self.mark = decimal_mark(self._file, dialect, places)
        return CsvRecords(self._file, dialect)

    def rows(self) -> Iterator[tuple[int, Cells | str]]:
        records, as_json = self._records, self._json
        for number, raw in records.records():
            try:
                fields = records.fields(raw)
            except RecordError as error:
                yield number, str(error)
                continue
            yield number, plain_cells(fields) if as_json else fields
        self.cut = records.cut

    def close(self) -> None:
        self._file.close()


def _check_repeated(dialect: CsvDialect, known: Collection[str]) -> None:
    for column, count in Counter(dialect.header).items():
        if count > 1 and column in known:
            raise UnreadableError(f"has the column {shown(column)} {count} times")
