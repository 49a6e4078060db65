"""Reads and writes the link of an NDEF message; finds the message in a type 2 tag. The only module with ndeflib.

`.iri` is read, not `.uri`, which encodes the link again and so breaks signed links.
"""

from __future__ import annotations

from typing import Final

from ndef import DecodeError, SmartposterRecord, UriRecord, message_decoder, message_encoder
from ndef.record import Record

from hardware.pcsc.errors import CardProtocolError

MAX_MESSAGE_BYTES: Final = 4096
MAX_LINK_LENGTH: Final = 2048
# Only these record types are decoded; others are skipped.
_RECORD_TYPES: Final = {"urn:nfc:wkt:U": UriRecord, "urn:nfc:wkt:Sp": SmartposterRecord}
_TLV_NULL, _TLV_MESSAGE, _TLV_END = 0x00, 0x03, 0xFE


def first_link(message: bytes) -> str | None:
    """The first link of an NDEF message, None if it has none. Raises CardProtocolError for an invalid message."""
    if len(message) > MAX_MESSAGE_BYTES:
        raise CardProtocolError(f"an NDEF message of {len(message)} bytes is too long")
    if not message:
        return None
    try:
        links = [_link_of(record) for record in message_decoder(message, known_types=_RECORD_TYPES)]
    except (DecodeError, ValueError, TypeError) as error:
        raise CardProtocolError("the NDEF message cannot be decoded") from error
    return next((link for link in links if link), None)


def _link_of(record: Record) -> str | None:
    if isinstance(record, UriRecord):
        link = str(record.iri)
    elif isinstance(record, SmartposterRecord) and record.resource is not None:
        link = str(record.resource.iri)
    else:
        return None
    return link if len(link) <= MAX_LINK_LENGTH and link.isprintable() else None


def link_message(link: str) -> bytes:
    """An NDEF message with one URI record."""
    return b"".join(message_encoder([UriRecord(link)]))


def message_in_tlv(area: bytes) -> bytes | None:
    """The NDEF message in the data area of a type 2 tag (NFC Forum T2T 1.2, 4.4).

    None if more bytes of the area are needed; empty if there is no message.
    """
    at = 0
    while at < len(area):
        kind = area[at]
        if kind == _TLV_END:
            return b""
        if kind == _TLV_NULL:
            at += 1
            continue
        start, length = _tlv_length(area, at + 1)
        if start < 0:
            return None
        if kind == _TLV_MESSAGE:
            return area[start : start + length] if len(area) >= start + length else None
        at = start + length
    return None


def _tlv_length(area: bytes, at: int) -> tuple[int, int]:
    """Start and length of the value; start -1 if the length field is incomplete."""
    if at >= len(area):
        return -1, 0
    if area[at] != 0xFF:
        return at + 1, area[at]
    if at + 3 > len(area):
        return -1, 0
    return at + 3, int.from_bytes(area[at + 1 : at + 3], "big")
