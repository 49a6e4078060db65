"""The card reader of a stand: a tap buys the garment beside it, and the reader shows what came of it.

One tap at a time. Nothing is kept here: the store finds out from its ledger to which purchase a further tap belongs, so
a restart of this program in the middle of a purchase charges nothing twice.
"""

from __future__ import annotations

import logging
import queue
import secrets
import threading
import time
from collections.abc import Callable
from typing import Final

from hardware.errors import HardwareError
from hardware.ports import CardFact, CardKind, CardReader, CardRefused, CardTap
from hardware.threads.supervised import SupervisedThread
from kiosk.core.domain.ids import OrderId, Ticket
from kiosk.core.domain.sales.stand import STAND_PREFIX, StandAnswer, StandSign
from kiosk.core.visit.effects import IdentifyShopper
from kiosk.core.visit.events import CardTapped
from kiosk.mirror.card_session import MAX_COMMANDS, OpenCardSession
from kiosk.mirror.device_states import DeviceWatch
from kiosk.mirror.stand_client import StandClient
from kiosk.mirror.store_client import (
    StoreBusyError,
    StoreClientError,
    StoreRefusedError,
    StoreUnreachableError,
)

log = logging.getLogger(__name__)
ASK_EVERY_S: Final = 0.1
"""Between two questions for the result of a purchase."""
MAX_WAIT_S: Final = 60.0
"""How long the result of a purchase is waited for; then it is shown as not known, and an associate has a task."""
LOST_REPLY_S: Final = 5.0
"""How long the store is asked again what became of a tap whose reply was lost, or that it could not work on."""
FIRST_STATE_S: Final = 10.0
"""How long the start waits until the reader is watched or known to be away."""
MAX_TAP_AGE_S: Final = 5.0
"""A tap that had to wait longer than this for the one before is ignored: its shopper saw no sign, and may be gone."""
ShowSign = Callable[[StandSign], None]


class StandReader:
    """Runs the taps of one reader. `show` shows a sign at the reader and never raises; `state`: of the reader."""

    def __init__(
        self, reader: CardReader, open_session: OpenCardSession, client: StandClient, show: ShowSign,
        state: DeviceWatch, monotonic_s: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self._reader, self._open_session, self._client, self._show = reader, open_session, client, show
        self._state, self._monotonic_s = state, monotonic_s
        self._facts: queue.Queue[tuple[CardTap | CardRefused, float]] = queue.Queue(maxsize=1)
        self._stop, self._watched = threading.Event(), threading.Event()
        self.thread = SupervisedThread("stand", self._run)

    def start(self) -> None:
        """Starts the reader and the thread that runs the taps; returns once the reader is watched, or is away."""
        self.thread.start()
        self._reader.start(self._state.noting(self._take))
        self._watched.wait(FIRST_STATE_S)

    @property
    def rounds(self) -> int:
        """Rounds of the thread that buys since the start, for a watchdog; they go on during a purchase."""
        return self.thread.heartbeat.count

    def close(self) -> None:
        """Ends both; a purchase that was begun goes on in the store."""
        self._stop.set()
        self._reader.close()
        self.thread.close(6.0)

    def _take(self, fact: CardFact) -> None:
        self._watched.set()
        if isinstance(fact, CardTap) and fact.was_there:
            # a card that somebody has left there buys nothing when this program or pcscd starts again
            log.info("a card was ignored: it was on the reader before the reader was connected")
        elif isinstance(fact, CardTap | CardRefused):
            try:
                self._facts.put_nowait((fact, self._monotonic_s()))
            except queue.Full:
                log.info("a tap was ignored: the one before is still being worked on")

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                fact, at_s = self._facts.get(timeout=0.2)
            except queue.Empty:
                self.thread.worked()
                continue
            if self._monotonic_s() - at_s > MAX_TAP_AGE_S:
                log.info("a tap was ignored: it had to wait for the one before")
            else:
                self._work_on(fact)
            self.thread.worked()

    def _work_on(self, fact: CardTap | CardRefused) -> None:
        if isinstance(fact, CardRefused):
            self._show(StandSign.REFUSED)
            return
        tap = CardTapped(fact.at_us, fact.kind.value, fact.uid, fact.link)
        self.buy(IdentifyShopper(Ticket(secrets.token_urlsafe(12)), tap))

    def buy(self, question: IdentifyShopper) -> StandAnswer:
        """Buys with a tap and shows what came of it; the last state."""
        answer = self._first(question)
        self._show(answer.sign)
        answer = self._followed(answer)
        if answer.sign is StandSign.PAID and answer.order_id is not None:
            self._report_seen(answer.order_id)
        return answer

    def _first(self, question: IdentifyShopper) -> StandAnswer:
        """The first state of a purchase. While the store cannot work on the tap, it is sent again.

        It buys once, by its id.
        """
        until_s = self._monotonic_s() + LOST_REPLY_S
        while True:
            self.thread.worked()
            try:
                return self._asked(question)
            except StoreBusyError as error:
                log.info("the store cannot work on a tap now: %s", error)
                known = self._known(question)
                if known is not None:
                    return known
                if self._monotonic_s() >= until_s or self._stop.wait(ASK_EVERY_S):
                    return StandAnswer(StandSign.UNSURE)
            except StoreRefusedError as error:
                log.warning("the store refused a tap: %s", error)
                return StandAnswer(StandSign.REFUSED, "refused")
            except StoreUnreachableError as error:
                log.warning("the store did not answer a tap: %s", error)
                return self._after_lost_reply(question)

    def _known(self, question: IdentifyShopper) -> StandAnswer | None:
        """The state of the purchase of a tap, if the store has made it and answers."""
        try:
            return self._client.state(OrderId(STAND_PREFIX + question.ticket))
        except StoreClientError:
            return None

    def _asked(self, question: IdentifyShopper) -> StandAnswer:
        if question.tap.kind == CardKind.NTAG424.value:
            try:
                return self._authenticated(question)
            except (HardwareError, StoreRefusedError) as error:
                log.info("card authentication failed (%s), its link is used", type(error).__name__)
        return self._client.tap(question)

    def _authenticated(self, question: IdentifyShopper) -> StandAnswer:
        session = self._open_session(question.tap)
        try:
            meeting_id, command = self._client.begin(question)
            for _ in range(MAX_COMMANDS):
                self.thread.worked()
                step = self._client.proceed(meeting_id, session.exchange(command))
                if isinstance(step, StandAnswer):
                    return step
                command = step
        finally:
            session.close()
        raise StoreRefusedError(f"authentication did not end within {MAX_COMMANDS} commands")

    def _after_lost_reply(self, question: IdentifyShopper) -> StandAnswer:
        """What became of a tap whose reply was lost: the store is asked by the tap's id."""
        until_s = self._monotonic_s() + LOST_REPLY_S
        while True:
            self.thread.worked()
            known = self._known(question)
            if known is not None:
                return known
            # not refused where there is no such order: the tap may still be on its way to the store, or in it
            if self._monotonic_s() >= until_s or self._stop.wait(ASK_EVERY_S):
                return StandAnswer(StandSign.UNSURE)

    def _followed(self, answer: StandAnswer) -> StandAnswer:
        """The last state of a purchase; each change is shown."""
        until_s = self._monotonic_s() + MAX_WAIT_S
        while answer.order_id is not None and not answer.is_final:
            self.thread.worked()
            if self._monotonic_s() >= until_s or self._stop.wait(ASK_EVERY_S):
                break
            try:
                now = self._client.state(answer.order_id)
            except StoreClientError:
                continue
            if now.sign is not answer.sign:
                self._show(now.sign)
            answer = now
        if answer.sign is StandSign.ACCEPTED:
            self._show(StandSign.UNSURE)
        return answer

    def _report_seen(self, order_id: OrderId) -> None:
        try:
            self._client.seen(order_id)
        except StoreClientError as error:
            # the next tap of this card shows this purchase again
            log.warning("the store does not know that a purchase was shown as paid: %s", error)
