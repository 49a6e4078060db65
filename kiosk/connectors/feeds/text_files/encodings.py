"""Finds the encoding of a text file: UTF-8, UTF-16 or Windows-1252, each proved by the bytes of the whole file.

UTF-8 has a form that other encodings meet by chance only in short texts (RFC 3629). Windows-1252 accepts nearly all
bytes, so it is taken only if its characters are plausible: Western letters inside words, marks around them.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO, Final

from kiosk.connectors.feeds.text_files.opening import UnreadableError

CHUNK_BYTES: Final = 1 << 15
"""Bytes that are read at once: some milliseconds of work."""
_SAMPLE_BYTES: Final = 1 << 14
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UTF_32: Final = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_ADVICE: Final = 'save it as UTF-8 (in Excel: "CSV UTF-8")'
_LETTERS: Final = "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝßàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿŒœŠšŽžŸ"
_UPPER: Final = "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝŒŠŽŸ"
# three letters that are not ASCII in a row; a capital inside a word; a mark between two letters; a character that no
# Western text needs. These are what Cyrillic, Greek, Central European, Asian and DOS encodings look like.
_IMPLAUSIBLE: Final = re.compile(
    rf"[{_LETTERS}]{{3}}|[a-zß-öø-ÿ][{_UPPER}](?![A-Z{_UPPER}])"
    rf"|[a-zA-Z{_LETTERS}][\u00a1-\u00b6\u00b8-\u00bf×÷€‚ƒ„…†‡ˆ‰‹“”•˜™›][a-zA-Z{_LETTERS}]"
    r"|[a-zA-Z][‚„]|[ƒ†‡ˆ˜¤¦¨¬¯¸\x00-\x08\x0b\x0c\x0e-\x1f]"
)


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding; `broken`: some lines of a UTF-8 file are not UTF-8. `note` says what the retailer should know."""

    name: str
    broken: bool = False
    note: str = ""


def encoding_of(file: BinaryIO, progress: Callable[[int], None] = lambda _: None) -> Encoding:
    """The encoding of a file. Raises UnreadableError, with advice, if it cannot be proved."""
    file.seek(0)
    head = file.read(_SAMPLE_BYTES)
    if head.startswith(_UTF_32):
        raise UnreadableError(f"is in UTF-32; {_ADVICE}")
    for bom, name in _BOMS:
        if head.startswith(bom):
            return _with_bom(file, name, progress)
    if name := _utf_16_without_bom(head):
        return _with_bom(file, name, progress)
    valid, invalid = _utf_8(file, progress)
    if not invalid:
        return Encoding("utf-8")
    if valid > invalid:
        return Encoding("utf-8", broken=True)
    if _is_windows_1252(file, progress):
        return Encoding("cp1252", note='is read as Windows-1252; UTF-8 is certain (in Excel: "CSV UTF-8")')
    raise UnreadableError(f"is in an encoding that is neither UTF-8, UTF-16 nor Windows-1252; {_ADVICE}")


def _with_bom(file: BinaryIO, name: str, progress: Callable[[int], None]) -> Encoding:
    if name == "utf-8-sig":
        return Encoding(name, broken=_utf_8(file, progress)[1] > 0)
    decoder = codecs.getincrementaldecoder(name)("strict")
    file.seek(0)
    try:
        while chunk := file.read(CHUNK_BYTES):
            decoder.decode(chunk)
            progress(file.tell())
    except UnicodeDecodeError:
        raise UnreadableError(f"begins as UTF-16 but is not; {_ADVICE}") from None
    return Encoding(name)


def _utf_16_without_bom(head: bytes) -> str:
    """UTF-16 of a text that is mostly Latin: every second byte is zero."""
    zeros = (head[0::2].count(0), head[1::2].count(0))
    least = len(head) // 2 * 0.4
    if max(zeros) <= least or min(zeros) > least / 4 or len(head) < 4:
        return ""
    return "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"


def _utf_8(file: BinaryIO, progress: Callable[[int], None]) -> tuple[int, int]:
    """Number of characters beyond ASCII that are valid UTF-8, and of bytes that are not (a cut end is not counted)."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    valid = invalid = 0
    file.seek(0)
    while chunk := file.read(CHUNK_BYTES):
        progress(file.tell())
        text = decoder.decode(chunk)
        if text.isascii():
            continue
        broken = len(_ESCAPED.findall(text))
        invalid += broken
        valid += len(_BEYOND.findall(text)) - broken
    return valid, invalid


_ESCAPED: Final = re.compile("[\udc80-\udcff]")
_BEYOND: Final = re.compile(r"[^\x00-\x7f]")


def _is_windows_1252(file: BinaryIO, progress: Callable[[int], None]) -> bool:
    decoder = codecs.getincrementaldecoder("cp1252")("strict")
    letters = foreign = 0
    tail = ""
    file.seek(0)
    try:
        while chunk := file.read(CHUNK_BYTES):
            progress(file.tell())
            text = decoder.decode(chunk)
            if _IMPLAUSIBLE.search(tail + text):
                return False
            tail = text[-3:]
            letters += sum(map(str.isalpha, text)) if not text.isascii() else len(text) // 2
            foreign += len(_BEYOND.findall(text))
    except UnicodeDecodeError:
        return False
    return foreign * 3 <= max(letters, 3)
