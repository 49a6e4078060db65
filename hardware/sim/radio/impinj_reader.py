"""Simulated Impinj reader that sends JSON events over HTTP or HTTPS like an R700, for tests and trials.

Answers the requests of `hardware.impinj`, checks the password, and can simulate lost and frozen connections.
"""

from __future__ import annotations

import json
import socket
import ssl
import threading
import time
from base64 import b64encode
from collections.abc import Collection, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from hardware.sim.radio.field import Tag, TagField

_PAUSE_S = 0.01
_USER, _PASSWORD = "root", "impinj"


class SimImpinjReader:
    """One simulated reader, listening on 127.0.0.1; every method may be called from any thread.

    `omitted_fields`: fields that its preset leaves out of the events, for example antennaPort.
    """

    def __init__(
        self, tls: ssl.SSLContext | None = None, *, seed: int = 0, omitted_fields: Collection[str] = ()
    ) -> None:
        self.field = TagField(seed)
        self.omitted_fields = omitted_fields
        self.lock = threading.Lock()
        self.running = False
        self.not_frozen = threading.Event()
        self.not_frozen.set()
        self.pulled = threading.Event()
        self.tls = tls
        self.port = 0
        self._server = self._serve()

    def place(self, tag: Tag) -> None:
        with self.lock:
            self.field.place(tag, time.monotonic())

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

    def events(self) -> Iterator[bytes]:
        """Lines of the event stream, until `pull`."""
        while not self.pulled.wait(_PAUSE_S):
            self.not_frozen.wait()
            with self.lock:
                reads = self.field.read(time.monotonic(), 0) if self.running else []
            for tag in reads:
                fields = {
                    "epc": b64encode(bytes.fromhex(tag.epc)).decode(),
                    "epcHex": tag.epc,
                    "antennaPort": tag.antenna,
                    "peakRssiCdbm": None if tag.rssi_dbm is None else 100 * tag.rssi_dbm,
                }
                event = {
                    "timestamp": "2026-01-01T00:00:00.000000000Z",
                    "eventType": "tagInventory",
                    "tagInventoryEvent": {
                        key: value for key, value in fields.items() if key not in self.omitted_fields
                    },
                }
                yield json.dumps(event).encode() + b"\r\n"

    def _serve(self) -> _HttpServer:
        server = _HttpServer(self)
        self.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, args=(0.05,), name="sim impinj", daemon=True).start()
        return server


class _HttpServer(ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True
    allow_reuse_address = True

    def __init__(self, reader: SimImpinjReader) -> None:
        self.reader = reader
        self._links: set[socket.socket] = set()
        super().__init__(("127.0.0.1", reader.port), _RequestHandler)

    def get_request(self) -> tuple[socket.socket, Any]:
        link, address = super().get_request()
        link.settimeout(5)
        if self.reader.tls is not None:
            # the handshake runs in the connection's thread, so that a slow client does not delay others
            link = self.reader.tls.wrap_socket(link, server_side=True, do_handshake_on_connect=False)
        self._links.add(link)
        return link, address

    def shutdown_request(self, request: Any) -> None:
        self._links.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignores clients that disconnect."""

    def stop(self) -> None:
        self.shutdown()
        for link in list(self._links):
            with suppress(OSError):
                link.shutdown(socket.SHUT_RDWR)
        self.server_close()


class _RequestHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _HttpServer

    def do_GET(self) -> None:
        reader = self._authorised_reader()
        if reader is None:
            return
        if self.path == "/api/v1/status":
            self._answer(200, {"status": "running" if reader.running else "idle"})
        elif self.path == "/api/v1/data/stream":
            self._stream(reader)
        else:
            self._answer(404, {"message": "not found"})

    def do_POST(self) -> None:
        reader = self._authorised_reader()
        if reader is None:
            return
        if self.path == "/api/v1/profiles/inventory/presets/default/start":
            reader.running = True
            self._answer(204, None)
        else:
            self._answer(404, {"message": "no such preset"})

    def log_message(self, format: str, *_: Any) -> None:  # noqa: A002 the library's own name
        """Logs nothing."""

    def _authorised_reader(self) -> SimImpinjReader | None:
        self.server.reader.not_frozen.wait()
        secret = b64encode(f"{_USER}:{_PASSWORD}".encode()).decode()
        if self.headers.get("Authorization") != f"Basic {secret}":
            self._answer(401, {"message": "unauthorized"})
            return None
        return self.server.reader

    def _answer(self, status: int, body: dict[str, str] | None) -> None:
        raw = b"" if body is None else json.dumps(body).encode()
        self.send_response(status)
        if body is not None:
            self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def _stream(self, reader: SimImpinjReader) -> None:
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.close_connection = True
        for line in reader.events():
            self.wfile.write(b"%x\r\n%s\r\n" % (len(line), line))
