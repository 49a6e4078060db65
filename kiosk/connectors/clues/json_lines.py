"""Records of members from a file of JSON lines, which another program replaces when it has news.

A line: `{"shopper_id": "4711", "kind": "review", "item": "C101-NVY", "at_us": 1790000000000000, "stars": 2,
"text": "...", "language": "en"}`. A line that is no such object is left out and counted. The file is read anew when it
has changed; to replace it, write another one and rename it.
"""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from threading import Lock
from typing import Any, BinaryIO, Final

from kiosk.connectors.clues.language_codes import language_code
from kiosk.connectors.clues.port import MemberRecord, RecordKind
from kiosk.core.domain.ids import ItemId, ShopperId

MAX_BYTES: Final = 1 << 26
MAX_LINE: Final = 8192
MAX_TEXT: Final = 4000
"""Characters of a review that are read; of a longer one, the beginning."""
_MAX_ID: Final = 128
_HALF: Final = re.compile("[\ud800-\udfff]")
_MAX_US: Final = 1 << 62


class JsonLineRecords:
    """Implements `MemberRecords`. `mistakes`: lines of the last reading that were left out."""

    def __init__(self, file: Path) -> None:
        self._file, self._lock = file, Lock()
        self._stamp: tuple[int, int, int] | None = None
        self._of: dict[str, tuple[MemberRecord, ...]] = {}
        self.mistakes = 0

    def of_member(self, member: ShopperId, limit: int) -> tuple[MemberRecord, ...]:
        """Raises OSError for a file that cannot be read or is larger than 64 MB; nothing if there is no file."""
        with self._lock:
            self._refresh()
            return self._of.get(member, ())[:limit]

    def _refresh(self) -> None:
        try:
            found = self._file.stat()
        except FileNotFoundError:
            self._of, self._stamp = {}, None
            return
        stamp = (found.st_ino, found.st_size, found.st_mtime_ns)
        if stamp == self._stamp:
            return
        read: dict[str, list[MemberRecord]] = {}
        mistakes = 0
        for line in _content(self._file).splitlines():
            parsed = _parsed(line)
            if parsed is None:
                mistakes += bool(line.strip())
            else:
                read.setdefault(parsed[0], []).append(parsed[1])
        self._of = {who: tuple(sorted(those, key=_newest)) for who, those in read.items()}
        self._stamp, self.mistakes = stamp, mistakes


def reviews_in(file: Path) -> Iterator[tuple[ShopperId, MemberRecord]]:
    """Every review of a file with its member, read line by line and not kept. Nothing if there is no file.

    Raises OSError for a file that cannot be read or is larger than 64 MB."""
    try:
        opened = _opened(file)
    except FileNotFoundError:
        return
    with opened:
        left = MAX_BYTES
        while line := opened.readline(left + 1):
            left -= len(line)
            if left < 0:
                raise OSError(f"{file} is larger than {MAX_BYTES} bytes")
            parsed = _parsed(line.rstrip(b"\r\n"))
            if parsed is not None and parsed[1].kind is RecordKind.REVIEW:
                yield ShopperId(parsed[0]), parsed[1]


def _content(file: Path) -> bytes:
    """A regular file of at most `MAX_BYTES`. Raises OSError."""
    with _opened(file) as opened:
        content = opened.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise OSError(f"{file} is larger than {MAX_BYTES} bytes")
    return content


def _opened(file: Path) -> BinaryIO:
    """Raises OSError for what is no regular file."""
    # a named pipe would wait for a writer
    opened = os.fdopen(os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb")
    if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
        opened.close()
        raise OSError(f"{file} is not a regular file")
    return opened


def _newest(record: MemberRecord) -> tuple[int, str, str]:
    return -record.at_us, record.kind.value, record.item


def _parsed(line: bytes) -> tuple[str, MemberRecord] | None:
    if len(line) > MAX_LINE:
        return None
    try:
        body = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return _record(body) if isinstance(body, dict) else None


def _record(body: dict[str, Any]) -> tuple[str, MemberRecord] | None:
    who, item, at_us = body.get("shopper_id"), body.get("item"), body.get("at_us")
    kinds = {kind.value: kind for kind in RecordKind}
    kind = kinds.get(body["kind"]) if isinstance(body.get("kind"), str) else None
    if kind is None or not _is_id(who) or not _is_id(item) or not _is_number(at_us, _MAX_US):
        return None
    stars = body.get("stars")
    if stars is None:
        stars = 0
    elif isinstance(stars, float) and stars.is_integer():
        stars = int(stars)
    if not _is_number(stars, 5):
        return None
    size, text, language = (_text(body.get(name)) for name in ("size", "text", "language"))
    return str(who), MemberRecord(
        kind,
        ItemId(str(item)),
        int(str(at_us)),
        size[:32],
        int(stars),
        text[:MAX_TEXT],
        language_code(language),
    )


def _is_id(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= _MAX_ID and value.isprintable()


def _is_number(value: object, largest: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= largest


def _text(value: object) -> str:
    """A text; half a surrogate pair in it, which no encoding can write, is shown as unreadable."""
    return _HALF.sub("\ufffd", value) if isinstance(value, str) else ""
