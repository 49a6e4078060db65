"""Command and answer units of ISO/IEC 7816-4, as far as the mirror speaks them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, unique
from typing import Final

from hardware.pcsc.errors import CardProtocolError

MAX_SHORT_DATA_BYTES: Final = 255


@unique
class StatusWord(IntEnum):
    """StatusWord words that change what is asked next (ISO/IEC 7816-4, 5.1.3; NTAG 424 DNA data sheet, 10.3)."""

    OK = 0x9000
    NATIVE_OK = 0x9100
    NATIVE_MORE = 0x91AF


@dataclass(frozen=True, slots=True)
class ResponseApdu:
    """What a card answered: the body and the two status bytes as one number."""

    body: bytes
    status: int

    @classmethod
    def parse(cls, raw: bytes) -> ResponseApdu:
        """Split a raw answer; raise `CardProtocolError` where it is too short to hold a status word, or too long."""
        if not 2 <= len(raw) <= 65_538:
            raise CardProtocolError(f"an answer of {len(raw)} bytes is no answer")
        return cls(bytes(raw[:-2]), int.from_bytes(raw[-2:], "big"))

    @property
    def ok(self) -> bool:
        """The command was carried out, by ISO or by native status."""
        return self.status in (StatusWord.OK, StatusWord.NATIVE_OK)

    @property
    def exists(self) -> bool:
        """The thing selected is there, even if the card adds a warning or holds its answer ready (61, 62, 63, 6C)."""
        return self.status == StatusWord.OK or self.status >> 8 in (0x61, 0x62, 0x63, 0x6C)


def command(cla: int, ins: int, p1: int, p2: int, body: bytes = b"", expect: int | None = None) -> bytes:
    """A short command; `expect` is the length wanted back (256 is sent as 0), None for no answer body."""
    if len(body) > MAX_SHORT_DATA_BYTES or (expect is not None and not 0 <= expect <= 256):
        raise ValueError("a short command carries at most 255 bytes and asks for at most 256")
    head = bytes((cla, ins, p1, p2))
    lc = bytes((len(body),)) + body if body else b""
    le = b"" if expect is None else bytes((expect & 0xFF,))
    return head + lc + le


def select_application(name: bytes) -> bytes:
    """SELECT by DF name, first occurrence, control information wanted."""
    return command(0x00, 0xA4, 0x04, 0x00, name, 256)


def select_file(file_id: bytes) -> bytes:
    """SELECT an elementary file below the application, no answer body."""
    return command(0x00, 0xA4, 0x00, 0x0C, file_id)


def read_binary(offset: int, length: int) -> bytes:
    """READ BINARY of the selected file; offset up to 32,767."""
    if not 0 <= offset <= 0x7FFF:
        raise ValueError(f"offset {offset} is beyond a READ BINARY")
    return command(0x00, 0xB0, offset >> 8, offset & 0xFF, expect=length)


def native_command(ins: int, body: bytes = b"") -> bytes:
    """A native command of the NXP family, wrapped (CLA 90; NTAG 424 DNA data sheet, 8.2)."""
    return command(0x90, ins, 0x00, 0x00, body, 256)


# PC/SC part 3, 3.2.2.1.3: answered by the reader, not by the card.
GET_UID: Final = command(0xFF, 0xCA, 0x00, 0x00, expect=256)


def read_pages(page: int, length: int) -> bytes:
    """READ BINARY of a storage card (PC/SC part 3, 3.2.2.1.8): the reader reads pages of 4 bytes for us."""
    return command(0xFF, 0xB0, page >> 8, page & 0xFF, expect=length)


# PC/SC part 3, 3.1.3.2.3.1: a reader gives a storage card an ATR that holds this identifier, then standard and name.
_STORAGE: Final = bytes.fromhex("804F0CA000000306")
_CLASSIC_NAMES: Final = (b"\x00\x01", b"\x00\x02", b"\x00\x26")


def is_storage_card(atr: bytes) -> bool:
    """The card has no applications at all; the reader reads it page by page."""
    return atr[4:12] == _STORAGE


def can_be_type2(atr: bytes) -> bool:
    """A storage card by ISO/IEC 14443-3 type A whose pages open without a key (MIFARE Classic needs one)."""
    return is_storage_card(atr) and atr[12:13] == b"\x03" and atr[13:15] not in _CLASSIC_NAMES
