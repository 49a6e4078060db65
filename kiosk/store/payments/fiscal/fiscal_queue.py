"""The thread that registers sales and refunds: from the ledger alone, in its sequence, until the register has them all.

Nothing is kept in memory but when to try again: after a restart, or after any error, the ledger says what is due.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Final

from hardware.threads.fault_log import FaultLog, LimitedLog
from hardware.threads.supervised import Loop, ThreadState
from kiosk.connectors.fiscal.port import (
    FiscalRegister,
    RegisterDeniedError,
    RegisterLostError,
    RegisterRefusedError,
    RegisterUnclearError,
)
from kiosk.core.domain.fiscal.entry import FiscalEntry, FiscalState, may_send, refused, sent, signed
from kiosk.store.payments.fiscal.fiscal_book import FiscalBook

log = logging.getLogger(__name__)
FIRST_RETRY_S: Final = 1.0
SWEEP_S: Final = 60.0
"""The longest wait between two tries, and the interval of the sweep."""
LATE_S: Final = 1800.0
"""A sweep that takes longer is late; it may have hundreds of sales to register."""
REFUSED_RETRY_US: Final = 600_000_000
"""Until a sale that the register refuses, or has under this key with another content, is tried again; and until a
register that does not accept the token is asked again."""


@dataclass(frozen=True, slots=True)
class FiscalHealth:
    """`waiting`: sales and refunds that are not registered, the oldest since `since_us`; `why`: what the register last
    said, or why it was not reached; `stuck`: those that may be at a register that is not configured any more; `denied`:
    token or address is wrong, so that a person must act."""

    waiting: int
    since_us: int
    why: str
    stuck: int
    denied: bool = False


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
        self._loop = Loop("fiscal-register", self._round, SWEEP_S, late_s=LATE_S, at_once=True)
        self._failed, self._first = 0, True
        self._faults, self._lines, self._why = FaultLog(), LimitedLog(log), ""
        self._denied_us, self._doubts = 0, dict[str, tuple[int, str]]()
        """When the register denied the token, 0: it did not; when and how its answer about a key was unclear."""
        book.attach()

    @property
    def identity(self) -> str:
        """The register that gets new sales."""
        return self._register.identity

    def start(self) -> None:
        """Registers what the last run left, then what comes."""
        self._loop.start()

    @property
    def state(self) -> ThreadState:
        """The state of its thread."""
        return self._loop.thread.state

    def wake(self) -> None:
        """Registers what was written since the last call, without waiting for the next sweep."""
        if self._book.pending:
            self._book.pending = False
            self._loop.wake()

    def close(self) -> None:
        """Ends the thread; what is not registered stays in the ledger for the next start."""
        self._loop.close()
        self._register.close()

    def sweep(self, *, refused_too: bool = False) -> bool:
        """Tries everything that is due, once. False if the register does not answer.

        After a lost reply the later ones wait: a register that does not answer is asked once for all of them, and one
        that denies the token once in `REFUSED_RETRY_US`. A sale that was refused, or whose answer is unclear, is tried
        again after that time too, or at once with `refused_too`; it holds nothing up.
        """
        if self._denied_us and not refused_too and not self._is_over(self._denied_us):
            return False
        for entry in self._book.open_entries():
            if self._loop.stopping:
                return False
            if self._is_due(entry, refused_too=refused_too) and not self._one(entry):
                return False
        return True

    def health(self) -> FiscalHealth:
        """How many wait, since when, and why."""
        entries = self._book.open_entries()
        stuck = sum(not self._may_send(entry) for entry in entries)
        return FiscalHealth(
            len(entries),
            entries[0].since_us if entries else 0,
            self._reason(entries),
            stuck,
            denied=bool(self._denied_us and entries),
        )

    def _reason(self, entries: Collection[FiscalEntry]) -> str:
        """Why sales wait: what the register last said, else the reason of the oldest that waits alone."""
        alone = (entry.why or self._doubts.get(entry.key, (0, ""))[1] for entry in entries)
        return (self._why or next((why for why in alone if why), "")) if entries else ""

    def _is_due(self, entry: FiscalEntry, *, refused_too: bool) -> bool:
        waits_since_us, _ = self._doubts.get(entry.key, (0, ""))
        if entry.state is FiscalState.REFUSED:
            waits_since_us = entry.changed_us
        if waits_since_us and not refused_too and not self._is_over(waits_since_us):
            return False
        return self._may_send(entry)

    def _is_over(self, since_us: int) -> bool:
        """Whether the long wait is over; also after the clock was set back."""
        return not 0 <= self._now() - since_us < REFUSED_RETRY_US

    def _may_send(self, entry: FiscalEntry) -> bool:
        return may_send(entry, self._register.identity, self._replaced)

    def _one(self, entry: FiscalEntry) -> bool:
        """Sends one sale; whether the later ones are sent too."""
        sale = self._book.sale(entry)
        if sale is None:
            self._written(refused(entry, "its order cannot be read", self._now()))
            return True
        asked = sent(entry, self._register.identity, self._now())
        if (asked.state, asked.register) != (entry.state, entry.register):
            self._book.put(asked)
        try:
            after = signed(asked, self._register.register(sale), self._now())
        except RegisterRefusedError as error:
            self._written(refused(asked, str(error), self._now()), entry.why)
            return True
        except RegisterUnclearError as error:
            self._unclear(asked.key, str(error))
            return True
        except RegisterDeniedError as error:
            self._denied(entry, asked, str(error))
            return False
        except RegisterLostError as error:
            self._note(str(error))
            return False
        except Exception as error:  # noqa: BLE001 whatever a driver raises, the sale may be registered
            self._faults.log(log, "fiscal register", error)
            self._note(type(error).__name__)
            return False
        self._written(after)
        return True

    def _unclear(self, key: str, why: str) -> None:
        """The register has answered about this key, and not with its signature: it may have the sale."""
        if key not in self._doubts:
            log.error("the register's answer about %s is unclear (%s); look there what it has", key, why)
        self._doubts[key], self._denied_us = (self._now(), why), 0

    def _denied(self, before: FiscalEntry, asked: FiscalEntry, why: str) -> None:
        """This request was not registered. What an earlier one may have registered stays so."""
        if before.state is not FiscalState.SENT:
            self._book.put(replace(before, changed_us=self._now()))
        if not self._denied_us:
            log.error("the cash register: %s; %s and all later sales wait, correct `fiscal`", why, asked.key)
        self._denied_us, self._why = self._now(), why

    def _written(self, entry: FiscalEntry, why_before: str = "") -> None:
        self._book.put(entry)
        self._denied_us = 0
        self._doubts.pop(entry.key, None)
        if entry.state is FiscalState.REFUSED:
            self._why = entry.why
            if entry.why != why_before:
                log.warning("the register refuses %s: %s; it is tried again", entry.key, entry.why)
        elif entry.state.is_final:
            if self._why:
                self._lines.log(logging.INFO, "back", "the register works again")
            self._why = ""
            self.on_registered(entry)

    def _note(self, why: str) -> None:
        self._denied_us = 0
        if why != self._why:
            text = "the register does not answer (%s); sales are kept and registered later"
            self._lines.log(logging.WARNING, "lost", text, why)
        self._why = why

    def _round(self) -> float:
        """One sweep; returns the wait until the next one."""
        try:
            self._failed = 0 if self.sweep(refused_too=self._first) else self._failed + 1
        except BaseException:
            self._failed += 1
            raise
        self._first = False
        wait_s = self._first_retry_s * 2 ** min(self._failed - 1, 16) if self._failed else SWEEP_S
        return min(wait_s, SWEEP_S)
