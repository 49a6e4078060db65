"""Virtual cards without cryptography: a card with only a UID, a type 2 tag, a type 4 tag.

A virtual card represents the card together with its reader, so it also answers commands to the reader (FF CA, FF B0).
`log` holds the commands that it received.
"""

from __future__ import annotations

from typing import Final, Protocol

from hardware.pcsc.apdu import GET_UID
from hardware.pcsc.card_reading import NDEF_APPLICATION
from hardware.pcsc.ndef import link_message

OK: Final = b"\x90\x00"
FILE_NOT_FOUND: Final = b"\x6a\x82"
INS_NOT_SUPPORTED: Final = b"\x6d\x00"
WRONG_PARAMETERS: Final = b"\x6b\x00"
SECURITY_STATUS_NOT_SATISFIED: Final = b"\x69\x82"
_ISO_ATR: Final = bytes.fromhex("3B8180018080")
_CC_ID, _NDEF_ID = b"\xe1\x03", b"\xe1\x04"
# capability container of a new NTAG 424 DNA: version 2.0, NDEF file E104 of 256 bytes, a proprietary file (8.2.3)
_CC: Final = bytes.fromhex("001720010000FF0406E104010000000506E10500808283")


def storage_card_atr(name: int) -> bytes:
    """The ATR that a reader gives to a storage card of ISO/IEC 14443-3 A (PC/SC part 3, 3.1.3.2.3.1)."""
    body = bytes.fromhex("8F8001804F0CA00000030603") + name.to_bytes(2, "big") + bytes(4)
    check = 0
    for octet in body:
        check ^= octet
    return b"\x3b" + body + bytes((check,))


class VirtualCard(Protocol):
    """A card of a simulated reader. `answer` returns the response APDU, None if the card does not answer."""

    @property
    def atr(self) -> bytes: ...

    def reset(self) -> None: ...

    def answer(self, command: bytes) -> bytes | None: ...


class UidCard:
    """A card with only a UID, for example a ring or an old staff card."""

    def __init__(self, uid: bytes) -> None:
        self.uid = uid
        self.atr = _ISO_ATR
        self.log: list[bytes] = []

    def reset(self) -> None:
        """Returns to the state after power-up."""

    def answer(self, command: bytes) -> bytes | None:
        """The response of the card or of its reader."""
        self.log.append(command)
        if command == GET_UID:
            return self.uid + OK
        return self.execute(command)

    def execute(self, command: bytes) -> bytes | None:
        """The response of a card without applications."""
        return FILE_NOT_FOUND if command[1:2] == b"\xa4" else INS_NOT_SUPPORTED


class Type2Card(UidCard):
    """An NFC Forum type 2 tag like NTAG 213: pages of 4 bytes, read by the reader (FF B0)."""

    def __init__(self, uid: bytes, link: str) -> None:
        super().__init__(uid)
        self.atr = storage_card_atr(0x0003)
        message = link_message(link)
        length = bytes((len(message),)) if len(message) < 0xFF else b"\xff" + len(message).to_bytes(2, "big")
        area = b"\x03" + length + message + b"\xfe"
        area += bytes(-len(area) % 16)
        container = bytes((0xE1, 0x10, min(len(area) // 8, 0xFF), 0x00))
        self.pages = bytes(12) + container + area

    def execute(self, command: bytes) -> bytes | None:
        if command[:2] != b"\xff\xb0":
            return b"\x63\x00"
        start = int.from_bytes(command[2:4], "big") * 4
        part = self.pages[start : start + 16]
        return part.ljust(16, b"\x00") + OK if part else b"\x63\x00"


class Type4Card(UidCard):
    """An NFC Forum type 4 tag: NDEF application, capability container, NDEF file."""

    def __init__(self, uid: bytes, link: str) -> None:
        super().__init__(uid)
        self.link = link
        self.in_application = False
        self.file_id = b""
        self._file: bytes | None = None

    def reset(self) -> None:
        self.in_application = False
        self.file_id = b""
        self._file = None

    def execute(self, command: bytes) -> bytes | None:
        if command[:3] == b"\x00\xa4\x04":
            return self._select_application(command)
        if command[:3] == b"\x00\xa4\x00" and self.in_application:
            return self._select_file(command[5:7])
        if command[:2] == b"\x00\xb0":
            return self._read(int.from_bytes(command[2:4], "big"), command[4:5])
        return INS_NOT_SUPPORTED

    def _select_application(self, command: bytes) -> bytes:
        length = command[4] if len(command) > 4 else 0
        self.in_application = command[5 : 5 + length] == NDEF_APPLICATION
        self.file_id, self._file = b"", None
        return OK if self.in_application else FILE_NOT_FOUND

    def _select_file(self, file_id: bytes) -> bytes:
        if file_id not in (_CC_ID, _NDEF_ID):
            return FILE_NOT_FOUND
        self.file_id, self._file = file_id, None
        return OK

    def ndef_file(self) -> bytes:
        """The NDEF file as this read returns it: length, then message."""
        message = link_message(self.link)
        return len(message).to_bytes(2, "big") + message

    def _read(self, offset: int, expected: bytes) -> bytes:
        if not self.file_id:
            return SECURITY_STATUS_NOT_SATISFIED
        if self._file is None:
            self._file = _CC if self.file_id == _CC_ID else self.ndef_file()
        if offset > len(self._file):
            return WRONG_PARAMETERS
        wanted = (expected[0] or 256) if expected else 256
        return self._file[offset : offset + wanted] + OK
