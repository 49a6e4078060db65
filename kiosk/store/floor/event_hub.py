"""What the store says, fanned out to many open streams; a slow one never holds up the others.

A stream keeps at most `MAX_QUEUED` messages. One that falls further behind loses them all and then begins
again: a fresh snapshot. Publishing never blocks and may be done from any thread.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager
from threading import Lock
from typing import Any

from kiosk.core.wire import plain, wire_name

MAX_QUEUED = 256
FLOOR_TOPIC = "floor"
"""Topic of the associates' pages; a room's topic is `room_topic`."""
WakeUp = Callable[[], None]


def room_topic(room: str) -> str:
    """The topic of one room's mirror."""
    return f"room/{room}"


def encode_event(value: object, number: int, name: str = "") -> bytes:
    """A value as one message of a server-sent event stream (HTML Living Standard, section 9.2)."""
    body = json.dumps(
        value if isinstance(value, dict) else plain(value), ensure_ascii=False, separators=(",", ":")
    )
    return f"event: {name or wire_name(type(value))}\nid: {number}\ndata: {body}\n\n".encode()


class Subscription:
    """One reader's place in line. `wake` is called, from any thread, when there is something to take."""

    def __init__(self, hub: EventHub, topic: str, wake: WakeUp, owner: str = "") -> None:
        self._hub, self.topic, self._wake, self.owner = hub, topic, wake, owner
        self._waiting: deque[bytes] = deque()
        self._lock = Lock()
        self._behind = True
        self.closed = False

    @property
    def needs_snapshot(self) -> bool:
        """Whether the next `take` makes a snapshot, for which it waits for the writer."""
        return self._behind

    def put(self, message: bytes) -> None:
        with self._lock:
            if self._behind:
                return
            if len(self._waiting) >= MAX_QUEUED:
                self._waiting.clear()
                self._behind = True
            else:
                self._waiting.append(message)
        self._wake()

    def take(self) -> list[bytes]:
        """What has come since the last call; first of all, and after falling behind, a snapshot."""
        if self._behind:
            return self._hub.snapshot_for(self)
        with self._lock:
            messages = list(self._waiting)
            self._waiting.clear()
        return messages

    def reset(self) -> None:
        with self._lock:
            self._waiting.clear()
            self._behind = False

    def fall_behind(self) -> None:
        """Makes the next `take` begin with a snapshot."""
        with self._lock:
            self._waiting.clear()
            self._behind = True
        self._wake()

    def end(self) -> None:
        self.closed = True
        self._wake()

    def close(self) -> None:
        """The reader is gone."""
        self.closed = True
        self._hub.unsubscribe(self)


class EventHub:
    """Topics and their streams. A snapshot is taken under the writer's lock, so that no change falls between."""

    def __init__(self, writer: AbstractContextManager[Any]) -> None:
        self._writer = writer
        self._streams: dict[str, list[Subscription]] = {}
        self._snapshots: dict[str, Callable[[], dict[str, object]]] = {}
        self._lock = Lock()
        self._number = 0
        self._closed = False

    def topic(self, name: str, snapshot: Callable[[], dict[str, object]]) -> None:
        """Declares a topic; `snapshot` gives its whole truth as an object with its name under "is"."""
        self._snapshots[name] = snapshot

    def open(self, topic: str, wake: WakeUp, owner: str = "") -> Subscription:
        """A new stream; `owner` names the session it ends with."""
        stream = Subscription(self, topic, wake, owner)
        with self._lock:
            self._streams.setdefault(topic, []).append(stream)
            if self._closed:
                stream.closed = True
        return stream

    def snapshot_for(self, stream: Subscription) -> list[bytes]:
        """The snapshot for a stream that begins (again); what is published from now on follows it."""
        with self._writer:
            snapshot = self._snapshots[stream.topic]()
            stream.reset()
            return [encode_event(snapshot, self._next(), str(snapshot["is"]))]

    def publish(self, topic: str, value: object, name: str = "") -> None:
        """Hands a value to every stream of a topic, under its class's name or this one; encoded once."""
        with self._lock:
            streams = list(self._streams.get(topic, ()))
        message = encode_event(value, self._next(), name)
        for stream in streams:
            stream.put(message)

    def renew(self, topic: str) -> None:
        """Every stream of the topic gets a fresh snapshot."""
        with self._lock:
            streams = list(self._streams.get(topic, ()))
        for stream in streams:
            stream.fall_behind()

    def unsubscribe(self, stream: Subscription) -> None:
        with self._lock:
            streams = self._streams.get(stream.topic, [])
            if stream in streams:
                streams.remove(stream)

    def listening(self, topic: str) -> int:
        """How many streams are open on a topic."""
        with self._lock:
            return len(self._streams.get(topic, ()))

    def close_owned_by(self, owner: str) -> None:
        """Ends the streams of an owner who signed out."""
        with self._lock:
            streams = [s for those in self._streams.values() for s in those if s.owner == owner]
        for stream in streams:
            stream.end()

    def close(self) -> None:
        """Ends every stream."""
        with self._lock:
            self._closed = True
            streams = [s for those in self._streams.values() for s in those]
        for stream in streams:
            stream.end()

    def _next(self) -> int:
        with self._lock:
            self._number += 1
            return self._number
