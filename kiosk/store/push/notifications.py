"""The notifications of a store: its key, the subscriptions, and the threads that send. Off without `push.contact`."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum, unique
from typing import Final

from hardware.threads.pool import WorkerPool
from hardware.threads.supervised import Loop, ThreadState
from kiosk.clock import US, Clocks
from kiosk.config.alarms import Push
from kiosk.connectors.web_hooks.host_rule import Network
from kiosk.connectors.web_push.encryption import BadKeysError, receiver_keys
from kiosk.connectors.web_push.https_push import (
    BadEndpointError,
    HttpsPush,
    Outcome,
    PushAddress,
    PushPlace,
    checked_endpoint,
)
from kiosk.core.domain.service_request import ServiceRequest
from kiosk.store.db.database import Database
from kiosk.store.errors import RefusedError, StoreError
from kiosk.store.push.bell import PushBell, ShopFacts
from kiosk.store.push.keys import push_key
from kiosk.store.push.seen import SeenPages
from kiosk.store.push.subscriptions import Subscription, SubscriptionBook
from kiosk.store.settings import StoreSettings

log = logging.getLogger(__name__)
EVERY_S: Final = 1.0
WORKERS: Final = 6
CLOSE_S: Final = 8.0


class NoPushError(RefusedError):
    """Notifications are off in this shop, or what a browser gave is no subscription."""

    code = "push"


@unique
class Reach(Enum):
    """Whether the last notification for a device was taken by its push service, since the store's start."""

    UNKNOWN = "unknown"
    """None was sent yet."""
    REACHED = "reached"
    LOST = "lost"
    """The store cannot reach the service, or it asks to wait."""
    REFUSED = "refused"
    """The service does not take the store's messages, or does not know the device any more."""


_REACH: Final = {
    None: Reach.UNKNOWN, Outcome.TAKEN: Reach.REACHED, Outcome.LATER: Reach.LOST, Outcome.REFUSED: Reach.REFUSED,
    Outcome.GONE: Reach.REFUSED,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PushState:
    """Notifications on one device. `key` is empty where the shop has none."""

    key: str
    subscribed: bool
    reach: Reach


class Notifications:
    """Safe from any thread."""

    def __init__(
        self, settings: StoreSettings, database: Database, shop: ShopFacts, clocks: Clocks,
        is_paired: Callable[[str], bool],
    ) -> None:  # fmt: skip
        self.book = SubscriptionBook(database, settings.timeouts.session_us, is_paired)
        self.seen = SeenPages(clocks.steady_us)
        self._network = Network(settings.push.network)
        self._pool: WorkerPool | None = None
        self._loop: Loop | None = None
        self._key, self._bell = "", None
        sender = _sender(settings, settings.push, clocks)
        if sender is not None:
            self._key, push = sender
            self._bell = PushBell(self.book, push, self.seen, shop, clocks, self._submit)

    def begin(self, requests: Iterable[ServiceRequest]) -> None:
        """The requests that are open at the start."""
        if self._bell is not None:
            self._bell.begin(requests)

    def noted(self, request: ServiceRequest) -> None:
        """A request has changed."""
        if self._bell is not None:
            self._bell.noted(request)

    def start(self) -> None:
        """Begins to send."""
        if self._bell is None:
            return
        self._pool = WorkerPool("push", WORKERS)
        self._loop = Loop("notifications", self._bell.round, EVERY_S, late_s=60.0)
        self._bell.wake = self._loop.wake
        self._loop.start()

    def round(self) -> float | None:
        """One round, for programs without threads."""
        return self._bell.round() if self._bell is not None else None

    def thread_states(self) -> tuple[ThreadState, ...]:
        """The state of the thread."""
        return (self._loop.thread.state,) if self._loop is not None else ()

    def close(self) -> None:
        """Ends; what waits is left out. A call that is under way ends by its own time limit."""
        if self._loop is not None:
            self._loop.close(CLOSE_S)
        if self._pool is not None:
            self._pool.close(wait=False)

    def state(self, session: str) -> PushState:
        """Of the device of a session. Raises SQLAlchemyError."""
        found = self.book.of_session(session) if self._bell is not None else None
        last = self._bell.last(found.mac) if self._bell is not None and found is not None else None
        return PushState(self._key, found is not None, _REACH[last])

    def subscribe(self, new: Subscription) -> None:
        """Switches notifications on, or renews them; a new device gets one at once. Raises NoPushError,
        UnauthenticatedError, SQLAlchemyError."""
        if self._bell is None:
            raise NoPushError("there are no notifications in this shop (`push.contact`)")
        if self.book.keep(new):
            self._bell.hello(new)

    def address(self, endpoint: str, p256dh: str, auth: str) -> PushAddress:
        """The address of a browser. Raises NoPushError if it is none."""
        try:
            checked_endpoint(endpoint, self._network)
            return PushAddress(endpoint, receiver_keys(p256dh, auth))
        except (BadEndpointError, BadKeysError) as error:
            raise NoPushError(f"no push subscription: {error}") from None

    def told_seen(self, session: str, *, seen: bool) -> None:
        """The page of a session is seen, or is not any more: then what waited for that is sent."""
        self.seen.told(session, seen=seen)
        if not seen and self._bell is not None:
            self._bell.look_again()

    def _submit(self, work: Callable[[], object]) -> None:
        """On a worker; without threads at once."""
        if self._pool is None:
            work()
            return
        try:
            self._pool.submit(work)
        except RuntimeError:
            return  # the store is closed


def _sender(settings: StoreSettings, push: Push, clocks: Clocks) -> tuple[str, HttpsPush] | None:
    """The public key and the services; None where there are none. A key that cannot be used keeps no store closed."""
    if push.contact is None:
        return None
    try:
        key = push_key(settings.state)
        place = PushPlace(f"mailto:{push.contact}", Network(push.network), push.ca_file)
        return key.public, HttpsPush(place, key, lambda: clocks.now_us() / US)
    except (StoreError, ValueError, OSError) as error:
        log.error("no notifications: %s", error)
        return None
