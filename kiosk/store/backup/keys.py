"""Keys of back-ups: the store has the public one, which only seals; the retailer keeps the secret one, which opens.

So a stolen store machine or a stolen back-up opens no back-up. Keys are texts that can be printed and typed; their last
eight digits are a checksum.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Final

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from kiosk.store.errors import BackupError

PUBLIC: Final = "cheval-backup-public-"
SECRET: Final = "cheval-backup-secret-"  # noqa: S105 (how a key begins)
_BYTES: Final = 32
_SUM_BYTES: Final = 4
_PRINT_DIGITS: Final = 16


@dataclass(frozen=True, slots=True)
class PublicKey:
    """Seals back-ups."""

    raw: bytes

    @classmethod
    def from_text(cls, text: str) -> PublicKey:
        """Raises BackupError."""
        return cls(_parsed(text, PUBLIC))

    @property
    def text(self) -> str:
        return _text(PUBLIC, self.raw)

    @property
    def fingerprint(self) -> str:
        """Names the key in the head of a back-up, without giving it away."""
        return hashlib.sha256(b"cheval backup key" + self.raw).hexdigest()[:_PRINT_DIGITS]

    @property
    def key(self) -> X25519PublicKey:
        return X25519PublicKey.from_public_bytes(self.raw)


@dataclass(frozen=True, slots=True)
class SecretKey:
    """Opens back-ups."""

    raw: bytes = field(repr=False)

    @classmethod
    def new(cls) -> SecretKey:
        """A random key."""
        return cls(X25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def from_text(cls, text: str) -> SecretKey:
        """The key of a file: its first line that is no comment. Raises BackupError."""
        lines = [line.strip() for line in text.splitlines()]
        found = next((line for line in lines if line and not line.startswith("#")), "")
        return cls(_parsed(found, SECRET))

    @property
    def text(self) -> str:
        return _text(SECRET, self.raw)

    @property
    def public(self) -> PublicKey:
        return PublicKey(self.key.public_key().public_bytes_raw())

    @property
    def key(self) -> X25519PrivateKey:
        return X25519PrivateKey.from_private_bytes(self.raw)


def _text(kind: str, raw: bytes) -> str:
    return f"{kind}{raw.hex()}{_checksum(kind, raw).hex()}"


def _checksum(kind: str, raw: bytes) -> bytes:
    return hashlib.sha256(kind.encode() + raw).digest()[:_SUM_BYTES]


def _parsed(text: str, kind: str) -> bytes:
    if not text.startswith(kind):
        raise BackupError(f"this is no key that begins with `{kind}`")
    try:
        given = bytes.fromhex(text.removeprefix(kind))
    except ValueError:
        raise BackupError("the key contains something that is no hexadecimal digit") from None
    raw, checksum = given[:_BYTES], given[_BYTES:]
    if len(raw) != _BYTES or checksum != _checksum(kind, raw):
        raise BackupError("the key is mistyped or incomplete: its checksum does not fit")
    return raw
