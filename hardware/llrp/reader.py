"""LLRP driver: a thread that keeps one TCP or TLS connection to a reader open and posts its reads."""

from __future__ import annotations

import logging
import ssl
import time
from collections.abc import Callable, Sequence

from hardware.clock import US, now_us
from hardware.errors import ReaderBusyError, ReaderRefusedError
from hardware.llrp.client_protocol import ClientProtocol
from hardware.llrp.encoding.frames import Framer
from hardware.llrp.encoding.messages import TagReportData
from hardware.llrp.outputs import InventoryStarted, Noted, Output, SendBytes, TagsReported
from hardware.llrp.settings import LlrpSettings
from hardware.network.connection import Connection, open_connection
from hardware.ports import NoteKind, ReaderNote, TagRead, TagReads
from hardware.supervision.network_reader import NetworkReader, Post
from hardware.watches.field_watch import LLRP_FIELDS, FieldWatch

_LOG = logging.getLogger("hardware.llrp")
# reads of one report are at most this much older than its newest read, even if the reader's timestamps differ more
_MAX_AGE_US = US
# sort key of tags without a timestamp: later than any 64-bit timestamp
_LATEST = 1 << 64
# how long `close` waits until the reader closes the connection
_CLOSE_TIMEOUT_S = 0.5

_STILL_BUSY = (
    "it refuses connections since a loss: it still keeps the lost connection, or another client took it"
)


class LlrpReader(NetworkReader):
    """A `hardware.ports.TagReader` over TCP, or over TLS if `tls` is given."""

    def __init__(
        self,
        name: str,
        host: str,
        port: int,
        settings: LlrpSettings | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._settings = settings or LlrpSettings()
        super().__init__(name, LLRP_FIELDS, self._settings.antennas, self._settings.backoff)
        self._address, self._tls = (host, port), tls
        self._was_connected = self._busy_is_noted = False

    def _receive(self, post: FieldWatch, on_up: Callable[[], None]) -> None:
        """One connection. A reader that refuses it after a loss, because it still keeps the lost one, is noted until it
        accepts one again."""
        was_connected = self._was_connected

        def connected() -> None:
            self._was_connected = True
            on_up()
            if self._busy_is_noted:
                self._busy_is_noted = False
                self._post_note(Noted(NoteKind.SETTING, "it accepts connections again", over=True), post)

        try:
            self._run_connection(post, connected)
        except ReaderBusyError:
            if was_connected and not self._busy_is_noted:
                self._busy_is_noted = True
                self._post_note(Noted(NoteKind.SETTING, _STILL_BUSY), post)
            raise

    def _run_connection(self, post: FieldWatch, on_connected: Callable[[], None]) -> None:
        """One connection from start to end; returns only when the driver is closed."""
        with open_connection(self._address, self._wake_up, self._settings.connect_s, self._tls) as connection:
            if connection is None:
                return
            protocol, framer = ClientProtocol(self._settings, time.monotonic()), Framer()
            try:
                while not self._stop.is_set():
                    now = time.monotonic()
                    self._perform(protocol.tick(now), connection, post, on_connected)
                    chunk = connection.receive(protocol.deadline() - now)
                    if chunk:
                        self._handle_chunk(chunk, framer, protocol, connection, post, on_connected)
            except ReaderRefusedError:
                if protocol.may_have_rospec:
                    self._disconnect(connection, protocol)
                raise
            self._disconnect(connection, protocol)

    def _handle_chunk(
        self,
        chunk: bytes,
        framer: Framer,
        protocol: ClientProtocol,
        connection: Connection,
        post: FieldWatch,
        on_connected: Callable[[], None],
    ) -> None:
        now = time.monotonic()
        tags: list[TagReportData] = []
        try:
            for frame in framer.feed(chunk):
                for output in protocol.received(frame, now):
                    if isinstance(output, TagsReported):
                        tags += output.tags
                    else:
                        self._perform([output], connection, post, on_connected)
        finally:
            # also those before a message that ends the connection
            if tags:
                post(TagReads(self._name, convert_timestamps(tags, now_us())))

    def _perform(
        self,
        outputs: Sequence[Output],
        connection: Connection,
        post: FieldWatch,
        on_connected: Callable[[], None],
    ) -> None:
        for output in outputs:
            match output:
                case SendBytes(raw):
                    connection.send(raw)
                case InventoryStarted(capabilities):
                    _LOG.debug("reader %s: capabilities %s", self._name, capabilities)
                    if capabilities is not None:
                        # ports are numbered from 1 without gaps (LLRP 1.0.1, clause 13.2.3.6, AntennaID)
                        ports = range(1, capabilities.antennas + 1)
                        post.antennas = self._settings.antennas or tuple(ports)
                    on_connected()
                case Noted():
                    self._post_note(output, post)
                case _:
                    pass

    def _post_note(self, noted: Noted, post: Post) -> None:
        post(ReaderNote(self._name, noted.kind, noted.text, now_us(), noted.antenna, noted.over))

    def _disconnect(self, connection: Connection, protocol: ClientProtocol) -> None:
        """Closes the LLRP connection in order: deletes our ROSpec, so that the reader is free for the next client."""
        try:
            connection.send(protocol.closing_messages())
            connection.drain(_CLOSE_TIMEOUT_S)
        except OSError:
            _LOG.debug("reader %s: the connection was lost while closing", self._name)


def convert_timestamps(tags: Sequence[TagReportData], now_us: int) -> tuple[TagRead, ...]:
    """Reads with timestamps of this computer's clock, oldest first: the newest read gets `now_us`.

    Only differences between the reader's timestamps are used; its clock may be wrong or count from its start. A tag
    without a timestamp counts as new as the newest.
    """
    if len(tags) == 1:
        ((epc, antenna, rssi, _),) = tags
        return (_new(TagRead, (epc, antenna, rssi, now_us)),)
    stamps = [stamp for _, _, _, stamp in tags if stamp is not None]
    newest = max(stamps, default=0)
    if len(stamps) < len(tags) or stamps != sorted(stamps):
        tags = sorted(tags, key=_sort_key)
    oldest, offset = newest - _MAX_AGE_US, now_us - newest
    return tuple(
        [
            _new(TagRead, (epc, antenna, rssi, now_us if stamp is None else offset + max(stamp, oldest)))
            for epc, antenna, rssi, stamp in tags
        ]
    )


# TagRead from a tuple, without the call of its Python constructor
_new = tuple.__new__


def _sort_key(tag: TagReportData) -> int:
    return _LATEST if tag.stamp_us is None else tag.stamp_us
