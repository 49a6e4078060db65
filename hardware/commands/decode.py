"""`decode`: EPCs in hex, EPC URIs and texts of labels to GTIN, serial and URI, one JSON line for each."""

from __future__ import annotations

import argparse
import codecs
import io
import json
import re
import sys
from collections.abc import Iterable
from typing import Any, Final

from hardware.epc.codec import Sgtin, decode
from hardware.errors import EpcError, LabelError, MalformedEpcError
from hardware.labels.label import parse_label

_ALL_REFUSED = 1
_BYTE_ORDER_MARK: Final = "\ufeff"
_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# hex digits as other programs write them: 0x before them, in groups with blanks, hyphens, colons or full stops
_HEX: Final = re.compile(
    r"(?:0x|x|h')?([0-9A-F]{1,256}(?:(?:[ :_.-]+|, ?(?=0x))(?:0x)?[0-9A-F]{1,256})*)'?", re.IGNORECASE
)
# an EPC among other characters, for example in a line of a CSV file
_EPC_WITHIN: Final = re.compile(r"(?<![0-9A-F])(?:[0-9A-F]{4}){6,16}(?![0-9A-F])", re.IGNORECASE)
_WORD: Final = 4  # hex digits
# class of a TID (EPC Tag Data Standard)
_TID: Final = "E2"
_UNCLEAR: Final = "the serial is not certain, because group separators may be missing; write <GS> for each"


def run(arguments: argparse.Namespace) -> int:
    """Decodes and prints; the exit code."""
    tags = refused = 0
    for text in _texts(arguments.epc):
        line = tag_fields(text)
        tags += 1
        refused += "error" in line
        print(json.dumps(line))
    return _ALL_REFUSED if tags and refused == tags else 0


def _texts(arguments: Iterable[str]) -> Iterable[str]:
    for argument in arguments:
        lines = _stdin() if argument == "-" else (argument,)
        yield from (text for line in lines if (text := line.strip(" \t\r\n" + _BYTE_ORDER_MARK)))


def _stdin() -> Iterable[str]:
    """The lines of standard input, which Windows programs write in UTF-16."""
    if isinstance(sys.stdin, io.TextIOWrapper) and isinstance(sys.stdin.buffer, io.BufferedReader):
        encoding = "utf-16" if sys.stdin.buffer.peek(2)[:2] in _UTF_16 else "utf-8"
        sys.stdin.reconfigure(encoding=encoding, errors="replace")
    return sys.stdin or ()  # None if the shell has closed it


def tag_fields(text: str) -> dict[str, Any]:
    """The fields of the JSON line of one text."""
    found = _HEX.fullmatch(text)
    digits = re.sub("0x|[^0-9A-F]", "", found[1], flags=re.IGNORECASE).upper() if found else ""
    return _hex_fields(digits) if _is_long(digits) else _label_fields(text)


def _is_long(digits: str) -> bool:
    """Whether hex digits are an EPC: no bar code has as many digits, and few have a letter."""
    return len(digits) > 18 or (digits != "" and not digits.isdigit())


def _hex_fields(digits: str) -> dict[str, Any]:
    readings = {}
    refusals = []
    for name, part in _parts(digits):
        try:
            readings[name] = decode(part)
        except EpcError as error:
            refusals.append(error)
    if len(readings) == 1:
        ((name, tag),) = readings.items()
        return {"epc": dict(_parts(digits))[name], **_tag(tag)}
    if readings:
        return {"epc": digits, "error": f"can be {' or '.join(readings)}; give the EPC alone"}
    label = _label_fields(digits)
    if "error" not in label:
        return label
    return {"epc": digits, "error": f"{refusals[0]}{_hint(digits, refusals[0])}"}


def _parts(digits: str) -> list[tuple[str, str]]:
    """The EPC in hex digits, which may begin with the protocol control word, or with the CRC before that word.

    Bits 15 to 11 of the word are the number of words of the EPC (EPC UHF Gen2 Air Interface, StoredPC).
    """
    parts = [("an EPC", digits)]
    for name, before in (("PC and EPC", 0), ("CRC, PC and EPC", 1)):
        start = (before + 1) * _WORD
        word = digits[before * _WORD : start]
        if len(digits) > start and len(digits) == start + (int(word, 16) >> 11) * _WORD:
            parts.append((name, digits[start:]))
    return parts


def _hint(digits: str, refusal: EpcError) -> str:
    if digits.startswith(_TID):
        return "; E2 begins the TID, the chip's own number, which is not its EPC"
    if not isinstance(refusal, MalformedEpcError) or len(digits) in (24, 52):
        return ""
    return f" ({len(digits)} hex digits; an SGTIN-96 has 24, an SGTIN-198 52, and 4 more with the PC word before it)"


def _tag(tag: Sgtin) -> dict[str, Any]:
    return {
        "scheme": tag.scheme,
        "uri": tag.uri,
        "gtin": tag.gtin,
        "serial": tag.serial,
        "filter": tag.filter,
    }


def _within(text: str) -> str:
    """A hint, if an EPC stands among other characters of a refused text."""
    for digits in _EPC_WITHIN.findall(text):
        try:
            decode(digits)
        except EpcError:
            continue
        return f"; it contains the EPC {digits.upper()}: give that alone"
    return ""


def _label_fields(text: str) -> dict[str, Any]:
    try:
        reading = parse_label(text)
    except LabelError as error:
        return {"epc": text, "error": f"{error}{_within(text)}"}
    fields = {"text": text, "gtin": reading.label.gtin, "serial": reading.label.serial}
    return fields | {"note": _UNCLEAR} if reading.unclear else fields
