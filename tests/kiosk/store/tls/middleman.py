"""Somebody between a mirror and the store: ends the mirror's TLS with a certificate of its own, and passes on what
both say, or changes it."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request

from kiosk.pairing.store_tls import opener_of
from kiosk.store.settings import TlsSettings
from kiosk.store.tls.serving import ServingCertificates

Change = Callable[[str, dict[str, Any]], dict[str, Any]]
"""Changes the store's answer to a path."""


class Middleman:
    """`heard`: all that went through in clear. `root`: the one that it would like the mirror to trust."""

    def __init__(self, folder: Path, store: str, root: str, now_us: Callable[[], int]) -> None:
        self.heard: list[bytes] = []
        self.certificates = ServingCertificates(folder, "127.0.0.1", TlsSettings(), now_us)
        self.root = self.certificates.root.pem
        self._store, self._opener = store, opener_of(root)
        self.change: Change = lambda _path, answer: answer

    def ask(self, path: str, body: bytes) -> tuple[int, bytes]:
        self.heard.append(body)
        asked = Request(f"{self._store}{path}", body, {"Content-Type": "application/json"})
        try:
            with self._opener.open(asked, timeout=10) as answer:
                found = json.dumps(self.change(path, json.loads(answer.read()))).encode()
                status = answer.status
        except HTTPError as error:
            with error:
                status, found = error.code, error.read()
        self.heard.append(found)
        return status, found


@contextmanager
def serving(middleman: Middleman) -> Iterator[str]:
    """Its address."""

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            status, found = middleman.ask(self.path, body)
            self.send_response(status)
            self.send_header("content-length", str(len(found)))
            self.end_headers()
            self.wfile.write(found)

        def log_message(self, *_: object) -> None:
            return

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def finish_request(self, request: Any, address: Any) -> None:
            try:
                secured = middleman.certificates.context.wrap_socket(request, server_side=True)
            except (ssl.SSLError, OSError):
                return
            with secured:
                super().finish_request(secured, address)

    with Server(("127.0.0.1", 0), Answer) as server:
        running = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        running.start()
        yield f"https://127.0.0.1:{server.server_port}"
        server.shutdown()
        running.join()
