"""HTTPS server of the double: `/nexo` as on the terminal itself, and the Cloud device API in front of it.

POST /nexo                                     encrypted
POST /v1/merchants/M/devices/D/sync            X-API-Key; encrypted or not, as the request is
POST /v1/merchants/M/devices/D/async           answers "ok"; the result is asked for by a status request
GET  /v1/merchants/M/devices/D/status          {"deviceId", "status"}
"""

from __future__ import annotations

import hmac
import json
import socket
import socketserver
import ssl
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from threading import Lock, Thread
from typing import Any, Final

from kiosk.connectors.payments.doubles.adyen.terminal import AdyenTerminal
from kiosk.connectors.payments.doubles.adyen.wording import Answer, rejected
from kiosk.connectors.payments.nexo.encryption import SharedKey, WrongKeyError

MAX_REQUEST_BYTES: Final = 262_144
READ_S: Final = 30.0


class AdyenServer(socketserver.ThreadingTCPServer):
    """One terminal behind one port; `close` ends every connection and joins their threads."""

    allow_reuse_address = True
    daemon_threads = False
    request_queue_size = 64

    def __init__(
        self,
        terminal: AdyenTerminal,
        key: SharedKey,
        tls: ssl.SSLContext,
        *,
        merchant: str = "Shop_POS",
        api_key: str = "",
        host: str = "127.0.0.1",
        port: int = 0,
    ) -> None:
        super().__init__((host, port), _Requests)
        self.terminal, self.key, self._tls = terminal, key, tls
        self.api_key = api_key
        self.never_seals = False
        """Replies in plain text to encrypted requests, as something between that has not the key."""
        self.answers_http = 0
        """The HTTP status of every reply from now on, without a body; 0: what the terminal says."""
        self.device_path = f"/v1/merchants/{merchant}/devices/{terminal.poi}"
        self._open: set[socket.socket] = set()
        self._lock = Lock()
        self._thread = Thread(target=self._accept, name="adyen-double")
        self._thread.start()

    @property
    def port(self) -> int:
        port: int = self.server_address[1]
        return port

    def _accept(self) -> None:
        """Until the listening socket is shut. `serve_forever` polls, which costs time with many doubles."""
        with suppress(OSError):
            while True:
                self.process_request(*self.get_request())

    def finish_request(self, request: Any, client_address: Any) -> None:
        """Makes the TLS connection in the thread of the request, then answers it."""
        request.settimeout(READ_S)
        with self._tls.wrap_socket(request, server_side=True) as secured:
            with self._lock:
                self._open.add(secured)
            try:
                _Requests(secured, client_address, self)
            finally:
                with self._lock:
                    self._open.discard(secured)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away, or that does not accept the certificate, is no error of the double."""

    def close(self) -> None:
        self.terminal.close()
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        # first the thread that accepts: it may be about to start the thread of one more connection
        self._thread.join()
        with self._lock:
            waiting = list(self._open)
        for sock in waiting:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        self.server_close()


class _Requests(BaseHTTPRequestHandler):
    """One connection with one request."""

    server: AdyenServer

    def do_GET(self) -> None:
        if not self._may_use_cloud("/status"):
            return
        found = {"deviceId": self.server.terminal.poi, "status": "ONLINE"}
        self._send(200, json.dumps(found).encode())

    def do_POST(self) -> None:
        body = self._body()
        if body is None:
            self._send(400, b"")
        elif self.path.rstrip("/") == "/nexo":
            self._local(body)
        elif self.path.endswith("/async") and self._may_use_cloud("/async"):
            self._send(200, b"ok")
            self._plain_or_sealed(body)
        elif not self.path.endswith("/async") and self._may_use_cloud("/sync"):
            self._reply(*self._plain_or_sealed(body))

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """The double keeps no log."""

    def _local(self, body: dict[str, Any]) -> None:
        """Whatever cannot be decrypted is rejected in plain text; how a real terminal does it is not documented."""
        try:
            message = json.loads(self.server.key.open(body.get("SaleToPOIRequest", {})))
        except (WrongKeyError, ValueError):
            self._reply(Answer(rejected(body, "Decryption failed")), sealed=False)
            return
        self._reply(self.server.terminal.handle(message), sealed=True)

    def _plain_or_sealed(self, body: dict[str, Any]) -> tuple[Answer, bool]:
        whole = body.get("SaleToPOIRequest")
        if not isinstance(whole, dict) or "NexoBlob" not in whole:
            return self.server.terminal.handle(body), False
        try:
            message = json.loads(self.server.key.open(whole))
        except (WrongKeyError, ValueError):
            return Answer(rejected(body, "Decryption failed")), False
        return self.server.terminal.handle(message), True

    def _may_use_cloud(self, what: str) -> bool:
        if self.path != f"{self.server.device_path}{what}":
            self._send(404, b"")
            return False
        given = self.headers.get("X-API-Key", "").encode()
        if not self.server.api_key or not hmac.compare_digest(given, self.server.api_key.encode()):
            self._send(401, b"")
            return False
        return True

    def _reply(self, answer: Answer, sealed: bool) -> None:
        if answer.late_s:
            self.server.terminal.wait_closed(answer.late_s)
        if answer.drop:
            self.close_connection = True
            return
        if self.server.answers_http:
            self._send(self.server.answers_http, b"")
            return
        sealed = sealed and not self.server.never_seals
        body = b"" if answer.message is None else self._packed(answer.message, sealed=sealed)
        if answer.nonsense:
            body = b'{"SaleToPOIResponse": [[[[ nonsense'
        for _ in range(2 if answer.twice else 1):
            self._send(answer.status, body)

    def _packed(self, message: dict[str, Any], *, sealed: bool) -> bytes:
        plain = json.dumps(message).encode()
        if not sealed:
            return plain
        name = next(iter(message))
        whole = self.server.key.seal(message[name]["MessageHeader"], plain)
        return json.dumps({name: whole}).encode()

    def _send(self, status: int, body: bytes) -> None:
        # the other side may have given up
        with suppress(OSError):
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    def _body(self) -> dict[str, Any] | None:
        try:
            raw = self._chunks() if "chunked" in self.headers.get("Transfer-Encoding", "") else self._sized()
            found = json.loads(raw)
        except (OSError, ValueError, RecursionError):
            return None
        return found if isinstance(found, dict) else None

    def _sized(self) -> bytes:
        size = int(self.headers.get("Content-Length", ""))
        if not 0 <= size <= MAX_REQUEST_BYTES:
            raise ValueError("too long")
        return self.rfile.read(size)

    def _chunks(self) -> bytes:
        found = b""
        while size := int(self.rfile.readline(20), 16):
            if size + len(found) > MAX_REQUEST_BYTES:
                raise ValueError("too long")
            found += self.rfile.read(size)
            self.rfile.readline(2)
        return found
