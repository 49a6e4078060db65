"""Encrypts the addresses of the outbox, so that neither a copy of the database nor its free pages show them."""

from __future__ import annotations

import hmac
import secrets
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kiosk.connectors.messages.port import MailAddress

_NONCE_BYTES: Final = 12


class AddressSeal:
    """AES-256-GCM under a key that is derived from the store's key; an address is bound to its message."""

    def __init__(self, store_key: bytes) -> None:
        self._cipher = AESGCM(hmac.digest(store_key, b"addresses of the outbox", "sha256"))

    def sealed(self, address: MailAddress, message_id: str) -> bytes:
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, address.text.encode(), message_id.encode())

    def opened(self, sealed: bytes, message_id: str) -> MailAddress | None:
        """None if it was sealed with another key, or for another message."""
        try:
            text = self._cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], message_id.encode())
        except (InvalidTag, ValueError):
            return None
        return MailAddress(text.decode())
