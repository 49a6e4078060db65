"""The chain of hashes of a ledger's entries: each hash covers the entry and the hash before it.

It is keyed (HMAC-SHA-256, RFC 2104) with a key derived from the store's secret: who can write the file, but does not
have the secret, cannot make a valid chain. Ledgers of earlier versions begin with unkeyed SHA-256 hashes; they are
kept, and an entry of kind `chain` marks where the keyed ones begin.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Sequence
from json.encoder import encode_basestring
from typing import Any, Final

CHAIN: Final = "chain"
"""Kind of the entry with which the keyed chain begins. Its body names the hash, and the ledger before, if there is one
(`before`: `file`, `seq`, `chain`, `receipts`)."""
HASH_NAME: Final = "hmac-sha256"
_ENTRY_TYPES: Final = (str, int, int, str, str, str, str, str)


class ChainKey:
    """The key of the chain, derived from the store's secret for this purpose."""

    def __init__(self, secret: bytes) -> None:
        self._key = hmac.digest(secret, b"chain of the ledger", "sha256")
        self._keyed = hmac.new(self._key, digestmod="sha256")
        """Has the key and no text; a copy of it takes half of the time of a new one."""
        self.fingerprint = hmac.digest(self._key, b"fingerprint", "sha256").hex()[:16]
        """Says which key a ledger was written with, and nothing about the key."""

    def link(self, before: str, entry: Sequence[object], *, keyed: bool = True) -> str:
        """The hash of an entry (seq, at_us, kind, order_id, key, state, body), given the hash before it."""
        text = _as_json((before, *entry)).encode("utf-8", "surrogatepass")
        if not keyed:
            return hashlib.sha256(text).hexdigest()
        link = self._keyed.copy()
        link.update(text)
        return link.hexdigest()

    def mark(self, before: object = None) -> dict[str, Any]:
        """Body of the entry with which the keyed chain begins. `before` describes the ledger before this one."""
        return {"hash": HASH_NAME, "key": self.fingerprint, "before": before}


def _as_json(values: Sequence[Any]) -> str:
    """What `json.dumps` makes of them, in half of its time for the types that an entry has."""
    if tuple(map(type, values)) == _ENTRY_TYPES:
        before, seq, at_us, kind, order_id, key, state, body = values
        texts = ", ".join(map(encode_basestring, (kind, order_id, key, state, body)))
        return f"[{encode_basestring(before)}, {seq}, {at_us}, {texts}]"
    # a damaged row may have other types than it was written with: its hash is then another one
    return json.dumps(list(values), ensure_ascii=False, default=repr)
