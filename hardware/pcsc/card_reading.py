"""What is asked of a card that was laid on the reader, as a dialogue without any transport.

The first question is always whether the card has a payment application (PPSE, EMV Contactless Book B, 3.3.1).
If it has, that question was the last: no payment application is selected, no record read, no processing started.
Passes of phone wallets are read before it where the retailer has provided a reader (`hardware.pcsc.wallet`),
since a phone that pays answers that question. A pass's link shown as a code, or on a tag, is read like any link.
A dialogue is a generator: it yields commands, is sent the answers, and returns what it learned or raises a `CardError`.
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
_STEP: Final = 0xF0
_PAGES: Final = 16

Dialogue = Generator[bytes, bytes, "CardContents"]
Step = Generator[bytes, bytes, ResponseApdu]


@dataclass(frozen=True, slots=True)
class CardContents:
    """What a card told of itself: UID in upper-case hex ("" if it hides it), first link of its NDEF message."""

    kind: CardKind
    uid: str
    link: str | None


def read_card(atr: bytes, passes: PassReader | None = None) -> Dialogue:
    """The whole dialogue with a card that answered to reset with `atr`; `passes` reads those of phone wallets."""
    if is_storage_card(atr):
        return (yield from _read_storage_card(atr))
    link = (yield from read_pass(passes)) if passes is not None else None
    if link is not None:
        # A phone's UID is random, so it is not even asked for.
        return CardContents(CardKind.NDEF, "", link)
    answer = yield from _ask(SELECT_PPSE)
    if answer.exists:
        raise PaymentCardError("the card has a payment application")
    uid = yield from _uid()
    answer = yield from _ask(SELECT_NDEF)
    if not answer.exists:
        return _with_uid_only(uid)
    genuine = yield from _is_ntag424()
    link = yield from _type4_link()
    return CardContents(CardKind.NTAG424 if genuine else CardKind.NDEF, uid, link)


def _ask(command: bytes) -> Step:
    return ResponseApdu.parse((yield command))


def _uid() -> Generator[bytes, bytes, str]:
    answer = yield from _ask(GET_UID)
    if answer.status != StatusWord.OK or not answer.body:
        return ""
    if len(answer.body) > 10:
        raise CardProtocolError(f"a UID of {len(answer.body)} bytes is none")
    return answer.body.hex().upper()


def _with_uid_only(uid: str) -> CardContents:
    if not uid:
        raise CardProtocolError("the card tells neither a UID nor a link")
    return CardContents(CardKind.UID, uid, None)


def _is_ntag424() -> Generator[bytes, bytes, bool]:
    """GetVersion, three parts: vendor NXP (04), type NTAG (04), major version 30h (NTAG 424 DNA data sheet, 10.5.2)."""
    hardware = yield from _ask(_GET_VERSION)
    if hardware.status != StatusWord.NATIVE_MORE:
        return False
    for _part in range(2):
        if (yield from _ask(_MORE)).status not in (StatusWord.NATIVE_MORE, StatusWord.NATIVE_OK):
            return False
    body = hardware.body
    return len(body) == 7 and body[0] == 0x04 and body[1] == 0x04 and body[3] == 0x30


def _type4_link() -> Generator[bytes, bytes, str | None]:
    """Capability container, NDEF file, message (NFC Forum T4T 1.0, 5.4 to 5.6)."""
    if not (yield from _ask(SELECT_CC)).ok:
        return None
    container = yield from _ask(read_binary(0, 15))
    file_id, step = _ndef_file(container)
    if not (yield from _ask(select_file(file_id))).ok:
        raise CardProtocolError("the NDEF file that the card announces is not there")
    head = yield from _ask(read_binary(0, 2))
    if not head.ok or len(head.body) != 2:
        return None
    length = int.from_bytes(head.body, "big")
    if length > ndef.MAX_MESSAGE_BYTES:
        raise CardProtocolError(f"an NDEF message of {length} bytes is not read")
    return ndef.first_link((yield from _read_file(2, length, step)))


def _ndef_file(container: ResponseApdu) -> tuple[bytes, int]:
    body = container.body
    if not container.ok or len(body) < 15 or body[7:9] != b"\x04\x06":
        raise CardProtocolError("the capability container is not one")
    longest = int.from_bytes(body[3:5], "big")
    if longest < 15:
        raise CardProtocolError("the card allows no reading")
    return body[9:11], min(longest, _STEP)


def _read_file(offset: int, length: int, step: int) -> Generator[bytes, bytes, bytes]:
    read = bytearray()
    while len(read) < length:
        want = min(step, length - len(read))
        part = yield from _ask(read_binary(offset + len(read), want))
        if not part.ok or len(part.body) != want:
            raise CardProtocolError("the NDEF file breaks off")
        read += part.body
    return bytes(read)


def _read_storage_card(atr: bytes) -> Dialogue:
    uid = yield from _uid()
    if not can_be_type2(atr):
        return _with_uid_only(uid)
    head = yield from _ask(read_pages(3, _PAGES))
    if not head.ok or len(head.body) < 8 or head.body[0] != 0xE1:
        return _with_uid_only(uid)
    size = min(head.body[2] * 8, ndef.MAX_MESSAGE_BYTES)
    area = bytearray(head.body[4:])
    message = ndef.message_in_tlv(bytes(area))
    while message is None and len(area) < size:
        page = 4 + len(area) // 4
        part = yield from _ask(read_pages(page, _PAGES))
        if not part.ok or len(part.body) != _PAGES:
            break
        area += part.body
        message = ndef.message_in_tlv(bytes(area))
    if message is None:
        raise CardProtocolError("the tag's NDEF message is cut off")
    return CardContents(CardKind.NDEF, uid, ndef.first_link(message))
