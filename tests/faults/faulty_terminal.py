"""A payment terminal in this process that forgets, is deaf to cancels, fails, or answers for another charge."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from kiosk.connectors.payments.port import Charge, FollowUp, Presented, TerminalLostError, TerminalReply
from kiosk.connectors.payments.sim_book import SimBook, SimBookEntry
from kiosk.core.domain.money import Money
from tests.kiosk.store.payments.in_process_terminal import InProcessTerminal

REPLY_FAULTS: dict[str, Callable[[TerminalReply], TerminalReply]] = {
    "other-key": lambda reply: replace(reply, key="KEY9999999"),
    "other-order": lambda reply: replace(reply, order_id="o99"),
    "other-amount": lambda reply: replace(reply, amount=Money(1, "EUR")),
    "other-currency": lambda reply: replace(reply, amount=Money(12_900, "USD")),
}
"""How the next reply is changed."""


class FaultyTerminal(InProcessTerminal):
    """`deaf`: cancels are lost. `faults`: names of `REPLY_FAULTS`, "error" or "late", one for each next reply."""

    def __init__(self, identity: str) -> None:
        super().__init__(identity)
        self.deaf = False
        self.faults: list[str] = []
        self._forgotten: list[SimBook] = []

    def present(self, charge: Charge, *rest: Any) -> TerminalReply:
        return self._faulted(super().present(charge, *rest))

    def query(self, wanted: Presented | FollowUp) -> TerminalReply:
        return self._faulted(super().query(wanted))

    def follow_up(self, follow_up: FollowUp) -> TerminalReply:
        return self._faulted(super().follow_up(follow_up))

    def cancel(self, presented: Presented) -> None:
        if self.deaf:
            raise TerminalLostError("the cancel was lost")
        super().cancel(presented)

    def forget(self) -> None:
        """Restarts with an empty book; it does not wait for a card any more."""
        with self._changed:
            for entry in self.book.entries():
                if not entry.is_final:
                    entry.state, entry.answer_lost = "cancelled", True
            self._forgotten.append(self.book)
            self.book = SimBook()
            self._changed.notify_all()

    def heal(self) -> None:
        """Without faults from now on."""
        self.silent = self.deaf = self._lose_next = False
        self.faults.clear()

    def reopen(self) -> None:
        """A terminal outlives each store."""
        self._closed = False

    def charges(self, order: str) -> Iterator[SimBookEntry]:
        """Every charge of an order that has moved money, also a forgotten one."""
        for book in (*self._forgotten, self.book):
            yield from (e for e in book.entries() if e.kind == "charge" and e.order == order and e.collected)

    def kept(self, order: str) -> list[int]:
        """Of each charge of an order the amount that the card has lost, where that is not 0."""
        found = []
        for book in (*self._forgotten, self.book):
            for charge in (e for e in book.entries() if e.kind == "charge" and e.order == order):
                repaid = sum(e.minor * e.repaid for e in book.entries() if e.of == charge.reference)
                left = 0 if charge.voided else charge.approved * charge.collected - repaid
                found += [left] if left else []
        return found

    def _faulted(self, reply: TerminalReply) -> TerminalReply:
        fault = self.faults.pop(0) if self.faults else ""
        if fault == "error":
            raise ValueError("nobody expects this")
        if fault == "late":
            raise TerminalLostError("the reply comes after the store has stopped waiting")
        return REPLY_FAULTS[fault](reply) if fault in REPLY_FAULTS else reply
