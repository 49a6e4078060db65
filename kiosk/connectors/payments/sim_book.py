"""Account of the simulated terminal: every key it has received, and how often money was moved under it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

FINAL = frozenset({"approved", "refused", "cancelled", "never-arrived"})


@dataclass(slots=True)
class SimBookEntry:
    """One key. `collected` and `repaid` count how often money was moved; a correct store makes neither 2.

    `of` is the reference of the charge that is paid back; empty for a charge. `barred`: the key was queried before it
    arrived, so that it collects nothing. `answer_lost`: the reply is not sent.
    """

    key: str
    minor: int = 0
    currency: str = ""
    state: str = "pending"
    why: str = ""
    reference: str = ""
    collected: int = 0
    repaid: int = 0
    of: str = ""
    asked: int = 0
    answer_lost: bool = False
    barred: bool = field(default=False)

    @property
    def is_final(self) -> bool:
        return self.state in FINAL

    def reply(self) -> dict[str, Any]:
        """As sent to the store."""
        return {"key": self.key, "state": self.state, "reference": self.reference, "why": self.why}

    def listed(self) -> dict[str, Any]:
        """As sent to the control connection."""
        return {
            **self.reply(),
            "minor": self.minor,
            "currency": self.currency,
            "collected": self.collected,
            "repaid": self.repaid,
            "asked": self.asked,
        }


class SimBook:
    """All keys in the order of their arrival."""

    def __init__(self) -> None:
        self._entries: dict[str, SimBookEntry] = {}
        self._approved = 0

    def entries(self) -> Iterator[SimBookEntry]:
        yield from self._entries.values()

    def waiting(self) -> SimBookEntry | None:
        """The charge that waits for a card."""
        return next((e for e in self._entries.values() if e.state == "pending"), None)

    def collect(self, key: str, minor: int, currency: str, stored: str) -> SimBookEntry:
        """Takes a charge up. A known key collects nothing more and returns its state."""
        entry = self._entries.get(key)
        if entry is not None:
            if entry.barred:
                entry.state = "cancelled"
            return entry
        busy = self.waiting() is not None
        entry = self._entries[key] = SimBookEntry(key, minor, currency)
        if busy and not stored:
            entry.state, entry.why = "refused", "busy"
        elif stored:
            self.decide(entry, good=True)
        return entry

    def refund(self, key: str, minor: int, currency: str, reference: str) -> SimBookEntry:
        """Pays back at most what the charge with that reference collected. A known key pays nothing more."""
        entry = self._entries.get(key)
        if entry is not None:
            return entry
        entry = self._entries[key] = SimBookEntry(key, minor, currency, of=reference)
        charge = next((e for e in self._entries.values() if reference and e.reference == reference), None)
        entry.why = self._refusal(charge, entry)
        entry.state = "refused" if entry.why else "approved"
        if not entry.why:
            entry.repaid += 1
            entry.reference = f"{reference}-R{sum(1 for _ in self._repaid(reference))}"
        return entry

    def _refusal(self, charge: SimBookEntry | None, entry: SimBookEntry) -> str:
        if charge is None or not charge.collected or charge.currency != entry.currency:
            return "unknown-charge"
        left = charge.minor * charge.collected - sum(e.minor for e in self._repaid(entry.of))
        return "" if 0 < entry.minor <= left else "too-much"

    def _repaid(self, reference: str) -> Iterator[SimBookEntry]:
        return (e for e in self._entries.values() if e.of == reference and e.repaid)

    def query(self, key: str) -> SimBookEntry:
        """The state of a key; an unknown one is barred, so that a late arrival collects nothing."""
        entry = self._entries.get(key)
        if entry is None:
            entry = self._entries[key] = SimBookEntry(key, state="never-arrived", barred=True)
        entry.asked += 1
        return entry

    def cancel(self, key: str, why: str = "") -> None:
        entry = self._entries.get(key)
        if entry is not None and not entry.is_final:
            entry.state, entry.why = "cancelled", why

    def decide(self, entry: SimBookEntry, *, good: bool) -> None:
        if good:
            self._approved += 1
            entry.state, entry.reference = "approved", f"SIM{self._approved:06d}"
            entry.collected += 1
        else:
            entry.state, entry.why = "refused", "declined"
