"""Rigs of Stripe's double: an account with one reader each, as a server with a thread of its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from kiosk.connectors.payments.doubles.stripe_api.objects import new_id
from kiosk.connectors.payments.port import PaymentTerminal
from kiosk.connectors.payments.stripe_terminal.driver import StripeTerminalDriver
from kiosk.connectors.payments.stripe_terminal.session import Waits
from kiosk.connectors.payments.stripe_terminal.settings import settings_of
from tests.contracts.payments.rig import Booked, Call, Fault
from tests.kiosk.connectors.payments.doubles.stripe_loop import StripeLoop, place_in

CALL_S, LATE_S = 0.6, 0.9
"""Longest wait of the driver for one reply, and when a late one comes."""
WAITS = Waits(
    create_s=5.0, query_s=1.5, follow_up_s=2.0, call_s=CALL_S, poll_s=0.05, authorise_s=2.0, outage_s=0.0
)
PATIENT = replace(WAITS, create_s=14.0, query_s=14.0, follow_up_s=14.0, call_s=10.0, outage_s=10.0)
_LOST = {Fault.REPLY_LOST: "late", Fault.EMPTY_BOOK: "reader-restart"}
"""A reply that comes after the longest wait is lost; a connection that is closed at once would be opened again."""
_CALLS = {
    Call.CREATE: "create",
    Call.QUERY: "read",
    Call.CANCEL: "stop",
    Call.CAPTURE: "capture",
    Call.VOID: "refund",
    Call.REFUND: "refund",
}
_STATED = (Fault.OTHER_ORDER, Fault.WRONG_AMOUNT, Fault.OTHER_CURRENCY)
_AT_PROCESS = (Fault.NEVER_ARRIVES, Fault.IN_PROGRESS, Fault.EMPTY_BOOK)


class StripeLoops:
    """Starts the doubles."""

    def __init__(self) -> None:
        self._folder = TemporaryDirectory()

    def rig(self, card_wait_s: float) -> StripeRig:
        """A new reader; a late reply of Stripe does not depend on the wait for the card."""
        del card_wait_s
        return StripeRig(Path(self._folder.name))

    def close(self) -> None:
        self._folder.cleanup()


class StripeRig:
    """`TerminalRig` of one reader."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._double = folder, StripeLoop(reader=new_id("tmr"))

    def driver(self, *, patient: bool = False) -> PaymentTerminal:
        place = place_in(self._folder, f"stripe://{self._double.reader}?base={self._double.base}")
        return StripeTerminalDriver(settings_of(place), PATIENT if patient else WAITS)

    def waits(self) -> bool:
        return self._double.waits()

    def tap(self, *, good: bool = True, partial_minor: int = 0) -> bool:
        """Stripe's cards are charged in full or not at all."""
        del partial_minor
        return self._double.tap("visa" if good else "declined")

    def inject(self, call: Call, fault: Fault) -> bool:
        if fault is Fault.TAKEN_UP_LOST:
            return call is Call.PRESENT and self._taken_up_lost()
        if call in (Call.CREATE, Call.CANCEL) and fault in (*_STATED, Fault.EMPTY_BOOK):
            return fault is Fault.EMPTY_BOOK and call is Call.CANCEL and self._plan("stop", "reader-restart")
        if call is Call.PRESENT:
            at = "process" if fault in _AT_PROCESS else "read" if fault in _STATED else "ended"
            return self._plan(at, _LOST.get(fault, fault.value))
        return self._plan(_CALLS[call], _LOST.get(fault, fault.value))

    def _plan(self, call: str, kind: str) -> bool:
        self._double.fault(call, kind, LATE_S)
        return True

    def _taken_up_lost(self) -> bool:
        """The reader has the charge; neither that reply nor the next look comes back."""
        self._double.fault("process", "late", LATE_S)
        # the first look is made before the charge is handed over
        self._double.fault("read", "twice")
        return self._plan("read", "never-arrives")

    def booked(self) -> tuple[Booked, ...]:
        """Amounts in euros, which have the same minor units here and at Stripe."""
        found = []
        for intent in self._double.intents():
            charges = [charge for charge in intent.charges if charge.captured]
            if charges:
                undone = sum(refund.units for refund in intent.refunds)
                charge = charges[0]
                key = intent.metadata["key"]
                found.append(Booked(key, charge.captured, len(charges), charge.charge_id, undone))
        return tuple(found)

    def close(self) -> None:
        self._double.close()
