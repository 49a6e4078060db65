"""A topic of the event hub as server-sent events, with a heartbeat; a client that does not read is disconnected.

Not FastAPI's EventSourceResponse: its keep-alive is a fixed 15 s while a mirror counts the store as lost after 6 s, and
it waits without limit for a client that stops reading.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from kiosk.store.floor.event_hub import EventHub, Subscription

HEADERS = {"cache-control": "no-store", "x-accel-buffering": "no"}
COMMENT = b": \n\n"
"""A heartbeat for readers that see every line. Browsers do not show it to scripts."""
BEAT = b"event: Beat\ndata: {}\n\n"
"""A heartbeat for a page: an event, so that its script can tell a silent store from a calm one."""
Callback = Callable[[], None]


@dataclass(frozen=True, slots=True)
class StreamTimes:
    """Times of an event stream, in seconds."""

    heartbeat: float = 2.0
    """A heartbeat is sent after this time without an event."""
    send_timeout: float = 10.0
    """A client that accepts no byte for this long is disconnected; when it connects again it gets a snapshot."""


class EventStreamResponse(Response):
    """The answer to a stream's request. `opened` and `closed` are called on a worker thread.

    `heartbeat` is sent while there is no event.
    """

    media_type = "text/event-stream"

    def __init__(
        self,
        hub: EventHub,
        topic: str,
        owner: str = "",
        *,
        opened: Callback | None = None,
        closed: Callback | None = None,
        times: StreamTimes | None = None,
        heartbeat: bytes = COMMENT,
    ) -> None:
        super().__init__(headers=HEADERS)
        del self.headers["content-length"]
        self._hub, self._topic, self._owner, self._opened, self._closed = hub, topic, owner, opened, closed
        self._times, self._heartbeat = times or StreamTimes(), heartbeat

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        del scope
        loop, awake = asyncio.get_running_loop(), asyncio.Event()

        def wake() -> None:
            with suppress(RuntimeError):  # the loop is closed, the client is gone
                loop.call_soon_threadsafe(awake.set)

        stream = self._hub.open(self._topic, wake, self._owner)
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

    async def _pump(self, stream: Subscription, awake: asyncio.Event, send: Send) -> None:
        while not stream.closed:
            awake.clear()
            messages = await run_in_threadpool(stream.take) if stream.needs_snapshot else stream.take()
            if messages:
                await self._send(send, b"".join(messages))
            try:
                await asyncio.wait_for(awake.wait(), self._times.heartbeat)
            except TimeoutError:
                await self._send(send, self._heartbeat)

    async def _send(self, send: Send, body: bytes) -> None:
        message = {"type": "http.response.body", "body": body, "more_body": True}
        await asyncio.wait_for(send(message), self._times.send_timeout)


async def _end_on_disconnect(receive: Receive, stream: Subscription) -> None:
    while (await receive())["type"] != "http.disconnect":
        continue
    stream.end()


async def _call(callback: Callback | None) -> None:
    if callback is not None:
        await run_in_threadpool(callback)
