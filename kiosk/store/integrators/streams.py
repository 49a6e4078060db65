"""Event streams of integrators. Each reads the log from its own position, so a slow reader holds nothing and loses
nothing: what it has not taken is read for it later, and after a break it goes on from the last id that it has."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from kiosk.store.event_log.errors import EventsGoneError, TooManyStreamsError
from kiosk.store.event_log.events import EventKind
from kiosk.store.event_log.feed import EventFeed
from kiosk.store.event_log.positions import Position
from kiosk.store.integrators.accounts import Integrator
from kiosk.store.integrators.digital_link import DigitalLinks
from kiosk.store.integrators.event_forms import beat_message, event_message

MAX_STREAMS: Final = 8
"""Open streams of one integrator."""
PAGE: Final = 100
WakeUp = Callable[[], None]


class LogStream:
    """One open stream. `take` is called by one thread at a time."""

    def __init__(
        self, feed: EventFeed, at: Position, kinds: frozenset[EventKind], links: DigitalLinks, wake: WakeUp
    ) -> None:
        self._feed, self._at, self._kinds, self._links, self._wake = feed, at, kinds, links, wake
        self.closed = False
        self.on_close: Callable[[], None] = lambda: None

    @property
    def needs_snapshot(self) -> bool:
        """Whether there is something to read, from the database."""
        return self._at != self._feed.newest

    def take(self) -> list[bytes]:
        """The next events. A reader who fell behind what is kept is disconnected, and its next request says why (410);
        while the database does not answer it is disconnected too, and goes on later from the last id that it has."""
        try:
            page = self._feed.page(self._at, self._kinds, PAGE)
        except (EventsGoneError, SQLAlchemyError):
            self.end()
            return []
        stream_id = self._at.stream_id
        self._at = Position(stream_id, page.seq)
        if page.more:
            self._wake()
        return [event_message(each, stream_id, self._links) for each in page.events]

    def beat(self) -> bytes:
        """A heartbeat, with the id up to which the reader has everything."""
        return beat_message(self._at)

    def end(self) -> None:
        """The store ends the stream."""
        self.closed = True
        self._wake()

    def close(self) -> None:
        """The reader has disconnected."""
        self.closed = True
        self.on_close()


class LogStreams:
    """The open streams of all integrators. Safe from any thread."""

    def __init__(self, feed: EventFeed, links: DigitalLinks) -> None:
        self._feed, self._links = feed, links
        self._open: dict[str, list[LogStream]] = {}
        self._lock = Lock()
        self._closed = False

    def open(self, who: Integrator, at: Position, kinds: frozenset[EventKind], wake: WakeUp) -> LogStream:
        """Opens a stream from a position on; one too many, of two requests in the same instant, ends at once."""
        stream = LogStream(self._feed, at, kinds, self._links, wake)
        stream.on_close = lambda: self._ended(who.name, stream)
        with self._lock:
            streams = self._open.setdefault(who.name, [])
            stream.closed = self._closed or len(streams) >= MAX_STREAMS
            streams.append(stream)
        self._feed.on_published(stream, wake)
        return stream

    def require_free(self, who: Integrator) -> None:
        """Raises TooManyStreamsError if the integrator may open no other stream."""
        if (streams := self.count(who.name)) >= MAX_STREAMS:
            raise TooManyStreamsError(streams)

    def end(self, name: str) -> None:
        """Ends all streams of an integrator."""
        with self._lock:
            streams = tuple(self._open.get(name, ()))
        for stream in streams:
            stream.end()

    def count(self, name: str) -> int:
        """How many streams of an integrator are open."""
        with self._lock:
            return len(self._open.get(name, ()))

    def close(self) -> None:
        """Ends every stream; a later one ends at once."""
        with self._lock:
            self._closed = True
            names = tuple(self._open)
        for name in names:
            self.end(name)

    def _ended(self, name: str, stream: LogStream) -> None:
        self._feed.forget(stream)
        with self._lock:
            streams = self._open.get(name, [])
            if stream in streams:
                streams.remove(stream)
            if not streams:
                self._open.pop(name, None)
