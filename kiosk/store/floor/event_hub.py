"""Publish and subscribe for the store's server-sent event streams; a slow subscriber never delays the others.

A subscription queues at most `MAX_QUEUED` messages. If its subscriber falls further behind, the queue is dropped and
the subscriber gets a fresh snapshot, as at its first connection. Publishing never blocks and is safe from any thread.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager
from threading import Lock
from typing import Any

from kiosk.core.wire import to_json, wire_name

MAX_QUEUED = 256
FLOOR_TOPIC = "floor"
"""Topic of the associates' pages; a room's topic is `room_topic`."""
STOCKROOM_TOPIC = "stockroom"
"""Topic of the pages of the stockroom."""
WakeUp = Callable[[], None]


def room_topic(room: str) -> str:
    """The topic of one room's mirror."""
    return f"room/{room}"


def encode_event(value: object, number: int, name: str = "") -> bytes:
    """A value as one message of a server-sent event stream (HTML Living Standard, section 9.2)."""
    body = json.dumps(
        value if isinstance(value, dict) else to_json(value), ensure_ascii=False, separators=(",", ":")
    )
    return f"event: {name or wire_name(type(value))}\nid: {number}\ndata: {body}\n\n".encode()


class Subscription:
    """One subscriber's queue on a topic. `wake` is called, from any thread, when `take` has something to return."""

    def __init__(self, hub: EventHub, topic: str, wake: WakeUp, owner: str = "") -> None:
        self._hub, self.topic, self._wake, self.owner = hub, topic, wake, owner
        self._queue: deque[bytes] = deque()
        self._lock = Lock()
        self._needs_snapshot = True
        self.closed = False

    @property
    def needs_snapshot(self) -> bool:
        """Whether the next `take` makes a snapshot, for which it waits for the writer's lock."""
        return self._needs_snapshot

    def put(self, message: bytes) -> None:
        with self._lock:
            if self._needs_snapshot:
                return
            if len(self._queue) >= MAX_QUEUED:
                self._queue.clear()
                self._needs_snapshot = True
            else:
                self._queue.append(message)
        self._wake()

    def take(self) -> list[bytes]:
        """The messages since the last call; at first, and after the queue overflowed, a snapshot."""
        if self._needs_snapshot:
            return self._hub.snapshot_for(self)
        with self._lock:
            messages = list(self._queue)
            self._queue.clear()
        return messages

    def reset(self) -> None:
        """Empties the queue; the reader has the newest snapshot."""
        with self._lock:
            self._queue.clear()
            self._needs_snapshot = False

    def end(self) -> None:
        """The store ends the stream."""
        self.closed = True
        self._wake()

    def close(self) -> None:
        """The reader has disconnected."""
        self.closed = True
        self._hub.unsubscribe(self)


class EventHub:
    """Topics and their subscriptions. Snapshots are made under the writer's lock, so that no change is missed."""

    def __init__(self, writer: AbstractContextManager[Any]) -> None:
        self._writer = writer
        self._subscriptions: dict[str, list[Subscription]] = {}
        self._snapshots: dict[str, Callable[[], dict[str, object]]] = {}
        self._lock = Lock()
        self._number = 0
        self._closed = False

    def topic(self, name: str, snapshot: Callable[[], dict[str, object]]) -> None:
        """Declares a topic; `snapshot` gives its whole state as an object with its event name under "is"."""
        self._snapshots[name] = snapshot

    def open(self, topic: str, wake: WakeUp, owner: str = "") -> Subscription:
        """Opens a subscription; `owner` names the session with which the subscription ends."""
        subscription = Subscription(self, topic, wake, owner)
        with self._lock:
            self._subscriptions.setdefault(topic, []).append(subscription)
            if self._closed:
                subscription.closed = True
        return subscription

    def opener(self, topic: str, owner: str = "") -> Callable[[WakeUp], Subscription]:
        """Opens a subscription when it is called with what wakes its reader."""
        return lambda wake: self.open(topic, wake, owner)

    def snapshot_for(self, subscription: Subscription) -> list[bytes]:
        """The snapshot of the subscription's topic; everything published from now on follows it."""
        with self._writer:
            snapshot = self._snapshots[subscription.topic]()
            subscription.reset()
            return [encode_event(snapshot, self._next_number(), str(snapshot["is"]))]

    def publish(self, topic: str, value: object, name: str = "") -> None:
        """Sends a value to every subscription of a topic; `name` replaces its class's name as the event's name."""
        with self._lock:
            subscriptions = list(self._subscriptions.get(topic, ()))
        message = encode_event(value, self._next_number(), name)
        for subscription in subscriptions:
            subscription.put(message)

    def unsubscribe(self, subscription: Subscription) -> None:
        with self._lock:
            subscriptions = self._subscriptions.get(subscription.topic, [])
            if subscription in subscriptions:
                subscriptions.remove(subscription)

    def owners(self) -> frozenset[str]:
        """The owners of all open streams."""
        return frozenset(s.owner for s in self._all() if s.owner and not s.closed)

    def close_owned_by(self, owner: str) -> None:
        """Ends the streams of a session that has ended, or of a device that was revoked."""
        for subscription in self._all():
            if subscription.owner == owner:
                subscription.end()

    def close(self) -> None:
        """Ends every stream."""
        with self._lock:
            self._closed = True
        for subscription in self._all():
            subscription.end()

    def _all(self) -> list[Subscription]:
        with self._lock:
            return [s for subscriptions in self._subscriptions.values() for s in subscriptions]

    def _next_number(self) -> int:
        with self._lock:
            self._number += 1
            return self._number
