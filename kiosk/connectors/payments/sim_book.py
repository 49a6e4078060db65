"""Account of the simulated terminal: every key it has received, and how often money was moved under it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

FINAL = frozenset({"approved", "partial", "refused", "cancelled", "not-found"})
CARD = {
    "brand": "visa",
    "last_four": "4242",
    "application": "A0000000031010",
    "application_label": "VISA CREDIT",
    "method": "contactless",
    "authorisation": "S1M001",
}
"""What the simulated card lets a receipt show (the AID of Visa credit, EMV Book 1, annex B)."""


@dataclass(slots=True)
class SimBookEntry:
    """One key. `collected` and `repaid` count how often money was moved; a correct store makes neither 2.

    `approved` is the approved amount. `of` is the reference of the charge that a capture, void or refund names; empty
    for a charge. `barred`: the key was queried before it arrived, so that it collects nothing. `voided`: the charge was
    undone. `answer_lost`: the reply is not sent.
    """

    key: str
    minor: int = 0
    currency: str = ""
    order: str = ""
    state: str = "pending"
    why: str = ""
    reference: str = ""
    approved: int = 0
    collected: int = 0
    repaid: int = 0
    of: str = ""
    kind: str = "charge"
    asked: int = 0
    capture: bool = True
    voided: bool = False
    answer_lost: bool = False
    barred: bool = False

    @property
    def is_final(self) -> bool:
        return self.state in FINAL

    def reply(self) -> dict[str, Any]:
        """As sent to the store."""
        if self.barred:
            return {"key": self.key, "state": self.state, "why": self.why}
        paid = self.state in ("approved", "partial")
        return {
            "key": self.key,
            "order": self.order,
            "minor": self.approved if paid else self.minor,
            "currency": self.currency,
            "state": self.state,
            "references": {"reference": self.reference} if self.reference else {},
            "why": self.why,
            "captured": paid and self.collected > 0,
            "card": CARD if paid and self.kind == "charge" else None,
        }

    def listed(self) -> dict[str, Any]:
        """As sent to the control connection."""
        return {
            **self.reply(),
            "reference": self.reference,
            "minor": self.minor,
            "currency": self.currency,
            "kind": self.kind,
            "of": self.of,
            "approved": self.approved,
            "collected": self.collected,
            "repaid": self.repaid,
            "voided": self.voided,
            "asked": self.asked,
        }


class SimBook:
    """All keys in the order of their arrival."""

    def __init__(self) -> None:
        self.number = 1 + secrets.randbelow(2**40)
        """Changes when the terminal restarts with an empty journal, and with each start of its program."""
        self.authorise_next = False
        """The next charge is only authorised, also if it should be captured, as some card schemes want it."""
        self._entries: dict[str, SimBookEntry] = {}
        self._forgotten: list[SimBookEntry] = []
        self._approved = 0
        # A terminal that is started again begins a new series: a number of the acquirer is never given twice.
        self._series = secrets.token_hex(3).upper()

    def entries(self) -> Iterator[SimBookEntry]:
        """Every key, also those that the terminal has forgotten: what the bank knows."""
        yield from self._forgotten
        yield from self._entries.values()

    def forget(self) -> None:
        """Restarts the terminal with an empty journal; a charge that waited for its card ends."""
        for entry in self._entries.values():
            if not entry.is_final:
                entry.state, entry.why = "cancelled", "restart"
        self._forgotten += self._entries.values()
        self._entries.clear()
        self.number += 1

    def waiting(self) -> SimBookEntry | None:
        """The charge that waits for a card."""
        return next((e for e in self._entries.values() if e.state == "pending" and e.kind == "charge"), None)

    def taken(self) -> int:
        """Money in minor units that cards have lost to this terminal: collected, less what was paid back."""
        charged = sum(e.approved * e.collected for e in self.entries() if not e.voided and e.kind == "charge")
        return charged - sum(e.minor * e.repaid for e in self.entries())

    def collect(
        self, key: str, minor: int, currency: str, stored: str = "", *, order: str = "", capture: bool = True
    ) -> SimBookEntry | None:
        """Takes a charge up; None where another one waits for its card. A known key collects nothing more."""
        entry = self._entries.get(key)
        if entry is not None:
            if entry.barred:
                entry.state = "cancelled"
            return entry
        if self.waiting() is not None and not stored:
            return None
        entry = self._entries[key] = SimBookEntry(
            key, minor, currency, order, capture=capture and not self.authorise_next
        )
        self.authorise_next = False
        if stored:
            self.decide(entry, good=True)
        return entry

    def follow_up(self, kind: str, entry: SimBookEntry, of_key: str) -> SimBookEntry:
        """Captures, voids or refunds the charge with reference `entry.of`, or with the key `of_key` where it is empty.

        A known key moves nothing more.
        """
        known = self._entries.get(entry.key)
        if known is not None:
            if known.barred:
                known.state = "cancelled"
            return known
        self._entries[entry.key] = entry
        entry.kind = kind
        charge = self._charge(entry.of, of_key)
        entry.of = entry.of or (charge.reference if charge else "") or of_key
        entry.why = self._refusal(kind, charge, entry)
        entry.state = "refused" if entry.why else "approved"
        if charge is not None and not entry.why:
            entry.approved = entry.minor
            self._move(kind, charge, entry)
        return entry

    def _charge(self, reference: str, key: str) -> SimBookEntry | None:
        if reference:
            found = (e for e in self.entries() if e.kind == "charge" and e.reference == reference)
            return next(found, None)
        entry = self._entries.get(key)
        return entry if entry is not None and entry.kind == "charge" and entry.approved else None

    def _refusal(self, kind: str, charge: SimBookEntry | None, entry: SimBookEntry) -> str:
        if charge is None or not charge.approved or charge.currency != entry.currency:
            return "unknown-charge"
        repaid = sum(e.minor for e in self._repaid(charge.reference))
        if kind == "void":
            return "voided" if charge.voided else "refunded" if repaid else ""
        if charge.voided:
            return "voided"
        if kind == "capture":
            fits = 0 < entry.minor <= charge.approved
            return "captured" if charge.collected else "" if fits else "too-much"
        return "" if 0 < entry.minor <= charge.approved * charge.collected - repaid else "too-much"

    def _move(self, kind: str, charge: SimBookEntry, entry: SimBookEntry) -> None:
        if kind == "void":
            charge.voided = True
        elif kind == "capture":
            charge.collected, charge.approved = charge.collected + 1, entry.minor
        else:
            entry.repaid += 1
        number = sum(1 for e in self.entries() if e.of == charge.reference)
        entry.reference = f"{charge.reference}-{kind[0].upper()}{number}"

    def _repaid(self, reference: str) -> Iterator[SimBookEntry]:
        return (e for e in self.entries() if e.of == reference and e.repaid)

    def query(self, key: str) -> SimBookEntry:
        """The state of a key; an unknown one is barred, so that a late arrival collects nothing."""
        entry = self._entries.get(key)
        if entry is None:
            entry = self._entries[key] = SimBookEntry(key, state="not-found", barred=True)
        entry.asked += 1
        return entry

    def cancel(self, key: str, why: str = "") -> None:
        entry = self._entries.get(key)
        if entry is not None and not entry.is_final:
            entry.state, entry.why = "cancelled", why

    def decide(self, entry: SimBookEntry, *, good: bool, partial_minor: int = 0) -> None:
        """A card was laid on it: approved, for `partial_minor` only if that is not 0, or refused."""
        if not good:
            entry.state, entry.why = "refused", "declined"
            return
        self._approved += 1
        entry.state, entry.reference = "approved", f"SIM{self._series}{self._approved:06d}"
        entry.approved = entry.minor
        if 0 < partial_minor < entry.minor:
            entry.state, entry.approved = "partial", partial_minor
        entry.collected += entry.capture
