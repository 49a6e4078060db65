"""A virtual NTAG 424 DNA: signs its link afresh with every reading, authenticates, and can be personalised.

By the data sheet NT4H2421Gx as far as this house uses it; a real card does more. It stands in the tests for the chip,
so it checks what the chip checks: message codes, key check sums, rights.
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
_NO_SUCH: Final = b"\x91\x1c"
_LAST_COUNT: Final = 0xFFFFFF
FACTORY_KEYS: Final = (bytes(KEY_BYTES),) * 5


def shop_keys(keys: ShopKeys, uid: bytes) -> tuple[bytes, ...]:
    """The five keys a card of this shop carries."""
    return tuple(keys.card_key(uid, number) for number in range(5))


@dataclass(slots=True)
class SdmSettings:
    """The file settings that matter here: which keys sign, and where in the file."""

    meta_key: int
    file_key: int
    picc_at: int
    mac_at: int

    @classmethod
    def of(cls, settings: bytes) -> SdmSettings:
        """From a ChangeFileSettings body."""
        picc_at, mac_from, mac_at = (int.from_bytes(settings[at : at + 3], "little") for at in (6, 9, 12))
        if len(settings) != 15 or settings[0] != 0x40 or settings[3] != 0xC1 or mac_from != mac_at:
            raise ValueError("settings this virtual card does not know")
        return cls(settings[5] >> 4, settings[5] & 0x0F, picc_at, mac_at)


class Ntag424Card(Type4Card):
    """One card; `counter` is what the next reading adds one to."""

    def __init__(
        self, uid: bytes, link_base: str, keys: tuple[bytes, ...] = FACTORY_KEYS, counter: int = 0
    ) -> None:
        super().__init__(uid, link_base)
        layout = SdmFileLayout.of(link_base)
        self.content = bytearray(layout.file.ljust(FILE_BYTES, b"\x00"))
        self.signing: SdmSettings | None = SdmSettings.of(layout.file_settings())
        self.keys = list(keys)
        self.versions = [1 if key != bytes(KEY_BYTES) else 0 for key in keys]
        self.counter = counter
        self._version: list[bytes] = []
        self._ev2 = Ev2CardSide(self)

    @classmethod
    def blank(cls, uid: bytes) -> Ntag424Card:
        """As delivered: factory keys, no link, no signing."""
        card = cls(uid, "")
        card.content[:] = bytes(FILE_BYTES)
        card.signing = None
        return card

    def reset(self) -> None:
        super().reset()
        self._version = []
        self._ev2.end()

    def carry_out(self, command: bytes) -> bytes | None:
        if command[:1] == b"\x90":
            if len(command) < 5:
                return b"\x91\x7e"
            return self.native(command[1], command[5 : 5 + command[4]] if len(command) > 5 else b"")
        if command[:3] == b"\x00\xa4\x04":
            self._ev2.end()
        return super().carry_out(command)

    def native(self, ins: int, body: bytes) -> bytes:
        """Commands of the wrapped native set."""
        if ins == 0x60 and not body:
            self._version = [*_VERSION, self.uid + bytes.fromhex("CF39D449800F27")]
            return self._version.pop(0) + _MORE
        if ins == 0xAF and self._version:
            part = self._version.pop(0)
            return part + (_MORE if self._version else _DONE)
        self._version = []
        if not self.in_application:
            return _NO_SUCH
        if ins == 0x64 and len(body) == 1 and body[0] < 5:
            return bytes((self.versions[body[0]],)) + _DONE
        return self._ev2.native(ins, body)

    def write(self, offset: int, part: bytes) -> bool:
        """Free as delivered; with the signing on, only the master key's holder may write."""
        if (self.signing is not None and self._ev2.number != 0) or offset + len(part) > FILE_BYTES:
            return False
        self.content[offset : offset + len(part)] = part
        return True

    def sign(self, settings: bytes) -> bool:
        """Take file settings over; False where this virtual card does not know them."""
        try:
            self.signing = SdmSettings.of(settings)
        except ValueError:
            return False
        return True

    def ndef_file(self) -> bytes:
        """The file as this reading sees it; counts the reading where it is signed, unless somebody is authenticated."""
        file = bytearray(self.content)
        signing = self.signing
        if signing is None or self._ev2.number is not None or self.counter >= _LAST_COUNT:
            return bytes(file)
        self.counter += 1
        picc = encrypt_picc_data(self.uid, self.counter, self.keys[signing.meta_key], os.urandom(5))
        mac = truncate_mac(cmac(session_mac_key(self.keys[signing.file_key], self.uid, self.counter), b""))
        file[signing.picc_at : signing.picc_at + 32] = picc.hex().upper().encode()
        file[signing.mac_at : signing.mac_at + 16] = mac.hex().upper().encode()
        return bytes(file)
