"""Encryption of messages between the store and a terminal, with the key that both share.

The passphrase gives 80 bytes by PBKDF2 with HMAC-SHA-1 (salt `AdyenNexoV1Salt`, 4,000 rounds): 32 for HMAC-SHA-256, 32
for AES-256-CBC, 16 that are combined with the nonce of each message into its initial vector. The HMAC is that of the
plain text and is checked after decryption; every fault gives the same error, so that none can be told from another.

Source: docs.adyen.com/point-of-sale/design-your-integration/choose-your-architecture/local ("Protect local
communications"); checked with the published message of Adyen's libraries for Java and Node.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

SALT: Final = b"AdyenNexoV1Salt"
ROUNDS: Final = 4_000
CRYPTO_VERSION: Final = 1
_HMAC_BYTES, _CIPHER_BYTES, _IV_BYTES = 32, 32, 16
_BLOCK_BITS: Final = 128


class WrongKeyError(Exception):
    """A message was not made with this key, or was changed on its way."""


@dataclass(frozen=True, slots=True)
class SharedKey:
    """The key that the retailer has set for a terminal: identifier, version and passphrase (never shown)."""

    identifier: str
    version: int
    passphrase: str = field(repr=False)
    _hmac_key: bytes = field(init=False, repr=False)
    _cipher_key: bytes = field(init=False, repr=False)
    _iv: bytes = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Derives the keys. Raises ValueError for a passphrase that is not ASCII."""
        if not self.passphrase or not self.passphrase.isascii():
            raise ValueError("the passphrase must be of ASCII characters")
        size = _HMAC_BYTES + _CIPHER_BYTES + _IV_BYTES
        derived = hashlib.pbkdf2_hmac("sha1", self.passphrase.encode(), SALT, ROUNDS, size)
        object.__setattr__(self, "_hmac_key", derived[:_HMAC_BYTES])
        object.__setattr__(self, "_cipher_key", derived[_HMAC_BYTES:-_IV_BYTES])
        object.__setattr__(self, "_iv", derived[-_IV_BYTES:])

    def seal(self, header: Mapping[str, Any], plain: bytes, nonce: bytes | None = None) -> dict[str, Any]:
        """The encrypted form of a message: its header in plain text, `NexoBlob` and `SecurityTrailer`."""
        nonce = secrets.token_bytes(_IV_BYTES) if nonce is None else nonce
        padder = PKCS7(_BLOCK_BITS).padder()
        encryptor = self._cipher(nonce).encryptor()
        padded = padder.update(plain) + padder.finalize()
        return {
            "MessageHeader": dict(header),
            "NexoBlob": _text(encryptor.update(padded) + encryptor.finalize()),
            "SecurityTrailer": {
                "AdyenCryptoVersion": CRYPTO_VERSION,
                "Hmac": _text(self._digest(plain)),
                "KeyIdentifier": self.identifier,
                "KeyVersion": self.version,
                "Nonce": _text(nonce),
            },
        }

    def open(self, sealed: Mapping[str, Any]) -> bytes:
        """The plain text of an encrypted message. Raises WrongKeyError."""
        try:
            trailer = sealed["SecurityTrailer"]
            nonce, digest = _bytes(trailer["Nonce"]), _bytes(trailer["Hmac"])
            decryptor = self._cipher(nonce).decryptor()
            padded = decryptor.update(_bytes(sealed["NexoBlob"])) + decryptor.finalize()
            unpadder = PKCS7(_BLOCK_BITS).unpadder()
            plain = unpadder.update(padded) + unpadder.finalize()
            good = hmac.compare_digest(digest, self._digest(plain))
            named = (trailer["KeyIdentifier"], trailer["KeyVersion"]) == (self.identifier, self.version)
        except (KeyError, TypeError, ValueError):
            good = named = False
        if not good or not named:
            raise WrongKeyError("the message was not made with this key")
        return plain

    def _cipher(self, nonce: bytes) -> Cipher[modes.CBC]:
        if len(nonce) != _IV_BYTES:
            raise ValueError("nonce")
        mixed = bytes(a ^ b for a, b in zip(self._iv, nonce, strict=True))
        return Cipher(algorithms.AES(self._cipher_key), modes.CBC(mixed))

    def _digest(self, plain: bytes) -> bytes:
        return hmac.digest(self._hmac_key, plain, "sha256")


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(text: Any) -> bytes:
    if not isinstance(text, str):
        raise TypeError("base64")
    try:
        # published messages are wrapped over lines
        return base64.b64decode("".join(text.split()), validate=True)
    except binascii.Error as error:
        raise ValueError("base64") from error
