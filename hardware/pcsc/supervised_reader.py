"""The loop of a card reader: opens the reader, waits for cards, reads them, posts facts, reconnects after a loss.

One thread does all of it and posts every fact, so facts are in order. Each tap gives exactly one `CardTap` or
`CardRefused`, then one `CardGone`, which also comes before a `ReaderDown`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Final

from hardware.clock import now_us
from hardware.pcsc.pass_through import PassThroughSession, open_session
from hardware.pcsc.read_attempts import read_tapped_card
from hardware.pcsc.reader_sign import ReaderSign, show_sign
from hardware.pcsc.transport import CardPresence, OpenReaderSlot, ReaderSlot
from hardware.pcsc.wallet import PassReader
from hardware.pcsc.watchdog import PcscdWatchdog
from hardware.ports import (
    CardFact,
    CardGone,
    CardReadFailure,
    CardRefused,
    CardTap,
    ReaderDown,
    ReaderStillDown,
    ReaderUp,
)
from hardware.supervision.supervise import Backoff, run_supervised
from hardware.threads.supervised import start_job

_WAIT_S: Final = 0.3
# An attempt is cheap while pcscd is not running, and the reader must be up within 1 s of pcscd.
_BACKOFF: Final = Backoff(first_s=0.1, cap_s=0.4)
_EMPTY: Final = CardPresence(present=False, serial=-1)


class SupervisedCardReader:
    """A `hardware.ports.CardReader` over any `ReaderSlot`.

    `watchdog` ends calls of the PC/SC library that hang; `passes` reads the passes of phone wallets; `settle_s`: how
    long after its connection the reader may need to find a card that was there before.
    """

    def __init__(
        self,
        name: str,
        open_slot: OpenReaderSlot,
        watchdog: PcscdWatchdog | None = None,
        passes: PassReader | None = None,
        settle_s: float = 0.0,
    ) -> None:
        self._name = name
        self._open_slot = open_slot
        self._watchdog = watchdog
        self._passes, self._settle_s = passes, settle_s
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None
        self._sink: Callable[[CardFact], None] = _discard
        self._tapped: CardPresence | None = None

    @property
    def name(self) -> str:
        return self._name

    def start(self, post: Callable[[CardFact], None]) -> None:
        """Starts the thread, which calls `post`. Raises RuntimeError if it was started before."""
        if self._thread is not None:
            raise RuntimeError(f"card reader {self._name} was started before")
        self._sink = post
        self._thread = start_job(f"cards {self._name}", self._run)

    def close(self) -> None:
        """Ends within 2 s; may be called twice."""
        self._closing.set()
        thread = self._thread
        if thread is None:
            return
        thread.join(0.8)
        if self._watchdog is not None:
            if thread.is_alive():
                self._watchdog.shut_connections()
                thread.join(0.6)
            self._watchdog.close()

    def session(self) -> PassThroughSession:
        """A session with the card of the last `CardTap`. Raises CardLostError or ConnectionLostError."""
        return open_session(self._open_slot, None if self._closing.is_set() else self._tapped)

    def show(self, sign: ReaderSign) -> bool:
        """Shows a sign by lamp and buzzer; False where the reader has none or is lost."""
        return not self._closing.is_set() and show_sign(self._open_slot, sign)

    def _run(self) -> None:
        run_supervised(
            self._name,
            self._attempt,
            up=lambda: self._post(ReaderUp(self._name, now_us())),
            down=lambda why: self._post(ReaderDown(self._name, why, now_us())),
            still=lambda why: self._post(ReaderStillDown(self._name, why, now_us())),
            wait=self._closing.wait,
            backoff=_BACKOFF,
        )

    def _attempt(self, on_connected: Callable[[], None]) -> None:
        slot = self._open_slot()
        try:
            self._watch(slot, on_connected)
        finally:
            slot.close()

    def _watch(self, slot: ReaderSlot, on_connected: Callable[[], None]) -> None:
        """Posts the cards of an open slot until `close`. Whatever ends it, a card that was posted is posted as gone."""
        known = _EMPTY
        try:
            now = slot.wait(_EMPTY, 0.0)
            on_connected()
            settled_s = time.monotonic() + self._settle_s
            while not self._closing.is_set():
                if known.present and now != known:
                    self._post_gone()
                is_new, is_first = now.present and now != known, known is _EMPTY
                known = now
                if is_new:
                    self._read_tap(slot, now, was_there=is_first or time.monotonic() < settled_s)
                now = slot.wait(known, _WAIT_S)
        finally:
            if known.present:
                self._post_gone()

    def _read_tap(self, slot: ReaderSlot, presence: CardPresence, *, was_there: bool) -> None:
        at_us = now_us()
        try:
            outcome = read_tapped_card(slot, presence, self._passes)
        except BaseException:
            # a lost connection, or a fault of the program: each card is posted, also one that ends this connection
            self._post(CardRefused(self._name, CardReadFailure.UNREADABLE, at_us))
            raise
        if isinstance(outcome, CardReadFailure):
            self._post(CardRefused(self._name, outcome, at_us))
        else:
            self._tapped = presence
            self._post(CardTap(self._name, outcome.kind, outcome.uid, outcome.link, at_us, was_there))

    def _post_gone(self) -> None:
        self._tapped = None
        self._post(CardGone(self._name, now_us()))

    def _post(self, fact: CardFact) -> None:
        if not self._closing.is_set():
            self._sink(fact)


def _discard(_fact: CardFact) -> None:
    """The sink before `start`."""
