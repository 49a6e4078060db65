"""A virtual NTAG 424 DNA: its link carries UID and counter encrypted, and a message code, fresh with every reading."""

from __future__ import annotations

import os
from typing import Final

from hardware.pcsc.keys import FILE_KEY, META_KEY, ShopKeys, cmac, truncated
from hardware.pcsc.ntag424 import seal_picc, session_mac_key, signed_link
from hardware.sim.cards_plain import Type4Card

_VERSION: Final = (bytes.fromhex("04040230001105"), bytes.fromhex("04040201021105"))
_MORE: Final = b"\x91\xaf"
_LAST_COUNT: Final = 0xFFFFFF
CardKeys = tuple[bytes, bytes, bytes, bytes, bytes]
FACTORY: Final[CardKeys] = (bytes(16), bytes(16), bytes(16), bytes(16), bytes(16))


def shop_keys(keys: ShopKeys, uid: bytes) -> CardKeys:
    """The five keys a card of this shop carries."""
    first, second, third, fourth, fifth = (keys.card_key(uid, number) for number in range(5))
    return (first, second, third, fourth, fifth)


class Ntag424Card(Type4Card):
    """One card; `counter` is what the next reading adds one to."""

    def __init__(self, uid: bytes, link_base: str, keys: CardKeys = FACTORY, counter: int = 0) -> None:
        super().__init__(uid, link_base)
        self.keys = keys
        self.counter = counter
        self._version: list[bytes] = []

    def reset(self) -> None:
        super().reset()
        self._version = []

    def carry_out(self, command: bytes) -> bytes | None:
        if command[:1] == b"\x90":
            return self.native(command[1], command[5:-1])
        return super().carry_out(command)

    def native(self, ins: int, body: bytes) -> bytes:
        """Commands of the wrapped native set."""
        if ins == 0x60 and not body:
            self._version = [*_VERSION, self.uid + bytes.fromhex("CF39D449800F27")]
            return self._version.pop(0) + _MORE
        if ins == 0xAF and self._version:
            part = self._version.pop(0)
            return part + (_MORE if self._version else b"\x91\x00")
        return b"\x91\x1c"

    def fresh_link(self) -> str:
        """Counts this reading and signs the link for it."""
        if self.counter >= _LAST_COUNT:
            return self.link
        self.counter += 1
        picc = seal_picc(self.uid, self.counter, self.keys[META_KEY], os.urandom(5))
        mac = truncated(cmac(session_mac_key(self.keys[FILE_KEY], self.uid, self.counter), b""))
        return signed_link(self.link, picc, mac)
