"""The driver of a `Device` in one run of the store: a killed store reaches the terminal no more."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.connectors.payments.port import (
    REFERENCE,
    Charge,
    FollowUp,
    Presented,
    TerminalBusyError,
    TerminalLostError,
    TerminalMode,
    TerminalProbe,
    TerminalReply,
    TerminalStatus,
)
from kiosk.connectors.payments.sim_book import SimBookEntry
from kiosk.connectors.payments.sim_messages import reply_of
from tests.faults.checkout.device import CHANGED_REPLIES, Call, Delayed, Device, Fault


class Line:
    """A `PaymentTerminal`. `kill` ends the store that uses it; `now_s` is the monotonic clock.

    `give_up` gives the order of a key up; True if that is journaled.
    """

    def __init__(
        self, device: Device, kill: Callable[[], None], now_s: Callable[[], float],
        give_up: Callable[[str], bool],
    ) -> None:  # fmt: skip
        self.device, self._kill, self._now_s, self._give_up = device, kill, now_s, give_up
        self.identity, self.capabilities = device.identity, device.capabilities
        self._waiting: dict[str, SimBookEntry] = {}
        self._closed = False

    def create(self, charge: Charge) -> str:
        if self._sent(Call.CREATE) is Fault.GIVEN_UP and self._give_up(charge.key):
            self.device.given_up.add(charge.key)
        with self.device.changed:
            return str(self.device.book.number)

    def present(
        self, charge: Charge, provider_id: str, on_taken_up: Callable[[], None], wait_s: float
    ) -> TerminalReply:
        del provider_id, wait_s
        fault = self._sent(Call.PRESENT)
        device = self.device
        if charge.key in device.given_up:
            device.wrong.append(
                f"the charge of {charge.order_id} is presented although it was given up before"
            )
        if fault is Fault.SLOW:
            with device.changed:
                device.delayed.append(Delayed(charge, self._now_s()))
            raise TerminalLostError("the request is still on its way")
        with device.changed:
            entry = device.take_up(charge)
        if entry is None:
            raise TerminalBusyError("another charge waits for a card")
        if not entry.is_final:
            on_taken_up()
        with device.changed:
            self._await_card(charge.key, entry)
            if not entry.is_final:
                return TerminalReply(TerminalStatus.PENDING, charge.key, taken_up=True)
            return self._answered(fault, reply_of(entry.reply()))

    def query(self, wanted: Presented | FollowUp) -> TerminalReply:
        fault = self._sent(Call.QUERY)
        device = self.device
        with device.changed:
            known = any(e.key == wanted.key and not e.barred for e in device.book._entries.values())
            of = wanted.of if isinstance(wanted, FollowUp) else wanted
            if not known and of.provider_id and of.provider_id != str(device.book.number):
                return self._answered(fault, self._lost(wanted.key))
            if known or device.bars:
                return self._answered(fault, reply_of(device.book.query(wanted.key).reply()))
            return self._answered(fault, TerminalReply(TerminalStatus.NOT_FOUND, wanted.key))

    def _lost(self, key: str) -> TerminalReply:
        if self.device.bars:
            self.device.book.query(key)
        return TerminalReply(TerminalStatus.NOT_FOUND, key, book_lost=True)

    def cancel(self, presented: Presented) -> None:
        fault = self._sent(Call.CANCEL)
        device = self.device
        with device.changed:
            if device.deaf:
                raise TerminalLostError("the cancel was lost")
            device.delayed = [d for d in device.delayed if d.charge.key != presented.key]
            device.book.cancel(presented.key)
            device.changed.notify_all()
        self._after(fault)

    def follow_up(self, follow_up: FollowUp) -> TerminalReply:
        fault = self._sent(Call.FOLLOW)
        device = self.device
        amount, reference = follow_up.amount, follow_up.references.get(REFERENCE, "")
        entry = SimBookEntry(
            follow_up.key, amount.minor, amount.currency, follow_up.order_id, of=reference
        )  # fmt: skip
        with device.changed:
            device.book.refuse_next = fault is Fault.REFUSED
            entry = device.book.follow_up(follow_up.kind.value, entry, follow_up.of.key)
            if fault is Fault.PENDING:
                return TerminalReply(TerminalStatus.PENDING, follow_up.key, taken_up=True)
            return self._answered(fault, reply_of(entry.reply()))

    def probe(self) -> TerminalProbe:
        return TerminalProbe(reachable=not (self.device.mute or self._closed), mode=TerminalMode.TEST)

    def show(self, text: str) -> None:
        """It has no display."""

    def waiting(self) -> set[str]:
        """Keys of the calls that wait for a card, and go on waiting."""
        with self.device.changed:
            return {key for key, entry in self._waiting.items() if not self._is_over(key, entry)}

    def close(self) -> None:
        with self.device.changed:
            self._closed = True
            self.device.changed.notify_all()

    def cut_off(self) -> None:
        """The store is killed: it reaches the terminal no more."""
        self._closed = True

    def _await_card(self, key: str, entry: SimBookEntry) -> None:
        """Under the device's lock. Raises TerminalLostError if the connection is lost."""
        device = self.device
        self._waiting[key] = entry
        try:
            device.changed.wait_for(lambda: self._is_over(key, entry))
        finally:
            self._waiting.pop(key, None)
        if self._closed or key in device.cut:
            raise TerminalLostError("the connection was lost")

    def _is_over(self, key: str, entry: SimBookEntry) -> bool:
        device = self.device
        return entry.is_final or self._closed or key in device.cut or key in device.expired

    def _sent(self, call: Call) -> Fault | None:
        """The fault of a call that reaches the terminal; raises what a call that does not reach it raises."""
        device = self.device
        with device.changed:
            if self._closed or device.mute:
                raise TerminalLostError("nobody answers")
            fault = device.fault(call)
        match fault:
            case Fault.NOT_SENT:
                raise TerminalLostError("the request was lost")
            case Fault.BUSY:
                raise TerminalBusyError("the terminal is busy")
            case Fault.ERROR if call is Call.CREATE:
                raise device.error()
            case Fault.KILL_BEFORE:
                self._kill()
                raise TerminalLostError("the store was killed")
        return fault

    def _answered(self, fault: Fault | None, reply: TerminalReply) -> TerminalReply:
        """The reply as it arrives. Under the device's lock."""
        before, self.device.last_reply = self.device.last_reply, reply
        self._after(fault)
        if fault is Fault.PENDING:
            return TerminalReply(TerminalStatus.PENDING, reply.key, taken_up=True)
        if fault is Fault.STALE:
            return before or reply
        if fault is Fault.OTHER_AMOUNT and reply.status is TerminalStatus.PARTIAL:
            return reply  # whatever part it names is what was collected, as far as anybody can know
        return CHANGED_REPLIES[fault](reply) if fault in CHANGED_REPLIES else reply

    def _after(self, fault: Fault | None) -> None:
        match fault:
            case Fault.UNANSWERED:
                raise TerminalLostError("the reply was lost")
            case Fault.ERROR:
                raise self.device.error()
            case Fault.KILL_AFTER:
                self._kill()
                raise TerminalLostError("the store was killed")
