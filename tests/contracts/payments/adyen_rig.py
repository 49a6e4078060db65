"""Rigs of Adyen's terminals: a double of ours for each, with its own port, on the local network or over the cloud."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import count
from pathlib import Path

from kiosk.connectors.payments.doubles.adyen.faults import Fault as AdyenFault
from kiosk.connectors.payments.doubles.adyen.faults import Kind
from kiosk.connectors.payments.doubles.adyen.rehearsal import Rehearsal
from kiosk.connectors.payments.doubles.adyen.terminal import AdyenTerminal
from kiosk.connectors.payments.drivers import open_terminal
from kiosk.connectors.payments.nexo.driver import NexoTerminal, Waits
from kiosk.connectors.payments.nexo.line import CloudLine, LocalLine
from kiosk.connectors.payments.port import PaymentTerminal
from tests.contracts.payments.rig import Booked, Call, Fault

WAITS = Waits(connect=2.0, reply=1.0, follow_up=1.0, after_abort=0.5, first_status=0.05)
PATIENT = replace(WAITS, connect=10.0, reply=10.0, follow_up=10.0, after_abort=5.0)
LATE_S = 2.0
"""After the longest wait of a request that needs no card, and of the abort at the end of one that does."""
NOT_FOUND_S = 1.0
"""Instead of the 120 or 150 s after which "not found" means something in the field."""
SERIALS = count(324_000_001)
KINDS: Mapping[Call, Kind] = {
    Call.PRESENT: Kind.PAYMENT,
    Call.QUERY: Kind.STATUS,
    Call.CANCEL: Kind.ABORT,
    Call.REFUND: Kind.REFUND,
    Call.VOID: Kind.VOID,
}
NOT_STATED: Mapping[Call, tuple[Fault, ...]] = {
    Call.CANCEL: (Fault.OTHER_ORDER, Fault.WRONG_AMOUNT, Fault.OTHER_CURRENCY),
    Call.REFUND: (Fault.OTHER_CURRENCY,),
    Call.VOID: (Fault.WRONG_AMOUNT, Fault.OTHER_CURRENCY),
}
"""An abort has no reply, a reversal states no currency, one of the whole payment no amount."""


class AdyenDoubles:
    """Starts doubles that share certificates and keys."""

    def __init__(self, *, cloud: bool) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="adyen-rigs-")
        self.rehearsal = Rehearsal.made(Path(self._folder.name))
        self.cloud = cloud

    def rig(self, card_wait_s: float) -> AdyenRig:
        """A new terminal. `card_wait_s`: the store's wait for a card, for replies that come after it."""
        return AdyenRig(self, card_wait_s)

    def close(self) -> None:
        self._folder.cleanup()


class AdyenRig:
    """`TerminalRig` of one double."""

    def __init__(self, doubles: AdyenDoubles, card_wait_s: float) -> None:
        self._doubles, self._card_wait_s = doubles, card_wait_s
        self._terminal = AdyenTerminal(f"V400m-{next(SERIALS)}")
        self._server = doubles.rehearsal.serve(self._terminal)

    def driver(self, *, patient: bool = False) -> PaymentTerminal:
        rehearsal = self._doubles.rehearsal
        place = rehearsal.cloud(self._server) if self._doubles.cloud else rehearsal.local(self._server)
        opened = open_terminal(place)
        assert isinstance(opened, NexoTerminal)
        line = opened._line
        assert isinstance(line, (LocalLine, CloudLine))
        return NexoTerminal(replace(line, not_found_after_s=NOT_FOUND_S), PATIENT if patient else WAITS)

    def waits(self) -> bool:
        return self._terminal.waits()

    def tap(self, *, good: bool = True, partial_minor: int = 0) -> bool:
        return self._terminal.tap(good=good, partial=Decimal(partial_minor) / 100)

    def inject(self, call: Call, fault: Fault) -> bool:
        if call not in KINDS or fault in NOT_STATED.get(call, ()):
            return False
        if fault is Fault.TAKEN_UP_LOST and call is not Call.PRESENT:
            return False
        late_s = LATE_S + (self._card_wait_s if call is Call.PRESENT else 0)
        self._terminal.plan(KINDS[call], AdyenFault(fault.value), late_s)
        return True

    def booked(self) -> tuple[Booked, ...]:
        found = [entry for entry in self._terminal.listed() if entry["collected"]]
        return tuple(
            Booked(
                entry["key"],
                int(Decimal(entry["approved"]) * 100),
                entry["collected"],
                entry["transaction"].rpartition(".")[2],
                int(Decimal(entry["undone"]) * 100),
            )
            for entry in found
        )

    def close(self) -> None:
        self._server.close()
