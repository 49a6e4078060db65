"""Rows of the first sheet of a workbook (XLSX), read row by row; needs the optional library openpyxl.

A workbook is a ZIP file: sizes and their ratio are checked before anything is unpacked, and no part of it is written to
disk. A cell with a formula is read as the formula, which the mapping refuses: its stored result can be out of date.
"""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Collection, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from kiosk.connectors.feeds.limits import MAX_LINE_CHARS
from kiosk.connectors.feeds.text_files.opening import UnreadableError, open_file
from kiosk.connectors.mapping.readers.source_rows import Cells, plain

MAX_UNPACKED: Final = 256 << 20
"""Bytes of all parts together."""
MAX_RATIO: Final = 300
"""Unpacked to packed bytes of a part of more than a megabyte; sheets have 5 to 40."""
MAX_PARTS: Final = 2_000
MAX_COLUMNS: Final = 1_000
MAX_ROWS: Final = 1 << 20
"""Rows of a sheet (ECMA-376); a row with a higher number would be reached over as many empty ones."""
_DOCTYPE_IN: Final = 4096
_HEADER_IN: Final = 20


class WorkbookRows:
    """Rows of the first sheet by row number. The header is the first row, of 20, with the most columns of `known`."""

    def __init__(self, path: Path, known: Collection[str]) -> None:
        """Raises UnreadableError."""
        try:
            from openpyxl import load_workbook
        except ImportError:
            what = (
                'is a workbook; install openpyxl (pip install "cheval[workbooks]"), or save it as CSV UTF-8'
            )
            raise UnreadableError(what) from None
        self._file = open_file(path)
        try:
            _check(self._file)
            with warnings.catch_warnings():
                # about styles and extensions that are not kept: nothing is written
                warnings.simplefilter("ignore")
                self._book = load_workbook(self._file, read_only=True, data_only=False, keep_links=False)
            self._sheet = self._book.worksheets[0]
            self._first, self._names = self._header(known)
        except UnreadableError:
            self._file.close()
            raise
        except Exception as error:  # noqa: BLE001 the library raises what it likes for a damaged file
            self._file.close()
            raise UnreadableError(f"is not a workbook that can be read ({type(error).__name__})") from None
        self.columns: frozenset[str] | None = frozenset(
            name.partition(".")[0] for name in self._names if name
        )
        self.mark, self.cut = "", ""
        others = [sheet.title for sheet in self._book.worksheets[1:]]
        self.notes: tuple[str, ...] = (
            (f"only its first sheet is read, not {len(others)} others",) if others else ()
        )

    def rows(self) -> Iterator[tuple[int, Cells | str]]:
        """Raises UnreadableError for a sheet that is damaged."""
        try:
            for number, row in self._raw(self._first + 1):
                cells = self._cells(row)
                if not cells:
                    continue
                size = sum(len(value) for value in cells.values() if isinstance(value, str))
                yield number, cells if size <= MAX_LINE_CHARS else f"longer than {MAX_LINE_CHARS} characters"
        except UnreadableError:
            raise
        except Exception as error:  # noqa: BLE001 as above
            raise UnreadableError(f"is damaged in its sheet ({type(error).__name__})") from None

    def close(self) -> None:
        self._book.close()
        self._file.close()

    def _raw(self, first: int) -> Iterator[tuple[int, tuple[Any, ...]]]:
        rows = self._sheet.iter_rows(min_row=first, max_col=MAX_COLUMNS, values_only=True)
        for number, row in enumerate(rows, first):
            if number > MAX_ROWS:
                raise UnreadableError(f"has a row with a number above {MAX_ROWS}, which no workbook has")
            yield number, row

    def _header(self, known: Collection[str]) -> tuple[int, list[str]]:
        best: tuple[int, int, list[str]] = (0, 0, [])
        for number, row in self._raw(1):
            if number > _HEADER_IN:
                break
            names = [
                plain(str(value)) if isinstance(value, str) and len(value) < 200 else "" for value in row
            ]
            count = sum(name.partition(".")[0] in known for name in names)
            if count > best[0]:
                best = (count, number, names)
        if not best[0]:
            raise UnreadableError("has no header with columns of this mapping in its first 20 rows")
        repeated = [name for name in best[2] if name and name in known and best[2].count(name) > 1]
        if repeated:
            raise UnreadableError(f"has the column {repeated[0]} {best[2].count(repeated[0])} times")
        return best[1], best[2]

    def _cells(self, row: tuple[Any, ...]) -> dict[str, Any]:
        cells: dict[str, Any] = {}
        for name, value in zip(self._names, row, strict=False):
            if value is None or not name:
                continue
            found = _value(value)
            if found != "":
                cells.setdefault(name, found)
        return cells


def _value(value: object) -> Any:
    """A cell as a text or number. Excel keeps 15 digits of a number, so that a GTIN is whole."""
    if isinstance(value, bool | int | str):
        return value.strip() if isinstance(value, str) else value
    if isinstance(value, float):
        number = Decimal(repr(value))
        return number if number.is_finite() else str(value)
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds") if value.time() != time() else value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def _check(file: Any) -> None:
    """Refuses a ZIP file that unpacks to too much, or whose XML has a document type. Raises UnreadableError."""
    try:
        with zipfile.ZipFile(file) as packed:
            parts = packed.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                most = f"{MAX_UNPACKED >> 20} MiB or {MAX_PARTS} parts"
                raise UnreadableError(f"unpacks to more than {most}; save it as CSV")
            for part in parts:
                if part.flag_bits & 1:
                    raise UnreadableError("is encrypted; save it without a password")
                if part.file_size > 1 << 20 and part.file_size > MAX_RATIO * max(1, part.compress_size):
                    raise UnreadableError(
                        "is packed more tightly than any workbook (a ZIP bomb?); save it as CSV"
                    )
                if part.filename.endswith((".xml", ".rels")):
                    with packed.open(part) as opened:
                        if b"<!DOCTYPE" in opened.read(_DOCTYPE_IN).upper():
                            raise UnreadableError(
                                "has a document type (DOCTYPE) inside, which workbooks do not have"
                            )
    except UnreadableError:
        raise
    except Exception as error:  # noqa: BLE001 a ZIP file can be damaged in many ways
        raise UnreadableError(f"is not a workbook that can be read ({type(error).__name__})") from None
    file.seek(0)
