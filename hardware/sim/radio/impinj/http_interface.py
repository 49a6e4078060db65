"""HTTP interface of a simulated Impinj reader: the requests of the API, and the event stream."""

from __future__ import annotations

import json
import ssl
from base64 import b64encode
from collections import deque
from http.server import BaseHTTPRequestHandler
from typing import Any, Final, Protocol

from hardware.sim.radio.http_server import ReaderHttpServer
from hardware.sim.radio.impinj.state import SERIAL_NUMBER, ImpinjState, Json, RefusedError

_API: Final = "/api/v1"
_PRESETS: Final = "/profiles/inventory/presets"
_PAUSE_S: Final = 0.01


class ServedReader(Protocol):
    """What the HTTP interface needs of a reader."""

    state: ImpinjState

    def wait_while_frozen(self) -> None: ...
    def is_pulled(self, wait_s: float) -> bool: ...


class ImpinjHttpServer(ReaderHttpServer):
    """Serves one reader."""

    def __init__(self, reader: ServedReader, port: int, tls: ssl.SSLContext | None) -> None:
        self.reader = reader
        super().__init__(port, _RequestHandler, tls)


class _RequestHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: ImpinjHttpServer

    def do_GET(self) -> None:
        self._handle("GET")

    def do_POST(self) -> None:
        self._handle("POST")

    def do_PUT(self) -> None:
        self._handle("PUT")

    def log_message(self, format: str, *_: Any) -> None:  # noqa: A002 the library's own name
        """Logs nothing."""

    def _handle(self, method: str) -> None:
        reader = self.server.reader
        reader.wait_while_frozen()
        length = int(self.headers.get("Content-Length") or 0)
        raw = self.rfile.read(length) if length else b""
        path = self.path.removeprefix(_API)
        if not self._authorised(reader.state):
            return
        if (method, path) == ("GET", "/data/stream"):
            self._stream(reader)
            return
        try:
            with reader.state.lock:
                reader.state.log.append(f"{method} {path}")
                status, body = _answer(reader.state, method, path, json.loads(raw) if raw else {})
        except RefusedError as refused:
            status, body = refused.status, refused.body
        except ValueError:
            status, body = 400, {"message": "not JSON"}
        self._send(status, body)

    def _authorised(self, state: ImpinjState) -> bool:
        habits = state.habits
        secret = b64encode(f"{habits.user}:{habits.password}".encode()).decode()
        if habits.authentication == "basic" and self.headers.get("Authorization") == f"Basic {secret}":
            return True
        scheme = {"digest": 'Digest realm="reader", nonce="0", qop="auth"'}
        self._send(
            401, {"message": "unauthorized"}, scheme.get(habits.authentication, 'Basic realm="reader"')
        )
        return False

    def _send(self, status: int, body: Json | None, authenticate: str = "") -> None:
        raw = b"" if body is None else json.dumps(body).encode()
        self.send_response(status)
        if status != 204:
            self.send_header("Content-Length", str(len(raw)))
        if authenticate:
            self.send_header("WWW-Authenticate", authenticate)
        self.end_headers()
        self.wfile.write(raw)

    def _stream(self, reader: ServedReader) -> None:
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.close_connection = True
        state = reader.state
        with state.lock:
            events: deque[Json] = deque(state.history)
            state.outputs.append(events)
        try:
            while not reader.is_pulled(_PAUSE_S):
                reader.wait_while_frozen()
                while events:
                    event = events.popleft()
                    line = json.dumps(event).encode()
                    line = (line[:-7] if state.is_malformed(event) else line) + b"\r\n"
                    self.wfile.write(b"%x\r\n%s\r\n" % (len(line), line))
        finally:
            with state.lock:
                state.outputs.remove(events)


def _answer(state: ImpinjState, method: str, path: str, body: Json) -> tuple[int, Json | None]:
    """Status and body of the answer to one request."""
    refused = (state.habits.refuses or {}).get(path)
    if refused is not None:
        raise RefusedError(400, refused)
    if path.startswith("/system"):
        return _system(state, method, path)
    if state.habits.interface == "llrp":
        raise RefusedError(404, "the IoT interface is not enabled")
    if path.startswith(("/profiles", "/status")):
        return _profiles(state, method, path, body)
    return _outputs(state, method, path, body)


def _system(state: ImpinjState, method: str, path: str) -> tuple[int, Json]:
    habits = state.habits
    known: dict[str, Json] = {
        "/system": {"manufacturer": "Impinj", "productModel": "R700", "serialNumber": SERIAL_NUMBER},
        "/system/rfid/interface": {"rfidInterface": habits.interface},
        "/system/region": {"operatingRegion": habits.region, "selectableRegions": [habits.region]},
        "/system/image": {"primaryFirmware": "8.4.1.240"},
    }
    if method != "GET" or path not in known:
        raise RefusedError(404, "not found")
    return 200, known[path]


def _profiles(state: ImpinjState, method: str, path: str, body: Json) -> tuple[int, Json | None]:
    name = path.removeprefix(f"{_PRESETS}/")
    match method, path:
        case "GET", "/status":
            return 200, _status(state)
        case "GET", "/profiles/inventory/presets-schema":
            return 200, state.schema()
        case "POST", "/profiles/stop":
            state.stop()
            return 204, None
        case "POST", _ if name.endswith("/start"):
            state.start(name.removesuffix("/start"))
            return 204, None
        case "PUT", _ if name != path:
            return state.store(name, body), None
        case "GET", _ if name in state.presets:
            return 200, state.presets[name]
    raise RefusedError(404, "not found")


def _status(state: ImpinjState) -> Json:
    said: Json = {
        "status": state.status,
        "time": state.now(),
        "serialNumber": SERIAL_NUMBER,
        "mqttBrokerConnectionStatus": "connected" if state.mqtt_connected else "disconnected",
    }
    if state.status != "idle":
        said["activePreset"] = {"profile": "inventory", **({"id": state.active} if state.active else {})}
    if state.habits.webhooks:
        said["eventWebhookStatus"] = state.webhook_status
    return said


def _outputs(state: ImpinjState, method: str, path: str, body: Json) -> tuple[int, Json | None]:
    match method, path:
        case "GET", "/http-stream":
            return 200, state.http_stream
        case "PUT", "/http-stream":
            state.http_stream = body
            return 204, None
        case "GET", "/mqtt":
            return 200, {name: value for name, value in state.mqtt.items() if name != "password"}
        case "PUT", "/mqtt":
            _check_mqtt(state, body)
            state.mqtt = body
            return 204, None
        case "GET", "/webhooks/event" if state.habits.webhooks:
            return 200, state.webhook
        case "PUT", "/webhooks/event" if state.habits.webhooks:
            state.webhook = body
            return 204, None
    raise RefusedError(404, "not found")


def _check_mqtt(state: ImpinjState, body: Json) -> None:
    for name in ("brokerHostname", "clientId", "eventTopic"):
        if not isinstance(body.get(name), str):
            raise RefusedError(400, f"{name} is missing", f"#/{name}")
    client = body["clientId"]
    if not client.isalnum() or len(client) > 23:
        raise RefusedError(400, "clientId has 1 to 23 letters and digits", "#/clientId")
    if body.get("eventBufferSize", 1000) < 1000:
        raise RefusedError(400, "eventBufferSize is at least 1000", "#/eventBufferSize")
    newer = {"connectMessage", "disconnectMessage", "tlsEnabled"} & set(body)
    if newer and not state.habits.webhooks:
        raise RefusedError(400, "an unknown property", f"#/{newer.pop()}")
