"""A payment terminal in the same process, on the simulated terminal's book; methods cause taps and faults."""

from __future__ import annotations

from collections.abc import Callable
from threading import Condition

from kiosk.connectors.payments.port import (
    REFERENCE,
    Capabilities,
    Charge,
    FollowUp,
    Presented,
    TerminalBusyError,
    TerminalLostError,
    TerminalMode,
    TerminalProbe,
    TerminalReply,
)
from kiosk.connectors.payments.sim import CAPABILITIES
from kiosk.connectors.payments.sim_book import SimBook, SimBookEntry
from kiosk.connectors.payments.sim_messages import reply_of


class InProcessTerminal:
    """A payment terminal in this process, on the simulated terminal's book; methods cause taps and faults."""

    def __init__(self, identity: str = "in-process:till", capabilities: Capabilities = CAPABILITIES) -> None:
        self.identity, self.capabilities = identity, capabilities
        self.book = SimBook()
        self.shown = ""
        self._changed = Condition()
        self._lose_next = self._closed = False
        self.silent = False

    def create(self, charge: Charge) -> str:
        del charge
        return ""

    def present(
        self, charge: Charge, provider_id: str, on_taken_up: Callable[[], None], wait_s: float
    ) -> TerminalReply:
        del provider_id
        with self._changed:
            self._must_answer()
            entry = self.book.collect(
                charge.key, charge.amount.minor, charge.amount.currency, charge.stored,
                order=charge.order_id, capture=charge.capture,
            )  # fmt: skip
        if entry is None:
            raise TerminalBusyError("another charge waits for a card")
        if not entry.is_final:
            on_taken_up()
        with self._changed:
            self._changed.notify_all()
            if not self._changed.wait_for(lambda: entry.is_final or self._closed, wait_s):
                self.book.cancel(charge.key, "timeout")
            if entry.answer_lost or self._closed:
                raise TerminalLostError("the answer was lost")
            return reply_of(entry.reply())

    def follow_up(self, follow_up: FollowUp) -> TerminalReply:
        with self._changed:
            self._must_answer()
            amount, reference = follow_up.amount, follow_up.references.get(REFERENCE, "")
            entry = self.book.follow_up(
                follow_up.kind.value,
                SimBookEntry(follow_up.key, amount.minor, amount.currency, follow_up.order_id, of=reference),
                follow_up.of.key,
            )
            self._changed.notify_all()
            lost, self._lose_next = self._lose_next, False
            if lost:
                raise TerminalLostError("the answer was lost")
            return reply_of(entry.reply())

    def query(self, wanted: Presented | FollowUp) -> TerminalReply:
        with self._changed:
            self._must_answer()
            return reply_of(self.book.query(wanted.key).reply())

    def cancel(self, presented: Presented) -> None:
        with self._changed:
            self._must_answer()
            self.book.cancel(presented.key)
            self._changed.notify_all()

    def probe(self) -> TerminalProbe:
        return TerminalProbe(reachable=not (self.silent or self._closed), mode=TerminalMode.TEST)

    def show(self, text: str) -> None:
        self.shown = text

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def tap(self, *, good: bool = True) -> None:
        """Lays a card on the terminal as soon as it waits for one."""
        with self._changed:
            assert self._changed.wait_for(lambda: self.book.waiting() is not None, 10), (
                "nothing waits for a card"
            )
            entry = self.book.waiting()
            assert entry is not None
            entry.answer_lost = self._lose_next
            self._lose_next = False
            self.book.decide(entry, good=good)
            self._changed.notify_all()

    def lose_next_answer(self) -> None:
        self._lose_next = True

    def collected(self) -> list[int]:
        """How often the amount of each known charge was collected, once no approved one waits for its capture."""
        with self._changed:
            self._changed.wait_for(lambda: not any(map(_waits_for_capture, self.book.entries())), 10)
            return [entry.collected for entry in self.book.entries() if entry.kind == "charge"]

    def approved(self) -> list[int]:
        """The amounts that cards have approved, whether they are collected or not, in minor units."""
        with self._changed:
            return [e.approved for e in self.book.entries() if e.kind == "charge" and e.approved]

    def repaid(self) -> list[int]:
        """Refunded amount of each key in minor units; a key that was refunded twice counts twice."""
        with self._changed:
            return [e.minor * e.repaid for e in self.book.entries() if e.kind == "refund"]

    def _must_answer(self) -> None:
        if self.silent or self._closed:
            raise TerminalLostError("nobody answers")


def _waits_for_capture(entry: SimBookEntry) -> bool:
    approved = entry.kind == "charge" and bool(entry.approved)
    return approved and not entry.collected and not entry.voided
