"""Rigs of the simulated terminal, all in one thread with an event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from threading import Thread
from typing import Any, TypeVar

from kiosk.connectors.payments.port import PaymentTerminal
from kiosk.connectors.payments.sim import SimTerminalDriver
from kiosk.connectors.payments.sim_messages import MAX_LINE_BYTES
from kiosk.connectors.payments.sim_terminal import SimTerminal
from tests.contracts.payments.rig import Booked, Call, Fault

R = TypeVar("R")
REPLY_S = 1.0
LATE_S = 1.5
"""After the longest wait of a request that needs no card."""
_CALLS = {Call.PRESENT: "collect", Call.QUERY: "ask"}


class SimLoop:
    """The event loop in which the simulated terminals run."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = Thread(target=self.loop.run_forever, name="sim-terminals")
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, R]) -> R:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(10)

    def rig(self, card_wait_s: float) -> SimRig:
        """A new terminal. `card_wait_s`: the store's wait for a card, for replies that come after it."""
        return SimRig(self, card_wait_s)

    def close(self) -> None:
        self.run(self._cancel_all())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(10)
        self.loop.close()

    async def _cancel_all(self) -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)


class SimRig:
    """`TerminalRig` of one simulated terminal."""

    def __init__(self, loop: SimLoop, card_wait_s: float) -> None:
        self._loop, self._card_wait_s = loop, card_wait_s
        self.terminal = loop.run(_made())
        self._server = loop.run(self._serve())
        self._port: int = self._server.sockets[0].getsockname()[1]

    async def _serve(self) -> asyncio.Server:
        return await asyncio.start_server(self.terminal.payments, "127.0.0.1", 0, limit=MAX_LINE_BYTES)

    def driver(self, *, patient: bool = False) -> PaymentTerminal:
        return SimTerminalDriver("127.0.0.1", self._port, reply_s=10 * REPLY_S if patient else REPLY_S)

    def waits(self) -> bool:
        return self._loop.run(self._waiting())

    async def _waiting(self) -> bool:
        return self.terminal.book.waiting() is not None

    def tap(self, *, good: bool = True, partial_minor: int = 0) -> bool:
        return self._loop.run(self.terminal.tap(good=good, partial_minor=partial_minor))

    def inject(self, call: Call, fault: Fault) -> bool:
        if fault is Fault.TAKEN_UP_LOST and call is not Call.PRESENT:
            return False
        if call is Call.CREATE and fault in (Fault.OTHER_ORDER, Fault.WRONG_AMOUNT, Fault.OTHER_CURRENCY):
            return False
        late_s = LATE_S + (self._card_wait_s if call is Call.PRESENT else 0)
        self._loop.run(self._plan(_CALLS.get(call, call.value), fault.value, late_s))
        return True

    async def _plan(self, call: str, fault: str, late_s: float) -> None:
        self.terminal.faults.plan(call, fault, late_s=late_s)

    def booked(self) -> tuple[Booked, ...]:
        return self._loop.run(self._booked())

    async def _booked(self) -> tuple[Booked, ...]:
        book = list(self.terminal.book.entries())
        found = []
        for charge in (e for e in book if e.kind == "charge" and e.collected):
            total = charge.approved * charge.collected
            repaid = sum(e.minor * e.repaid for e in book if e.of == charge.reference)
            undone = total if charge.voided else repaid
            found.append(Booked(charge.key, charge.approved, charge.collected, charge.reference, undone))
        return tuple(found)

    def close(self) -> None:
        self._loop.run(self._end())

    async def _end(self) -> None:
        self._server.close()


async def _made() -> SimTerminal:
    return SimTerminal()
