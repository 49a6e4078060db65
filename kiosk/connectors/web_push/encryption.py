"""Encryption of a push message for one browser (RFC 8291, with the content coding aes128gcm of RFC 8188).

Written with the primitives of `cryptography`, which the store has anyway. pywebpush would bring aiohttp with eight
further packages, and its HTTP client follows redirects and looks names up by itself (`https_push` does neither).
"""

from __future__ import annotations

import binascii
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDH,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

AUTH_BYTES: Final = 16
POINT_BYTES: Final = 65
RECORD_BYTES: Final = 4096
"""Of one record; a message has one, and push services take no larger message (RFC 8030, section 7.2)."""
MAX_CONTENT: Final = RECORD_BYTES - 16 - 1
"""Bytes of a message before encryption, without tag and delimiter."""
PADDED_BYTES: Final = 512
"""Messages are padded to this, so that their length tells a push service nothing."""


class BadKeysError(Exception):
    """The keys of a subscription are none."""


@dataclass(frozen=True, slots=True)
class ReceiverKeys:
    """The keys of a subscription: `public` is a point of P-256, uncompressed; `auth` a secret of 16 bytes."""

    public: bytes
    auth: bytes = field(repr=False)

    def __post_init__(self) -> None:
        """Raises BadKeysError."""
        if len(self.auth) != AUTH_BYTES:
            raise BadKeysError("auth has another length than 16 bytes")
        self.point()

    def point(self) -> EllipticCurvePublicKey:
        """The public key. Raises BadKeysError."""
        if len(self.public) != POINT_BYTES:
            raise BadKeysError("p256dh has another length than 65 bytes")
        try:
            return EllipticCurvePublicKey.from_encoded_point(SECP256R1(), self.public)
        except ValueError:
            raise BadKeysError("p256dh is no point of the curve P-256") from None


def receiver_keys(p256dh: str, auth: str) -> ReceiverKeys:
    """The keys as browsers write them, in base64url. Raises BadKeysError."""
    return ReceiverKeys(from_base64url(p256dh), from_base64url(auth))


def encrypted(
    content: bytes, to: ReceiverKeys, *, padded: int = PADDED_BYTES, salt: bytes | None = None,
    own: EllipticCurvePrivateKey | None = None,
) -> bytes:  # fmt: skip
    """The body of the push request. `padded`: bytes of the content and its padding; `salt`, `own`: new ones by default.

    Raises ValueError for a content of more than `MAX_CONTENT` bytes.
    """
    if len(content) > MAX_CONTENT:
        raise ValueError(f"a push message has at most {MAX_CONTENT} bytes")
    salt, own = salt or os.urandom(16), own or generate_private_key(SECP256R1())
    ours = point_bytes(own.public_key())
    shared = own.exchange(ECDH(), to.point())
    key, nonce = message_keys(shared, to, ours, salt)
    padding = bytes(max(0, min(padded, MAX_CONTENT) - len(content)))
    sealed = AESGCM(key).encrypt(nonce, content + b"\x02" + padding, None)
    return salt + RECORD_BYTES.to_bytes(4) + bytes([len(ours)]) + ours + sealed


def message_keys(shared: bytes, receiver: ReceiverKeys, sender: bytes, salt: bytes) -> tuple[bytes, bytes]:
    """Key and nonce of the message (RFC 8291, section 3.4)."""
    secret = _derived(receiver.auth, b"WebPush: info\0" + receiver.public + sender, 32, shared)
    key = _derived(salt, b"Content-Encoding: aes128gcm\0", 16, secret)
    return key, _derived(salt, b"Content-Encoding: nonce\0", 12, secret)


def _derived(salt: bytes, info: bytes, length: int, secret: bytes) -> bytes:
    return HKDF(SHA256(), length, salt, info).derive(secret)


def point_bytes(key: EllipticCurvePublicKey) -> bytes:
    """The uncompressed point of a public key."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def base64url(given: bytes) -> str:
    """Base64url without padding (RFC 7515, section 2)."""
    return urlsafe_b64encode(given).rstrip(b"=").decode()


def from_base64url(given: str) -> bytes:
    """The bytes of base64url, with padding or without. Raises BadKeysError."""
    bare = given.rstrip("=")
    try:
        found = urlsafe_b64decode(bare + "=" * (-len(bare) % 4))
    except (binascii.Error, ValueError):
        raise BadKeysError("is not base64url") from None
    if base64url(found) != bare:
        raise BadKeysError("is not base64url")
    return found
