"""Records of JSON files: one object a line (JSONL, NDJSON), or a list of objects, read in pieces."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from kiosk.connectors.feeds.limits import MAX_LINE_CHARS
from kiosk.connectors.feeds.text_files.opening import UnreadableError
from kiosk.connectors.feeds.text_files.records import RecordError
from kiosk.connectors.feeds.text_files.text_file import TextFile

_CUT: Final = "ends in the middle of a record"
_BLANK: Final = re.compile(r"[ \t\r\n\ufeff]*")
_NUMBER: Final = re.compile(r"[-+.0-9eE]+")
_NEAR_END: Final = 10
"""Characters of the longest value that cannot be told from a cut one: `-Infinity`, `\\u00e9`."""


class JsonLines:
    """JSON objects, one a line."""

    form = b"jsonl"

    def __init__(self, file: TextFile) -> None:
        self._file = file
        self.cut = ""

    def records(self) -> Iterator[tuple[int, str]]:
        last = ""
        for number, line in enumerate(self._file.lines(), 1):
            if line and not line.isspace():
                last = line
                yield number, line
        self.cut = self._file.cut
        if not self.cut and last and not self._file.complete_last_line and not _parses(last):
            self.cut = _CUT

    def fields(self, raw: str) -> dict[str, Any]:
        return object_of(raw)


class JsonList:
    """Objects in one JSON list; or in the first list of one object, as `{"items": [...]}`."""

    form = b"json"

    def __init__(self, file: TextFile) -> None:
        self._file = file
        self.cut = ""

    def records(self) -> Iterator[tuple[int, str]]:
        """Raises UnreadableError if the file contains no list of records."""
        buffer = _Buffer(self._file.pieces())
        if not _enter_list(buffer):
            raise UnreadableError("contains no list of records")
        number = 0
        while True:
            mark = buffer.peek()
            if mark == "]":
                break
            if mark == "," and number:
                buffer.skip()
                continue
            raw = buffer.value() if mark else None
            if raw is None:
                after = f"cannot be read after record {number} ({buffer.fault})" if buffer.fault else _CUT
                self.cut = self._file.cut or after
                return
            number += 1
            yield number, raw
        self.cut = self._file.cut

    def fields(self, raw: str) -> dict[str, Any]:
        return object_of(raw)


def object_of(raw: str) -> dict[str, Any]:
    """The object of a raw record, its numbers with decimals as Decimal. Raises RecordError."""
    if len(raw) > MAX_LINE_CHARS:
        raise RecordError(f"longer than {MAX_LINE_CHARS} characters")
    try:
        value = _DECODER.decode(raw)
    except (ValueError, RecursionError) as error:
        raise RecordError(f"not JSON: {error}") from None
    if not isinstance(value, dict):
        raise RecordError(f"{_NAMES.get(type(value), 'a text')} where an object was expected")
    return value


def _refuse_constant(constant: str) -> None:
    raise ValueError(f"{constant} is not a JSON number")


_NAMES: Final = {
    list: "a list",
    int: "a number",
    Decimal: "a number",
    bool: "true or false",
    type(None): "null",
}
_DECODER: Final = json.JSONDecoder(parse_float=Decimal, parse_constant=_refuse_constant)


def _parses(line: str) -> bool:
    try:
        object_of(line)
    except RecordError:
        return False
    return True


class _Buffer:
    """The text of a file as far as it is needed; parsed values are dropped from it."""

    def __init__(self, pieces: Iterator[str]) -> None:
        self._pieces, self._text, self._at = pieces, "", 0
        self.fault = ""

    def peek(self) -> str:
        """The next character that is not blank; empty at the end."""
        while True:
            self._at = _BLANK.match(self._text, self._at).end()  # type: ignore[union-attr]
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def skip(self) -> None:
        self._at += 1

    def value(self) -> str | None:
        """The raw text of the next JSON value; None if the text ends before the value, or it is no JSON (`fault`)."""
        while True:
            try:
                _, end = _DECODER.raw_decode(self._text, self._at)
            except (ValueError, RecursionError) as error:
                if self._is_broken(error):
                    self.fault = (
                        f"not JSON: {error.msg if isinstance(error, json.JSONDecodeError) else error}"
                    )
                    return None
                if not self._more():
                    return None
                continue
            # a number at the end of the piece can go on in the next
            if end < len(self._text) or not _NUMBER.fullmatch(self._text, self._at) or not self._more():
                raw, self._at = self._text[self._at : end], end
                return raw

    def _is_broken(self, error: Exception) -> bool:
        """Whether more text cannot help: the fault is not at the end of what was read."""
        if not isinstance(error, json.JSONDecodeError) or len(self._text) - self._at > MAX_LINE_CHARS:
            return True
        return error.pos < len(self._text) - _NEAR_END and not error.msg.startswith("Unterminated")

    def _more(self) -> bool:
        piece = next(self._pieces, None)
        while piece == "":
            piece = next(self._pieces, None)
        if piece is None:
            return False
        self._text, self._at = self._text[self._at :] + piece, 0
        return True


def _enter_list(buffer: _Buffer) -> bool:
    """Goes into the list of records; whether there is one."""
    mark = buffer.peek()
    if mark == "{":
        buffer.skip()
        while buffer.peek() == '"':
            buffer.value()
            if buffer.peek() != ":":
                return False
            buffer.skip()
            if buffer.peek() == "[":
                break
            if buffer.value() is None:
                return False
            if buffer.peek() == ",":
                buffer.skip()
    if buffer.peek() != "[":
        return False
    buffer.skip()
    return True
