"""The LLRP driver: a thread with a socket that keeps one conversation with one reader going for ever."""

from __future__ import annotations

import logging
import ssl
import time
from collections.abc import Callable, Sequence

from hardware.clock import now_us
from hardware.connection import Connection, WakeUp, open_connection
from hardware.llrp.client_protocol import (
    ClientProtocol,
    DeviceWarning,
    InventoryStarted,
    Output,
    SendBytes,
    TagsReported,
)
from hardware.llrp.frames import Framer
from hardware.llrp.messages import TagReportData
from hardware.llrp.settings import LlrpSettings
from hardware.ports import RadioFact, ReaderDown, ReaderUp, TagRead, TagReads
from hardware.supervise import run_supervised
from hardware.threaded_reader import ThreadedReader

_LOG = logging.getLogger("hardware.llrp")
# a report is believed to be this old at most, whatever the reader's stamps say
_OLDEST_US = 1_000_000
# later than any stamp, for tags that came without one
_NEVER = 1 << 64
# how long a leaving client waits for the reader's farewell
_FAREWELL_S = 0.5

Post = Callable[[RadioFact], None]


class LlrpReader(ThreadedReader[RadioFact]):
    """A TagReader over TCP, with TLS if a context is given; see `hardware.ports` for what it promises."""

    def __init__(
        self,
        name: str,
        host: str,
        port: int,
        settings: LlrpSettings | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        super().__init__(name)
        self._address = (host, port)
        self._settings = settings or LlrpSettings()
        self._tls = tls
        self._wake_up = WakeUp()

    def _wake(self) -> None:
        self._wake_up.wake()

    def _release(self) -> None:
        self._wake_up.close()

    def _run(self, post: Post) -> None:
        run_supervised(
            self._name,
            lambda on_connected: self._converse(post, on_connected),
            up=lambda: post(ReaderUp(self._name, now_us())),
            down=lambda why: post(ReaderDown(self._name, why, now_us())),
            wait=self._stop.wait,
            backoff=self._settings.backoff,
        )

    def _converse(self, post: Post, on_connected: Callable[[], None]) -> None:
        """One connection from its first byte to its last; returns only when asked to stop."""
        with open_connection(self._address, self._wake_up, self._settings.connect_s, self._tls) as wire:
            if wire is None:
                return
            dialogue, framer = ClientProtocol(self._settings, time.monotonic()), Framer()
            while not self._stop.is_set():
                now = time.monotonic()
                self._do_all(dialogue.tick(now), wire, on_connected)
                chunk = wire.receive(dialogue.deadline() - now)
                if chunk:
                    self._hear(chunk, framer, dialogue, wire, post, on_connected)
            self._leave(wire, dialogue)

    def _hear(
        self,
        chunk: bytes,
        framer: Framer,
        dialogue: ClientProtocol,
        wire: Connection,
        post: Post,
        on_connected: Callable[[], None],
    ) -> None:
        now = time.monotonic()
        tags: list[TagReportData] = []
        for frame in framer.feed(chunk):
            for output in dialogue.received(frame, now):
                if isinstance(output, TagsReported):
                    tags += output.tags
                else:
                    self._do_all([output], wire, on_connected)
        if tags:
            post(TagReads(self._name, convert_timestamps(tags, now_us())))

    def _do_all(self, outputs: Sequence[Output], wire: Connection, on_connected: Callable[[], None]) -> None:
        for output in outputs:
            match output:
                case SendBytes(raw):
                    wire.send(raw)
                case InventoryStarted(capabilities):
                    _LOG.debug("reader %s can do %s", self._name, capabilities)
                    on_connected()
                case DeviceWarning(text):
                    _LOG.warning("reader %s: %s", self._name, text)
                case TagsReported():
                    pass

    def _leave(self, wire: Connection, dialogue: ClientProtocol) -> None:
        """Says farewell so that the reader lets the next client in at once; a reader that is gone does not matter."""
        try:
            wire.send(dialogue.closing_messages())
            wire.drain(_FAREWELL_S)
        except OSError:
            _LOG.debug("reader %s went before the farewell", self._name)


def convert_timestamps(tags: Sequence[TagReportData], now_us: int) -> tuple[TagRead, ...]:
    """Reads stamped by our clock, oldest first: the newest is now, the others as much older as the reader says.

    Only differences of the reader's stamps are used, so that its clock may be wrong, or count from its start.
    """
    stamps = [tag.stamp_us for tag in tags]
    newest = max(stamps)
    if stamps.count(newest) == len(stamps):
        return tuple([TagRead(epc, antenna, float(rssi), now_us) for epc, antenna, rssi, _ in tags])
    if 0 in stamps or stamps != sorted(stamps):
        tags = sorted(tags, key=_stamp)
    # a tag without a stamp is as new as the newest
    oldest = newest - _OLDEST_US
    late = now_us - newest
    return tuple(
        [
            TagRead(epc, antenna, float(rssi), now_us if not stamp else late + max(stamp, oldest))
            for epc, antenna, rssi, stamp in tags
        ]
    )


def _stamp(tag: TagReportData) -> int:
    return tag.stamp_us or _NEVER
