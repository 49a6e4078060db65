"""Card side of EV2 authentication and of the secured commands of a virtual NTAG 424 DNA.

Written independently of the reader side (`hardware.pcsc.ev2`), so that a mistake in one is found by the other; only
CMAC and its truncation (`hardware.pcsc.keys`) are shared.
"""

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

# status words of the data sheet NT4H2421Gx, 10.3
_DONE: Final = b"\x91\x00"
_MORE: Final = b"\x91\xaf"
_INTEGRITY_ERROR: Final = b"\x91\x1e"
_NO_SUCH_KEY: Final = b"\x91\x40"
_LENGTH_ERROR: Final = b"\x91\x7e"
_PARAMETER_ERROR: Final = b"\x91\x9e"
_AUTHENTICATION_ERROR: Final = b"\x91\xae"
_PERMISSION_DENIED: Final = b"\x91\x9d"
_ILLEGAL_COMMAND: Final = b"\x91\x1c"


class Ev2CardSide:
    """Authentication state of one card; `number`: the authenticated key, None if none."""

    def __init__(self, card: Ntag424Card) -> None:
        self._card = card
        self.number: int | None = None
        self._challenge_sent: tuple[int, bytes] | None = None
        self._enc = self._mac = self._transaction_id = b""
        self._count = 0

    def end(self) -> None:
        """Ends the session."""
        self.number = None
        self._challenge_sent = None

    def native(self, ins: int, body: bytes) -> bytes:
        """One native command."""
        if ins == 0x71:
            return self._send_challenge(body)
        if ins == 0xAF and self._challenge_sent is not None:
            return self._verify(*self._challenge_sent, body)
        if ins == 0x8D:
            return self._write(body)
        if ins in (0xC4, 0x5F):
            return self._secured(ins, body)
        return _ILLEGAL_COMMAND

    def _send_challenge(self, body: bytes) -> bytes:
        self.end()
        if len(body) < 2 or len(body) != 2 + body[1]:
            return _LENGTH_ERROR
        if body[0] >= 5:
            return _NO_SUCH_KEY
        self._challenge_sent = (body[0], os.urandom(16))
        return _cbc(self._card.keys[body[0]], bytes(16), self._challenge_sent[1], encrypt=True) + _MORE

    def _verify(self, number: int, rnd_b: bytes, body: bytes) -> bytes:
        self._challenge_sent = None
        if len(body) != 32:
            return _LENGTH_ERROR
        key = self._card.keys[number]
        plain = _cbc(key, bytes(16), body, encrypt=False)
        rnd_a, returned_rnd_b = plain[:16], plain[16:]
        if returned_rnd_b != rnd_b[1:] + rnd_b[:1]:
            return _AUTHENTICATION_ERROR
        mixed = bytes(a ^ b for a, b in zip(rnd_a[2:8], rnd_b[:6], strict=True))
        context = bytes.fromhex("00010080") + rnd_a[:2] + mixed + rnd_b[6:] + rnd_a[8:]
        self._enc, self._mac = cmac(key, b"\xa5\x5a" + context), cmac(key, b"\x5a\xa5" + context)
        self._transaction_id, self._count, self.number = os.urandom(4), 0, number
        return (
            _cbc(key, bytes(16), self._transaction_id + rnd_a[1:] + rnd_a[:1] + bytes(12), encrypt=True)
            + _DONE
        )

    def _write(self, body: bytes) -> bytes:
        """WriteData in CommMode.Plain; counts as a command of the session."""
        offset, length = int.from_bytes(body[1:4], "little"), int.from_bytes(body[4:7], "little")
        if body[:1] != b"\x02" or length != len(body) - 7:
            return _LENGTH_ERROR
        if not self._card.write(offset, body[7:]):
            return _PERMISSION_DENIED
        self._count += 1
        return _DONE

    def _secured(self, ins: int, body: bytes) -> bytes:
        """Verifies the MAC of a command, decrypts and executes it; needs authentication with the master key."""
        if self.number != 0:
            return _AUTHENTICATION_ERROR
        header, encrypted, mac = body[:1], body[1:-8], body[-8:]
        count = self._count.to_bytes(2, "little")
        if (
            truncate_mac(cmac(self._mac, bytes((ins,)) + count + self._transaction_id + header + encrypted))
            != mac
        ):
            self.end()
            return _INTEGRITY_ERROR
        if not encrypted or len(encrypted) % 16:
            return _LENGTH_ERROR
        plain = _cbc(self._enc, self._iv(b"\xa5\x5a"), encrypted, encrypt=False).rstrip(b"\x00")
        if not plain.endswith(b"\x80"):
            return _PARAMETER_ERROR
        self._count += 1
        return (
            self._change_key(header[0], plain[:-1])
            if ins == 0xC4
            else self._change_settings(header, plain[:-1])
        )

    def _iv(self, label: bytes) -> bytes:
        seed = label + self._transaction_id + self._count.to_bytes(2, "little") + bytes(8)
        encryptor = Cipher(AES(self._enc), ECB()).encryptor()  # noqa: S305  # one block, as the data sheet defines the IV
        return encryptor.update(seed) + encryptor.finalize()

    def _mac_response(self) -> bytes:
        mac = cmac(self._mac, b"\x00" + self._count.to_bytes(2, "little") + self._transaction_id)
        return truncate_mac(mac) + _DONE

    def _change_key(self, number: int, plain: bytes) -> bytes:
        card = self._card
        if number == 0:
            if len(plain) != KEY_BYTES + 1:
                return _LENGTH_ERROR
            card.keys[0], card.versions[0] = plain[:KEY_BYTES], plain[KEY_BYTES]
            self.end()
            return _DONE
        if number >= 5:
            return _NO_SUCH_KEY
        if len(plain) != KEY_BYTES + 5:
            return _LENGTH_ERROR
        fresh = bytes(new ^ old for new, old in zip(plain[:KEY_BYTES], card.keys[number], strict=True))
        if (zlib.crc32(fresh) ^ 0xFFFFFFFF).to_bytes(4, "little") != plain[-4:]:
            return _INTEGRITY_ERROR
        card.keys[number], card.versions[number] = fresh, plain[KEY_BYTES]
        return self._mac_response()

    def _change_settings(self, file: bytes, plain: bytes) -> bytes:
        if file != b"\x02" or not self._card.apply_file_settings(plain):
            return _PARAMETER_ERROR
        return self._mac_response()


def _cbc(key: bytes, iv: bytes, body: bytes, *, encrypt: bool) -> bytes:
    cipher = Cipher(AES(key), CBC(iv))
    cipher_context = cipher.encryptor() if encrypt else cipher.decryptor()
    return cipher_context.update(body) + cipher_context.finalize()
