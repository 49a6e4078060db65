"""The book of the simulated cash register: what it has registered and signed, and the faults of its next answers."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum, unique
from threading import Lock
from typing import Any, Final

SERIAL: Final = "SIM-REGISTER-1"
_SECRET: Final = b"simulated register"


@unique
class Fault(Enum):
    """What is wrong with one answer to a sale. Where nothing else is said the sale is registered."""

    LOST = "lost"
    """Registered; the connection ends without an answer."""
    ERROR_AFTER = "error-after"
    """Registered; the answer is HTTP 500."""
    SLOW = "slow"
    """Registered; the answer comes after `slow_s`."""
    TWICE = "twice"
    """Registered; the answer is sent twice."""
    DOWN = "down"
    """Not registered; the connection ends."""
    BUSY = "busy"
    """Not registered; HTTP 503."""
    REFUSED = "refused"
    """Not registered; HTTP 422 with a reason."""
    REGISTERED_BEFORE = "registered-before"
    """Registered; HTTP 409, as a register that answers so to each repetition."""
    TAKEN = "taken"
    """Not registered; HTTP 409, and the key is that of another sale."""
    DENIED = "denied"
    """Not registered; HTTP 401."""
    NOT_HERE = "not-here"
    """Not registered; HTTP 404."""
    REDIRECTED = "redirected"
    """Not registered; HTTP 302."""
    PROXY = "proxy"
    """Not registered; HTTP 400 with a page of a proxy."""
    OTHER = "other"
    """The answer is about another sale."""
    WRONG_TOTAL = "wrong-total"
    NO_SIGNATURE = "no-signature"
    NO_JSON = "no-json"
    NESTED = "nested"
    """60,000 opening brackets."""
    ENDLESS = "endless"
    """An answer of more than a megabyte."""


STATUSES: Final = {
    Fault.BUSY: (503, {"why": "busy"}),
    Fault.REFUSED: (422, {"why": "no such tax rate"}),
    Fault.DENIED: (401, {"why": "the token is wrong"}),
    Fault.NOT_HERE: (404, {"why": "no such page"}),
    Fault.REDIRECTED: (302, {"why": "look elsewhere"}),
}


@dataclass(slots=True)
class Register:
    """The register's book and the faults of its next answers. Safe to use from any thread."""

    token: str = ""
    slow_s: float = 1.0
    ready: bool = True
    valid_until: str = ""
    status: int = 0
    """HTTP status of every answer to a sale, with a reason and without registering it; 0: what the fault says."""
    faults: deque[Fault] = field(default_factory=deque)
    book: dict[str, dict[str, Any]] = field(default_factory=dict)
    asked: int = 0
    lock: Lock = field(default_factory=Lock)

    def fault(self) -> Fault | None:
        with self.lock:
            self.asked += 1
            return self.faults.popleft() if self.faults else None

    def sign(self, key: str, sale: dict[str, Any]) -> dict[str, Any]:
        """Registers a sale, or gives the answer of the registration under this key. Raises ValueError for another
        sale under a known key."""
        with self.lock:
            known = self.book.get(key)
            if known is not None:
                if known["sale"] != sale:
                    raise ValueError("this key was used for another sale")
                answer: dict[str, Any] = known["answer"]
                return answer
            number = len(self.book) + 1
            before = next(reversed(self.book.values()))["answer"]["signature"] if self.book else ""
            text = json.dumps([before, number, sale], sort_keys=True).encode()
            signature = hmac.new(_SECRET, text, hashlib.sha256).hexdigest()
            answer = {
                "key": key, "total": sale["total"], "currency": sale["currency"], "register": SERIAL,
                "number": number, "signed_at": datetime.now(UTC).isoformat(timespec="seconds"),
                "signature": signature, "code": f"SIM;{SERIAL};{number};{signature}",
                "texts": ["Simulated register: no fiscal receipt"],
            }  # fmt: skip
            self.book[key] = {"sale": sale, "answer": answer}
            return answer

    def answer(self, key: str) -> dict[str, Any] | None:
        """The answer of a registration; None if there is none under this key."""
        with self.lock:
            found = self.book.get(key)
            return None if found is None else found["answer"]

    def take(self, key: str, sale: dict[str, Any]) -> None:
        """Registers another sale under a key that is not in the book yet."""
        if self.answer(key) is None:
            self.sign(key, {**sale, "total": sale["total"] + 1})

    def entries(self) -> list[dict[str, Any]]:
        with self.lock:
            return [
                {
                    "key": key,
                    "number": each["answer"]["number"],
                    **{n: each["sale"][n] for n in ("kind", "total")},
                }
                for key, each in self.book.items()
            ]
