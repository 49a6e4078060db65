"""Parses EPCs on labels: EPC URIs, and the content of a tag in hex.

Source: GS1 EPC Tag Data Standard 2.3, clauses 6.3.1 (pure identity) and 14 (binary encodings); tag
URIs and raw URIs of the same standard.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote

from hardware.epc.codec import decode
from hardware.epc.gtin import Gtin
from hardware.errors import EpcError, LabelError

_SGTIN: Final = re.compile(
    r"urn:epc:(?:id:sgtin:|tag:sgtin-(?:(96)|198):[0-7]\.)([0-9]{6,12})\.([0-9]{1,7})\.(\S+)", re.IGNORECASE
)
# the whole class of an article
_CLASS: Final = re.compile(
    r"urn:epc:(?:class:lgtin:([0-9]{6,12})\.([0-9]{1,7})\.\S+"
    r"|(?:idpat:sgtin:|pat:sgtin-(?:96|198):(?:[0-7*]\.))([0-9]{6,12})\.([0-9]{1,7})\.\*)",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"0|[1-9][0-9]{0,11}")
_NOT_ENCODED: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_RAW: Final = re.compile(r"urn:epc:raw:([0-9]{1,4})\.(?:x([0-9A-F]{1,256})|([0-9]{1,512}))", re.IGNORECASE)
# SGTIN-96 and SGTIN-198, and SGTIN+ and DSGTIN+, whose length varies and may be odd
_HEX: Final = re.compile(r"(?:0x)?((?:3[06][0-9A-F]{22,62})|(?:F[7B][0-9A-F]{14,78}))", re.IGNORECASE)
# as reader pages and tools print it, for example 3074-257B-F719-4E40-0000-1A85
_GROUPED: Final = re.compile(r"[0-9A-F]{2,8}(?:[ :_-][0-9A-F]{2,8}){2,31}", re.IGNORECASE)
_MAX_BITS: Final = 496


def is_uri(text: str) -> bool:
    """Whether the text is an EPC URI."""
    return text[:8].lower() == "urn:epc:"


def parse_uri(text: str) -> tuple[str, str | None]:
    """GTIN and serial of an EPC URI. Raises LabelError or EpcError."""
    raw = _RAW.fullmatch(text)
    if raw is not None:
        return decode_raw(int(raw[1]), int(raw[2], 16) if raw[2] else int(raw[3]))
    found = _SGTIN.fullmatch(text)
    if found is not None:
        number, prefix, item, written = found.groups()
        if _NOT_ENCODED.search(written) or (number and not _NUMBER.fullmatch(written)):
            raise LabelError("an EPC whose serial is cut off or is not one of its scheme")
        return _gtin(prefix, item), unquote(written)
    found = _CLASS.fullmatch(text)
    if found is None:
        raise LabelError("an EPC that is not a garment's")
    return _gtin(found[1] or found[3], found[2] or found[4]), None


def _gtin(prefix: str, item: str) -> Gtin:
    if len(prefix) + len(item) != 13:
        raise LabelError("an SGTIN of the wrong length")
    return Gtin.of(int(item[0] + prefix + item[1:]))


def decode_raw(bits: int, value: int) -> tuple[str, str]:
    """GTIN and serial of a raw URI's number of `bits` bits. Raises LabelError or EpcError."""
    if not 16 <= bits <= _MAX_BITS or value >> bits:
        raise LabelError("a raw EPC of the wrong length")
    filled = -bits % 8
    tag = decode(f"{value << filled:0{(bits + filled) // 4}X}")
    return tag.gtin, tag.serial


def parse_hex(text: str) -> tuple[str, str] | None:
    """GTIN and serial of a tag's content in hex, also in groups; None for any other text.

    Raises EpcError for another kind of tag.
    """
    found = _HEX.fullmatch(re.sub("[ :_-]", "", text) if _GROUPED.fullmatch(text) else text)
    if found is None:
        return None
    try:
        tag = decode(found[1])
    except EpcError:
        if found[1].isdigit():
            return None  # an element string may consist of the same digits
        raise
    return tag.gtin, tag.serial
