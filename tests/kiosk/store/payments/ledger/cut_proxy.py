"""A TCP proxy before PostgreSQL: the answer to a COMMIT is lost, the network is dead, or nobody listens any more."""

from __future__ import annotations

import socket
from contextlib import suppress
from threading import Event, Thread
from typing import Final

from sqlalchemy import make_url

_BYTES: Final = 65_536


class CutProxy:
    """Forwards connections to the server of `url`; to be closed."""

    def __init__(self, url: str) -> None:
        real = make_url(url)
        self._server = (str(real.host), int(real.port or 5432))
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.real_url = url
        self.url = real.set(port=self._listener.getsockname()[1]).render_as_string(hide_password=False)
        self.lose_commit = self.stop_commit = self.refuse_after = False
        """Forward the next COMMIT and drop its answer with the connection; drop it before it arrives; after either,
        let nobody in."""
        self.passes = Event()
        """Clear: whatever arrives is kept back, as on a dead network."""
        self.passes.set()
        self._closed = self._refusing = False
        self._lost: socket.socket | None = None
        self._answered = Event()
        self._open: list[socket.socket] = []
        Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._closed = True
        self.passes.set()
        for each in (self._listener, *self._open):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def let_in(self) -> None:
        """The network is as it was."""
        self.refuse_after = self._refusing = False
        self.passes.set()

    def _accept(self) -> None:
        with suppress(OSError):
            while not self._closed:
                client, _ = self._listener.accept()
                if self._refusing:
                    client.close()
                    continue
                server = socket.create_connection(self._server)
                self._open += [client, server]
                Thread(target=self._from_client, args=(client, server), daemon=True).start()
                Thread(target=self._from_server, args=(server, client), daemon=True).start()

    def _from_client(self, client: socket.socket, server: socket.socket) -> None:
        with suppress(OSError):
            while data := client.recv(_BYTES):
                self.passes.wait()
                if b"COMMIT" in data and (self.lose_commit or self.stop_commit):
                    self._lose(data, client, server)
                    return
                server.sendall(data)
        with suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)

    def _lose(self, data: bytes, client: socket.socket, server: socket.socket) -> None:
        self._refusing = self.refuse_after
        forwarded, self.lose_commit, self.stop_commit = self.lose_commit, False, False
        if forwarded:
            self._lost = client
            self._answered.clear()
            server.sendall(data)
            self._answered.wait()
        for each in (client, server):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def _from_server(self, server: socket.socket, client: socket.socket) -> None:
        with suppress(OSError):
            while data := server.recv(_BYTES):
                self.passes.wait()
                if client is self._lost:
                    self._answered.set()
                    return
                client.sendall(data)
        with suppress(OSError):
            client.shutdown(socket.SHUT_RDWR)
