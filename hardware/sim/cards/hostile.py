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
        self._valid_card = Type4Card(bytes.fromhex("04112233445566"), "https://hostile.example/x")
        self.atr = self._random.choice(_ATRS)
        self.log: list[bytes] = []

    def reset(self) -> None:
        """Resets only the valid card behind it."""
        self._valid_card.reset()

    def answer(self, command: bytes) -> bytes | None:
        """Some response; raises nothing."""
        self.log.append(command)
        valid = self._valid_card.answer(command) or b""
        choice = self._random.randrange(8)
        if choice < 3:
            return valid
        if choice == 3:
            return FILE_NOT_FOUND
        if choice == 4:
            return self._random.randbytes(self._random.choice((0, 1, 2, 7, 16, 17, 255, 258)))
        if choice == 5 and command != GET_UID:
            return self._altered(valid)
        return self._random.randbytes(self._random.randrange(20)) + self._random.choice(_STATUSES)

    def _altered(self, valid: bytes) -> bytes:
        altered = bytearray(valid)
        for _change in range(self._random.randrange(1, 4)):
            at = self._random.randrange(len(altered) + 1)
            altered[at : at + self._random.randrange(3)] = self._random.randbytes(self._random.randrange(4))
        return bytes(altered)
