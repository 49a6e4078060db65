"""The thread that registers sales and refunds: from the ledger alone, in its sequence, until the register has them all.

Nothing is kept in memory but when to try again: after a restart, or after any error, the ledger says what is due.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass
from threading import Event, Thread
from typing import Final

from hardware.supervision.supervise import FaultLog
from kiosk.connectors.fiscal.port import FiscalRegister, RegisterLostError, RegisterRefusedError
from kiosk.core.domain.fiscal.entry import FiscalEntry, FiscalState, may_send, refused, sent, signed
from kiosk.store.payments.fiscal.fiscal_book import FiscalBook

log = logging.getLogger(__name__)
FIRST_RETRY_S: Final = 1.0
SWEEP_S: Final = 60.0
"""The longest wait between two tries, and the interval of the sweep."""
REFUSED_RETRY_US: Final = 600_000_000


@dataclass(frozen=True, slots=True)
class FiscalHealth:
    """`waiting`: sales and refunds that are not registered, the oldest since `since_us`; `why`: what the register last
    said, or why it was not reached; `stuck`: those that may be at a register that is not configured any more."""

    waiting: int
    since_us: int
    why: str
    stuck: int


class FiscalQueue:
    """Registers what is due at one register. Making it makes each new receipt and refund due.

    `replaced`: names of earlier registers; what they may have is given to this one.
    """

    def __init__(
        self, book: FiscalBook, register: FiscalRegister, now_us: Callable[[], int], *,
        replaced: Collection[str] = (), first_retry_s: float = FIRST_RETRY_S,
    ) -> None:  # fmt: skip
        self._book, self._register, self._now = book, register, now_us
        self.on_registered: Callable[[FiscalEntry], None] = lambda _: None
        """Called with each sale or refund that was registered, on this thread: its receipt can be given now."""
        self._replaced, self._first_retry_s = frozenset(replaced), first_retry_s
        self._wake, self._stop = Event(), Event()
        self._faults, self._why = FaultLog(), ""
        self._thread: Thread | None = None
        book.attach()

    @property
    def identity(self) -> str:
        """The register that gets new sales."""
        return self._register.identity

    def start(self) -> None:
        """Registers what the last run left, then what comes."""
        self._thread = Thread(target=self._run, name="fiscal-register", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Registers what was written since the last call, without waiting for the next sweep."""
        if self._book.pending:
            self._book.pending = False
            self._wake.set()

    def close(self) -> None:
        """Ends the thread; what is not registered stays in the ledger for the next start."""
        self._stop.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join()
        self._register.close()

    def sweep(self, *, refused_too: bool = False) -> bool:
        """Tries everything that is due, once. False if the register does not answer.

        After a lost reply the later ones wait: a register that does not answer is asked once for all of them. What was
        refused is tried again after `REFUSED_RETRY_US`, or at once with `refused_too`; it holds nothing up.
        """
        for entry in self._book.open_entries():
            if self._stop.is_set():
                return False
            if self._is_due(entry, refused_too=refused_too) and self._one(entry) is FiscalState.SENT:
                return False
        return True

    def health(self) -> FiscalHealth:
        """How many wait, since when, and why."""
        entries = self._book.open_entries()
        stuck = sum(not self._may_send(entry) for entry in entries)
        return FiscalHealth(
            len(entries), entries[0].since_us if entries else 0, self._why if entries else "", stuck
        )

    def _is_due(self, entry: FiscalEntry, *, refused_too: bool) -> bool:
        if entry.state is FiscalState.REFUSED:
            return refused_too or self._now() - entry.changed_us >= REFUSED_RETRY_US
        return self._may_send(entry)

    def _may_send(self, entry: FiscalEntry) -> bool:
        return may_send(entry, self._register.identity, self._replaced)

    def _one(self, entry: FiscalEntry) -> FiscalState:
        sale = self._book.sale(entry)
        if sale is None:
            return self._written(refused(entry, "its order cannot be read", self._now())).state
        asked = sent(entry, self._register.identity, self._now())
        if (asked.state, asked.register) != (entry.state, entry.register):
            self._book.put(asked)
        try:
            after = signed(asked, self._register.register(sale), self._now())
        except RegisterRefusedError as error:
            return self._written(refused(asked, str(error), self._now()), entry.why).state
        except RegisterLostError as error:
            self._note(str(error))
            return FiscalState.SENT
        except Exception as error:  # noqa: BLE001 whatever a driver raises, the sale may be registered
            self._faults.log(log, "fiscal register", error)
            self._note(type(error).__name__)
            return FiscalState.SENT
        return self._written(after).state

    def _written(self, entry: FiscalEntry, why_before: str = "") -> FiscalEntry:
        self._book.put(entry)
        if entry.state is FiscalState.REFUSED:
            self._why = entry.why
            if entry.why != why_before:
                log.warning("the register refuses %s: %s; it is tried again", entry.key, entry.why)
        elif entry.state.is_final:
            if self._why:
                log.info("the register works again")
            self._why = ""
            self.on_registered(entry)
        return entry

    def _note(self, why: str) -> None:
        if why != self._why:
            log.warning("the register does not answer (%s); sales are kept and registered later", why)
        self._why = why

    def _run(self) -> None:
        failed, first = 0, True
        while not self._stop.is_set():
            self._wake.clear()
            try:
                failed = 0 if self.sweep(refused_too=first) else failed + 1
                first = False
            except Exception as error:  # noqa: BLE001 the border of this thread: the next sweep reads the ledger again
                self._faults.log(log, "registering sales", error)
                failed += 1
            wait_s = self._first_retry_s * 2 ** min(failed - 1, 16) if failed else SWEEP_S
            self._wake.wait(min(wait_s, SWEEP_S))
