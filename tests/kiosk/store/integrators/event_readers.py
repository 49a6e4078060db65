"""Programs of other systems for tests: one that reads a stream, breaks off and goes on; and what happens meanwhile."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import requests

from hardware.rooms.changes import TagArrived, TagLeft
from kiosk.core.domain.ids import piece_id
from kiosk.store.event_log.events import EventKind, PieceEvent, Scope
from kiosk.store.event_log.recording import record
from kiosk.store.lifecycle import Store
from tests.kiosk.store.http_clients import TIMEOUT_S, HttpClient
from tests.kiosk.store.sample_shop import START_US, gtin_of, piece_of

SHIRT = ("S1", "WHI", "M")
MAX_BEATS = 10


def integrator(store: Store, url: str, name: str, *scopes: Scope) -> HttpClient:
    """A new integrator's client; with all scopes unless some are named."""
    return HttpClient(url, store.events.integrators.add(name, scopes or tuple(Scope), "test"))


def carry(store: Store, serial: int, *, out: bool = False) -> None:
    """A shirt is carried into room 1, or out of it."""
    piece = piece_of(*SHIRT, serial)
    store.service.floor.rooms_changed(
        [TagLeft("1", piece, START_US) if out else TagArrived("1", piece, True, 0.99, START_US)]
    )
    store.tick(store.clock())


def sell(store: Store, *serials: int) -> None:
    """Sales of shirts are recorded and published."""
    with store.resources.database.writing() as connection:
        record(
            connection,
            [PieceEvent(EventKind.SOLD, piece_id(gtin_of(*SHIRT), str(n)), START_US) for n in serials],
        )
    store.events.tick()


class StreamReader:
    """A program that reads the stream. `last_id`: what it sends when it goes on."""

    def __init__(self, client: HttpClient) -> None:
        self._client = client
        self.last_id = ""
        self.events: list[dict[str, Any]] = []

    @contextmanager
    def connected(self) -> Iterator[Iterator[bytes]]:
        """The lines of the stream, from the last id on."""
        headers = {"Authorization": f"Bearer {self._client.token}"}
        if self.last_id:
            headers["Last-Event-ID"] = self.last_id
        answer = requests.get(
            f"{self._client.url}/api/v1/events/stream", headers=headers, stream=True, timeout=TIMEOUT_S
        )
        try:
            assert answer.status_code == 200, answer.text
            yield answer.iter_lines(chunk_size=1)
        finally:
            answer.close()

    def take(self, lines: Iterator[bytes]) -> bool:
        """Reads until the next event or heartbeat; whether it was an event. False at the end too."""
        for line in lines:
            if line.startswith(b"id: "):
                self.last_id = line[4:].decode()
            elif line.startswith(b"data: "):
                self.events.append(json.loads(line[6:]))
            elif not line and self.last_id:
                return bool(self.events) and self.events[-1]["id"] == self.last_id
        return False

    def take_events(self, lines: Iterator[bytes], count: int) -> None:
        """Reads until there are so many events in all; the store's heartbeats show that none is on its way."""
        beats = 0
        while len(self.events) < count:
            beats += not self.take(lines)
            assert beats < MAX_BEATS, f"{len(self.events)} events of {count}"

    @property
    def serials(self) -> list[int]:
        """The serials of the events' pieces."""
        return [int(event["serial"]) for event in self.events]
