"""A self-signed certificate, and a TLS proxy in front of a simulated reader."""

from __future__ import annotations

import selectors
import socket
import ssl
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from hardware.sim.radio.certificate import new_certificate


@dataclass(frozen=True)
class Identity:
    """A self-signed certificate with its key, as one PEM file each."""

    certificate: Path
    key: Path

    def server(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, self.key)
        return context

    def client(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.certificate))


def identity(folder: Path, addresses: Sequence[str] = ("127.0.0.1",)) -> Identity:
    """A new certificate for these addresses."""
    certificate, key = new_certificate(addresses, "reader")
    made = Identity(folder / "reader.crt", folder / "reader.key")
    made.certificate.write_bytes(certificate)
    made.key.write_bytes(key)
    return made


class TlsFront:
    """Accepts TLS on a port of its own and forwards to a plain port; one thread for each connection."""

    def __init__(self, context: ssl.SSLContext, behind: int) -> None:
        self._context = context
        self._behind = behind
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._threads = [threading.Thread(target=self._accept, name="tls front")]
        self._links: list[socket.socket] = []
        self._threads[0].start()

    def close(self) -> None:
        # a blocked accept ends only when the socket is shut down
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._threads[0].join()
        self._listener.close()
        for link in self._links:
            with suppress(OSError):
                link.shutdown(socket.SHUT_RDWR)
        for thread in self._threads[1:]:
            thread.join()

    def _accept(self) -> None:
        while True:
            try:
                link, _ = self._listener.accept()
            except OSError:
                return
            link.settimeout(5)
            thread = threading.Thread(target=self._serve, args=(link,), name="tls front link")
            self._links.append(link)
            self._threads.append(thread)
            thread.start()

    def _serve(self, link: socket.socket) -> None:
        with link, suppress(OSError):
            secured = self._context.wrap_socket(link, server_side=True)
            with secured:
                self._links.append(secured)
                with socket.create_connection(("127.0.0.1", self._behind), timeout=5) as plain:
                    self._pass_on(secured, plain)

    def _pass_on(self, secured: ssl.SSLSocket, plain: socket.socket) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(secured, selectors.EVENT_READ, plain)
            selector.register(plain, selectors.EVENT_READ, secured)
            while True:
                for key, _ in selector.select(5):
                    source: socket.socket = key.fileobj  # type: ignore[assignment]
                    chunk = source.recv(1 << 16)
                    if not chunk:
                        return
                    key.data.sendall(chunk)
