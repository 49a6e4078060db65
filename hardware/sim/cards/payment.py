"""A virtual payment card that gives its number to any reader, so that tests can prove that it is not read."""

from __future__ import annotations

from typing import Final

from hardware.sim.cards.basic_cards import FILE_NOT_FOUND, INS_NOT_SUPPORTED, OK, UidCard

PPSE: Final = b"2PAY.SYS.DDF01"
# a card number reserved for tests, with a valid check digit
TEST_NUMBER: Final = "4111111111111111"
_APPLICATION: Final = bytes.fromhex("A0000000031010")


class PaymentCard(UidCard):
    """Answers SELECT PPSE, SELECT application, GET PROCESSING OPTIONS and READ RECORD like a contactless card."""

    def execute(self, command: bytes) -> bytes | None:
        name = command[5 : 5 + command[4]] if len(command) > 4 else b""
        if command[:3] == b"\x00\xa4\x04" and name == PPSE:
            entry = b"\x61\x09\x4f\x07" + _APPLICATION
            directory = b"\xbf\x0c" + bytes((len(entry),)) + entry
            body = b"\x84\x0e" + PPSE + b"\xa5" + bytes((len(directory),)) + directory
            return b"\x6f" + bytes((len(body),)) + body + OK
        if command[:3] == b"\x00\xa4\x04":
            return b"\x6f\x09\x84\x07" + _APPLICATION + OK if name == _APPLICATION else FILE_NOT_FOUND
        if command[:2] == b"\x80\xa8":
            return bytes.fromhex("800620000801010090") + b"\x00"
        if command[:2] == b"\x00\xb2":
            return b"\x70\x0a\x5a\x08" + bytes.fromhex(TEST_NUMBER) + OK
        return INS_NOT_SUPPORTED
