"""HTTP server of simulated readers: one thread for each connection, all of which can be closed at once."""

from __future__ import annotations

import socket
import ssl
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class ReaderHttpServer(ThreadingHTTPServer):
    """Listens on 127.0.0.1, with TLS if there is a context; `stop` ends it with all connections."""

    daemon_threads = False
    block_on_close = True
    allow_reuse_address = True

    def __init__(self, port: int, handler: type[BaseHTTPRequestHandler], tls: ssl.SSLContext | None) -> None:
        self._tls = tls
        self._links: set[socket.socket] = set()
        super().__init__(("127.0.0.1", port), handler)

    def get_request(self) -> tuple[socket.socket, Any]:
        link, address = super().get_request()
        link.settimeout(5)
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self._tls is not None:
            # the handshake runs in the connection's thread, so that a slow client does not delay others
            link = self._tls.wrap_socket(link, server_side=True, do_handshake_on_connect=False)
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
