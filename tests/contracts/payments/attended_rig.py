"""Rig of the terminal that an associate operates: her hand takes charges and enters what came of them.

Nothing is sent anywhere, so that of all faults only a restart of the store can happen between driver and terminal
(EMPTY_BOOK); unexpected exceptions are raised by the suite itself.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from threading import Lock

from kiosk.connectors.payments.attended import AttendedEntryError, AttendedTask, AttendedTerminal
from kiosk.connectors.payments.port import (
    Charge,
    FollowUp,
    PaymentTerminal,
    Presented,
    TerminalLostError,
    TerminalReply,
)
from tests.contracts.payments.rig import Booked, Call, Fault

_NUMBERS = count(1)


class Forgetful(AttendedTerminal):
    """Loses its memory after a planned call, as at a restart of the store, so that its reply does not arrive."""

    def __init__(self, rig: AttendedRig) -> None:
        super().__init__(f"desk-{next(_NUMBERS)}")
        self.rig = rig
        self.on_change = rig.pay_back

    def present(
        self, charge: Charge, provider_id: str, on_taken_up: Callable[[], None], wait_s: float
    ) -> TerminalReply:
        reply = super().present(charge, provider_id, on_taken_up, wait_s)
        self._restart(Call.PRESENT)
        return reply

    def query(self, wanted: Presented | FollowUp) -> TerminalReply:
        reply = super().query(wanted)
        self._restart(Call.QUERY)
        return reply

    def follow_up(self, follow_up: FollowUp) -> TerminalReply:
        reply = super().follow_up(follow_up)
        self._restart(Call.REFUND)
        return reply

    def _restart(self, call: Call) -> None:
        if self.rig.take(call):
            with self._changed:
                self._entries.clear()
            raise TerminalLostError("the store was restarted")


class AttendedRig:
    """`TerminalRig` of an associate and the shop's own terminal, whose journal is `booked`."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._planned: list[Call] = []
        self._slips: dict[str, tuple[AttendedTask, str]] = {}
        self._driver = Forgetful(self)

    def driver(self, *, patient: bool = False) -> PaymentTerminal:
        del patient
        return self._driver

    def take(self, call: Call) -> bool:
        """Whether such a call is to be forgotten now."""
        with self._lock:
            found = call in self._planned
            if found:
                self._planned.remove(call)
            return found

    def waits(self) -> bool:
        return any(not task.refund for task in self._driver.tasks())

    def tap(self, *, good: bool = True, partial_minor: int = 0) -> bool:
        del partial_minor
        task = next((task for task in self._driver.tasks() if not task.refund), None)
        if task is None:
            return False
        self._driver.begin(task.key)
        self._enter(task, done=good)
        return True

    def pay_back(self) -> None:
        """She pays back what waits for that, and looks up what she has already done."""
        for task in self._driver.tasks():
            if task.refund or task.key in self._slips:
                self._enter(task, done=not task.refund or self._left(task) >= task.amount.minor)

    def _left(self, task: AttendedTask) -> int:
        """What the shop's terminal still pays back of that charge; the refund itself where it was done already."""
        if task.key in self._slips:
            return task.amount.minor
        return sum(b.minor * b.times - b.undone_minor for b in self.booked() if b.reference == task.reference)

    def _enter(self, task: AttendedTask, *, done: bool) -> None:
        with self._lock:
            number = self._slips.get(task.key, (task, f"{len(self._slips) + 1:04d}"))[1]
            if done:
                self._slips[task.key] = (task, number)
        try:
            self._driver.enter(task.key, done=done, number=number)
        except AttendedEntryError:
            return  # another thread has entered it

    def inject(self, call: Call, fault: Fault) -> bool:
        if fault is not Fault.EMPTY_BOOK or call not in (Call.PRESENT, Call.QUERY, Call.REFUND):
            return False
        with self._lock:
            self._planned.append(call)
        return True

    def booked(self) -> tuple[Booked, ...]:
        with self._lock:
            slips = tuple(self._slips.values())
        references = {task.key: self._driver.dated(number, task) for task, number in slips}
        found = []
        for task, _ in slips:
            if not task.refund:
                back = sum(
                    t.amount.minor for t, _ in slips if t.refund and t.reference == references[task.key]
                )
                found.append(Booked(task.key, task.amount.minor, 1, references[task.key], back))
        return tuple(found)

    def close(self) -> None:
        self._driver.close()


class AttendedRigs:
    """Makes them; they share nothing."""

    def rig(self, card_wait_s: float) -> AttendedRig:
        del card_wait_s
        return AttendedRig()

    def close(self) -> None:
        """Nothing is left."""
