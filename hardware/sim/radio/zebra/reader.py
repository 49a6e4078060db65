"""Simulated Zebra reader with IoT Connector, for tests and trials: REST and WebSocket on one port, over TLS if asked.

It keeps the rules of the documentation that matter to a client: login and expiring tokens, the operating mode decides
what is reported, reads only after a start, kept events are sent later. `Habits` let it misbehave.
"""

from __future__ import annotations

import json
import secrets
import ssl
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from hardware.clock import now_us
from hardware.llrp.encoding.messages import TagReportData
from hardware.sim.radio.field import Tag, TagField
from hardware.sim.radio.http_server import ReaderHttpServer
from hardware.sim.radio.zebra.requests import RequestHandler
from hardware.sim.radio.zebra.web_socket_frames import Opcode, fragments, server_frame

USER: Final = "admin"
PASSWORD: Final = "change-me"  # noqa: S105 the simulator's own
# retained events are sent again with this rate (schema "retention", throttle)
_KEPT_PER_S: Final = 100
_DEFAULT_MODE: Final = {"type": "SIMPLE"}


@dataclass
class Habits:
    """How this reader differs from the plain one.

    `endpoint`: "websocket", "none" (nothing is mapped to the Tag Data Interface) or "llrp". `token_requests`: a token
    expires after so many requests. `refuses`: fields of an operating mode that are answered with 422. `left_out`:
    fields that no event has. `joined`: several events follow each other in one message; `batch`: as an array;
    `frame_bytes`: messages are cut into frames. `clock_s`: how far the clock is ahead. `answers`: status and
    body for a request such as "GET /cloud/region", instead of the right ones.
    """

    region: str = "FCC_Generic"
    max_power_dbm: float = 30.0
    antennas: int = 4
    endpoint: str = "websocket"
    token_requests: int | None = None
    refuses: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()
    joined: bool = False
    batch: bool = False
    frame_bytes: int | None = None
    answers_pings: bool = True
    answer_delay_s: float = 0.0
    clock_s: float = 0.0
    radio: bool = True
    date_header: bool = True
    answers: dict[str, tuple[int, bytes]] = field(default_factory=dict)


class SimZebraReader:
    """One simulated reader, listening on 127.0.0.1; every method may be called from any thread."""

    def __init__(
        self, tls: ssl.SSLContext | None = None, habits: Habits | None = None, *, port: int = 0, seed: int = 0
    ) -> None:
        self.habits = habits or Habits()
        self.running = False
        self.mode: dict[str, Any] = dict(_DEFAULT_MODE)
        self.unplugged: set[int] = set()
        self.requests: list[str] = []
        self.not_frozen = threading.Event()
        self.not_frozen.set()
        self.pulled = threading.Event()
        self.port = port
        self._tls = tls
        self._field = TagField(seed)
        self._lock = threading.Lock()
        self._tokens: dict[str, int] = {}
        self._number = 0
        self._kept: list[dict[str, Any]] = []
        self._next_kept_s = 0.0
        self._raw: list[bytes] = []
        self._said: list[bytes] = []
        self._server = self._serve()

    def place(self, tag: Tag) -> None:
        with self._lock:
            self._field.place(tag, time.monotonic())

    def pull(self) -> None:
        """Closes all connections and refuses new ones."""
        self.pulled.set()
        self._server.stop()

    def freeze(self) -> None:
        """Keeps connections open, but answers and sends nothing."""
        self.not_frozen.clear()

    def plug(self) -> None:
        """Ends `pull` or `freeze`."""
        self.not_frozen.set()
        if self.pulled.is_set():
            self.pulled.clear()
            self._server = self._serve()

    def close(self) -> None:
        self.not_frozen.set()
        if not self.pulled.is_set():
            self.pull()

    def send_raw(self, raw: bytes) -> None:
        """Sends these bytes to the next WebSocket that is served, between frames."""
        with self._lock:
            self._raw.append(raw)

    def say(self, event: dict[str, Any] | bytes) -> None:
        """Sends one event, or one message of these bytes."""
        with self._lock:
            self._said.append(event if isinstance(event, bytes) else json.dumps(event).encode())

    def new_token(self) -> str:
        token = secrets.token_urlsafe(16)
        with self._lock:
            self._tokens[token] = 0
        return token

    def accepts(self, token: str) -> bool:
        """Whether this token is valid; counts a request."""
        with self._lock:
            if token not in self._tokens:
                return False
            self._tokens[token] += 1
            limit = self.habits.token_requests
            return limit is None or self._tokens[token] <= limit

    def status(self) -> dict[str, Any]:
        """The response to GET /cloud/status."""
        ports = range(1, self.habits.antennas + 1)
        return {
            "antennas": {
                str(port): "disconnected" if port in self.unplugged else "connected" for port in ports
            },
            "radioActivity": "active" if self.running else "inactive",
            "radioConnection": "connected" if self.habits.radio else "disconnected",
            "temperature": 33,
            "systemTime": self.now().isoformat(),
        }

    def now(self) -> datetime:
        """The reader's clock."""
        return datetime.now(UTC) + timedelta(seconds=self.habits.clock_s)

    def frames(self) -> bytes:
        """What a WebSocket client gets now."""
        with self._lock:
            raw, self._raw = b"".join(self._raw), []
        size = self.habits.frame_bytes
        return raw + b"".join(
            fragments(one, size) if size else server_frame(Opcode.TEXT, one) for one in self.messages()
        )

    def messages(self) -> list[bytes]:
        """The messages that are due now, for any kind of endpoint; each is given once."""
        with self._lock:
            said, self._said = self._said, []
            events = self._kept_events() + self._new_events()
        return said + self._encoded(events)

    def heartbeat(self) -> dict[str, Any]:
        """The management event that a reader sends every so many seconds."""
        keys = ("antennas", "radioActivity", "radioConnection")
        section = {key: value for key, value in self.status().items() if key in keys}
        return {
            "type": "heartbeat",
            "timestamp": self.now().isoformat(timespec="milliseconds"),
            "component": "RC",
            "data": {"radio_control": section},
        }

    def keep(self, tag: Tag, count: int, age_s: float, rate_hz: float = 20.0) -> None:
        """Adds events that were kept without a client: the oldest `age_s` old, the others `1 / rate_hz` apart."""
        with self._lock:
            for number in range(count):
                read = TagReportData(tag.epc, tag.antenna, round(tag.rssi_dbm), 0)
                self._kept.append(self._event(read, age_s - number / rate_hz))

    def _kept_events(self) -> list[dict[str, Any]]:
        now = time.monotonic()
        if not self._kept or now < self._next_kept_s:
            return []
        self._next_kept_s = now + 1 / _KEPT_PER_S
        return [self._kept.pop(0)]

    def _new_events(self) -> list[dict[str, Any]]:
        if not self.running:
            self._field.read(time.monotonic(), 0)
            return []
        listed = self.mode.get("antennas")
        antennas = None if listed is None else frozenset(listed)
        reads = self._field.read(time.monotonic(), now_us(), antennas)
        return [self._event(read) for read in reads if read.antenna not in self.unplugged]

    def _event(self, read: TagReportData, age_s: float = 0.0) -> dict[str, Any]:
        self._number += 1
        found: dict[str, Any] = {"eventNum": self._number, "format": "epc", "idHex": read.epc.lower()}
        told = {"ANTENNA": ("antenna", read.antenna), "RSSI": ("peakRssi", read.rssi_dbm)}
        found |= dict(told[name] for name in self.mode.get("tagMetaData", ()) if name in told)
        stamp = (self.now() - timedelta(seconds=age_s)).isoformat(timespec="milliseconds")
        event = {"type": self.mode["type"], "timestamp": stamp, "data": found}
        for name in self.habits.left_out:
            found.pop(name, None)
            event.pop(name, None)
        return event

    def _encoded(self, events: list[dict[str, Any]]) -> list[bytes]:
        if events and self.habits.batch:
            return [json.dumps(events).encode()]
        if events and self.habits.joined:
            return ["\n".join(json.dumps(event, indent=1) for event in events).encode()]
        return [json.dumps(event).encode() for event in events]

    def _serve(self) -> ReaderHttpServer:
        handler = type("Handler", (RequestHandler,), {"reader": self})
        server = ReaderHttpServer(self.port, handler, self._tls)
        self.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, args=(0.05,), name="sim zebra", daemon=True).start()
        return server
