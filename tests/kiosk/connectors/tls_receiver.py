"""An HTTP server over real TLS on this computer, for tests of what calls other services."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread


@contextmanager
def served_over_tls(handler: type[BaseHTTPRequestHandler], certificate: Path, ended: Event) -> Iterator[int]:
    """Gives the port. Sets `ended` at the end of the block, before it stops. `certificate`: a file, the key in it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.server_port
    finally:
        ended.set()
        server.shutdown()
        server.server_close()
        thread.join()
