"""The driver for Impinj readers that send JSON events over HTTPS (`impinj+https://`), such as the R700.

It asks the reader's status, starts the inventory preset that the installer left there if nothing runs, and follows
the event stream. A stream that is silent proves nothing, so a silent reader is asked for its status on a second
connection; that is how a loss is noticed within 3 s.
Source: Impinj IoT device interface 1.x: /api/v1/status, /api/v1/profiles/inventory/presets/ID/start,
/api/v1/data/stream.
"""

from __future__ import annotations

import json
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import quote

from hardware.clock import now_us
from hardware.connection import WakeUp, open_connection
from hardware.errors import ConnectionLostError, ReaderRefusedError
from hardware.impinj.events import tag_read
from hardware.impinj.http_stream import Response, request
from hardware.ports import RadioFact, ReaderDown, ReaderUp, TagReads
from hardware.supervise import Backoff, run_supervised
from hardware.threaded_reader import ThreadedReader

_API = "/api/v1"


@dataclass(frozen=True, slots=True)
class ImpinjSettings:
    """`preset` is the inventory preset that is started if the reader is idle. A silent reader is asked after
    `probe_s`; each answer must come within `answer_s`."""

    user: str = "root"
    password: str = ""
    preset: str = "default"
    probe_s: float = 1.0
    answer_s: float = 1.2
    connect_s: float = 1.3
    backoff: Backoff = field(default_factory=Backoff)


class ImpinjReader(ThreadedReader[RadioFact]):
    """A TagReader over an HTTPS event stream; `tls` None speaks plain HTTP, for a reader behind a proxy of its own."""

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
        run_supervised(
            self._name,
            lambda on_connected: self._follow(post, on_connected),
            up=lambda: post(ReaderUp(self._name, now_us())),
            down=lambda why: post(ReaderDown(self._name, why, now_us())),
            wait=self._stop.wait,
            backoff=self._settings.backoff,
        )

    def _follow(self, post: Callable[[RadioFact], None], on_connected: Callable[[], None]) -> None:
        """One stream from its first event to its last; returns only when asked to stop."""
        if not self._is_running():
            preset = quote(self._settings.preset, safe="")
            self._ask("POST", f"{_API}/profiles/inventory/presets/{preset}/start")
        with open_connection(self._address, self._wake_up, self._settings.connect_s, self._tls) as wire:
            if wire is None:
                return
            wire.send(self._request("GET", f"{_API}/data/stream", stream=True))
            stream, up = Response(), False
            heard = time.monotonic()
            while not self._stop.is_set():
                chunk = wire.receive(heard + self._settings.probe_s - time.monotonic())
                if chunk is None:
                    self._assure(up=up)
                    heard = time.monotonic()
                    continue
                heard = time.monotonic()
                lines = stream.feed(chunk)
                _refuse_unless_good(stream.status, "to send events")
                if not up and stream.status is not None:
                    up = True
                    on_connected()
                self._report(lines, post)
                if stream.over:
                    raise ConnectionLostError("the reader ended its stream")

    def _report(self, lines: list[bytes], post: Callable[[RadioFact], None]) -> None:
        at_us = now_us()
        reads = tuple(read for line in lines if (read := tag_read(line, at_us)) is not None)
        if reads:
            post(TagReads(self._name, reads))

    def _assure(self, *, up: bool) -> None:
        """Asks a silent reader whether it is there. Raises if it is not, or has stopped reading."""
        if self._stop.is_set():
            return
        if not up:
            raise ConnectionLostError("the reader does not begin its stream")
        if not self._is_running() and not self._stop.is_set():
            raise ConnectionLostError("the reader has stopped its inventory")

    def _is_running(self) -> bool:
        answer = self._ask("GET", f"{_API}/status")
        try:
            status = json.loads(answer)
        except ValueError:
            return False
        return isinstance(status, dict) and status.get("status") == "running"

    def _ask(self, method: str, path: str) -> bytes:
        """One short request; the body of its answer, empty when asked to stop."""
        with open_connection(self._address, self._wake_up, self._settings.connect_s, self._tls) as wire:
            if wire is None:
                return b""
            wire.send(self._request(method, path))
            answer, body = Response(), b""
            deadline = time.monotonic() + self._settings.answer_s
            while not answer.over:
                try:
                    chunk = wire.receive(deadline - time.monotonic())
                except ConnectionLostError:
                    if answer.status is None:
                        raise
                    break  # the end of an answer that did not tell its length
                if chunk is None:
                    if self._stop.is_set():
                        return b""
                    raise ConnectionLostError(f"no answer for {self._settings.answer_s:.1f} s")
                body += b"\n".join([*answer.feed(chunk), b""])
            _refuse_unless_good(answer.status, f"{method} {path}")
            return body + answer.rest

    def _request(self, method: str, path: str, *, stream: bool = False) -> bytes:
        host = f"{self._address[0]}:{self._address[1]}"
        return request(method, path, host, self._settings.user, self._settings.password, stream=stream)


def _refuse_unless_good(status: int | None, what: str) -> None:
    if status is None or 200 <= status < 300:
        return
    if status in (401, 403):
        raise ReaderRefusedError("it does not accept this user and password", status)
    raise ReaderRefusedError(f"it would not {what}: HTTP {status}", status)
