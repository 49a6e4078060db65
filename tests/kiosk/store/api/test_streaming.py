"""The event stream: heartbeat, callbacks at its beginning and its end, and a client that stops reading."""

from __future__ import annotations

import asyncio
from threading import RLock
from typing import Any

import pytest

from kiosk.core.visit.events import RadioLost
from kiosk.store.api.streaming import BEAT, EventStreamResponse, StreamTimes
from kiosk.store.floor.event_hub import EventHub


class Client:
    """An ASGI client: keeps what it receives, disconnects when told, and may stop reading."""

    def __init__(self, reads: bool = True) -> None:
        self.messages: list[Any] = []
        self.reads = reads
        self.gone = asyncio.Event()
        self.changed = asyncio.Condition()

    async def receive(self) -> dict[str, str]:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        if not self.reads and message["type"] == "http.response.body":
            await asyncio.sleep(60)
        async with self.changed:
            self.messages.append(message)
            self.changed.notify_all()

    @property
    def body(self) -> bytes:
        return b"".join(m.get("body", b"") for m in self.messages)

    async def until(self, part: bytes) -> None:
        async with self.changed:
            await asyncio.wait_for(self.changed.wait_for(lambda: part in self.body), 10)


@pytest.fixture
def hub() -> EventHub:
    found = EventHub(RLock())
    found.topic("t", lambda: {"is": "Snapshot", "n": 1})
    return found


QUICK = StreamTimes(heartbeat=0.05, send_timeout=0.3)


def test_snapshot_then_changes_then_heartbeats_then_the_end(hub: EventHub) -> None:
    calls: list[str] = []

    async def scenario() -> Client:
        client = Client()
        answer = EventStreamResponse(
            hub.opener("t"),
            opened=lambda: calls.append("opened"),
            closed=lambda: calls.append("closed"),
            times=QUICK,
        )
        running = asyncio.create_task(answer({}, client.receive, client.send))
        await client.until(b"event: Snapshot\nid: 1\n")
        assert calls == ["opened"]
        hub.publish("t", RadioLost(7))
        await client.until(b'event: RadioLost\nid: 2\ndata: {"is":"RadioLost","at_us":7}\n\n')
        await client.until(b": \n\n")
        client.gone.set()
        await asyncio.wait_for(running, 10)
        return client

    client = asyncio.run(scenario())
    assert calls == ["opened", "closed"]
    headers = dict(client.messages[0]["headers"])
    assert headers[b"content-type"].startswith(b"text/event-stream")
    assert b"content-length" not in headers
    assert not hub._subscriptions["t"]


def test_a_page_gets_heartbeats_as_events_since_scripts_see_no_comments(hub: EventHub) -> None:
    async def scenario() -> Client:
        client = Client()
        answer = EventStreamResponse(hub.opener("t"), times=QUICK, heartbeat=BEAT)
        running = asyncio.create_task(answer({}, client.receive, client.send))
        await client.until(b"event: Beat\ndata: {}\n\nevent: Beat\n")
        client.gone.set()
        await asyncio.wait_for(running, 10)
        return client

    assert b": \n\n" not in asyncio.run(scenario()).body.replace(b"data: {}\n\n", b"")


def test_a_client_that_stops_reading_is_disconnected(hub: EventHub) -> None:
    calls: list[str] = []

    async def scenario() -> None:
        client = Client(reads=False)
        answer = EventStreamResponse(hub.opener("t"), closed=lambda: calls.append("closed"), times=QUICK)
        await asyncio.wait_for(answer({}, client.receive, client.send), 10)

    asyncio.run(scenario())
    assert calls == ["closed"]
    assert not hub._subscriptions["t"]


def test_the_hub_ends_the_streams_of_a_session_that_signed_out(hub: EventHub) -> None:
    async def scenario() -> Client:
        client = Client()
        running = asyncio.create_task(
            EventStreamResponse(hub.opener("t", "ines"))({}, client.receive, client.send)
        )
        await client.until(b"Snapshot")
        hub.close_owned_by("ines")
        await asyncio.wait_for(running, 10)
        return client

    assert asyncio.run(scenario()).messages[-1]["more_body"] is False
