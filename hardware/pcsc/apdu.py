"""Command and response APDUs of ISO/IEC 7816-4 that are used here, PC/SC storage card commands, ATR tests."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, unique
from typing import Final

from hardware.pcsc.errors import CardProtocolError

MAX_SHORT_DATA_BYTES: Final = 255


@unique
class StatusWord(IntEnum):
    """Status words that decide the next command (ISO/IEC 7816-4, 5.1.3; NTAG 424 DNA data sheet, 10.3)."""

    OK = 0x9000
    NATIVE_OK = 0x9100
    NATIVE_MORE = 0x91AF


@dataclass(frozen=True, slots=True)
class ResponseApdu:
    """A response APDU: data field, and status word SW1-SW2 as one number."""

    data: bytes
    status_word: int

    @classmethod
    def parse(cls, raw: bytes) -> ResponseApdu:
        """Splits the bytes of a response. Raises CardProtocolError if they are too short or too long for one."""
        if not 2 <= len(raw) <= 65_538:
            raise CardProtocolError(f"a response APDU of {len(raw)} bytes")
        return cls(bytes(raw[:-2]), int.from_bytes(raw[-2:], "big"))

    @property
    def ok(self) -> bool:
        """Success: status word 9000, or 9100 of a native command."""
        return self.status_word in (StatusWord.OK, StatusWord.NATIVE_OK)

    @property
    def found(self) -> bool:
        """A SELECT found its target: success, a warning (62, 63), or more data available (61, 6C)."""
        return self.status_word == StatusWord.OK or self.status_word >> 8 in (0x61, 0x62, 0x63, 0x6C)


def command_apdu(cla: int, ins: int, p1: int, p2: int, data: bytes = b"", le: int | None = None) -> bytes:
    """A short command APDU; `le`: expected length of the response data, up to 256 (sent as 0), None for none.

    Raises ValueError for a length outside the short form.
    """
    if len(data) > MAX_SHORT_DATA_BYTES or (le is not None and not 0 <= le <= 256):
        raise ValueError("a short command APDU has at most 255 bytes of data and expects at most 256")
    header = bytes((cla, ins, p1, p2))
    lc_and_data = bytes((len(data),)) + data if data else b""
    return header + lc_and_data + (b"" if le is None else bytes((le & 0xFF,)))


def select_application(name: bytes) -> bytes:
    """SELECT by DF name (AID), first occurrence, with control information in the response."""
    return command_apdu(0x00, 0xA4, 0x04, 0x00, name, 256)


def select_file(file_id: bytes) -> bytes:
    """SELECT an elementary file of the application, without response data."""
    return command_apdu(0x00, 0xA4, 0x00, 0x0C, file_id)


def read_binary(offset: int, length: int) -> bytes:
    """READ BINARY of the selected file. Raises ValueError for an offset above 32,767."""
    if not 0 <= offset <= 0x7FFF:
        raise ValueError(f"offset {offset} is too large for READ BINARY")
    return command_apdu(0x00, 0xB0, offset >> 8, offset & 0xFF, le=length)


def native_command(ins: int, data: bytes = b"") -> bytes:
    """A native NXP command, wrapped in an APDU with CLA 90 (NTAG 424 DNA data sheet, 8.2)."""
    return command_apdu(0x90, ins, 0x00, 0x00, data, 256)


# PC/SC part 3, 3.2.2.1.3: answered by the reader, not by the card.
GET_UID: Final = command_apdu(0xFF, 0xCA, 0x00, 0x00, le=256)


def read_pages(page: int, length: int) -> bytes:
    """READ BINARY of a storage card (PC/SC part 3, 3.2.2.1.8): the reader reads pages of 4 bytes."""
    return command_apdu(0xFF, 0xB0, page >> 8, page & 0xFF, le=length)


# PC/SC part 3, 3.1.3.2.3.1: the ATR of a storage card contains this identifier, then the standard and the card name.
_STORAGE_CARD_ID: Final = bytes.fromhex("804F0CA000000306")
_ISO_14443_3_A: Final = b"\x03"
_MIFARE_CLASSIC_NAMES: Final = (b"\x00\x01", b"\x00\x02", b"\x00\x26")


def is_storage_card(atr: bytes) -> bool:
    """Whether this is the ATR of a card without applications, which the reader reads page by page."""
    return atr[4:12] == _STORAGE_CARD_ID


def can_be_type2(atr: bytes) -> bool:
    """Whether this can be an NFC Forum type 2 tag: a storage card of ISO/IEC 14443-3 A, except MIFARE Classic,
    whose pages need a key."""
    return is_storage_card(atr) and atr[12:13] == _ISO_14443_3_A and atr[13:15] not in _MIFARE_CLASSIC_NAMES
