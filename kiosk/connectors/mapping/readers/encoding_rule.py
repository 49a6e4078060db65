"""Encoding of an export by rule: byte order mark, else strict UTF-8, else what the mapping says. Nothing is guessed."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from typing import BinaryIO, Final

from kiosk.connectors.feeds.text_files.encodings import CHUNK_BYTES, Encoding
from kiosk.connectors.feeds.text_files.opening import UnreadableError
from kiosk.connectors.feeds.text_files.text_file import EncodingRule

_BOMS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def encoding_rule(stated: str) -> EncodingRule:
    """The rule with the encoding that a mapping states; empty: none."""

    def rule(file: BinaryIO, progress: Callable[[int], None]) -> Encoding:
        file.seek(0)
        head = file.read(4)
        for mark, name in _BOMS:
            if head.startswith(mark):
                if not _decodes(file, name, progress):
                    what = f"begins with the byte order mark of {name[:6].upper()}"
                    raise UnreadableError(f"{what}, but is not in it; export it again")
                return Encoding(name)
        if _decodes(file, "utf-8", progress):
            return Encoding("utf-8")
        if not stated:
            raise UnreadableError(
                "is not UTF-8; state its encoding in the mapping, for example encoding: cp1252"
            )
        if not _decodes(file, stated, progress):
            raise UnreadableError(f"is neither UTF-8 nor {stated}, which the mapping states")
        return Encoding(stated, note=f"is read as {stated}, as the mapping states: it is not UTF-8")

    return rule


def _decodes(file: BinaryIO, name: str, progress: Callable[[int], None]) -> bool:
    """Whether the whole file is text in this encoding. One with NUL is not: it is UTF-16 without mark, or no text."""
    decoder = codecs.getincrementaldecoder(name)("strict")
    file.seek(0)
    try:
        while chunk := file.read(CHUNK_BYTES):
            if "\x00" in decoder.decode(chunk):
                return False
            progress(file.tell())
        # a file that is cut in the middle of a character is told later, by its last line
        if not decoder.getstate()[0]:
            decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True
