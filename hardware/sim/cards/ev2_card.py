"""The virtual NTAG 424's side of AuthenticateEV2First and of the secured commands; written apart from the reader's."""

from __future__ import annotations

import os
import zlib
from typing import TYPE_CHECKING, Final

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC, ECB

from hardware.pcsc.keys import KEY_BYTES, cmac, truncate_mac

if TYPE_CHECKING:
    from hardware.sim.cards.ntag424 import Ntag424Card

_DONE: Final = b"\x91\x00"
_MORE: Final = b"\x91\xaf"
_WRONG_CODE: Final = b"\x91\x1e"
_NO_SUCH_KEY: Final = b"\x91\x40"
_WRONG_LENGTH: Final = b"\x91\x7e"
_WRONG_PARAMETER: Final = b"\x91\x9e"
_NOT_AUTHENTICATED: Final = b"\x91\xae"
_NOT_ALLOWED: Final = b"\x91\x9d"
_UNKNOWN: Final = b"\x91\x1c"


class Ev2CardSide:
    """What one card remembers of an authentication; `number` is the key that was proved, None if none."""

    def __init__(self, card: Ntag424Card) -> None:
        self._card = card
        self.number: int | None = None
        self._asked: tuple[int, bytes] | None = None
        self._enc = self._mac = self._transaction = b""
        self._count = 0

    def end(self) -> None:
        """Forget the session."""
        self.number = None
        self._asked = None

    def native(self, ins: int, body: bytes) -> bytes:
        """One native command."""
        if ins == 0x71:
            return self._challenge(body)
        if ins == 0xAF and self._asked is not None:
            return self._prove(*self._asked, body)
        if ins == 0x8D:
            return self._write(body)
        if ins in (0xC4, 0x5F):
            return self._secured(ins, body)
        return _UNKNOWN

    def _challenge(self, body: bytes) -> bytes:
        self.end()
        if len(body) < 2 or len(body) != 2 + body[1]:
            return _WRONG_LENGTH
        if body[0] >= 5:
            return _NO_SUCH_KEY
        self._asked = (body[0], os.urandom(16))
        return _cbc(self._card.keys[body[0]], bytes(16), self._asked[1], seal=True) + _MORE

    def _prove(self, number: int, mine: bytes, body: bytes) -> bytes:
        self._asked = None
        if len(body) != 32:
            return _WRONG_LENGTH
        key = self._card.keys[number]
        plain = _cbc(key, bytes(16), body, seal=False)
        theirs, turned = plain[:16], plain[16:]
        if turned != mine[1:] + mine[:1]:
            return _NOT_AUTHENTICATED
        mixed = bytes(a ^ b for a, b in zip(theirs[2:8], mine[:6], strict=True))
        tail = bytes.fromhex("00010080") + theirs[:2] + mixed + mine[6:] + theirs[8:]
        self._enc, self._mac = cmac(key, b"\xa5\x5a" + tail), cmac(key, b"\x5a\xa5" + tail)
        self._transaction, self._count, self.number = os.urandom(4), 0, number
        return (
            _cbc(key, bytes(16), self._transaction + theirs[1:] + theirs[:1] + bytes(12), seal=True) + _DONE
        )

    def _write(self, body: bytes) -> bytes:
        """WriteData in plain; counted where somebody is authenticated."""
        offset, length = int.from_bytes(body[1:4], "little"), int.from_bytes(body[4:7], "little")
        if body[:1] != b"\x02" or length != len(body) - 7:
            return _WRONG_LENGTH
        if not self._card.write(offset, body[7:]):
            return _NOT_ALLOWED
        self._count += 1
        return _DONE

    def _secured(self, ins: int, body: bytes) -> bytes:
        """Check code and cipher of a command, then carry it out; only the master key's holder may."""
        if self.number != 0:
            return _NOT_AUTHENTICATED
        head, sealed, code = body[:1], body[1:-8], body[-8:]
        count = self._count.to_bytes(2, "little")
        if truncate_mac(cmac(self._mac, bytes((ins,)) + count + self._transaction + head + sealed)) != code:
            self.end()
            return _WRONG_CODE
        if not sealed or len(sealed) % 16:
            return _WRONG_LENGTH
        plain = _cbc(self._enc, self._iv(b"\xa5\x5a"), sealed, seal=False).rstrip(b"\x00")
        if not plain.endswith(b"\x80"):
            return _WRONG_PARAMETER
        self._count += 1
        return (
            self._change_key(head[0], plain[:-1]) if ins == 0xC4 else self._change_settings(head, plain[:-1])
        )

    def _iv(self, label: bytes) -> bytes:
        seed = label + self._transaction + self._count.to_bytes(2, "little") + bytes(8)
        encryptor = Cipher(AES(self._enc), ECB()).encryptor()  # noqa: S305  # one block: the chip's way to an IV
        return encryptor.update(seed) + encryptor.finalize()

    def _signed(self) -> bytes:
        code = cmac(self._mac, b"\x00" + self._count.to_bytes(2, "little") + self._transaction)
        return truncate_mac(code) + _DONE

    def _change_key(self, number: int, plain: bytes) -> bytes:
        card = self._card
        if number == 0:
            if len(plain) != KEY_BYTES + 1:
                return _WRONG_LENGTH
            card.keys[0], card.versions[0] = plain[:KEY_BYTES], plain[KEY_BYTES]
            self.end()
            return _DONE
        if number >= 5:
            return _NO_SUCH_KEY
        if len(plain) != KEY_BYTES + 5:
            return _WRONG_LENGTH
        fresh = bytes(new ^ old for new, old in zip(plain[:KEY_BYTES], card.keys[number], strict=True))
        if (zlib.crc32(fresh) ^ 0xFFFFFFFF).to_bytes(4, "little") != plain[-4:]:
            return _WRONG_CODE
        card.keys[number], card.versions[number] = fresh, plain[KEY_BYTES]
        return self._signed()

    def _change_settings(self, file: bytes, plain: bytes) -> bytes:
        if file != b"\x02" or not self._card.sign(plain):
            return _WRONG_PARAMETER
        return self._signed()


def _cbc(key: bytes, iv: bytes, body: bytes, *, seal: bool) -> bytes:
    cipher = Cipher(AES(key), CBC(iv))
    worker = cipher.encryptor() if seal else cipher.decryptor()
    return worker.update(body) + worker.finalize()
