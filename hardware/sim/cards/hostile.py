"""A virtual card with invalid responses: truncated, with wrong lengths, or random."""

from __future__ import annotations

import random
from typing import Final

from hardware.pcsc.apdu import GET_UID
from hardware.sim.cards.basic_cards import FILE_NOT_FOUND, OK, Type4Card, storage_card_atr

_ATRS: Final = (bytes.fromhex("3B8180018080"), storage_card_atr(3), storage_card_atr(1), b"\x3b\x00")
_STATUSES: Final = (OK, b"\x91\x00", b"\x91\xaf", b"\x61\xff", b"\x6c\x00", b"\x63\x00", b"\x00\x00", b"")


class HostileCard:
    """Its responses depend only on `seed` and the commands."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._honest = Type4Card(bytes.fromhex("04112233445566"), "https://hostile.example/x")
        self.atr = self._random.choice(_ATRS)
        self.log: list[bytes] = []

    def reset(self) -> None:
        """Resets only the valid card behind it."""
        self._honest.reset()

    def answer(self, command: bytes) -> bytes | None:
        """Some response; raises nothing."""
        self.log.append(command)
        honest = self._honest.answer(command) or b""
        way = self._random.randrange(8)
        if way < 3:
            return honest
        if way == 3:
            return FILE_NOT_FOUND
        if way == 4:
            return self._random.randbytes(self._random.choice((0, 1, 2, 7, 16, 17, 255, 258)))
        if way == 5 and command != GET_UID:
            return self._altered(honest)
        return self._random.randbytes(self._random.randrange(20)) + self._random.choice(_STATUSES)

    def _altered(self, honest: bytes) -> bytes:
        bent = bytearray(honest)
        for _change in range(self._random.randrange(1, 4)):
            at = self._random.randrange(len(bent) + 1)
            bent[at : at + self._random.randrange(3)] = self._random.randbytes(self._random.randrange(4))
        return bytes(bent)
