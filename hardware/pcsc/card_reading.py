"""Reads kind, UID and NDEF link of a card on the reader, as a dialogue without transport.

The first command always selects the payment directory (PPSE, EMV Contactless Book B, 3.3.1). If the card has one, no
further command is sent: no payment application is selected and no record is read.
Only passes of phone wallets are read before it, if the retailer provides a pass reader (`hardware.pcsc.wallet`),
because a phone with a payment card answers the PPSE selection.
A dialogue is a generator: it yields command APDUs, receives responses with `send`, and returns its result or raises a
`CardError`.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import Final

from hardware.pcsc import ndef
from hardware.pcsc.apdu import (
    GET_UID,
    ResponseApdu,
    StatusWord,
    can_be_type2,
    is_storage_card,
    native_command,
    read_binary,
    read_pages,
    select_application,
    select_file,
)
from hardware.pcsc.errors import CardProtocolError, PaymentCardError
from hardware.pcsc.wallet import PassReader, read_pass
from hardware.ports import CardKind

SELECT_PPSE: Final = select_application(b"2PAY.SYS.DDF01")
NDEF_APPLICATION: Final = bytes.fromhex("D2760000850101")
SELECT_NDEF: Final = select_application(NDEF_APPLICATION)
SELECT_CC: Final = select_file(bytes.fromhex("E103"))
_GET_VERSION: Final = native_command(0x60)
_MORE: Final = native_command(0xAF)
_MAX_READ_BYTES: Final = 0xF0
# four pages of a type 2 tag
_PAGES_BYTES: Final = 16
_MAX_UID_BYTES: Final = 10

CardReadingDialogue = Generator[bytes, bytes, "CardContents"]
Exchange = Generator[bytes, bytes, ResponseApdu]


@dataclass(frozen=True, slots=True)
class CardContents:
    """What was read from a card: UID in upper-case hex ("" if the reader does not report it), first NDEF link."""

    kind: CardKind
    uid: str
    link: str | None


def read_card(atr: bytes, passes: PassReader | None = None) -> CardReadingDialogue:
    """The dialogue with a card whose answer to reset is `atr`; `passes` reads the passes of phone wallets.

    Raises PaymentCardError, CardProtocolError, or what `passes` raises.
    """
    if is_storage_card(atr):
        return (yield from _read_storage_card(atr))
    link = (yield from read_pass(passes)) if passes is not None else None
    if link is not None:
        # A phone's UID is random, so it is not even asked for.
        return CardContents(CardKind.NDEF, "", link)
    response = yield from _exchange(SELECT_PPSE)
    if response.found:
        raise PaymentCardError("the card has a payment application")
    uid = yield from _uid()
    response = yield from _exchange(SELECT_NDEF)
    if not response.found:
        return _with_uid_only(uid)
    genuine = yield from _is_ntag424()
    link = yield from _type4_link()
    return CardContents(CardKind.NTAG424 if genuine else CardKind.NDEF, uid, link)


def _exchange(command: bytes) -> Exchange:
    return ResponseApdu.parse((yield command))


def _uid() -> Generator[bytes, bytes, str]:
    response = yield from _exchange(GET_UID)
    if response.status_word != StatusWord.OK or not response.data:
        return ""
    if len(response.data) > _MAX_UID_BYTES:
        raise CardProtocolError(f"a UID of {len(response.data)} bytes")
    return response.data.hex().upper()


def _with_uid_only(uid: str) -> CardContents:
    if not uid:
        raise CardProtocolError("the card gives neither a UID nor a link")
    return CardContents(CardKind.UID, uid, None)


def _is_ntag424() -> Generator[bytes, bytes, bool]:
    """GetVersion, in three parts: vendor NXP (04), type NTAG (04), major version 30h (data sheet, 10.5.2)."""
    hardware = yield from _exchange(_GET_VERSION)
    if hardware.status_word != StatusWord.NATIVE_MORE:
        return False
    for _part in range(2):
        if (yield from _exchange(_MORE)).status_word not in (StatusWord.NATIVE_MORE, StatusWord.NATIVE_OK):
            return False
    body = hardware.data
    return len(body) == 7 and body[0] == 0x04 and body[1] == 0x04 and body[3] == 0x30


def _type4_link() -> Generator[bytes, bytes, str | None]:
    """The first link of a type 4 tag: capability container, NDEF file, message (NFC Forum T4T 1.0, 5.4 to 5.6)."""
    if not (yield from _exchange(SELECT_CC)).ok:
        return None
    container = yield from _exchange(read_binary(0, 15))
    file_id, step = _ndef_file(container)
    if not (yield from _exchange(select_file(file_id))).ok:
        raise CardProtocolError("the NDEF file named in the capability container does not exist")
    head = yield from _exchange(read_binary(0, 2))
    if not head.ok or len(head.data) != 2:
        return None
    length = int.from_bytes(head.data, "big")
    if length > ndef.MAX_MESSAGE_BYTES:
        raise CardProtocolError(f"an NDEF message of {length} bytes is too long")
    return ndef.first_link((yield from _read_file(2, length, step)))


def _ndef_file(container: ResponseApdu) -> tuple[bytes, int]:
    body = container.data
    if not container.ok or len(body) < 15 or body[7:9] != b"\x04\x06":
        raise CardProtocolError("the capability container is invalid")
    longest = int.from_bytes(body[3:5], "big")
    if longest < 15:
        raise CardProtocolError("the maximum read length in the capability container is too small")
    return body[9:11], min(longest, _MAX_READ_BYTES)


def _read_file(offset: int, length: int, step: int) -> Generator[bytes, bytes, bytes]:
    read = bytearray()
    while len(read) < length:
        want = min(step, length - len(read))
        part = yield from _exchange(read_binary(offset + len(read), want))
        if not part.ok or len(part.data) != want:
            raise CardProtocolError("the NDEF file is shorter than its length")
        read += part.data
    return bytes(read)


def _read_storage_card(atr: bytes) -> CardReadingDialogue:
    uid = yield from _uid()
    if not can_be_type2(atr):
        return _with_uid_only(uid)
    head = yield from _exchange(read_pages(3, _PAGES_BYTES))
    if not head.ok or len(head.data) < 8 or head.data[0] != 0xE1:
        return _with_uid_only(uid)
    size = min(head.data[2] * 8, ndef.MAX_MESSAGE_BYTES)
    area = bytearray(head.data[4:])
    message = ndef.message_in_tlv(bytes(area))
    while message is None and len(area) < size:
        page = 4 + len(area) // 4
        part = yield from _exchange(read_pages(page, _PAGES_BYTES))
        if not part.ok or len(part.data) != _PAGES_BYTES:
            break
        area += part.data
        message = ndef.message_in_tlv(bytes(area))
    if message is None:
        raise CardProtocolError("the NDEF message of the tag is truncated")
    return CardContents(CardKind.NDEF, uid, ndef.first_link(message))
