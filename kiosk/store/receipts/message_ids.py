"""Makes the id of an e-mail (RFC 5322, 3.6.4), without angle brackets."""

from __future__ import annotations

import secrets
from typing import Final

MAX_CHARS: Final = 64
"""The header's line is then at most 78 characters long (RFC 5322, 2.1.1), and is never folded."""
_NO_DOMAIN: Final = "receipts.invalid"
"""For a sender of which no label has room; `.invalid` belongs to nobody (RFC 2606)."""


def new_message_id(domain: str) -> str:
    """A new id: 128 random bits, and behind them as many of the last labels of the sender's domain as fit.

    The random part alone makes it unique. `domain`: in its ASCII form.
    """
    unique = secrets.token_hex(16)
    return f"{unique}@{_fitting(domain, MAX_CHARS - len(unique) - 1)}"


def _fitting(domain: str, room: int) -> str:
    """The domain without its first labels, until it is short enough."""
    while len(domain) > room:
        _, _, domain = domain.partition(".")
    return domain or _NO_DOMAIN
