"""Making a blank NTAG 424 DNA a card of the shop: its link, its keys, its signing; as a dialogue without transport.

May be run again on a card whose personalisation broke off: the version of each key tells which are already ours.
Commands by the data sheet NT4H2421Gx, 10; vectors in NXP AN12196, 6.
"""

from __future__ import annotations

import zlib
from collections.abc import Generator
from dataclasses import dataclass
from typing import Final

from hardware.pcsc.apdu import ResponseApdu, StatusWord, native_command, read_binary, select_file
from hardware.pcsc.card_reading import SELECT_NDEF
from hardware.pcsc.errors import CardProtocolError, ForgedProofError
from hardware.pcsc.ev2 import CardDialogue, Ev2Session, authenticate, check_response, secured_command
from hardware.pcsc.keys import APP_MASTER_KEY, KEY_BYTES, SDM_FILE_READ_KEY, SDM_META_READ_KEY, ShopKeys
from hardware.pcsc.ndef import first_link, link_message
from hardware.pcsc.ntag424 import MAC_NAMES, PICC_NAMES, SunProof, sun_link, verify_sun

FILE_BYTES: Final = 256
_OUR_VERSION: Final = 1
_NDEF_FILE: Final = b"\x02"
_NDEF_FILE_ID: Final = b"\xe1\x04"
_GET_KEY_VERSION, _WRITE, _CHANGE_KEY, _CHANGE_SETTINGS = 0x64, 0x8D, 0xC4, 0x5F
_CHUNK: Final = 128


@dataclass(frozen=True, slots=True)
class SdmFileLayout:
    """Where in the NDEF file the card writes its encrypted UID and its message code, in bytes from the file's start."""

    file: bytes
    picc_at: int
    mac_at: int

    @classmethod
    def of(cls, link_base: str) -> SdmFileLayout:
        """The file for links that begin with `link_base`; raises ValueError where it would not fit on the card."""
        message = link_message(sun_link(link_base, bytes(16), bytes(8)))
        file = len(message).to_bytes(2, "big") + message
        if len(file) > FILE_BYTES:
            raise ValueError(f"the link is {len(file) - FILE_BYTES} bytes too long for the card")
        picc_at = file.rindex(f"{PICC_NAMES[0]}=".encode()) + len(PICC_NAMES[0]) + 1
        mac_at = file.rindex(f"{MAC_NAMES[0]}=".encode()) + len(MAC_NAMES[0]) + 1
        return cls(file, picc_at, mac_at)

    def settings(self) -> bytes:
        """ChangeFileSettings body: plain reading for all, writing with the master key, signing on (data sheet, 10.7.1).

        The message code covers nothing but UID and counter: its input begins where it itself begins.
        """
        rights = bytes((APP_MASTER_KEY << 4 | APP_MASTER_KEY, 0xE0 | APP_MASTER_KEY))
        sdm_rights = bytes((0xFF, SDM_META_READ_KEY << 4 | SDM_FILE_READ_KEY))
        offsets = b"".join(
            offset.to_bytes(3, "little") for offset in (self.picc_at, self.mac_at, self.mac_at)
        )
        return b"\x40" + rights + b"\xc1" + sdm_rights + offsets


def personalise(uid: str, keys: ShopKeys, link_base: str, rnd_a: bytes) -> CardDialogue[SunProof]:
    """The whole way from a blank card to its first signed link, which is checked and returned.

    `uid` as the reader told it; `rnd_a` 16 fresh random bytes. Raises `ForgedProofError` where the card is in other
    hands already, `CardProtocolError` where it refuses; it may then be tried again.
    """
    layout = SdmFileLayout.of(link_base)
    card = bytes.fromhex(uid)
    yield from _must(SELECT_NDEF)
    versions = yield from _key_versions()
    yield from _must(SELECT_NDEF)
    master = keys.card_key(card, APP_MASTER_KEY) if versions[APP_MASTER_KEY] else bytes(KEY_BYTES)
    session = yield from authenticate(master, APP_MASTER_KEY, rnd_a)
    session = yield from _write(session, layout)
    for number in (1, 2, 3, 4):
        if versions[number] != _OUR_VERSION:
            session = yield from _change_key(session, number, keys.card_key(card, number))
    if versions[APP_MASTER_KEY] != _OUR_VERSION:
        yield from _change_master(session, keys.card_key(card, APP_MASTER_KEY))
    return (yield from _first_proof(card, keys))


def _must(apdu: bytes) -> Generator[bytes, bytes, ResponseApdu]:
    answer = ResponseApdu.parse((yield apdu))
    if not answer.ok:
        raise CardProtocolError(f"the card refuses to be personalised (status {answer.status:04X})")
    return answer


def _key_versions() -> Generator[bytes, bytes, bytes]:
    """One byte for each of the five keys: 0 as delivered."""
    versions = bytearray()
    for number in range(5):
        answer = yield from _must(native_command(_GET_KEY_VERSION, bytes((number,))))
        if len(answer.body) != 1:
            raise CardProtocolError("the card tells no key version")
        versions += answer.body
    return bytes(versions)


def _write(session: Ev2Session, layout: SdmFileLayout) -> CardDialogue[Ev2Session]:
    """The file in plain, its length last so that a card taken away half-written reads as empty; then the signing."""
    parts = [(at, layout.file[at : at + _CHUNK]) for at in range(2, len(layout.file), _CHUNK)]
    for at, part in [(0, bytes(2)), *parts, (0, layout.file[:2])]:
        yield from _must(
            native_command(
                _WRITE, _NDEF_FILE + at.to_bytes(3, "little") + len(part).to_bytes(3, "little") + part
            )
        )
        session = session.after_command()
    sent = secured_command(session, _CHANGE_SETTINGS, _NDEF_FILE, layout.settings())
    return check_response(session, (yield sent))


def _change_key(session: Ev2Session, number: int, key: bytes) -> CardDialogue[Ev2Session]:
    """A key other than the one of the session: sent mixed with the old one (zeros) and with a check sum of itself."""
    body = key + bytes((_OUR_VERSION,)) + key_crc32(key)
    return check_response(session, (yield secured_command(session, _CHANGE_KEY, bytes((number,)), body)))


def _change_master(session: Ev2Session, key: bytes) -> CardDialogue[None]:
    body = key + bytes((_OUR_VERSION,))
    check_response(
        session, (yield secured_command(session, _CHANGE_KEY, bytes((APP_MASTER_KEY,)), body)), last=True
    )


def key_crc32(key: bytes) -> bytes:
    """CRC-32 as the chip counts it: without the last inversion, lowest byte first."""
    return (zlib.crc32(key) ^ 0xFFFFFFFF).to_bytes(4, "little")


def _first_proof(card: bytes, keys: ShopKeys) -> CardDialogue[SunProof]:
    yield from _must(SELECT_NDEF)
    yield from _must(select_file(_NDEF_FILE_ID))
    head = yield from _must(read_binary(0, 2))
    length = min(int.from_bytes(head.body, "big"), FILE_BYTES - 2)
    read = yield from _must(read_binary(2, length))
    proof = verify_sun(first_link(read.body) or "", keys)
    if proof.uid != card.hex().upper() or read.status != StatusWord.OK:
        raise ForgedProofError("the card proves another UID than it tells")
    return proof
