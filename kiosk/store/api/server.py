"""The store's HTTP server: uvicorn on its own thread, on a socket that listens before the address is published."""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
import time
from threading import Event, Thread

import uvicorn
from fastapi import FastAPI

from hardware.network.host_names import host_and_port
from hardware.threads.supervised import start_job
from kiosk.clock import monotonic_us
from kiosk.config.limits import Limits
from kiosk.store.api.connections.acceptor import HANDSHAKE_HOLD_S, Acceptor, total_of
from kiosk.store.api.connections.notices import Notices
from kiosk.store.api.connections.protocol import LimitedProtocol
from kiosk.store.api.connections.proxy_signs import ProxySigns
from kiosk.store.api.connections.registry import Connection, Registry
from kiosk.store.api.connections.stranger_turns import StrangerTurns

log = logging.getLogger(__name__)
START_TIMEOUT_S = 20.0
RECEIVE_BUFFER = 64 * 1024
"""Bytes that the kernel keeps of a connection before they are read (Linux doubles it). By default it keeps up to 6 MB,
of each of hundreds of strangers."""
BACKLOG = 256
"""Connections that the kernel holds until they are accepted."""


class HttpServer:
    """HTTP server of one application, within the limits of callers; with TLS if `tls` is given. `proxies`: signs of
    reverse proxies.

    The constructor raises OSError if the address is not available.
    """

    def __init__(
        self, app: FastAPI, host: str, port: int, limits: Limits | None = None, tls: ssl.SSLContext | None = None,
        proxies: ProxySigns | None = None,
    ) -> None:  # fmt: skip
        limits, proxies = limits or Limits(), proxies or ProxySigns()
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        # asyncio disables Nagle's algorithm only on a socket with IPPROTO_TCP; without it each answer waits 40 ms.
        self._socket = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        try:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER)
            self._socket.bind((host, port))
            self._socket.listen(BACKLOG)
        except OSError:
            self._socket.close()
            raise
        bound = self._socket.getsockname()[1]
        proxies.port = bound
        shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104
        self.url = f"{'https' if tls else 'http'}://{host_and_port(shown, bound)}"
        config = uvicorn.Config(
            app, lifespan="off", log_config=None, access_log=False, timeout_graceful_shutdown=2, server_header=False,
            http="h11", h11_max_incomplete_event_size=limits.requests.head_kb * 1024, ws="none",
        )  # fmt: skip
        logging.getLogger("uvicorn").setLevel(logging.WARNING)
        self._server = _Server(config, self._socket, limits, tls, proxies)
        self._thread: Thread | None = None

    @property
    def closed(self) -> bool:
        """Whether the server has ended."""
        return self._thread is None or not self._thread.is_alive()

    def open(self) -> None:
        self._thread = start_job("store-http", self._run)

    def wait_until_open(self) -> bool:
        """Waits until it answers; False if it ended or needed too long."""
        return self._server.answers.wait(START_TIMEOUT_S) and not self.closed

    def close(self, within_s: float) -> None:
        """Waits up to `within_s` seconds for answers in progress, then stops."""
        self._server.should_exit = True
        if self._thread is not None:
            self._thread.join(within_s)
        if self._thread is not None and self._thread.is_alive():
            self._server.force_exit = True
            self._thread.join(within_s)
        self._socket.close()

    def _run(self) -> None:
        try:
            self._server.run(sockets=[])
        finally:
            self._server.answers.set()


class _Server(uvicorn.Server):
    """Accepts connections by an `Acceptor`. Sets `answers` once it accepts requests."""

    def __init__(
        self, config: uvicorn.Config, listener: socket.socket, limits: Limits, tls: ssl.SSLContext | None,
        proxies: ProxySigns,
    ) -> None:  # fmt: skip
        super().__init__(config)
        self.answers = Event()
        self._listener, self._limits, self._tls = listener, limits, tls
        self._acceptor: Acceptor | None = None
        self._notices = Notices(time.monotonic)
        connections = limits.connections
        self._registry = Registry(connections, total_of(connections), self._notices, monotonic_us)
        self._turns = StrangerTurns(connections.unknown_at_once)
        self._proxies = proxies

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._acceptor = Acceptor(
            self._listener, self._registry, self._notices, self._protocol,
            tls=self._tls, handshake_s=self._limits.requests.arrive_s,
            handshakes=StrangerTurns(self._limits.connections.handshakes_at_once, HANDSHAKE_HOLD_S),
        )  # fmt: skip
        self.answers.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        if self._acceptor is not None:
            self._acceptor.close()
        await super().shutdown(sockets)

    def _protocol(self, connection: Connection) -> asyncio.Protocol:
        return LimitedProtocol(
            self.config,
            self.server_state,
            connection,
            self._registry,
            self._notices,
            self._limits,
            self._turns,
            self._proxies,
        )
