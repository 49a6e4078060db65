"""A text file as decoded pieces and lines, read in small pieces with bounded memory."""

from __future__ import annotations

import codecs
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Final

from kiosk.connectors.feeds.limits import MAX_LINE_CHARS
from kiosk.connectors.feeds.text_files.encodings import CHUNK_BYTES, Encoding, encoding_of
from kiosk.connectors.feeds.text_files.opening import open_file

Progress = Callable[[int, int], None]
"""Is called often while a file is read (every few milliseconds) with the bytes read and the bytes of the file. It may
sleep, so that other threads go on. A file is read several times (for encoding and dialect first), so that the bytes
read begin again."""
EncodingRule = Callable[[BinaryIO, Callable[[int], None]], Encoding]
"""Finds the encoding of an open file; raises UnreadableError. The callable gets the bytes that were read."""
_NEWLINE_SAMPLE: Final = 1 << 16


class TextFile:
    """An open text file. Can be read several times; each reading begins at the start. To be closed."""

    def __init__(
        self, path: Path, progress: Progress | None = None, encoding: EncodingRule = encoding_of
    ) -> None:
        """Raises UnreadableError."""
        self._file = open_file(path)
        self._before = os.fstat(self._file.fileno())
        self._progress = progress
        self.cut = ""
        """Why the file is surely incomplete, known after a reading to the end; else empty."""
        self.complete_last_line = True
        """Whether the last line ends with a line break, known after a reading of the lines to the end."""
        try:
            self.encoding = encoding(self._file, self._report)
        except BaseException:
            self._file.close()
            raise

    def close(self) -> None:
        self._file.close()

    def __enter__(self) -> TextFile:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def modified_us(self) -> int:
        """Time of the last modification, in microseconds UTC."""
        return self._before.st_mtime_ns // 1000

    def pieces(self) -> Iterator[str]:
        """The whole text in pieces. Bytes of a broken UTF-8 file become half surrogate pairs."""
        self._file.seek(0)
        errors = "surrogateescape" if self.encoding.broken else "replace"
        decoder = codecs.getincrementaldecoder(self.encoding.name)(errors)
        while chunk := self._file.read(CHUNK_BYTES):
            yield decoder.decode(chunk)
            self._report(self._file.tell())
        if decoder.getstate()[0]:
            self.cut = "ends in the middle of a character"
        yield decoder.decode(b"", final=True)
        after = os.fstat(self._file.fileno())
        if (after.st_size, after.st_mtime_ns) != (self._before.st_size, self._before.st_mtime_ns):
            self.cut = "was written while it was read"

    def lines(self) -> Iterator[str]:
        """The lines without `\\n`. Of a line longer than `MAX_LINE_CHARS` only its beginning, one character longer."""
        rest, too_long, old_breaks = "", False, self._has_old_breaks()
        for text in self.pieces():
            parts = (rest + (text.replace("\r", "\n") if old_breaks else text)).split("\n")
            rest = parts.pop()
            if too_long and parts:
                yield parts.pop(0)[: MAX_LINE_CHARS + 1]
                too_long = False
            yield from parts
            if len(rest) > MAX_LINE_CHARS:
                rest, too_long = rest[: MAX_LINE_CHARS + 1], True
        self.complete_last_line = not rest
        if not rest.strip("\x00"):
            self.cut = self.cut or ("ends with bytes of zero, as after a loss of power" if rest else "")
        else:
            yield rest

    def _has_old_breaks(self) -> bool:
        """Whether lines end with `\r` alone, as old systems write them."""
        start = ""
        for text in self.pieces():
            start += text
            if "\n" in start or len(start) > _NEWLINE_SAMPLE:
                break
        return "\n" not in start and "\r" in start

    def _report(self, done: int) -> None:
        if self._progress is not None:
            self._progress(done, self._before.st_size)
