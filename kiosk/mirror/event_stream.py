"""The store's event stream, kept open: parsed, supervised, opened again for ever.

Server-sent events as of the HTML Living Standard, section 9.2; only what the store sends is understood.
"""

from __future__ import annotations

import json
import logging
import os
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import requests
from urllib3.exceptions import HTTPError

from kiosk.core.visit.events import GarmentArrived, StaffChanged, StoreEvent
from kiosk.core.wire import WireError, read, wire_name
from kiosk.mirror.store_client import StoreClient, StoreError

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RoomSnapshot:
    """The whole truth of the room at the moment the stream opened."""

    pieces: tuple[GarmentArrived, ...]
    radio: bool
    staff: StaffChanged


@dataclass(frozen=True, slots=True)
class StreamLost:
    why: str


StreamMessage = RoomSnapshot | StoreEvent | StreamLost


def messages(lines: Iterable[bytes]) -> Iterator[tuple[str, str]]:
    """(event name, joined data) of each message in a stream of lines without their ends."""
    name, parts = "message", list[str]()
    for raw in lines:
        line = raw.decode("utf-8", "replace")
        if not line:
            if parts:
                yield name, "\n".join(parts)
            name, parts = "message", []
        elif line.startswith("event:"):
            name = line[6:].strip()
        elif line.startswith("data:"):
            parts.append(line[5:].removeprefix(" "))


def parse_message(name: str, data: str) -> RoomSnapshot | StoreEvent | None:
    """A message as a value; None where a newer store says what this mirror does not know. Raises WireError."""
    try:
        body = json.loads(data)
    except ValueError as trouble:
        raise WireError(f"{name}: no JSON ({trouble})") from None
    if name == "Snapshot":
        snapshot: RoomSnapshot = read(RoomSnapshot, body)
        return snapshot
    if name not in {wire_name(k) for k in StoreEvent.__args__}:
        return None
    said: StoreEvent = read(StoreEvent, body)
    return said


class StoreEventStream:
    """A thread that keeps the stream open and posts its news; StreamLost once per loss."""

    def __init__(self, client: StoreClient, post: Callable[[StreamMessage], None]) -> None:
        self._client, self._post = client, post
        self._stop = threading.Event()
        self._open: requests.Response | None = None
        self._up: bool | None = None
        self._thread = threading.Thread(target=self._run, name="store-stream", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        """End the thread; returns within about 2 s."""
        self._stop.set()
        answer = self._open
        if answer is not None:
            _shut(answer)
        self._thread.join(8.0)

    def _run(self) -> None:
        wait = 0.25
        while not self._stop.is_set():
            try:
                self._follow()
                why = "the stream ended"
            except (StoreError, HTTPError, OSError) as trouble:
                why = f"{type(trouble).__name__} {trouble}"
            if self._stop.is_set():
                return
            wait = 0.25 if self._up else min(wait * 2, 3.0)
            self._lost(why)
            self._stop.wait(wait)

    def _lost(self, why: str) -> None:
        if self._up is not False:
            self._up = False
            log.warning("store lost: %s; the mirror goes on by itself and keeps trying", why)
            self._post(StreamLost(why))

    def _follow(self) -> None:
        with self._client.stream() as answer:
            self._open = answer
            try:
                for name, data in messages(_lines(answer)):
                    if self._stop.is_set():
                        return
                    self._take(name, data)
            finally:
                self._open = None

    def _take(self, name: str, data: str) -> None:
        try:
            news = parse_message(name, data)
        except WireError as trouble:
            log.warning("a message of the store cannot be read and is left out: %s", trouble)
            return
        if isinstance(news, RoomSnapshot) and not self._up:
            self._up = True
            log.info("store reached")
        if news is not None:
            self._post(news)


def _lines(answer: requests.Response) -> Iterator[bytes]:
    """Lines as soon as they are there; requests' own iter_lines waits for a chunk to fill where none are marked."""
    held = b""
    while piece := answer.raw.read1(65536, decode_content=True):
        *lines, held = (held + piece).split(b"\n")
        yield from (line.rstrip(b"\r") for line in lines)


def _shut(answer: requests.Response) -> None:
    """End the connection under a thread that is reading from it; closing the answer would not wake that thread."""
    try:
        with socket.socket(fileno=os.dup(answer.raw.fileno())) as line:
            line.shutdown(socket.SHUT_RDWR)
    except (OSError, ValueError):
        return
