"""The effects of a visit, carried to the store by threads of their own; answers come back as events.

Two lanes. Questions (looks, sizes, who is it, prices) run side by side and fail quickly into a designed answer. What
must arrive (a visit's begin and end, money, withdrawals) goes one after the other, tried until the store answers.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import assert_never

from kiosk.core.domain.payment import PaymentState
from kiosk.core.visit.effects import (
    AdviseSize,
    CancelPayment,
    CollectPayment,
    Effect,
    FindLooks,
    IdentifyShopper,
    PriceOrder,
    RecordItemEvent,
    ReportVisit,
    SaveFitFeedback,
    SendRequest,
    TogglePiece,
    WipeVisit,
    WithdrawRequest,
)
from kiosk.core.visit.events import (
    Event,
    OrderPriced,
    PaymentChanged,
    RequestChanged,
    RequestUnsent,
    ShopperIdentified,
    SizeAdviceReceived,
    SuggestionsReceived,
    TapFailed,
    TapFailure,
)
from kiosk.mirror.card_session import OpenCardSession, identify_shopper
from kiosk.mirror.store_client import StoreAwayError, StoreClient, StoreError, StoreRefusedError

log = logging.getLogger(__name__)

_Question = (
    FindLooks | AdviseSize | IdentifyShopper | TogglePiece | SendRequest | PriceOrder | RecordItemEvent
)
_Must = ReportVisit | WithdrawRequest | CollectPayment | CancelPayment | SaveFitFeedback


class EffectRunner:
    """Carries effects out. `post` takes the answers and must not block; `now_us` is the mirror's clock; `open_session`
    reaches the card of a tap, None where the mirror has no reader."""

    def __init__(
        self,
        client: StoreClient,
        post: Callable[[Event], None],
        now_us: Callable[[], int],
        open_session: OpenCardSession | None = None,
    ) -> None:
        self._client, self._post, self._now, self._open_session = client, post, now_us, open_session
        self._pool = ThreadPoolExecutor(max_workers=4, thread_name_prefix="question")
        self._must: queue.SimpleQueue[_Must | None] = queue.SimpleQueue()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._carry, name="must-arrive", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Let what is under way end, drop what has not begun."""
        self._stop.set()
        self._must.put(None)
        self._thread.join(6.0)
        self._pool.shutdown(wait=True, cancel_futures=True)

    def take(self, effect: Effect) -> None:
        """Start to carry out an effect; returns at once. WipeVisit is the shell's own and nothing here."""
        if isinstance(effect, WipeVisit):
            return
        if isinstance(effect, _Must):
            self._must.put(effect)
        elif not self._stop.is_set():
            self._pool.submit(self._ask, effect)

    def _ask(self, question: _Question) -> None:
        try:
            answer = self._answer(question)
        except StoreError as trouble:
            log.info("%s unanswered: %s", type(question).__name__, trouble)
            answer = self._unanswered(question)
        if answer is not None:
            self._post(answer)

    def _answer(self, question: _Question) -> Event | None:
        client, ticket = self._client, question.ticket
        match question:
            case FindLooks(asked=asked):
                looks = client.looks(question)
                return SuggestionsReceived(self._now(), ticket, asked, looks)
            case AdviseSize(gtin=gtin, learned=learned):
                advice = client.size(question)
                return SizeAdviceReceived(self._now(), ticket, gtin, advice, learned)
            case IdentifyShopper():
                shopper = identify_shopper(client, question, self._open_session)
                return ShopperIdentified(self._now(), ticket, shopper)
            case TogglePiece():
                return None if client.bring(question) else TapFailed(self._now(), TapFailure.NOT_OURS)
            case SendRequest(request=request):
                taken = client.send_request(request)
                return RequestChanged(self._now(), ticket, taken)
            case PriceOrder(order_id=order_id):
                order = client.price(question)
                return OrderPriced(self._now(), ticket, order_id, order)
            case RecordItemEvent():
                client.note(question)
                return None
            case _:
                assert_never(question)

    def _unanswered(self, question: _Question) -> Event | None:
        now, ticket = self._now(), question.ticket
        match question:
            case FindLooks(asked=asked):
                return SuggestionsReceived(now, ticket, asked, None)
            case AdviseSize(gtin=gtin, learned=learned):
                return SizeAdviceReceived(now, ticket, gtin, None, learned)
            case IdentifyShopper():
                return ShopperIdentified(now, ticket, None, answered=False)
            case TogglePiece():
                return TapFailed(now, TapFailure.UNREADABLE)
            case SendRequest(request=request):
                return RequestUnsent(now, ticket, request.request_id)
            case PriceOrder(order_id=order_id):
                return OrderPriced(now, ticket, order_id, None)
            case RecordItemEvent():
                return None
            case _:
                assert_never(question)

    def _carry(self) -> None:
        while (errand := self._must.get()) is not None and not self._stop.is_set():
            self._until_answered(errand)

    def _until_answered(self, errand: _Must) -> None:
        wait, told = 0.2, False
        while not self._stop.is_set():
            try:
                answer = self._done(errand)
            except StoreAwayError:
                if isinstance(errand, CollectPayment) and not told:
                    # It may have arrived: the shopper is told that it is being found out, not that it failed.
                    self._post(
                        PaymentChanged(self._now(), errand.ticket, errand.order_id, PaymentState.UNSURE)
                    )
                    told = True
                self._stop.wait(wait)
                wait = min(wait * 2, 3.0)
            except StoreRefusedError as trouble:
                log.warning("the store refuses %s: %s", type(errand).__name__, trouble)
                if isinstance(errand, CollectPayment):
                    # It has understood and taken nothing up, so nothing was collected and another try is safe.
                    refused = PaymentChanged(
                        self._now(), errand.ticket, errand.order_id, PaymentState.DECLINED, "refused"
                    )
                    self._post(refused)
                return
            else:
                if answer is not None:
                    self._post(answer)
                return

    def _done(self, errand: _Must) -> Event | None:
        client = self._client
        match errand:
            case ReportVisit():
                client.tell_visit(errand)
                return None
            case WithdrawRequest(ticket=ticket, request_id=request_id):
                return RequestChanged(self._now(), ticket, client.withdraw_request(request_id))
            case CollectPayment():
                return client.collect(errand)
            case CancelPayment(order_id=order_id):
                return client.drop_payment(order_id)
            case SaveFitFeedback():
                client.keep_feel(errand)
                return None
            case _:
                assert_never(errand)
