"""The supervised loop of a card reader: open the way, watch for cards, report, and begin anew when the way is lost.

One thread owns all of it and posts every fact, so facts are in order. Each laying gives exactly one `CardTap` or
`CardRefused`, then one `CardGone`, which also comes before a `ReaderDown`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final

from hardware.clock import now_us
from hardware.errors import ConnectionLostError
from hardware.pcsc.pass_through import PassThroughSession, open_session
from hardware.pcsc.read_attempts import read_tapped_card
from hardware.pcsc.transport import CardPresence, OpenReaderSlot, ReaderSlot
from hardware.pcsc.wallet import PassReader
from hardware.pcsc.watchdog import PcscdWatchdog
from hardware.ports import CardFact, CardGone, CardReadFailure, CardRefused, CardTap, ReaderDown, ReaderUp
from hardware.supervise import Backoff, run_supervised

_SLICE_S: Final = 0.3
# Each try is cheap while pcscd is away, and a reader has to be back within a second of it.
_PACE: Final = Backoff(first_s=0.1, cap_s=0.4)
_EMPTY: Final = CardPresence(present=False, serial=-1)


class SupervisedCardReader:
    """A `hardware.ports.CardReader` over any kind of slot. `guard` frees calls that hang in the way's library;
    `passes` reads those of phone wallets."""

    def __init__(
        self,
        name: str,
        open_slot: OpenReaderSlot,
        guard: PcscdWatchdog | None = None,
        passes: PassReader | None = None,
    ) -> None:
        self._name = name
        self._open_slot = open_slot
        self._guard = guard
        self._passes = passes
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None
        self._post: Callable[[CardFact], None] = _nowhere
        self._tapped: CardPresence | None = None

    @property
    def name(self) -> str:
        return self._name

    def start(self, post: Callable[[CardFact], None]) -> None:
        """Begin to watch; `post` is called from the loop's own thread."""
        if self._thread is not None:
            raise RuntimeError(f"card reader {self._name} was started before")
        self._post = post
        self._thread = threading.Thread(target=self._run, name=f"cards {self._name}", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End within 2 s; may be called twice."""
        self._closing.set()
        thread = self._thread
        if thread is None:
            return
        thread.join(0.8)
        if self._guard is not None:
            if thread.is_alive():
                self._guard.cut()
                thread.join(0.6)
            self._guard.close()

    def session(self) -> PassThroughSession:
        """Reach the card of the last `CardTap`; raises `CardLostError` or `ConnectionLostError`."""
        return open_session(self._open_slot, None if self._closing.is_set() else self._tapped)

    def _run(self) -> None:
        run_supervised(
            self._name,
            self._attempt,
            up=lambda: self._say(ReaderUp(self._name, now_us())),
            down=lambda why: self._say(ReaderDown(self._name, why, now_us())),
            wait=self._closing.wait,
            backoff=_PACE,
        )

    def _attempt(self, on_connected: Callable[[], None]) -> None:
        slot = self._open_slot()
        try:
            self._watch(slot, on_connected)
        finally:
            slot.close()

    def _watch(self, slot: ReaderSlot, on_connected: Callable[[], None]) -> None:
        told = _EMPTY
        try:
            now = slot.wait(_EMPTY, 0.0)
            on_connected()
            while not self._closing.is_set():
                if told.present and now != told:
                    self._gone()
                fresh = now.present and now != told
                told = now
                if fresh:
                    self._tap(slot, now)
                now = slot.wait(told, _SLICE_S)
        except ConnectionLostError:
            if told.present:
                self._gone()
            raise

    def _tap(self, slot: ReaderSlot, lying: CardPresence) -> None:
        at_us = now_us()
        try:
            outcome = read_tapped_card(slot, lying, self._passes)
        except ConnectionLostError:
            self._say(CardRefused(self._name, CardReadFailure.UNREADABLE, at_us))
            raise
        if isinstance(outcome, CardReadFailure):
            self._say(CardRefused(self._name, outcome, at_us))
        else:
            self._tapped = lying
            self._say(CardTap(self._name, outcome.kind, outcome.uid, outcome.link, at_us))

    def _gone(self) -> None:
        self._tapped = None
        self._say(CardGone(self._name, now_us()))

    def _say(self, fact: CardFact) -> None:
        if not self._closing.is_set():
            self._post(fact)


def _nowhere(_fact: CardFact) -> None:
    """Before `start` there is no sink."""
