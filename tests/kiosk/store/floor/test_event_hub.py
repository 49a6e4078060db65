"""The event hub: changes in order, a snapshot at the beginning, and a slow reader that delays no other."""

from __future__ import annotations

import json
import socket
from functools import partial
from threading import RLock, Thread
from typing import Any

from kiosk.core.visit.events import RadioBack, RadioLost
from kiosk.store.floor.event_hub import MAX_QUEUED, EventHub
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.http_clients import mirror, read_stream


def parsed(messages: list[Any]) -> list[Any]:
    return [(m.split(b"\n")[0][7:].decode(), json.loads(m.split(b"\n")[2][6:])) for m in messages]


def make_hub() -> tuple[EventHub, dict[str, int]]:
    hub, state = EventHub(RLock()), {"n": 0}
    hub.topic("t", lambda: {"is": "Snapshot", "n": state["n"]})
    return hub, state


def test_a_stream_begins_with_a_snapshot_and_continues_with_changes() -> None:
    hub, state = make_hub()
    hub.publish("t", RadioLost(1))
    stream = hub.open("t", lambda: None)
    hub.publish("t", RadioLost(2))
    state["n"] = 7
    assert parsed(stream.take()) == [("Snapshot", {"is": "Snapshot", "n": 7})]
    hub.publish("t", RadioLost(3))
    hub.publish("t", RadioBack(4))
    assert [name for name, _ in parsed(stream.take())] == ["RadioLost", "RadioBack"]
    assert stream.take() == []


def test_numbers_rise_over_all_streams() -> None:
    hub, _ = make_hub()
    streams = [hub.open("t", lambda: None) for _ in range(3)]
    for stream in streams:
        stream.take()
    hub.publish("t", RadioLost(1))
    hub.publish("t", RadioLost(2))
    ids = [[int(m.split(b"\n")[1][4:]) for m in s.take()] for s in streams]
    assert ids[0] == ids[1] == ids[2]
    assert ids[0][0] < ids[0][1]


def test_a_reader_that_falls_behind_gets_a_new_snapshot() -> None:
    hub, state = make_hub()
    slow, quick = hub.open("t", lambda: None), hub.open("t", lambda: None)
    slow.take()
    quick.take()
    heard = 0
    for n in range(3 * MAX_QUEUED):
        state["n"] = n
        hub.publish("t", RadioLost(n))
        heard += len(quick.take())
    assert heard == 3 * MAX_QUEUED
    assert parsed(slow.take()) == [("Snapshot", {"is": "Snapshot", "n": 3 * MAX_QUEUED - 1})]
    hub.publish("t", RadioBack(1))
    assert [name for name, _ in parsed(slow.take())] == ["RadioBack"]


def test_no_change_is_lost_between_snapshot_and_stream() -> None:
    """With many threads: a snapshot and the changes after it have consecutive numbers."""
    writer = RLock()
    hub, count = EventHub(writer), [0]
    hub.topic("t", lambda: {"is": "Snapshot", "n": count[0]})

    def write() -> None:
        for _ in range(2000):
            with writer:
                count[0] += 1
                hub.publish("t", RadioLost(count[0]))

    thread = Thread(target=write)
    streams = [hub.open("t", lambda: None) for _ in range(4)]
    thread.start()
    seen = [parsed(s.take()) for s in streams]
    while thread.is_alive():
        for place, stream in enumerate(streams):
            seen[place] += parsed(stream.take())
    thread.join()
    for place, stream in enumerate(streams):
        messages = seen[place] + parsed(stream.take())
        last = None
        for name, body in messages:
            now = body["n"] if name == "Snapshot" else body["at_us"]
            assert last is None or now == last + 1 or name == "Snapshot"
            last = now
        assert last == 2000


def test_unsubscribing_and_closing_end_a_stream() -> None:
    hub, _ = make_hub()
    one, two = hub.open("t", lambda: None, "ines"), hub.open("t", lambda: None, "mei")
    hub.close_owned_by("ines")
    assert (one.closed, two.closed) == (True, False)
    two.take()
    one.close()
    hub.publish("t", RadioLost(1))
    assert (one.closed, len(two.take())) == (True, 1)
    hub.close()
    assert two.closed
    assert hub.open("t", lambda: None).closed


def has_time(_: str, body: dict[str, Any], at_us: int) -> bool:
    return body.get("at_us") == at_us


def test_a_reader_that_never_reads_delays_no_other(store: Store, url: str, settings: StoreSettings) -> None:
    with mirror(url, settings.state, "1") as client:
        host, port = url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as silent:
            silent.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            head = f"GET /api/v1/rooms/1/stream HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {client.token}\r\n\r\n"
            silent.sendall(head.encode())
            with read_stream(client, "/api/v1/rooms/1/stream") as quick:
                quick.named("Snapshot")
                for n in range(5000):
                    store.hub.publish("room/1", RadioLost(n))
                    if n % 100 == 0:
                        quick.wait(partial(has_time, at_us=n))
                store.hub.publish("room/1", RadioBack(9))
                quick.named("RadioBack")
