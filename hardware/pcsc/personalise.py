"""Personalises a blank NTAG 424 DNA for the shop: NDEF link, SDM settings, keys; as a dialogue without transport.

Can be repeated on a card whose personalisation was interrupted: the key versions show which keys are already set.
Commands by data sheet NT4H2421Gx, 10; vectors in NXP AN12196, 6.
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
_KEY_VERSION: Final = 1
# file number of native commands, file identifier of SELECT
_NDEF_FILE_NUMBER: Final = b"\x02"
_NDEF_FILE_ID: Final = b"\xe1\x04"
_GET_KEY_VERSION, _WRITE_DATA, _CHANGE_KEY, _CHANGE_FILE_SETTINGS = 0x64, 0x8D, 0xC4, 0x5F
_CHUNK_BYTES: Final = 128


@dataclass(frozen=True, slots=True)
class SdmFileLayout:
    """The NDEF file, and the offsets in bytes where the card mirrors its encrypted PICC data and its MAC."""

    file: bytes
    picc_at: int
    mac_at: int

    @classmethod
    def of(cls, link_base: str) -> SdmFileLayout:
        """The file for links that begin with `link_base`. Raises ValueError if it does not fit on the card."""
        message = link_message(sun_link(link_base, bytes(16), bytes(8)))
        file = len(message).to_bytes(2, "big") + message
        if len(file) > FILE_BYTES:
            raise ValueError(f"the link is {len(file) - FILE_BYTES} bytes too long for the card")
        picc_at = file.rindex(f"{PICC_NAMES[0]}=".encode()) + len(PICC_NAMES[0]) + 1
        mac_at = file.rindex(f"{MAC_NAMES[0]}=".encode()) + len(MAC_NAMES[0]) + 1
        return cls(file, picc_at, mac_at)

    def file_settings(self) -> bytes:
        """Data of ChangeFileSettings: free read, write with the master key, SDM enabled (data sheet, 10.7.1).

        The MAC covers only UID and counter: SDMMACInputOffset equals SDMMACOffset.
        """
        rights = bytes((APP_MASTER_KEY << 4 | APP_MASTER_KEY, 0xE0 | APP_MASTER_KEY))
        sdm_rights = bytes((0xFF, SDM_META_READ_KEY << 4 | SDM_FILE_READ_KEY))
        offsets = b"".join(
            offset.to_bytes(3, "little") for offset in (self.picc_at, self.mac_at, self.mac_at)
        )
        return b"\x40" + rights + b"\xc1" + sdm_rights + offsets


def personalise(uid: str, keys: ShopKeys, link_base: str, rnd_a: bytes) -> CardDialogue[SunProof]:
    """Personalises the card, reads its first signed link, verifies and returns it.

    `uid` as reported by the reader; `rnd_a`: 16 random bytes. Raises ForgedProofError if the card has other keys,
    CardProtocolError if it refuses a command, after which another attempt may succeed.
    """
    layout = SdmFileLayout.of(link_base)
    card = bytes.fromhex(uid)
    yield from _transmit_ok(SELECT_NDEF)
    versions = yield from _key_versions()
    yield from _transmit_ok(SELECT_NDEF)
    master = keys.card_key(card, APP_MASTER_KEY) if versions[APP_MASTER_KEY] else bytes(KEY_BYTES)
    session = yield from authenticate(master, APP_MASTER_KEY, rnd_a)
    session = yield from _write(session, layout)
    for number in (1, 2, 3, 4):
        if versions[number] != _KEY_VERSION:
            session = yield from _change_key(session, number, keys.card_key(card, number))
    if versions[APP_MASTER_KEY] != _KEY_VERSION:
        yield from _change_master(session, keys.card_key(card, APP_MASTER_KEY))
    return (yield from _first_proof(card, keys))


def _transmit_ok(apdu: bytes) -> Generator[bytes, bytes, ResponseApdu]:
    response = ResponseApdu.parse((yield apdu))
    if not response.ok:
        raise CardProtocolError(
            f"the card refuses to be personalised (status word {response.status_word:04X})"
        )
    return response


def _key_versions() -> Generator[bytes, bytes, bytes]:
    """One byte for each of the five keys; 0: factory key."""
    versions = bytearray()
    for number in range(5):
        response = yield from _transmit_ok(native_command(_GET_KEY_VERSION, bytes((number,))))
        if len(response.data) != 1:
            raise CardProtocolError("the response to GetKeyVersion is not one byte")
        versions += response.data
    return bytes(versions)


def _write(session: Ev2Session, layout: SdmFileLayout) -> CardDialogue[Ev2Session]:
    """Writes the file, its length last, so that an interrupted file reads as empty; then enables SDM."""
    parts = [(at, layout.file[at : at + _CHUNK_BYTES]) for at in range(2, len(layout.file), _CHUNK_BYTES)]
    for at, part in [(0, bytes(2)), *parts, (0, layout.file[:2])]:
        yield from _transmit_ok(
            native_command(
                _WRITE_DATA,
                _NDEF_FILE_NUMBER + at.to_bytes(3, "little") + len(part).to_bytes(3, "little") + part,
            )
        )
        session = session.after_command()
    command = secured_command(session, _CHANGE_FILE_SETTINGS, _NDEF_FILE_NUMBER, layout.file_settings())
    return check_response(session, (yield command))


def _change_key(session: Ev2Session, number: int, key: bytes) -> CardDialogue[Ev2Session]:
    """ChangeKey of a key other than the session key: new key XOR old key (zeros), version, CRC-32 of the new key."""
    body = key + bytes((_KEY_VERSION,)) + key_crc32(key)
    return check_response(session, (yield secured_command(session, _CHANGE_KEY, bytes((number,)), body)))


def _change_master(session: Ev2Session, key: bytes) -> CardDialogue[None]:
    body = key + bytes((_KEY_VERSION,))
    check_response(
        session, (yield secured_command(session, _CHANGE_KEY, bytes((APP_MASTER_KEY,)), body)), last=True
    )


def key_crc32(key: bytes) -> bytes:
    """CRC-32 of a key as ChangeKey needs it: without the final inversion, lowest byte first."""
    return (zlib.crc32(key) ^ 0xFFFFFFFF).to_bytes(4, "little")


def _first_proof(card: bytes, keys: ShopKeys) -> CardDialogue[SunProof]:
    yield from _transmit_ok(SELECT_NDEF)
    yield from _transmit_ok(select_file(_NDEF_FILE_ID))
    head = yield from _transmit_ok(read_binary(0, 2))
    length = min(int.from_bytes(head.data, "big"), FILE_BYTES - 2)
    read = yield from _transmit_ok(read_binary(2, length))
    proof = verify_sun(first_link(read.data) or "", keys)
    if proof.uid != card.hex().upper() or read.status_word != StatusWord.OK:
        raise ForgedProofError("the signed link has another UID than the card")
    return proof
