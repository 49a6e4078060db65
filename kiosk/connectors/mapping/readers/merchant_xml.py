"""Rows of Google Merchant XML (RSS 2.0 or Atom with elements of the namespace `g`), one for each item.

Elements are read one after the other and dropped. A document type is refused, so that no entity is ever expanded.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.parsers import expat

from kiosk.connectors.feeds.limits import MAX_LINE_CHARS
from kiosk.connectors.feeds.text_files.encodings import CHUNK_BYTES
from kiosk.connectors.feeds.text_files.opening import UnreadableError, open_file
from kiosk.connectors.feeds.text_files.text_file import Progress
from kiosk.connectors.mapping.readers.source_rows import Cells, plain

_ITEMS: Final = frozenset(("item", "entry"))
_MAX_DEPTH: Final = 16
_MAX_FIELDS: Final = 1_000
_LAST: Final = True


class MerchantRows:
    """Rows by line number; an element that is repeated is a list, one inside of another is left out."""

    def __init__(self, path: Path, progress: Progress | None = None) -> None:
        """Raises UnreadableError."""
        self._file, self._progress = open_file(path), progress
        self._size = path.stat().st_size
        self.columns: frozenset[str] | None = None
        self.mark, self.cut = ".", ""
        self.notes: tuple[str, ...] = ()

    def rows(self) -> Iterator[tuple[int, Cells | str]]:
        """Raises UnreadableError for what is no XML; an end in the middle is told by `cut`."""
        self._file.seek(0)
        parser = _Parser()
        while chunk := self._file.read(CHUNK_BYTES):
            parser.feed(chunk)
            while parser.found:
                yield parser.found.popleft()
            if self._progress is not None:
                self._progress(self._file.tell(), self._size)
        self.cut = parser.end()

    def close(self) -> None:
        self._file.close()


class _Parser:
    """Collects finished items in `found`."""

    def __init__(self) -> None:
        self._expat = expat.ParserCreate(namespace_separator=" ")
        self._expat.buffer_text = True
        self._expat.StartDoctypeDeclHandler = self._refuse
        self._expat.StartElementHandler = self._start
        self._expat.EndElementHandler = self._end
        self._expat.CharacterDataHandler = self._text
        self.found: deque[tuple[int, Cells | str]] = deque()
        self._path: list[str] = []
        self._item = 0
        self._line = 0
        self._fault = ""
        self._fields: dict[str, str | list[str]] = {}
        self._parts: list[str] = []
        self._size = 0

    def feed(self, chunk: bytes) -> None:
        """Raises UnreadableError."""
        try:
            self._expat.Parse(chunk)
        except expat.ExpatError as error:
            raise UnreadableError(
                f"is not XML: line {error.lineno}: {expat.ErrorString(error.code)}"
            ) from None
        except (LookupError, ValueError):
            # the name of an encoding that Python does not know, or knows and expat cannot use
            raise UnreadableError("states an encoding that is not read here; export it as UTF-8") from None

    def end(self) -> str:
        """Why the document is incomplete; empty if it is not."""
        try:
            self._expat.Parse(b"", _LAST)
        except expat.ExpatError:
            return "ends in the middle of an element"
        return ""

    def _refuse(self, *_: object) -> None:
        raise UnreadableError("has a document type (DOCTYPE), which product data do not need; it is not read")

    def _start(self, name: str, _: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        self._path.append(local)
        if len(self._path) > _MAX_DEPTH:
            raise UnreadableError(f"is nested deeper than {_MAX_DEPTH} elements")
        if not self._item and local in _ITEMS:
            self._item, self._line = len(self._path), self._expat.CurrentLineNumber
            self._fields, self._size, self._fault = {}, 0, ""
        self._parts = []

    def _text(self, text: str) -> None:
        if not self._item or self._fault:
            return
        self._size += len(text)
        if self._size > MAX_LINE_CHARS:
            self._fault, self._parts = f"longer than {MAX_LINE_CHARS} characters", []
        else:
            self._parts.append(text)

    def _end(self, _: str) -> None:
        depth, local = len(self._path), self._path.pop()
        if depth == self._item:
            self.found.append((self._line, self._fault or self._fields))
            self._item = 0
        elif depth == self._item + 1 and self._item and not self._fault:
            self._put(plain(local) if len(local) < 200 else local, "".join(self._parts).strip())
        self._parts = []

    def _put(self, name: str, text: str) -> None:
        if not text or len(self._fields) >= _MAX_FIELDS:
            return
        before = self._fields.get(name)
        if before is None:
            self._fields[name] = text
        elif isinstance(before, list):
            before.append(text)
        else:
            self._fields[name] = [before, text]
