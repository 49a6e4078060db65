"""Proofs of erasures: files that say what was erased where, when and by whom, and nothing about the member."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from kiosk.clock import US
from kiosk.store.db.json_columns import compact_json
from kiosk.store.privacy.retention import staying
from kiosk.store.staff.tokens import write_secret

FOLDER: Final = "erasures"
FORM: Final = 1


@dataclass(frozen=True, slots=True)
class Proof:
    """One proof as its file has it. `number` is random; the retailer keeps it beside the member's request."""

    number: str
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Proofs:
    """Writes and checks proofs in the state directory. `key`: the store's key."""

    state: Path
    key: bytes

    def write(
        self, erased: Mapping[str, int], found_afterwards: int, by: tuple[str, str], at_us: int
    ) -> Proof:
        """Writes the proof of an erasure; `by`: ids of the two associates. Raises OSError."""
        number = f"E-{secrets.token_hex(6)}"
        body: dict[str, Any] = {
            "form": FORM,
            "number": number,
            "erased_at": datetime.fromtimestamp(at_us / US, UTC).isoformat(timespec="seconds"),
            "erased": dict(sorted(erased.items())),
            "found_afterwards": found_afterwards,
            "stays": [{"where": where, "why": why} for where, why in staying()],
            "by": list(by),
        }
        body["hash"] = self._hash(body)
        folder = self.state / FOLDER
        folder.mkdir(mode=0o700, exist_ok=True)
        write_secret(
            folder / f"{number}.json", json.dumps(body, indent=1, ensure_ascii=False).encode() + b"\n"
        )
        return Proof(number, body)

    def is_genuine(self, body: Mapping[str, Any]) -> bool:
        """Whether this store has written a proof, and nobody has changed it."""
        rest = {name: value for name, value in body.items() if name != "hash"}
        return hmac.compare_digest(str(body.get("hash", "")), self._hash(rest))

    def _hash(self, body: Mapping[str, Any]) -> str:
        return hmac.new(self.key, b"erasure:" + compact_json(body).encode(), hashlib.sha256).hexdigest()
