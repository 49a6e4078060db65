"""A proxy before a store that delivers one request late: after the stand has asked what became of it."""

from __future__ import annotations

import socket
from contextlib import suppress
from threading import Event, Thread
from urllib.parse import urlsplit

_BYTES = 65_536


class LateRequest:
    """Forwards connections. The POST of number `hold` is kept and its connection cut, as if the network had failed; it
    is delivered once the store has answered a later request with 404."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._store = (str(parts.hostname), int(parts.port or 80))
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.posts, self.hold = 0, 0
        self.seen, self.delivered = Event(), Event()
        self._kept = b""
        Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Lets nobody in any more."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        """Requests and answers of one connection in turn."""
        with suppress(OSError), client, socket.create_connection(self._store) as server:
            while True:
                request = _whole(client)
                if request.startswith(b"POST"):
                    self.posts += 1
                    if self.posts == self.hold:
                        self._kept = request
                        return
                server.sendall(request)
                answer = _whole(server)
                if self._kept and b" 404 " in answer[:20]:
                    self._deliver()
                client.sendall(answer)
                if request.startswith(b"PUT") and b"/seen " in request.split(b"\r\n")[0]:
                    self.seen.set()

    def _deliver(self) -> None:
        request, self._kept = self._kept, b""
        with socket.create_connection(self._store) as late:
            late.sendall(request)
            _whole(late)
        self.delivered.set()


def _whole(link: socket.socket) -> bytes:
    """One message: its head, and as many bytes after it as the head says."""
    message = b""
    while b"\r\n\r\n" not in message:
        message += _more(link)
    head, _, body = message.partition(b"\r\n\r\n")
    lengths = [
        line.split(b":")[1] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")
    ]
    while len(body) < int(lengths[0] if lengths else 0):
        body += _more(link)
    return head + b"\r\n\r\n" + body


def _more(link: socket.socket) -> bytes:
    if not (data := link.recv(_BYTES)):
        raise ConnectionError("the other side has closed the connection")
    return data
