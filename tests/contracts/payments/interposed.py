"""A driver between the store and the driver under test that raises unexpected exceptions when a test asks for it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from threading import Lock
from typing import TypeVar

from kiosk.connectors.payments.port import (
    Capabilities,
    Charge,
    FollowUp,
    PaymentTerminal,
    Presented,
    TerminalProbe,
    TerminalReply,
)
from tests.contracts.payments.rig import Call, Fault

R = TypeVar("R")
UNEXPECTED = (
    ValueError,
    KeyError,
    RuntimeError,
    TimeoutError,
    RecursionError,
    ZeroDivisionError,
    MemoryError,
)

SECRET = "sk_live_0123456789"
"""Text of the errors: no log may show it."""


class Interposed:
    """`PaymentTerminal` that passes every call on; `plan` makes the next call of a kind raise."""

    def __init__(self, driver: PaymentTerminal) -> None:
        self.identity, self.capabilities = driver.identity, driver.capabilities
        self._driver = driver
        self._planned: deque[tuple[Call, Fault, type[Exception]]] = deque()
        self._lock = Lock()

    identity: str
    capabilities: Capabilities
    authorises = False
    """Every charge is only authorised, so that the store captures it."""

    def plan(self, call: Call, fault: Fault, number: int = 0) -> None:
        """The next such call raises before (EXCEPTION) or after it is carried out (EXCEPTION_AFTER)."""
        with self._lock:
            self._planned.append((call, fault, UNEXPECTED[number % len(UNEXPECTED)]))

    def create(self, charge: Charge) -> str:
        return self._through(Call.CREATE, lambda: self._driver.create(self._as_wanted(charge)))

    def present(
        self, charge: Charge, provider_id: str, on_taken_up: Callable[[], None], wait_s: float
    ) -> TerminalReply:
        return self._through(
            Call.PRESENT,
            lambda: self._driver.present(self._as_wanted(charge), provider_id, on_taken_up, wait_s),
        )

    def query(self, wanted: Presented | FollowUp) -> TerminalReply:
        return self._through(Call.QUERY, lambda: self._driver.query(wanted))

    def cancel(self, presented: Presented) -> None:
        self._through(Call.CANCEL, lambda: self._driver.cancel(presented))

    def follow_up(self, follow_up: FollowUp) -> TerminalReply:
        return self._through(Call(follow_up.kind.value), lambda: self._driver.follow_up(follow_up))

    def probe(self) -> TerminalProbe:
        return self._driver.probe()

    def show(self, text: str) -> None:
        self._driver.show(text)

    def close(self) -> None:
        self._driver.close()

    def _as_wanted(self, charge: Charge) -> Charge:
        return replace(charge, capture=False) if self.authorises else charge

    def _through(self, call: Call, carry_out: Callable[[], R]) -> R:
        with self._lock:
            planned = next((p for p in self._planned if p[0] is call), None)
            if planned is not None:
                self._planned.remove(planned)
        if planned is None:
            return carry_out()
        if planned[1] is Fault.EXCEPTION_AFTER:
            carry_out()
        raise planned[2](SECRET)
