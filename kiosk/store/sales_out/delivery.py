"""Gives documents to one destination: in order, each until it is taken, or until a person decides about it.

At least once, with the same id and bytes. The state is kept in memory and written after each page of documents: after a
crash some are given again, and while the database does not answer, documents are given all the same.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from threading import Lock
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from hardware.threads.fault_log import LimitedLog
from kiosk.clock import US, Clocks
from kiosk.connectors.sales_out.back_off import wait_s
from kiosk.connectors.sales_out.port import (
    Destination,
    DestinationLostError,
    Document,
    DocumentRefusedError,
)
from kiosk.store.db.unusable import UNUSABLE
from kiosk.store.errors import RefusedError
from kiosk.store.sales_out.reading import DocumentReader, Mark, NoSuchLedgerError
from kiosk.store.sales_out.state_rows import MAX_WHY, Act, Decision, DestinationState, StateRows

log = logging.getLogger(__name__)
UNSAVED_ENTRIES: Final = 2_000
"""Entries without documents after which the mark is written too."""


@dataclass(frozen=True, slots=True)
class DeliverySource:
    """What all deliveries use."""

    reader: DocumentReader
    rows: StateRows
    clocks: Clocks


class Delivery:
    """Deliveries to one destination; `deliver` is called by one thread, the rest from any thread.

    `stopping`: whether it should return soon.
    """

    def __init__(
        self, name: str, destination: Destination, source: DeliverySource,
        stopping: Callable[[], bool] = lambda: False, jitter: Callable[[], float] = random.random,
    ) -> None:  # fmt: skip
        self.name = name
        self._destination, self._source, self._stopping, self._jitter = destination, source, stopping, jitter
        self._state: DestinationState | None = None
        self._read: Mark | None = None
        """Up to here there are no documents after the state's mark."""
        self._lock, self._due_us, self._unsaved = Lock(), 0, False
        self._changes = 0
        """How often a person has changed the state: a thread that was giving documents meanwhile begins anew."""
        self._lines = LimitedLog(log)

    def state(self) -> DestinationState:
        """How far it has come. Raises SQLAlchemyError, LedgerDamagedError."""
        with self._lock:
            return self._known()

    def deliver(self) -> float | None:
        """Gives what waits; 0 if there may be more, else the seconds until it is to be called again, None for the
        usual ones."""
        now_us = self._source.clocks.steady_us()
        if now_us < self._due_us:
            return (self._due_us - now_us) / US
        try:
            return self._deliver_page()
        except NoSuchLedgerError as error:
            self._lost(DestinationLostError(str(error)), self._changes)
        except UNUSABLE as error:
            kind = type(error).__name__
            self._lines.log(
                logging.WARNING, kind, "sales out %s: waits for ledger or database (%s)", self.name, kind
            )
        return None

    def decide(self, act: Act, reason: str, by: str, document: str = "", to: Mark | None = None) -> None:
        """What a person has decided. `document`: the one that is refused, as the person saw it; `to`: the mark after
        which documents are given again. Raises RefusedError if that one is not refused (any more), SQLAlchemyError,
        LedgerDamagedError."""
        with self._lock:
            state = self._known()
            if act is not Act.REPLAY and (not state.stopped or state.stopped != document):
                raise RefusedError("this document is not refused any more; look at the present state")
            decision = Decision(self.name, act, document, state.why, reason, by, self._source.clocks.now_us())
            after = replace(state, tries=0, why="", stopped="")
            if act is Act.SKIP:
                after = self._beyond(after, document)
            elif to is not None:
                after = replace(after, ledger=to.ledger, seq=to.seq)
            self._source.rows.decide(after, decision)
            self._state, self._read, self._due_us, self._unsaved = after, None, 0, False
            self._changes += 1
        log.warning("sales out %s: %s by %s", self.name, act.value, by)

    def _known(self) -> DestinationState:
        if self._state is None:
            found = self._source.rows.state(self.name)
            if found is None:
                newest = self._source.reader.newest
                found = DestinationState(self.name, newest.ledger, newest.seq)
                self._source.rows.save(found)
                log.warning(
                    "sales out %s: begins with what happens from now on; earlier documents: `cheval sales-out replay`",
                    self.name,
                )
            self._state = found
        return self._state

    def _beyond(self, state: DestinationState, document: str) -> DestinationState:
        """The state after a document that is skipped: the next one after its mark."""
        mark, more = state.mark, True
        while more:
            page = self._source.reader.page(mark)
            if page.documents:
                after, found = page.documents[0]
                if found.document_id != document:
                    break
                return replace(state, ledger=after.ledger, seq=after.seq)
            mark, more = page.end, page.more
        raise RefusedError(
            "the document that is refused is not found; have documents given again from a day on"
        )

    def _deliver_page(self) -> float | None:
        with self._lock:
            state, read, changes = self._known(), self._read, self._changes
        if state.stopped:
            return None
        page = self._source.reader.page(read or state.mark)
        if page.damaged:
            text = "sales out %s: %d entries of the ledger are damaged: documents may be missing"
            self._lines.log(logging.ERROR, f"damaged {page.end}", text, self.name, page.damaged)
        size = self._destination.batch
        try:
            for first in range(0, len(page.documents), size):
                if self._stopping():
                    return None
                if not self._give(page.documents[first : first + size], changes):
                    return self._rest_s()
            self._moved(page.end, changes)
        finally:
            self._save()
        return 0.0 if page.more else None

    def _give(self, part: Sequence[tuple[Mark, Document]], changes: int) -> bool:
        """Gives some documents; False if they are not taken, or if a person has decided something meanwhile."""
        try:
            self._destination.take([document for _, document in part])
        except DestinationLostError as error:
            self._lost(error, changes)
            return False
        except DocumentRefusedError as error:
            self._stop(part[0][1].document_id, str(error), changes)
            return False
        mark = part[-1][0]
        with self._lock:
            state = self._known()
            if changes != self._changes:
                return False
            if state.tries:
                self._lines.log(logging.WARNING, "back", "sales out %s: documents are taken again", self.name)
            self._read, self._unsaved = None, True
            self._state = replace(
                state, ledger=mark.ledger, seq=mark.seq, taken=state.taken + len(part),
                taken_us=self._source.clocks.now_us(), tries=0, why="",
            )  # fmt: skip
        return True

    def _moved(self, end: Mark, changes: int) -> None:
        """All documents up to there are taken. Written only now and then: there are many entries without documents."""
        with self._lock:
            if changes != self._changes:
                return
            state = self._known()
            self._read = end
            if end.ledger != state.ledger or end.seq - state.seq > UNSAVED_ENTRIES:
                self._state, self._unsaved = replace(state, ledger=end.ledger, seq=end.seq), True

    def _lost(self, error: DestinationLostError, changes: int) -> None:
        with self._lock:
            state = self._known()
            if changes != self._changes:
                return
            if not state.tries:
                self._lines.log(logging.WARNING, "lost", "sales out %s: %s; tried again", self.name, error)
            self._state, self._unsaved = replace(state, tries=state.tries + 1, why=str(error)[:MAX_WHY]), True
            pause_s = wait_s(self._state.tries, self._jitter(), error.wait_s)
            self._due_us = self._source.clocks.steady_us() + int(pause_s * US)

    def _stop(self, document: str, why: str, changes: int) -> None:
        """Nothing more is given until a person has decided."""
        with self._lock:
            state = self._known()
            if changes != self._changes:
                return
            self._state, self._unsaved = replace(state, why=why[:MAX_WHY], stopped=document, tries=0), True
        log.warning("sales out %s: %s; it waits for a person", self.name, why)

    def _save(self) -> None:
        """Writes the state if it has changed; while the database does not answer, after the next documents."""
        with self._lock:
            if self._state is None or not self._unsaved:
                return
            with suppress(SQLAlchemyError):
                self._source.rows.save(self._state)
                self._unsaved = False

    def _rest_s(self) -> float | None:
        left_us = self._due_us - self._source.clocks.steady_us()
        return left_us / US if left_us > 0 else None
