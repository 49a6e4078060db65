"""The ledger read entry by entry, independent of the store's own tables: what was written, in its newest state."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from kiosk.core.domain.ids import PieceId
from kiosk.store.payments.ledger.port import Ledger

Body = dict[str, Any]
FINAL_ATTEMPTS = frozenset({"paid", "declined", "abandoned", "reversed"})
FINAL_FOLLOW_UPS = frozenset({"done", "refused"})


@dataclass(slots=True)
class Journal:
    """Read on with `read`. Attempts, refunds and follow-ups by key, orders by id; bodies as they are stored."""

    seq: int = 0
    orders: dict[str, Body] = field(default_factory=dict)
    attempts: dict[str, Body] = field(default_factory=dict)
    refunds: dict[str, Body] = field(default_factory=dict)
    follow_ups: dict[str, Body] = field(default_factory=dict)
    receipts: list[tuple[str, int]] = field(default_factory=list)
    exchanges: dict[str, list[Body]] = field(default_factory=lambda: defaultdict(list))
    tasks: dict[str, str] = field(default_factory=dict)
    """State of each task about a piece that was sold twice, by its key."""
    taken_back: set[int] = field(default_factory=set)
    """Numbers of the receipts whose sale was taken back."""
    dropped: set[str] = field(default_factory=set)
    spent: dict[str, str] = field(default_factory=dict)
    """The hash of card and day of each attempt that counts against a limit."""

    def read(self, ledger: Ledger) -> None:
        """Reads what was written since the last call."""
        for entry in ledger.entries(self.seq + 1, ledger.head.seq):
            self._take(entry.kind, entry.order_id, entry.key, entry.state, json.loads(entry.body))
            self.seq = entry.seq

    def _take(self, kind: str, order: str, key: str, state: str, body: Any) -> None:
        match kind:
            case "order":
                self.orders[order] = body
            case "attempt" | "refund" | "follow-up":
                found = {"attempt": self.attempts, "refund": self.refunds, "follow-up": self.follow_ups}[kind]
                found[key] = body
            case "receipt":
                self.receipts.append((order, int(body["number"])))
            case "taken-back":
                self.taken_back.add(int(key))
            case "exchange":
                self.exchanges[order].append(body)
            case "task":
                self.tasks[key] = state
            case "dropped":
                self.dropped.add(order)
            case "spent":
                self.spent[key] = state

    def of_order(self, order: str) -> list[Body]:
        """The attempts of an order."""
        return [a for a in self.attempts.values() if a["order_id"] == order]

    def refunds_of(self, order: str) -> list[Body]:
        return [r for r in self.refunds.values() if r["order_id"] == order]

    def paid_minor(self, order: str) -> int:
        """What the books say that was collected for an order, less what was paid back."""
        paid = sum(_collected(a) for a in self.of_order(order) if a["state"] == "paid" and a["captured"])
        return paid - sum(int(r["amount"]["minor"]) for r in self.refunds_of(order) if r["state"] == "done")

    def pieces_kept(self, order: str) -> list[PieceId]:
        """The pieces that the shopper of a paid order has, after exchanges and refunds."""
        if not any(a["state"] == "paid" for a in self.of_order(order)):
            return []
        found = [PieceId(line["piece"]) for line in self.orders[order]["lines"]]
        for one in self.exchanges.get(order, []):
            found = [PieceId(one["line"]["piece"]) if piece == one["piece"] else piece for piece in found]
        back = {r["piece"] for r in self.refunds_of(order) if r["state"] == "done"}
        return [piece for piece in found if piece not in back]

    def unfinished(self) -> dict[str, str]:
        """Keys of everything that is not final, with its state."""
        found = {k: a["state"] for k, a in self.attempts.items() if a["state"] not in FINAL_ATTEMPTS}
        for one in (self.refunds, self.follow_ups):
            found |= {k: r["state"] for k, r in one.items() if r["state"] not in FINAL_FOLLOW_UPS}
        return found


def _collected(attempt: Body) -> int:
    return int((attempt["charged"] or attempt["amount"])["minor"])
