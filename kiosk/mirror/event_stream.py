"""Client of the store's event stream: reads and parses it, and opens it again whenever it ends.

Server-sent events (HTML Living Standard, section 9.2), as far as the store uses them: `event` and `data` lines.
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

from hardware.threads.fault_log import LimitedLog
from hardware.threads.supervised import SupervisedThread
from kiosk.core.domain.floor.aside import AsideOffer
from kiosk.core.domain.floor.services import ServiceKind
from kiosk.core.visit.asides.aside_event import AsideChanged, AsidesStated
from kiosk.core.visit.events import DislikesStated, GarmentArrived, StaffChanged, StoreEvent
from kiosk.core.visit.messages.message_event import StaffMessageShown
from kiosk.core.visit.pairing import PairingNeed
from kiosk.core.visit.prepared.prepared_event import PreparedChanged
from kiosk.core.wire import WireError, from_json, wire_name
from kiosk.mirror.store_client import StoreClient, StoreClientError, StoreRefusedError, UntrustedStoreError

log = logging.getLogger(__name__)

FIRST_RETRY_S, MAX_RETRY_S = 0.25, 3.0
"""Waits before the stream is opened again; doubled each time."""
_PAIR = "pair this mirror again: `cheval pair ROOM` on the store's computer"


@dataclass(frozen=True, slots=True)
class RoomSnapshot:
    """The complete state of the room when the stream was opened."""

    pieces: tuple[GarmentArrived, ...]
    radio: bool
    staff: StaffChanged
    message: StaffMessageShown | None = None
    """What an associate shows in the present visit."""
    dislikes: DislikesStated | None = None
    """What its shopper does not want to be offered, as far as the store knows it."""
    prepared: PreparedChanged | None = None
    """What waits for its member, who has proved her card."""
    asides: AsidesStated | None = None
    """What is put aside for her since earlier visits."""
    services: tuple[ServiceKind, ...] | None = None
    """What shoppers can ask for besides garments; None: the store is of an earlier version."""
    put_aside: AsideOffer = AsideOffer.NEVER
    """When a piece can be put aside."""
    delivery: bool = False
    """Pieces can be sent, or kept at the desk."""


@dataclass(frozen=True, slots=True)
class StreamLost:
    """The stream has ended; sent once for each loss, and again where it turns out that the mirror must be paired."""

    why: str
    need: PairingNeed | None = None


Present = Callable[[], tuple[str, int]]
"""The ticket of the mirror's present visit, and the mirror's clock."""


def no_visit() -> tuple[str, int]:
    """Says nothing of the present visit."""
    return "", 0


StreamMessage = RoomSnapshot | StoreEvent | StreamLost


def messages(lines: Iterable[bytes]) -> Iterator[tuple[str, str]]:
    """Event name and data of each message; `lines` come without their line ends."""
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
    """A message as a value; None for an event of a newer store that this mirror does not know. Raises WireError."""
    try:
        body = json.loads(data)
    except ValueError as error:
        raise WireError(f"{name}: not JSON ({error})") from None
    if name == "Snapshot":
        snapshot: RoomSnapshot = from_json(RoomSnapshot, body)
        return snapshot
    if name not in {wire_name(k) for k in StoreEvent.__args__}:
        return None
    event: StoreEvent = from_json(StoreEvent, body)
    return event


class StoreEventStream:
    """A thread that keeps the stream open and posts its messages."""

    def __init__(
        self,
        client: StoreClient,
        post: Callable[[StreamMessage], None],
        present: Present | None = None,
    ) -> None:
        """`present`: what the store gets to know when a stream is opened."""
        self._client, self._post, self._present = client, post, present or no_visit
        self._stop, self._lines = threading.Event(), LimitedLog(log)
        self._open: requests.Response | None = None
        self._personal, self._renewing = False, False
        self._up: bool | None = None
        self._need: PairingNeed | None = None
        self._said: set[type[BaseException]] = set()
        """Kinds of losses since the last connection that a person must end, and that were logged."""
        self.thread = SupervisedThread("store-stream", self._run, max_delay_s=MAX_RETRY_S)

    def start(self) -> None:
        """Start the thread."""
        self.thread.start()

    def close(self) -> None:
        """End the thread; takes about 2 s at most."""
        self._stop.set()
        answer = self._open
        if answer is not None:
            _shut_down(answer)
        self.thread.close(8.0)

    def renew(self) -> None:
        """The visit is over: closes the connection and opens another if something for the shopper came through it.

        Its buffers (of the reader, of TLS) hold what came last until more has come; a closed connection releases them,
        and released memory is overwritten. The store counts as reachable meanwhile: nothing is told.
        """
        answer = self._open
        if self._personal and answer is not None:
            self._personal, self._renewing = False, True
            _shut_down(answer)

    def _run(self) -> None:
        wait_s = FIRST_RETRY_S
        while not self._stop.is_set():
            need = None if self._client.paired else PairingNeed.UNPAIRED
            try:
                self._follow()
                why = "the stream ended"
            except StoreRefusedError as error:
                need = need or PairingNeed.REFUSED
                why = f"it refuses this mirror's token ({error}); {_PAIR}"
                self._say_once(error, why)
            except UntrustedStoreError as error:
                need = need or PairingNeed.UNTRUSTED
                why = f"what answers is not this shop's store: {error}; if the store has a new root, {_PAIR}"
                self._say_once(error, why)
            except (StoreClientError, HTTPError, OSError) as error:
                why = f"{type(error).__name__} {error}"
            except BaseException as error:
                self._lost(f"a fault of the program ({type(error).__name__})")
                raise
            if self._stop.is_set():
                return
            if self._renewing:
                self._renewing = False
                continue
            wait_s = FIRST_RETRY_S if self._up else min(wait_s * 2, MAX_RETRY_S)
            self._lost(why, need)
            self._stop.wait(wait_s)

    def _say_once(self, error: Exception, why: str) -> None:
        """Logs what keeps the mirror away after it was already away for another reason."""
        if self._up is False and type(error) not in self._said:
            log.warning("still no event stream from the store: %s", why)
        self._said.add(type(error))

    def _lost(self, why: str, need: PairingNeed | None = None) -> None:
        if self._up is not False:
            self._lines.log(
                logging.WARNING, "lost", "no event stream from the store: %s; the mirror keeps trying", why
            )
        if self._up is not False or need is not self._need:
            self._post(StreamLost(why, need))
        self._up, self._need = False, need

    def _follow(self) -> None:
        with self._client.stream(*self._present()) as answer:
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
            message = parse_message(name, data)
        except WireError as error:
            text = "an unreadable message of the store is ignored: %s"
            self._lines.log(logging.WARNING, "unreadable", text, error)
            return
        if isinstance(message, RoomSnapshot) and not self._up:
            self._up = True
            self._said.clear()
            self._lines.log(logging.INFO, "connected", "connected to the store")
        if isinstance(message, StaffMessageShown | PreparedChanged | AsideChanged | AsidesStated) or (
            isinstance(message, RoomSnapshot) and (message.message or message.prepared or message.asides)
        ):
            self._personal = True
        if message is not None:
            self._post(message)
        self.thread.worked()


def _lines(answer: requests.Response) -> Iterator[bytes]:
    """Lines as soon as they arrive. (`iter_lines` of requests waits for a full chunk if the answer is not chunked.)"""
    held = b""
    while piece := answer.raw.read1(65536, decode_content=True):
        *lines, held = (held + piece).split(b"\n")
        yield from (line.rstrip(b"\r") for line in lines)


def _shut_down(answer: requests.Response) -> None:
    """Shut the connection down while another thread reads from it; closing the answer would not wake that thread."""
    try:
        with socket.socket(fileno=os.dup(answer.raw.fileno())) as connection:
            connection.shutdown(socket.SHUT_RDWR)
    except (OSError, ValueError):
        return
