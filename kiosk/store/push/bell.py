"""Notifies associates of requests on devices on which the page is not seen: with the change that rings on the page.

What is due waits in memory for at most `LASTS_US`; a notification of later is of no use. It is not sent while the page
is seen on that device, and is sent when the page is left while the request still waits.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import partial
from threading import Lock
from typing import Final, Protocol

from sqlalchemy.exc import SQLAlchemyError

from hardware.threads.fault_log import LimitedLog
from kiosk.clock import US, Clocks
from kiosk.connectors.web_push.https_push import Outcome, PushAddress, PushAnswer, PushMessage
from kiosk.core.domain.ids import AssociateId, RequestId, RoomId
from kiosk.core.domain.service_request import RequestState, ServiceRequest
from kiosk.store.pages.push_words import hello_message, request_message
from kiosk.store.push.rings import asks, rings
from kiosk.store.push.seen import SeenPages
from kiosk.store.push.services import PushServices, service_of
from kiosk.store.push.subscriptions import Subscription, SubscriptionBook

log = logging.getLogger(__name__)
_LINES: Final = LimitedLog(log)
LASTS_US: Final = 120 * US
MAX_DUE: Final = 1_000
"""Notifications that wait; of more the oldest are left out."""
MAX_KNOWN: Final = 2_000
_HELLO: Final = RequestId("")
_Key = tuple[str, RequestId]


class PushSender(Protocol):
    """The push services; `HttpsPush` in a store."""

    def send(self, to: PushAddress, message: PushMessage) -> PushAnswer:
        """One try. Safe from any thread; every fault is an answer."""
        ...


@dataclass(frozen=True, slots=True)
class ShopFacts:
    """What notifications depend on. `on_break`: who is on a break; `title_of`: the title of a room; `session_clock`:
    that of sessions, which is not set with the computer's."""

    on_break: Callable[[], Collection[AssociateId]]
    title_of: Callable[[RoomId], str]
    session_clock: Callable[[], int]


@dataclass(slots=True)
class _Due:
    """A notification that waits. Times by the steady clock."""

    to: Subscription
    request_id: RequestId
    made_us: int
    at_us: int
    under_way: bool = False


class PushBell:
    """Thread-safe. `round` is called by one thread, often; `submit` runs a call of a service, mostly elsewhere.

    `wake`: the next round begins at once.
    """

    def __init__(
        self, book: SubscriptionBook, sender: PushSender, seen: SeenPages, shop: ShopFacts, clocks: Clocks,
        submit: Callable[[Callable[[], object]], object],
    ) -> None:  # fmt: skip
        self._book, self._sender, self._seen, self._shop, self._clocks = book, sender, seen, shop, clocks
        self._submit = submit
        self.wake: Callable[[], object] = lambda: None
        self._lock = Lock()
        self._requests: dict[RequestId, ServiceRequest] = {}
        self._changes: deque[tuple[ServiceRequest | None, ServiceRequest]] = deque(maxlen=MAX_DUE)
        self._due: dict[_Key, _Due] = {}
        self._services = PushServices()
        self._last: dict[str, Outcome] = {}

    def begin(self, requests: Iterable[ServiceRequest]) -> None:
        """The requests that were open before: they rang already."""
        with self._lock:
            self._requests = {request.request_id: request for request in requests}

    def noted(self, request: ServiceRequest) -> None:
        """A request has changed. Called under the writer's lock, in the order of the changes."""
        with self._lock:
            before = self._requests.pop(request.request_id, None)
            if request.state.open:
                self._requests[request.request_id] = request
            if request.state is not RequestState.RECEIVED:
                return
            self._changes.append((before, request))
        self.wake()

    def hello(self, to: Subscription) -> None:
        """Notifications were switched on: shows that they arrive on this device."""
        with self._lock:
            self._last.pop(to.mac, None)
            self._add(to, _HELLO)
        self.wake()

    def last(self, mac: str) -> Outcome | None:
        """What became of the last notification of a subscription since the store's start; None before the first."""
        with self._lock:
            return self._last.get(mac)

    def round(self) -> float | None:
        """Sends what is due; the seconds until something else is, None if nothing waits."""
        try:
            self._take_changes()
        except SQLAlchemyError as error:
            log.info("notifications wait for the database (%s)", type(error).__name__)
            return None
        with self._lock:
            if not self._due:
                return None
        on_break = self._shop.on_break()
        now_us = self._clocks.steady_us()
        with self._lock:
            ready = [
                due for key, due in tuple(self._due.items()) if self._is_ready(key, due, now_us, on_break)
            ]
            waits = [due.at_us for due in self._due.values() if not due.under_way]
        for due in ready:
            self._submit(partial(self._call, due))
        return max(0.05, (min(waits) - now_us) / US) if waits else None

    def _take_changes(self) -> None:
        with self._lock:
            count = len(self._changes)
        if not count:
            return
        subscriptions = self._book.on_floor(self._shop.session_clock())
        with self._lock:
            for _ in range(min(count, len(self._changes))):
                before, after = self._changes.popleft()
                for to in subscriptions:
                    if rings(before, after, to.associate_id):
                        self._add(to, after.request_id)

    def _add(self, to: Subscription, request_id: RequestId) -> None:
        now_us = self._clocks.steady_us()
        self._due.pop((to.mac, request_id), None)
        self._due[to.mac, request_id] = _Due(to, request_id, now_us, now_us)
        while len(self._due) > MAX_DUE:
            del self._due[next(iter(self._due))]

    def _is_ready(self, key: _Key, due: _Due, now_us: int, on_break: Collection[AssociateId]) -> bool:
        """Whether it is sent now; one that is of no use any more is left out, another one waits for its time."""
        if due.under_way or due.at_us > now_us:
            return False
        who = due.to.associate_id
        hello = due.request_id == _HELLO
        useful = hello or (asks(self._requests.get(due.request_id), who) and who not in on_break)
        if not useful or now_us - due.made_us >= LASTS_US:
            del self._due[key]
            return False
        seen_until_us = 0 if hello else self._seen.until_us(due.to.session)
        free_us = self._services.free_at(service_of(due.to.address), now_us)
        if seen_until_us or free_us is None or free_us > now_us:
            due.at_us = max(seen_until_us, free_us or now_us, now_us + US // 20)
            return False
        due.under_way = True
        self._services.began(service_of(due.to.address))
        return True

    def look_again(self) -> None:
        """A page is not seen any more: what waited for that is looked at now."""
        with self._lock:
            for due in self._due.values():
                due.at_us = min(due.at_us, self._clocks.steady_us())
        self.wake()

    def _call(self, due: _Due) -> None:
        service = service_of(due.to.address)
        try:
            # once more: while it waited, the person may have left, or the device may have been revoked
            present = self._book.present(due.to, self._shop.session_clock())
            if present is None:
                answer = None
            else:
                answer = self._sender.send(due.to.address, self._message(due, present.language))
            if answer is not None and answer.outcome is Outcome.GONE:
                self._book.end(due.to.mac)
        except SQLAlchemyError as error:
            answer = PushAnswer(Outcome.LATER, f"the database does not answer ({type(error).__name__})")
        finally:
            with self._lock:
                due.under_way = False
                self._services.ended(service)
        self._judge(due, service, answer)
        self.wake()

    def _judge(self, due: _Due, service: str, answer: PushAnswer | None) -> None:
        now_us, key = self._clocks.steady_us(), (due.to.mac, due.request_id)
        first = False
        with self._lock:
            if answer is not None:
                self._remember(due.to.mac, answer.outcome)
            if answer is not None and answer.outcome is Outcome.LATER:
                first = self._services.failed(service, now_us, answer.after_s)
                due.at_us = now_us
            else:
                if answer is not None:
                    self._services.answered(service)
                if self._due.get(key) is due:
                    del self._due[key]
        if first and answer is not None:
            log.warning("no notifications by %s for now: %s; tried again", service, answer.why)
        elif answer is not None and answer.outcome is Outcome.REFUSED:
            _LINES.log(logging.WARNING, service, "a notification was refused by %s: %s", service, answer.why)

    def _remember(self, mac: str, outcome: Outcome) -> None:
        if len(self._last) >= MAX_KNOWN:
            self._last.clear()
        self._last[mac] = outcome

    def _message(self, due: _Due, language: str) -> PushMessage:
        ttl_s = max(1, (due.made_us + LASTS_US - self._clocks.steady_us()) // US)
        if due.request_id == _HELLO:
            return hello_message(language, ttl_s)
        with self._lock:
            request = self._requests.get(due.request_id)
            waiting = sum(asks(each, due.to.associate_id) for each in self._requests.values())
        title = self._shop.title_of(request.room) if request is not None else ""
        return request_message(due.request_id, title, waiting, language, ttl_s)
