"""CPace: both ends of a connection prove that they know the same short code, without showing anything of it.

CPACE-X25519-SHA512 of draft-irtf-cfrg-cpace-21, initiator and responder. Who listens or sits in the middle learns
nothing with which codes could be tried without asking; each exchange allows one guess. X25519 is that of the library
`cryptography`; the map to the curve (Elligator 2, RFC 9380, clause 6.7.1) is here.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from typing import Final

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

SHARE_BYTES: Final = 32
_DSI: Final = b"CPace255"
_HASH_BLOCK: Final = 128
"""Bytes of a block of SHA-512."""
_P: Final = 2**255 - 19
_A: Final = 486662
_NON_SQUARE: Final = 2


class ShareError(Exception):
    """The other end's share is no point of the curve that may be used."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One end of one exchange. `share` is sent to the other end; the rest is secret or known to both."""

    share: bytes
    is_initiator: bool
    session: bytes
    """Random, the same at both ends, and new for every exchange."""
    data: bytes
    """What this end says besides, and the other must have received unchanged."""
    secret: bytes = field(repr=False)

    def key(self, share: bytes, data: bytes) -> bytes:
        """The key (64 bytes), from what the other end has sent. It is the same at both ends only if codes and data are.

        Raises ShareError.
        """
        point = _multiplied(self.secret, share)
        ours, theirs = (self.share, self.data), (share, data)
        first, second = (ours, theirs) if self.is_initiator else (theirs, ours)
        transcript = prefixed(*first) + prefixed(*second)
        return hashlib.sha512(prefixed(_DSI + b"_ISK", self.session, point) + transcript).digest()


def begin(
    code: bytes, channel: bytes, session: bytes, data: bytes, *, initiator: bool, secret: bytes | None = None
) -> Exchange:
    """Begins an exchange. `channel`: what both ends know of each other; `secret`: 32 random bytes, given by tests."""
    scalar = secret or secrets.token_bytes(SHARE_BYTES)
    generator = mapped(hashlib.sha512(generator_string(code, channel, session)).digest()[:SHARE_BYTES])
    return Exchange(_multiplied(scalar, generator), initiator, session, data, scalar)


def prefixed(*parts: bytes) -> bytes:
    """Parts one after the other, each with its length in LEB128 before it (`lv_cat` in the draft, appendix A)."""
    return b"".join(_leb128(len(part)) + part for part in parts)


def generator_string(code: bytes, channel: bytes, session: bytes) -> bytes:
    """What is hashed to the generator (clause 7.1): the code fills the first block of the hash."""
    padding = max(0, _HASH_BLOCK - 1 - len(prefixed(code)) - len(prefixed(_DSI)))
    return prefixed(_DSI, code, bytes(padding), channel, session)


def mapped(hashed: bytes) -> bytes:
    """The u-coordinate of a point of Curve25519, for 32 hashed bytes (Elligator 2)."""
    r = int.from_bytes(hashed, "little") & ((1 << 255) - 1)
    v = -_A * pow(1 + _NON_SQUARE * r * r, -1, _P) % _P
    is_square = pow(v * (v * v + _A * v + 1), (_P - 1) // 2, _P) != _P - 1
    return (v if is_square else (-v - _A) % _P).to_bytes(SHARE_BYTES, "little")


def _multiplied(scalar: bytes, point: bytes) -> bytes:
    if len(point) != SHARE_BYTES:
        raise ShareError("a share has 32 bytes")
    try:
        return X25519PrivateKey.from_private_bytes(scalar).exchange(X25519PublicKey.from_public_bytes(point))
    except ValueError as error:
        raise ShareError("a share of low order") from error


def _leb128(number: int) -> bytes:
    out = bytearray()
    while True:
        out.append(number & 0x7F | (0x80 if number > 0x7F else 0))
        number >>= 7
        if not number:
            return bytes(out)
