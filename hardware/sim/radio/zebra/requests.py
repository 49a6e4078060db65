"""Requests to the simulated Zebra reader: REST, and the WebSocket at `/ws`."""

from __future__ import annotations

import json
from base64 import b64encode
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any, Final

from hardware.sim.radio.zebra.web_socket_frames import ClientFrames, Opcode, accept_key, server_frame

if TYPE_CHECKING:
    from hardware.sim.radio.zebra.reader import SimZebraReader

_PAUSE_S: Final = 0.01
_LLRP: Final = "RC request cannot be processed when LLRP is configured as data endpoint"


class RequestHandler(BaseHTTPRequestHandler):
    """One connection to the reader."""

    protocol_version = "HTTP/1.1"
    reader: SimZebraReader

    def do_GET(self) -> None:
        self.reader.requests.append(f"GET {self.path}")
        self._wait()
        if self._written_answer():
            return
        if self.path == "/cloud/localRestLogin":
            self._login()
        elif self.path == "/ws":
            self._web_socket()
        elif self._authorised():
            self._tell()

    def _tell(self) -> None:
        answers: dict[str, dict[str, Any]] = {
            "/cloud/status": self.reader.status(),
            "/cloud/mode": self.reader.mode,
            "/cloud/region": self._region(),
            "/cloud/version": {"model": "FX9600", "readerApplication": "3.21.23.0"},
        }
        if self.path in answers:
            self._answer(200, answers[self.path])
        else:
            self._answer(404, {"code": 404, "message": "not found"})

    def do_PUT(self) -> None:
        self.reader.requests.append(f"PUT {self.path}")
        self._wait()
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self._written_answer() or not self._authorised():
            return
        if self.reader.habits.endpoint == "llrp":
            self._answer(422, {"code": 422, "message": _LLRP})
        elif self.path == "/cloud/mode":
            self._set_mode(json.loads(body))
        elif self.path in ("/cloud/start", "/cloud/stop"):
            self._start_or_stop()
        else:
            self._answer(404, {"code": 404, "message": "not found"})

    def log_message(self, format: str, *_: Any) -> None:  # noqa: A002 the library's own name
        """Logs nothing."""

    def date_time_string(self, timestamp: float | None = None) -> str:
        """The Date header shows the reader's own clock."""
        return super().date_time_string(timestamp or self.reader.now().timestamp())

    def send_header(self, keyword: str, value: str) -> None:
        if keyword != "Date" or self.reader.habits.date_header:
            super().send_header(keyword, value)

    def _wait(self) -> None:
        self.reader.not_frozen.wait()
        if self.reader.habits.answer_delay_s:
            self.reader.pulled.wait(self.reader.habits.answer_delay_s)

    def _login(self) -> None:
        from hardware.sim.radio.zebra.reader import PASSWORD, USER

        secret = b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        if self.headers.get("Authorization") == f"Basic {secret}":
            self._answer(200, {"code": 0, "message": self.reader.new_token()})
        else:
            self._answer(401, {"code": 401, "message": "Unauthorized"})

    def _authorised(self) -> bool:
        token = str(self.headers.get("Authorization") or "").removeprefix("Bearer ")
        if self.reader.accepts(token):
            return True
        self._answer(401, {"code": 401, "message": "token expired"})
        return False

    def _region(self) -> dict[str, Any]:
        habits = self.reader.habits
        return {
            "region": habits.region,
            "regulatoryStandard": habits.region,
            "country": habits.region and "Canada",
            "minTxPowerSupported": 100,
            "maxTxPowerSupported": round(10 * habits.max_power_dbm),
        }

    def _set_mode(self, mode: dict[str, Any]) -> None:
        refused = sorted(self.reader.habits.refuses & mode.keys())
        if self.reader.running:
            self._answer(422, {"code": 422, "message": "mode cannot be set while inventory is in progress"})
        elif refused:
            self._answer(422, {"code": 422, "message": f"{refused[0]} is not valid"})
        else:
            self.reader.mode = mode
            self._answer(200, "")

    def _start_or_stop(self) -> None:
        if self.path == "/cloud/start" and not self.reader.habits.region:
            self._answer(500, {"code": 500, "message": "region is not configured"})
            return
        self.reader.running = self.path == "/cloud/start"
        self._answer(200, "")

    def _written_answer(self) -> bool:
        """Sends the answer that the reader's habits have for this request, if any."""
        found = self.reader.habits.answers.get(f"{self.command} {self.path}")
        if found is not None:
            self._send(*found)
        return found is not None

    def _answer(self, status: int, body: Any) -> None:
        self._send(status, json.dumps(body).encode())

    def _send(self, status: int, raw: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def _web_socket(self) -> None:
        if self.reader.habits.endpoint != "websocket":
            self._answer(404, {"code": 404, "message": "not found"})
            return
        self.send_response(101)
        self.send_header("Upgrade", "websocket")
        self.send_header("Connection", "Upgrade")
        self.send_header("Sec-WebSocket-Accept", accept_key(str(self.headers.get("Sec-WebSocket-Key"))))
        self.end_headers()
        self.close_connection = True
        with suppress(OSError, ValueError):
            self._stream()

    def _stream(self) -> None:
        received = ClientFrames()
        while not self.reader.pulled.is_set():
            self.reader.not_frozen.wait()
            self.connection.settimeout(5)
            self.connection.sendall(self.reader.frames())
            self.connection.settimeout(_PAUSE_S)
            try:
                chunk = self.connection.recv(1 << 16)
            except TimeoutError:
                continue
            if not chunk:
                return
            for opcode, payload in received.feed(chunk):
                if not self._reply(opcode, payload):
                    return

    def _reply(self, opcode: int, payload: bytes) -> bool:
        """Answers a control frame; False at the end of the connection."""
        if opcode == Opcode.CLOSE:
            self.connection.sendall(server_frame(Opcode.CLOSE, payload))
            return False
        if opcode == Opcode.PING and self.reader.habits.answers_pings:
            self.connection.sendall(server_frame(Opcode.PONG, payload))
        return True
