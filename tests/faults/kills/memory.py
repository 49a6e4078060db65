"""What the store has acknowledged to mirrors and associates, to be compared with its books after the last restart."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

FINAL = frozenset({"paid", "declined", "abandoned", "reversed"})


@dataclass(slots=True)
class Memory:
    """All acknowledged answers of a round. Safe to use from any thread."""

    totals: dict[str, int] = field(default_factory=dict)
    """What each priced order costs."""
    receipts: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Number and link of each receipt."""
    refunds: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Order and state of each refund by its key."""
    exchanges: dict[str, set[str]] = field(default_factory=dict)
    """The new pieces of each order."""
    wrong: list[str] = field(default_factory=list)
    """Answers that contradict each other."""
    counts: Counter[str] = field(default_factory=Counter)
    _lock: Lock = field(default_factory=Lock)

    def priced(self, order: str, total: int) -> None:
        with self._lock:
            if self.totals.setdefault(order, total) != total:
                self.wrong.append(f"{order} was {self.totals[order]}, then {total}")

    def heard(self, order: str, answer: dict[str, Any]) -> str:
        """The state of a payment as the store answered it."""
        state = str(answer["state"])
        receipt = answer.get("receipt")
        with self._lock:
            if state == "paid":
                now = (receipt["number"], receipt["link"]) if receipt else ("", "")
                if self.receipts.setdefault(order, now) != now:
                    self.wrong.append(f"{order} had receipt {self.receipts[order]}, then {now}")
            elif order in self.receipts:
                self.wrong.append(f"{order} was paid, then {state}")
        return state

    def refunded(self, key: str, order: str, state: str) -> None:
        with self._lock:
            before = self.refunds.get(key, (order, ""))[1]
            if before in ("done", "refused") and state != before:
                self.wrong.append(f"refund {key} was {before}, then {state}")
            self.refunds[key] = (order, state)

    def exchanged(self, order: str, piece: str) -> None:
        with self._lock:
            self.exchanges.setdefault(order, set()).add(piece)

    def blame(self, what: str) -> None:
        with self._lock:
            self.wrong.append(what)

    def count(self, what: str) -> None:
        with self._lock:
            self.counts[what] += 1
