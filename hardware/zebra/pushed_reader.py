"""Reads that a Zebra reader pushes by itself, to an MQTT broker or by HTTP POST, with or without control over REST.

With the reader's own address the driver sets the reader up and requests its status every 30 s. Without it only the
reader's messages show that it works: its heartbeats (management events), by default every 60 s.
"""

from __future__ import annotations

import ssl
import time
from abc import abstractmethod
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Final

from hardware.clock import now_us
from hardware.errors import ConnectionLostError, ReaderRefusedError
from hardware.ports import NoteKind, RadioFact
from hardware.supervision.supervise import Backoff
from hardware.watches.field_watch import FieldWatch
from hardware.zebra.driver import ZebraDriver
from hardware.zebra.reader_control import ReaderControl
from hardware.zebra.settings import ZebraSettings

# a reader is lost after this many intervals without a message: one may be late, one may be missing
_INTERVALS: Final = 2.5
_UNWATCHED: Final = (
    "a loss of the reader is not noticed: append reader=HOST to the address, or let it send heartbeats "
    "(management events) to the same place and append heartbeat_s=60"
)

Next = Callable[[float], list[bytes]]


@dataclass(frozen=True, slots=True)
class ControlledReader:
    """The reader's own REST interface, for its control. `tls` None: plain HTTP."""

    address: tuple[str, int]
    tls: ssl.SSLContext | None
    settings: ZebraSettings


@dataclass(frozen=True, slots=True)
class PushSettings:
    """Times in seconds. `heartbeat_s`: the interval of the reader's heartbeats, 0 if it sends none. `turn_s`: how long
    one wait for messages lasts. `antennas`: the ports in use, all if empty."""

    heartbeat_s: float = 60.0
    turn_s: float = 0.5
    antennas: tuple[int, ...] = ()
    backoff: Backoff = field(default_factory=Backoff)


class PushedReader(ZebraDriver):
    """A `TagReader`; a subclass opens the source of messages. `reader` None: the retailer controls the reader."""

    def __init__(self, name: str, push: PushSettings, reader: ControlledReader | None) -> None:
        super().__init__(name, push.antennas, push.backoff)
        self._push = push
        self.controlled = reader
        """The reader's own REST interface, if the driver controls it."""

    @abstractmethod
    def _messages(self) -> AbstractContextManager[Next | None]:
        """Opens the source of messages: a function that waits at most so many seconds for the next ones. None when the
        driver is closed."""

    def wait_for_message(self, seconds: float) -> bool:
        """Whether a message comes within this time, of a driver that is not started. Raises as the source does."""
        end = time.monotonic() + seconds
        with self._messages() as next_messages:
            while next_messages is not None and (left := end - time.monotonic()) > 0:
                if next_messages(min(left, self._push.turn_s)):
                    return True
                if (refusal := self._refusal()) is not None:
                    raise refusal
        return False

    def _refusal(self) -> ConnectionLostError | None:
        """Why messages were refused since the last call; None if none was. They may be those of a stranger."""
        return None

    def _refusal_notes(self, refusal: ConnectionLostError | None) -> list[RadioFact]:
        return [] if refusal is None else self._intake.left_out(str(refusal), now_us())

    def _receive(self, post: FieldWatch, on_up: Callable[[], None]) -> None:
        with self._messages() as next_messages:
            if next_messages is None:
                return
            control = self._prepared(post)
            if control is None:
                self._follow_messages(next_messages, post, on_up)
            else:
                self._post_all(post, control.start(on_up))
                self._follow_controlled(next_messages, control, post)

    def _prepared(self, post: FieldWatch) -> ReaderControl | None:
        of = self.controlled
        if of is None:
            return None
        control = ReaderControl(of.address, of.tls, self._wake_up, of.settings, self._intake)
        control.log_in()
        control.prepare()
        post.antennas = self._antennas or control.state.ports
        return control

    def _follow_controlled(self, next_messages: Next, control: ReaderControl, post: FieldWatch) -> None:
        while not self._stop.is_set():
            facts, reads = self._taken(next_messages(self._push.turn_s))
            self._post_all(post, facts + self._refusal_notes(self._refusal()))
            # a heartbeat may be older than the start of the inventory: the reader itself is asked
            if (not reads or time.monotonic() >= control.status_due) and not self._stop.is_set():
                self._post_all(post, control.check(required=True))

    def _follow_messages(self, next_messages: Next, post: FieldWatch, on_up: Callable[[], None]) -> None:
        """Without control the reader is there from its first message until it is silent for too long."""
        up = False
        silence_s = _INTERVALS * self._push.heartbeat_s
        last_message = time.monotonic()
        last_refusal: ConnectionLostError | None = None
        if not silence_s:
            up = True
            on_up()
            self._post_all(post, self._intake.notes.begin(NoteKind.SETTING, _UNWATCHED, now_us()))
        while not self._stop.is_set():
            messages = next_messages(self._push.turn_s)
            facts, reads = self._taken(messages)
            if not reads:
                raise ReaderRefusedError("the reader does not read: its inventory is stopped")
            if messages and not up:
                up = True
                on_up()
            refusal = self._refusal()
            self._post_all(post, facts + self._refusal_notes(refusal))
            last_refusal = refusal or last_refusal
            last_message = time.monotonic() if messages else last_message
            if silence_s and time.monotonic() - last_message > silence_s and not self._stop.is_set():
                raise last_refusal or ConnectionLostError(
                    f"no message of the reader for {silence_s:g} s: check its power, its endpoint and its heartbeats"
                )

    def _taken(self, messages: list[bytes]) -> tuple[list[RadioFact], bool]:
        """The facts of messages, and False if by the last heartbeat among them the reader does not read."""
        facts: list[RadioFact] = []
        reads = True
        for message in messages:
            taken = self._intake.take(message, now_us())
            facts += taken.facts
            if taken.state is not None and taken.state.reads is not None:
                reads = taken.state.reads
        return facts, reads
