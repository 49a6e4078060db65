"""The taps at the stands: proves the card, buys, and tells the associates what was refused."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any

from kiosk.core.domain.ids import OrderId, RoomId
from kiosk.core.domain.sales.stand import StandAnswer, StandSign
from kiosk.core.visit.effects import IdentifyShopper
from kiosk.store.customers.card_authentication import CardAuthentication
from kiosk.store.customers.customers import Customers, TapResult
from kiosk.store.floor.clone_alarms import CloneAlarms
from kiosk.store.floor.stand_notices import StandNotice, StandNotices
from kiosk.store.payments.stands.stand_sales import StandSales


class StandDesk:
    """The taps at the stands. Safe to use from any thread. `writer`: the lock of the rooms' state.

    The ticket of a question (`IdentifyShopper`) is the id of the tap.
    """

    def __init__(
        self, sales: StandSales, customers: Customers, authentication: CardAuthentication, notices: StandNotices,
        alarms: CloneAlarms, writer: AbstractContextManager[Any], now_us: Callable[[], int],
    ) -> None:  # fmt: skip
        self._sales, self._customers, self._authentication = sales, customers, authentication
        self._notices, self._alarms, self._writer, self._now = notices, alarms, writer, now_us
        self._told: dict[RoomId, StandAnswer] = {}

    def begin(self, stand: RoomId, question: IdentifyShopper) -> tuple[str, bytes]:
        """Begins a card authentication: its id and the first command. Raises NotFoundError, RefusedError."""
        self._sales.stand(stand)
        with self._writer:
            return self._authentication.begin(stand, question)

    def proceed(self, stand: RoomId, dialogue_id: str, answer: bytes) -> bytes | StandAnswer:
        """The next command for the card, or at the end the purchase. Raises NotFoundError, RefusedError."""
        with self._writer:
            step = self._authentication.resume(stand, dialogue_id, answer)
        return step if isinstance(step, bytes) else self._buy(stand, step.question, step.result)

    def tap(self, stand: RoomId, question: IdentifyShopper) -> StandAnswer:
        """A tap whose card is not authenticated at the reader: its signed link may prove it. Raises NotFoundError."""
        self._sales.stand(stand)
        with self._writer:
            result = self._customers.evaluate_tap(question.tap)
        return self._buy(stand, question, result)

    def state(self, stand: RoomId, order_id: OrderId) -> StandAnswer:
        """The state of a purchase. Raises NotFoundError."""
        answer = self._sales.state(stand, order_id)
        if answer != self._told.get(stand):  # else an associate may have confirmed its notice meanwhile
            self._tell(stand, answer)
        return answer

    def seen(self, stand: RoomId, order_id: OrderId) -> None:
        """The reader has shown that a purchase is paid. Raises NotFoundError."""
        self._sales.seen(stand, order_id)

    def _buy(self, stand: RoomId, question: IdentifyShopper, result: TapResult) -> StandAnswer:
        if result.sign is not None:
            with self._writer:
                self._alarms.add(stand, result.sign)
        answer = self._sales.buy(stand, question.ticket, result)
        self._tell(stand, answer)
        return answer

    def _tell(self, stand: RoomId, answer: StandAnswer) -> None:
        with self._writer:
            self._told[stand] = replace(answer, repeated=False)
            if answer.sign in (StandSign.REFUSED, StandSign.UNSURE):
                title = self._sales.stand(stand).title or stand
                why = "unsure" if answer.sign is StandSign.UNSURE else answer.why
                known = next((n for n in self._notices.open() if n.stand == stand), None)
                if known is None or known.why != why:
                    self._notices.add(StandNotice(stand, title, why, self._now()))
            elif answer.sign is StandSign.PAID:
                self._notices.end(stand)
