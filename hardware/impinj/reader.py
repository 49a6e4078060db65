"""Driver for Impinj readers over their own HTTP interface, such as the R700 (`impinj+https://`).

Prepares the reader (see `hardware.impinj.control`), then receives the event stream. The stream may be empty for a while
without a fault, so after `probe_s` without data the status is requested on a second connection; a lost reader is
detected within 3 s.
Source: Impinj IoT device interface, OpenAPI documents 1.5.0 and 1.7.0: /data/stream.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable

from hardware.clock import now_us
from hardware.errors import ConnectionLostError
from hardware.impinj.control import API, ReaderAddress, ReaderControl
from hardware.impinj.driver import ImpinjDriver, notes_of
from hardware.impinj.event_flow import EventFlow
from hardware.impinj.settings import ImpinjSettings
from hardware.network.connection import Connection, open_connection
from hardware.network.http.exchange import HttpExchange
from hardware.network.http.rest_client import HttpAnswer, raise_for_status
from hardware.supervision.network_reader import Post
from hardware.watches.field_watch import FieldWatch


class ImpinjReader(ImpinjDriver):
    """A `TagReader` over an HTTPS event stream. `tls` None uses plain HTTP, for a reader behind a TLS proxy."""

    def __init__(
        self,
        name: str,
        host: str,
        port: int,
        tls: ssl.SSLContext | None,
        settings: ImpinjSettings | None = None,
    ) -> None:
        self._settings = settings or ImpinjSettings()
        super().__init__(name, self._settings.backoff, self._settings.antennas)
        self._address = (host, port)
        self._tls = tls
        self._control = ReaderControl(ReaderAddress(host, port, tls, self._settings), self._wake_up)

    def _receive(self, post: FieldWatch, on_up: Callable[[], None]) -> None:
        prepared = self._control.prepare()
        flow = EventFlow(self._name)
        with open_connection(self._address, self._wake_up, self._settings.connect_s, self._tls) as connection:
            if connection is None:
                return
            exchange = self._control.rest.exchange("GET", f"{API}/data/stream", keep_alive=True)
            connection.send(exchange.request)
            lines = self._first_lines(connection, exchange)
            if self._stop.is_set():
                return
            on_up()
            for fact in notes_of(flow, prepared):
                post(fact)
            self._follow(connection, exchange, flow, lines, post)

    def _first_lines(self, connection: Connection, exchange: HttpExchange) -> list[bytes]:
        """Waits for the head of the response; returns the lines that came with it. Raises for a refusal."""
        deadline = time.monotonic() + self._settings.answer_s
        lines: list[bytes] = []
        while exchange.status is None and not self._stop.is_set():
            chunk = connection.receive(deadline - time.monotonic())
            if chunk is not None:
                lines += exchange.feed(chunk)
            elif not self._stop.is_set():
                raise ConnectionLostError("the reader does not start its event stream")
        raise_for_status(HttpAnswer(exchange.status or 0), "to send events")
        return lines

    def _follow(
        self, connection: Connection, exchange: HttpExchange, flow: EventFlow, lines: list[bytes], post: Post
    ) -> None:
        while not self._stop.is_set():
            for fact in flow.take_raw(lines, now_us()):
                post(fact)
            self._check_stopped(self._control, flow)
            if exchange.complete:
                raise ConnectionLostError("the reader ended its event stream")
            chunk = connection.receive(self._settings.probe_s)
            if chunk is None and not self._stop.is_set():
                self._status(self._control, flow)
            lines = exchange.feed(chunk or b"")
