"""Parses the text of a scanned label (bar code, GS1 element string, GS1 Digital Link, SGTIN) to GTIN and serial.

Source: GS1 General Specifications (clause 3, application identifiers; clause 5.1.2, symbology identifiers), GS1
Digital Link URI syntax 1.4 (clause 4), EPC Tag Data Standard 2.2 (clause 6.3.1, URIs).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit

from hardware.epc.codec import decode
from hardware.epc.gtin import Gtin
from hardware.errors import EpcError, LabelError

_MAX_LENGTH: Final = 512
_SYMBOLOGY: Final = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_HEX_EPC: Final = re.compile(r"3[06][0-9A-Fa-f]{22,62}")
_SGTIN: Final = re.compile(
    r"urn:epc:(?:id:sgtin:|tag:sgtin-(?:96|198):[0-7]\.)([0-9]{6,12})\.([0-9]{1,7})\.(\S+)", re.IGNORECASE
)
_SERIAL: Final = re.compile(r"[!-~]{1,20}")
_GROUP_SEPARATOR: Final = "\x1d"
# application identifiers on garment labels, with the length of their values; None: ends at a separator
_LENGTHS: Final[dict[str, int | None]] = {
    "01": 14, "02": 14, "11": 6, "12": 6, "13": 6, "15": 6, "16": 6, "17": 6, "20": 2,
    "10": None, "21": None, "22": None, "37": None,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Label:
    """The article, and the serial if the label identifies a single piece."""

    gtin: Gtin
    serial: str | None = None


def read_label(text: str) -> Label:
    """Parses the text that a scanner sent, without its line end. Raises LabelError, nothing else, for any text."""
    if len(text) > _MAX_LENGTH:
        raise LabelError("too long for a label")
    content = (
        _SYMBOLOGY.sub("", text.strip(" \t\0"), count=1) if text.startswith("]") else text.strip(" \t\0")
    )
    try:
        return _read(content)
    except EpcError as error:
        raise LabelError(str(error)) from error


def _read(text: str) -> Label:
    if text.lower().startswith("urn:epc:"):
        return _from_uri(text)
    if text.lower().startswith(("http://", "https://")):
        return _from_digital_link(text)
    if text.startswith("("):
        return _from_elements(dict(re.findall(r"\(([0-9]{2,4})\)([^(]*)", text)))
    if _HEX_EPC.fullmatch(text):
        tag = decode(text)
        return Label(tag.gtin, tag.serial)
    if text.lstrip(_GROUP_SEPARATOR).startswith("01") and len(text) > 15:
        return _from_elements(_split(text.lstrip(_GROUP_SEPARATOR)))
    return Label(Gtin(text))


def _from_uri(text: str) -> Label:
    found = _SGTIN.fullmatch(text)
    if found is None:
        raise LabelError("an EPC that is not a garment's")
    prefix, item, serial = found.groups()
    if len(prefix) + len(item) != 13:
        raise LabelError("an SGTIN of the wrong length")
    return Label(Gtin.of(int(item[0] + prefix + item[1:])), _serial(unquote(serial)))


def _from_digital_link(text: str) -> Label:
    try:
        parts = urlsplit(text)
    except ValueError:
        raise LabelError("a broken web address") from None
    segments = [unquote(segment) for segment in parts.path.split("/")]
    # the article's key may follow any path of the retailer; from there on keys and values alternate
    start = next((at for at, segment in enumerate(segments) if segment in ("01", "gtin")), len(segments))
    keys = dict(zip(segments[start::2], segments[start + 1 :: 2], strict=False))
    gtin = keys.get("01") or keys.get("gtin")
    if gtin is None:
        raise LabelError("a web address that identifies no article")
    serial = keys.get("21") or keys.get("ser")
    return Label(Gtin(gtin), _serial(serial) if serial else None)


def _from_elements(elements: dict[str, str]) -> Label:
    if "01" not in elements:
        raise LabelError("a label that identifies no article")
    serial = elements.get("21")
    return Label(Gtin(elements["01"]), _serial(serial) if serial else None)


def _split(text: str) -> dict[str, str]:
    """Splits an element string without brackets, up to the first unknown identifier."""
    elements: dict[str, str] = {}
    while text:
        identifier, rest = text[:2], text[2:]
        if identifier not in _LENGTHS:
            break
        length = _LENGTHS[identifier]
        if length is None:
            elements[identifier], _, text = rest.partition(_GROUP_SEPARATOR)
        else:
            elements[identifier], text = rest[:length], rest[length:].lstrip(_GROUP_SEPARATOR)
    return elements


def _serial(text: str) -> str:
    if not _SERIAL.fullmatch(text):
        raise LabelError("a serial with a character that is not allowed in one")
    return text
