"""Server-sent events, with a heartbeat; a client that does not read is disconnected.

Not FastAPI's EventSourceResponse: its keep-alive is a fixed 15 s while a mirror counts the store as lost after 6 s, and
it waits without limit for a client that stops reading.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

HEADERS = {"cache-control": "no-store", "x-accel-buffering": "no"}
COMMENT = b": \n\n"
"""A heartbeat for readers that see every line. Browsers do not show it to scripts."""
BEAT = b"event: Beat\ndata: {}\n\n"
"""A heartbeat for a page: an event, so that its script can tell a silent store from a calm one."""
Callback = Callable[[], None]


class Stream(Protocol):
    """What is sent: a subscription of the event hub, or a reader of the log of events."""

    @property
    def closed(self) -> bool:
        """Whether it has ended."""
        ...

    @property
    def needs_snapshot(self) -> bool:
        """Whether the next `take` waits for a lock or the database."""
        ...

    def take(self) -> list[bytes]:
        """The messages since the last call."""
        ...

    def end(self) -> None:
        """Ends it; from any thread."""
        ...

    def close(self) -> None:
        """The client has disconnected."""
        ...


Opener = Callable[[Callback], Stream]
"""Opens a stream. It calls its argument, from any thread, when `take` has something to return."""


@dataclass(frozen=True, slots=True)
class StreamTimes:
    """Times of an event stream, in seconds."""

    heartbeat: float = 2.0
    """A heartbeat is sent after this time without an event."""
    send_timeout: float = 10.0
    """A client that accepts no byte for this long is disconnected; when it connects again it gets a snapshot."""


class EventStreamResponse(Response):
    """The answer to a stream's request. `opened` and `closed` are called on a worker thread.

    `heartbeat` is sent while there is no event; of a function, what it returns for the stream.
    """

    media_type = "text/event-stream"

    def __init__(
        self,
        stream: Opener,
        *,
        opened: Callback | None = None,
        closed: Callback | None = None,
        times: StreamTimes | None = None,
        heartbeat: bytes | Callable[[Stream], bytes] = COMMENT,
    ) -> None:
        super().__init__(headers=HEADERS)
        del self.headers["content-length"]
        self._stream, self._opened, self._closed = stream, opened, closed
        self._times, self._heartbeat = times or StreamTimes(), heartbeat

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        del scope
        loop, awake = asyncio.get_running_loop(), asyncio.Event()

        def wake() -> None:
            with suppress(RuntimeError):  # the loop is closed, the client is gone
                loop.call_soon_threadsafe(awake.set)

        stream = self._stream(wake)
        disconnect = asyncio.create_task(_end_on_disconnect(receive, stream))
        try:
            await _call(self._opened)
            await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            await self._pump(stream, awake, send)
        except (TimeoutError, OSError):
            return
        finally:
            stream.close()
            disconnect.cancel()
            await asyncio.shield(_call(self._closed))
        with suppress(OSError):
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _pump(self, stream: Stream, awake: asyncio.Event, send: Send) -> None:
        while not stream.closed:
            awake.clear()
            messages = await run_in_threadpool(stream.take) if stream.needs_snapshot else stream.take()
            if messages:
                await self._send(send, b"".join(messages))
            try:
                await asyncio.wait_for(awake.wait(), self._times.heartbeat)
            except TimeoutError:
                beat = self._heartbeat
                await self._send(send, beat if isinstance(beat, bytes) else beat(stream))

    async def _send(self, send: Send, body: bytes) -> None:
        message = {"type": "http.response.body", "body": body, "more_body": True}
        await asyncio.wait_for(send(message), self._times.send_timeout)


async def _end_on_disconnect(receive: Receive, stream: Stream) -> None:
    while (await receive())["type"] != "http.disconnect":
        continue
    stream.end()


async def _call(callback: Callback | None) -> None:
    if callback is not None:
        await run_in_threadpool(callback)
