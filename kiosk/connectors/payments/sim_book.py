"""The simulated terminal's book: every key it has heard of, and how often money was collected under it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

FINAL = frozenset({"approved", "refused", "cancelled", "never-arrived"})


@dataclass(slots=True)
class Entry:
    """One key. `collected` counts what was really taken; a right store never makes it 2."""

    key: str
    minor: int = 0
    currency: str = ""
    state: str = "pending"
    why: str = ""
    reference: str = ""
    collected: int = 0
    asked: int = 0
    answer_lost: bool = False
    barred: bool = field(default=False)

    @property
    def final(self) -> bool:
        return self.state in FINAL

    def said(self) -> dict[str, Any]:
        """As told to the store."""
        return {"key": self.key, "state": self.state, "reference": self.reference, "why": self.why}

    def listed(self) -> dict[str, Any]:
        """As told to whoever plays the shopper."""
        return {
            **self.said(),
            "minor": self.minor,
            "currency": self.currency,
            "collected": self.collected,
            "asked": self.asked,
        }


class Book:
    """All keys, in the order in which they came."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}
        self._approved = 0

    def entries(self) -> Iterator[Entry]:
        yield from self._entries.values()

    def waiting(self) -> Entry | None:
        """The charge that waits for a card."""
        return next((e for e in self._entries.values() if e.state == "pending"), None)

    def collect(self, key: str, minor: int, currency: str, stored: str) -> Entry:
        """Takes a charge up; a key that is known is answered as it stands and collects nothing more."""
        entry = self._entries.get(key)
        if entry is not None:
            if entry.barred:
                entry.state = "cancelled"
            return entry
        busy = self.waiting() is not None
        entry = self._entries[key] = Entry(key, minor, currency)
        if busy and not stored:
            entry.state, entry.why = "refused", "busy"
        elif stored:
            self.decide(entry, good=True)
        return entry

    def ask(self, key: str) -> Entry:
        """What became of a key; one that never came is barred, so that a late arrival collects nothing."""
        entry = self._entries.get(key)
        if entry is None:
            entry = self._entries[key] = Entry(key, state="never-arrived", barred=True)
        entry.asked += 1
        return entry

    def cancel(self, key: str, why: str = "") -> None:
        entry = self._entries.get(key)
        if entry is not None and not entry.final:
            entry.state, entry.why = "cancelled", why

    def decide(self, entry: Entry, *, good: bool) -> None:
        if good:
            self._approved += 1
            entry.state, entry.reference = "approved", f"SIM{self._approved:06d}"
            entry.collected += 1
        else:
            entry.state, entry.why = "refused", "declined"
