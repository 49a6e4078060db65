"""Driver of a Zebra reader on the same network: control over REST, reads over the reader's WebSocket.

The reader sends tag data at `/ws` once an endpoint of the type WEBSOCKET is mapped to its Tag Data Interface
(github.com/ZebraDevs/RFID_ZIOTC_Examples, RFID-Monitor). One thread does everything. A link without data is tested with
WebSocket pings; the reader's status (antennas, inventory) is requested every 30 s, as Zebra asks of its clients.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from hardware.clock import now_us
from hardware.errors import ConnectionLostError
from hardware.network.connection import Connection, WakeUp, open_connection
from hardware.network.host_names import host_and_port
from hardware.ports import NoteKind
from hardware.supervision.network_reader import Post
from hardware.watches.field_watch import FieldWatch
from hardware.zebra.driver import ZebraDriver
from hardware.zebra.errors import WokenUp
from hardware.zebra.reader_control import ReaderControl, check_reads
from hardware.zebra.settings import ZebraSettings
from hardware.zebra.web_socket import WebSocketClient

WEB_SOCKET_PATH: Final = "/ws"
_NO_PONG: Final = (
    "it does not answer WebSocket pings: a lost link is noticed by its status only, within {:.0f} s"
)


@dataclass(slots=True)
class _Times:
    """Monotonic times in seconds: when data came last, and when the ping was sent that is not answered yet."""

    received: float
    pinged: float | None = None


class ZebraReader(ZebraDriver):
    """A `TagReader` over REST and WebSocket. `tls` None uses plain HTTP, for a reader behind a TLS proxy."""

    def __init__(
        self,
        name: str,
        host: str,
        port: int,
        tls: ssl.SSLContext | None,
        settings: ZebraSettings | None = None,
    ) -> None:
        self._settings = settings or ZebraSettings()
        super().__init__(name, self._settings.antennas, self._settings.backoff)
        self._address, self._tls = (host, port), tls
        self._host = host_and_port(host, port)
        self._pings = True

    def _receive(self, post: FieldWatch, on_up: Callable[[], None]) -> None:
        self._pings = True
        control = ReaderControl(self._address, self._tls, self._wake_up, self._settings, self._intake)
        control.log_in()
        control.prepare()
        post.antennas = self._antennas or control.state.ports
        with open_connection(self._address, self._wake_up, self._settings.connect_s, self._tls) as connection:
            if connection is not None:
                self._follow(connection, control, post, on_up)

    def _follow(
        self, connection: Connection, control: ReaderControl, post: Post, on_up: Callable[[], None]
    ) -> None:
        """The reads of one WebSocket; returns only when the driver is closed."""
        link = WebSocketClient(self._host, WEB_SOCKET_PATH, control.rest.authorisation)
        connection.send(link.request)
        early = wait_until_open(connection, link, self._wake_up, self._settings.answer_s)
        # shows early whether this reader answers pings
        self._ping(connection, link)
        self._post_all(post, control.start(on_up))
        self._take(early, post)
        times = _Times(time.monotonic())
        while not self._stop.is_set():
            chunk = connection.receive(self._next_due(times, control) - time.monotonic())
            if chunk is not None:
                times.received, times.pinged = time.monotonic(), None
                messages = link.feed(chunk)
                connection.send(link.outgoing())
                self._take(messages, post)
            if not self._stop.is_set():
                self._check_link(connection, link, times, control, post)

    def _next_due(self, times: _Times, control: ReaderControl) -> float:
        if times.pinged is not None:
            return times.pinged + self._settings.pong_s
        due = control.status_due
        return min(due, times.received + self._settings.ping_s) if self._pings else due

    def _check_link(
        self, connection: Connection, link: WebSocketClient, times: _Times, control: ReaderControl, post: Post
    ) -> None:
        """Sends a ping, misses its answer, or requests the status, if one of them is due.

        A ping goes before a request of the status, so that its answer is already due after a slow response.
        """
        now = time.monotonic()
        status_due = now >= control.status_due
        if times.pinged is not None and now >= times.pinged + self._settings.pong_s:
            times.pinged = None
            self._miss_pong(link, control, post)
        elif (
            times.pinged is None
            and self._pings
            and (status_due or now >= times.received + self._settings.ping_s)
        ):
            self._ping(connection, link)
            times.pinged = now
        if status_due:
            self._post_all(post, control.check(required=not self._pings))

    def _ping(self, connection: Connection, link: WebSocketClient) -> None:
        link.ping()
        connection.send(link.outgoing())

    def _miss_pong(self, link: WebSocketClient, control: ReaderControl, post: Post) -> None:
        """The link is lost, unless the reader is one that never answers pings but still answers requests."""
        if link.pongs:
            raise ConnectionLostError(f"no data and no answer to a ping for {self._settings.pong_s:g} s")
        self._post_all(post, control.check(required=True))
        self._pings = False
        text = _NO_PONG.format(self._settings.status_s)
        self._post_all(post, self._intake.notes.begin(NoteKind.SETTING, text, now_us()))

    def _take(self, messages: list[str | bytes], post: Post) -> None:
        for message in messages:
            taken = self._intake.take(message, now_us())
            self._post_all(post, taken.facts)
            check_reads(taken.state)


def wait_until_open(
    connection: Connection, link: WebSocketClient, wake_up: WakeUp, answer_s: float
) -> list[str | bytes]:
    """Waits until the reader accepts the WebSocket; returns messages that came with it. Raises WokenUp,
    ConnectionLostError without an answer within `answer_s`, ReaderRefusedError for a refusal."""
    deadline = time.monotonic() + answer_s
    while True:
        chunk = connection.receive(deadline - time.monotonic())
        if wake_up.woken:
            raise WokenUp
        if chunk is None:
            raise ConnectionLostError("the reader does not open its WebSocket")
        messages = link.feed(chunk)
        if link.open:
            return messages
