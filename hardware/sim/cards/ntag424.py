"""A virtual NTAG 424 DNA: a signed link with each read (SDM), EV2 authentication, personalisation.

Implements the part of data sheet NT4H2421Gx that is used here. Tests use it in place of the chip, so it verifies what
the chip verifies: MACs, CRCs of keys, access rights.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Final

from hardware.pcsc.keys import KEY_BYTES, ShopKeys, cmac, truncate_mac
from hardware.pcsc.ntag424 import encrypt_picc_data, session_mac_key
from hardware.pcsc.personalise import FILE_BYTES, SdmFileLayout
from hardware.sim.cards.basic_cards import Type4Card
from hardware.sim.cards.ev2_card import Ev2CardSide

_VERSION: Final = (bytes.fromhex("04040230001105"), bytes.fromhex("04040201021105"))
_MORE: Final = b"\x91\xaf"
_DONE: Final = b"\x91\x00"
_ILLEGAL_COMMAND: Final = b"\x91\x1c"
_MAX_COUNTER: Final = 0xFFFFFF
FACTORY_KEYS: Final = (bytes(KEY_BYTES),) * 5


def shop_keys(keys: ShopKeys, uid: bytes) -> tuple[bytes, ...]:
    """The five keys of a card of this shop."""
    return tuple(keys.card_key(uid, number) for number in range(5))


@dataclass(slots=True)
class SdmSettings:
    """The SDM part of the file settings: numbers of the two keys, offsets in the file in bytes."""

    sdm_meta_read_key_number: int
    sdm_file_read_key_number: int
    picc_at: int
    mac_at: int

    @classmethod
    def of(cls, settings: bytes) -> SdmSettings:
        """From the data of ChangeFileSettings. Raises ValueError for settings that are not supported."""
        picc_at, mac_from, mac_at = (int.from_bytes(settings[at : at + 3], "little") for at in (6, 9, 12))
        if len(settings) != 15 or settings[0] != 0x40 or settings[3] != 0xC1 or mac_from != mac_at:
            raise ValueError("file settings that this virtual card does not support")
        return cls(settings[5] >> 4, settings[5] & 0x0F, picc_at, mac_at)


class Ntag424Card(Type4Card):
    """One card; `counter`: the SDM read counter before the next read."""

    def __init__(
        self, uid: bytes, link_base: str, keys: tuple[bytes, ...] = FACTORY_KEYS, counter: int = 0
    ) -> None:
        super().__init__(uid, link_base)
        layout = SdmFileLayout.of(link_base)
        self.content = bytearray(layout.file.ljust(FILE_BYTES, b"\x00"))
        self.sdm: SdmSettings | None = SdmSettings.of(layout.file_settings())
        self.keys = list(keys)
        self.versions = [1 if key != bytes(KEY_BYTES) else 0 for key in keys]
        self.counter = counter
        self._version: list[bytes] = []
        self._ev2 = Ev2CardSide(self)

    @classmethod
    def blank(cls, uid: bytes) -> Ntag424Card:
        """As delivered: factory keys, no link, SDM off."""
        card = cls(uid, "")
        card.content[:] = bytes(FILE_BYTES)
        card.sdm = None
        return card

    def reset(self) -> None:
        super().reset()
        self._version = []
        self._ev2.end()

    def execute(self, command: bytes) -> bytes | None:
        if command[:1] == b"\x90":
            if len(command) < 5:
                return b"\x91\x7e"
            return self.native(command[1], command[5 : 5 + command[4]] if len(command) > 5 else b"")
        if command[:3] == b"\x00\xa4\x04":
            self._ev2.end()
        return super().execute(command)

    def native(self, ins: int, body: bytes) -> bytes:
        """The response to a native command."""
        if ins == 0x60 and not body:
            self._version = [*_VERSION, self.uid + bytes.fromhex("CF39D449800F27")]
            return self._version.pop(0) + _MORE
        if ins == 0xAF and self._version:
            part = self._version.pop(0)
            return part + (_MORE if self._version else _DONE)
        self._version = []
        if not self.in_application:
            return _ILLEGAL_COMMAND
        if ins == 0x64 and len(body) == 1 and body[0] < 5:
            return bytes((self.versions[body[0]],)) + _DONE
        return self._ev2.native(ins, body)

    def write(self, offset: int, part: bytes) -> bool:
        """Writes to the NDEF file; False without the right: with SDM on, the master key must be authenticated."""
        if (self.sdm is not None and self._ev2.number != 0) or offset + len(part) > FILE_BYTES:
            return False
        self.content[offset : offset + len(part)] = part
        return True

    def apply_file_settings(self, settings: bytes) -> bool:
        """Applies file settings; False if this virtual card does not support them."""
        try:
            self.sdm = SdmSettings.of(settings)
        except ValueError:
            return False
        return True

    def ndef_file(self) -> bytes:
        """The file as this read returns it; with SDM on and without authentication, counted and signed."""
        file = bytearray(self.content)
        sdm = self.sdm
        if sdm is None or self._ev2.number is not None or self.counter >= _MAX_COUNTER:
            return bytes(file)
        self.counter += 1
        picc = encrypt_picc_data(
            self.uid, self.counter, self.keys[sdm.sdm_meta_read_key_number], os.urandom(5)
        )
        mac = truncate_mac(
            cmac(session_mac_key(self.keys[sdm.sdm_file_read_key_number], self.uid, self.counter), b"")
        )
        file[sdm.picc_at : sdm.picc_at + 32] = picc.hex().upper().encode()
        file[sdm.mac_at : sdm.mac_at + 16] = mac.hex().upper().encode()
        return bytes(file)
