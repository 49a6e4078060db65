"""Driver for Impinj readers that send JSON events over HTTPS, such as the R700 (`impinj+https://`).

Requests the reader's status, starts the configured inventory preset if the reader is idle, then receives the event
stream. The stream may be empty for a while without a fault, so after `probe_s` without data the status is requested on
a second connection; a lost reader is detected within 3 s.
Source: Impinj IoT device interface 1.x: /api/v1/status, /api/v1/profiles/inventory/presets/ID/start,
/api/v1/data/stream.
"""

from __future__ import annotations

import json
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote

from hardware.clock import now_us
from hardware.connection import WakeUp, open_connection
from hardware.errors import ConnectionLostError, ReaderRefusedError
from hardware.field_watch import IMPINJ_FIELDS, FieldWatch
from hardware.http.exchange import HttpExchange, basic
from hardware.impinj.events import tag_read
from hardware.ports import RadioFact, ReaderDown, ReaderUp, TagReads
from hardware.supervise import Backoff, run_supervised
from hardware.threaded_reader import ThreadedReader

_API: Final = "/api/v1"
# of a response that is not the event stream; real ones have a few kilobytes
_MAX_BODY_BYTES: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class ImpinjSettings:
    """Settings of one reader; times in seconds.

    `preset` is the inventory preset that is started if the reader is idle. The status is requested after `probe_s`
    without data; each response must be complete within `answer_s`, each connection within `connect_s`.
    """

    user: str = "root"
    password: str = ""
    preset: str = "default"
    probe_s: float = 1.0
    answer_s: float = 1.2
    connect_s: float = 1.3
    backoff: Backoff = field(default_factory=Backoff)


class ImpinjReader(ThreadedReader[RadioFact]):
    """A `TagReader` over an HTTPS event stream. `tls` None uses plain HTTP, for a reader behind a TLS proxy."""

    def __init__(
        self,
        name: str,
        host: str,
        port: int,
        tls: ssl.SSLContext | None,
        settings: ImpinjSettings | None = None,
    ) -> None:
        super().__init__(name)
        self._address = (host, port)
        self._tls = tls
        self._settings = settings or ImpinjSettings()
        self._wake_up = WakeUp()

    def _wake(self) -> None:
        self._wake_up.wake()

    def _release(self) -> None:
        self._wake_up.close()

    def _run(self, post: Callable[[RadioFact], None]) -> None:
        watch = FieldWatch(self._name, post, IMPINJ_FIELDS)
        run_supervised(
            self._name,
            lambda on_up: self._receive_events(watch, on_up),
            up=lambda: watch(ReaderUp(self._name, now_us())),
            down=lambda why: watch(ReaderDown(self._name, why, now_us())),
            wait=self._stop.wait,
            backoff=self._settings.backoff,
        )

    def _receive_events(self, post: Callable[[RadioFact], None], on_up: Callable[[], None]) -> None:
        """One event stream from start to end; returns only when the driver is closed. Calls `on_up` once."""
        if not self._is_running():
            preset = quote(self._settings.preset, safe="")
            self._request("POST", f"{_API}/profiles/inventory/presets/{preset}/start")
        with open_connection(self._address, self._wake_up, self._settings.connect_s, self._tls) as connection:
            if connection is None:
                return
            exchange = self._exchange("GET", f"{_API}/data/stream", keep_alive=True)
            connection.send(exchange.request)
            up = False
            last_received = time.monotonic()
            while not self._stop.is_set():
                chunk = connection.receive(last_received + self._settings.probe_s - time.monotonic())
                if chunk is None:
                    self._check_running(stream_began=up)
                    last_received = time.monotonic()
                    continue
                last_received = time.monotonic()
                lines = exchange.feed(chunk)
                _raise_for_status(exchange.status, "to send events")
                if not up and exchange.status is not None:
                    up = True
                    on_up()
                self._post_reads(lines, post)
                if exchange.complete:
                    raise ConnectionLostError("the reader ended its event stream")

    def _post_reads(self, lines: list[bytes], post: Callable[[RadioFact], None]) -> None:
        at_us = now_us()
        reads = tuple(read for line in lines if (read := tag_read(line, at_us)) is not None)
        if reads:
            post(TagReads(self._name, reads))

    def _check_running(self, *, stream_began: bool) -> None:
        """Requests the reader's status. Raises ConnectionLostError if it does not answer or does not read."""
        if self._stop.is_set():
            return
        if not stream_began:
            raise ConnectionLostError("the reader does not start its event stream")
        if not self._is_running() and not self._stop.is_set():
            raise ConnectionLostError("the reader has stopped its inventory")

    def _is_running(self) -> bool:
        body = self._request("GET", f"{_API}/status")
        try:
            status = json.loads(body)
        except (ValueError, RecursionError):
            return False
        return isinstance(status, dict) and status.get("status") == "running"

    def _request(self, method: str, path: str) -> bytes:
        """One request on a connection of its own; returns the response body, empty when the driver is closed."""
        with open_connection(self._address, self._wake_up, self._settings.connect_s, self._tls) as connection:
            if connection is None:
                return b""
            exchange, body = self._exchange(method, path), b""
            connection.send(exchange.request)
            deadline = time.monotonic() + self._settings.answer_s
            while not exchange.complete:
                try:
                    chunk = connection.receive(deadline - time.monotonic())
                except ConnectionLostError:
                    exchange.connection_closed()
                    break
                if chunk is None:
                    if self._stop.is_set():
                        return b""
                    raise ConnectionLostError(f"no answer for {self._settings.answer_s:.1f} s")
                body += b"\n".join([*exchange.feed(chunk), b""])
                if len(body) > _MAX_BODY_BYTES:
                    raise ConnectionLostError(f"a response of more than {_MAX_BODY_BYTES} bytes")
            _raise_for_status(exchange.status, f"{method} {path}")
            return body + exchange.unfinished_line

    def _exchange(self, method: str, path: str, *, keep_alive: bool = False) -> HttpExchange:
        host = f"{self._address[0]}:{self._address[1]}"
        authorisation = basic(self._settings.user, self._settings.password)
        return HttpExchange(method, path, host, authorisation, keep_alive=keep_alive)


def _raise_for_status(status: int | None, what: str) -> None:
    """Raises ReaderRefusedError for a status other than 2xx; nothing while the status is not yet known."""
    if status is None or 200 <= status < 300:
        return
    if status in (401, 403):
        raise ReaderRefusedError("it does not accept this user and password", status)
    raise ReaderRefusedError(f"it refused {what}: HTTP {status}", status)
