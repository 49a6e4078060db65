"""The hash under which a random token is stored."""

from __future__ import annotations

import hashlib


def token_hash(token: str) -> str:
    """SHA-256 of a token, as it is stored. A token has 256 random bits, so it needs no salt."""
    return hashlib.sha256(token.encode()).hexdigest()
