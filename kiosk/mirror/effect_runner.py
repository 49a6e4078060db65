"""Runs the effects of a visit on threads of its own: asks the store and posts each answer as an event.

`kiosk.core.exchanges` defines how an effect is sent, and the event that the visit gets if there is no answer.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from hardware.threads.pool import WorkerPool
from hardware.threads.supervised import SupervisedThread
from kiosk.core.exchanges import EXCHANGES, Delivery
from kiosk.core.visit.effects import CollectPayment, Effect, IdentifyShopper, PairMirror, WipeVisit
from kiosk.core.visit.events import Event, OrderPriced, PairingAnswered
from kiosk.core.visit.pairing import PairingProblem
from kiosk.mirror.card_session import OpenCardSession, identify_shopper
from kiosk.mirror.store_client import StoreClient, StoreClientError, StoreRefusedError, StoreUnreachableError
from kiosk.mirror.touch_pairing import PairByCode

log = logging.getLogger(__name__)

FIRST_RETRY_S, MAX_RETRY_S = 0.2, 3.0
"""Waits between the tries of an effect that is sent until it is answered; doubled each time."""


class EffectRunner:
    """Runs effects: those sent once side by side in a pool, those sent until answered one after the other.

    `post` takes the answers and must not block. `now_us` is the mirror's clock. `open_session` connects to the card of
    a tap; None where the mirror has no card reader. `pair_by_code` pairs the mirror; None: it is refused.
    """

    def __init__(
        self,
        client: StoreClient,
        post: Callable[[Event], None],
        now_us: Callable[[], int],
        open_session: OpenCardSession | None = None,
        pair_by_code: PairByCode | None = None,
    ) -> None:
        self._client, self._post, self._now, self._open_session = client, post, now_us, open_session
        self._pair_by_code = pair_by_code
        self._pool = WorkerPool("effect-once", 4)
        self._in_order: queue.SimpleQueue[Effect | None] = queue.SimpleQueue()
        self._stop = threading.Event()
        self.thread = SupervisedThread("effects-in-order", self._run_in_order)
        self.thread.start()

    def close(self) -> None:
        """Wait for the effects under way, drop those that have not started."""
        self._stop.set()
        self._in_order.put(None)
        self.thread.close(6.0)
        self._pool.close()

    def run(self, effect: Effect) -> None:
        """Start to run an effect; returns at once. WipeVisit concerns the shell alone and is ignored."""
        if isinstance(effect, WipeVisit):
            return
        if isinstance(effect, PairMirror):
            self._pool.submit(partial(self._pair, effect.code))
        elif EXCHANGES[type(effect)].delivery is Delivery.UNTIL_ANSWERED:
            self._in_order.put(effect)
        elif not self._stop.is_set():
            self._pool.submit(partial(self._run_once, effect))

    def _run_once(self, effect: Effect) -> None:
        exchange = EXCHANGES[type(effect)]
        try:
            event = exchange.answered(effect, self._answer(effect), self._now())
        except StoreClientError as error:
            log.info("%s has no answer: %s", type(effect).__name__, error)
            missing = exchange.refused if isinstance(error, StoreRefusedError) else exchange.unanswered
            event = _with_reason(missing(effect, self._now()), error)
        except BaseException:
            self._post_event(exchange.unanswered(effect, self._now()))
            raise
        self._post_event(event)

    def _pair(self, code: str) -> None:
        problem: PairingProblem | None = PairingProblem.REFUSED
        try:
            problem = self._pair_by_code(code) if self._pair_by_code is not None else problem
        finally:
            self._post(PairingAnswered(self._now(), problem))

    def _answer(self, effect: Effect) -> Any:
        if isinstance(effect, IdentifyShopper):
            return identify_shopper(self._client, effect, self._open_session)
        return self._client.ask(effect)

    def _run_in_order(self) -> None:
        while (effect := self._in_order.get()) is not None and not self._stop.is_set():
            self._run_until_answered(effect)
            self.thread.worked()

    def _run_until_answered(self, effect: Effect) -> None:
        exchange = EXCHANGES[type(effect)]
        wait_s, first = FIRST_RETRY_S, True
        while not self._stop.is_set():
            try:
                answer = self._client.ask(self._stamped(effect))
            except StoreUnreachableError:
                if first:
                    self._post_event(exchange.unanswered(effect, self._now()))
                first = False
                self._stop.wait(wait_s)
                wait_s = min(wait_s * 2, MAX_RETRY_S)
            except StoreRefusedError as error:
                log.warning("the store refuses %s: %s", type(effect).__name__, error)
                self._post_event(exchange.refused(effect, self._now()))
                return
            except BaseException:
                # a fault of the program: the effects behind this one must not wait for it
                self._post_event(exchange.unanswered(effect, self._now()))
                raise
            else:
                self._post_event(exchange.answered(effect, answer, self._now()))
                return

    def _stamped(self, effect: Effect) -> Effect:
        """A payment says when it is sent, so that the store does not start one that nobody waits for any more."""
        return replace(effect, sent_us=self._now()) if isinstance(effect, CollectPayment) else effect

    def _post_event(self, event: Event | None) -> None:
        if event is not None:
            self._post(event)


def _with_reason(event: Event | None, error: StoreClientError) -> Event | None:
    """An order that was not priced says why, where the store does."""
    return replace(event, why=error.code) if isinstance(event, OrderPriced) else event
