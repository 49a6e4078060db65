"""The pairing of a mirror with a store by a code of eight digits, on top of CPace; what both ends compute.

1. The mirror sends its share, over a connection that nothing confirms yet.
2. The store answers with its share, the shop's root, and a proof that it knows the code and has sent this root. This
   uses up one of the tries of the code. Without the code nobody in the middle can make this proof for another root.
3. The mirror checks it, pins the root, connects again over TLS of this root, sends its own proof, and gets its token.

What it does not protect from: somebody who sees the code and is faster than the mirror; the mirror then fails, and the
pairing is to be revoked.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from typing import Final

from kiosk.pairing import cpace

CODE_DIGITS: Final = 8
SESSION_BYTES: Final = 16
_CHANNEL: Final = b"cheval pairing 1"


def new_code() -> str:
    """A random code."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"


def shown(code: str) -> str:
    """A code in two groups."""
    return f"{code[: CODE_DIGITS // 2]} {code[CODE_DIGITS // 2 :]}"


def typed(text: str) -> str:
    """The digits of a code that was typed with blanks or hyphens. Raises ValueError for what is no code."""
    digits = "".join(text.replace("-", " ").split())
    if len(digits) != CODE_DIGITS or not (digits.isascii() and digits.isdigit()):
        raise ValueError(f"a code has {CODE_DIGITS} digits")
    return digits


@dataclass(frozen=True, slots=True)
class Proofs:
    """The proof of each end, from the common key."""

    of_store: bytes
    of_mirror: bytes


def proofs(key: bytes) -> Proofs:
    """Key confirmation (draft-irtf-cfrg-cpace-21, clause 9.4): a keyed hash of the name of each end."""
    mac_key = hmac.digest(b"CPaceMac", key, "sha512")
    return Proofs(hmac.digest(mac_key, b"store", "sha256"), hmac.digest(mac_key, b"mirror", "sha256"))


def mirrors_side(code: str, room: str, session: bytes) -> cpace.Exchange:
    """The mirror begins."""
    return cpace.begin(code.encode(), _CHANNEL, session, room.encode(), initiator=True)


def stores_side(code: str, root: str, session: bytes) -> cpace.Exchange:
    """The store answers; it stands for its root (PEM)."""
    return cpace.begin(code.encode(), _CHANNEL, session, root.encode(), initiator=False)
