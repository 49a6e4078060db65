"""The store's HTTP server: uvicorn on its own thread, on a socket that listens before the address is published."""

from __future__ import annotations

import logging
import socket
from threading import Event, Thread

import uvicorn
from fastapi import FastAPI

from hardware.network.host_names import host_and_port

log = logging.getLogger(__name__)
START_TIMEOUT_S = 20.0


class HttpServer:
    """HTTP server of one application. The constructor raises OSError if the address is not available."""

    def __init__(self, app: FastAPI, host: str, port: int) -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        # asyncio disables Nagle's algorithm only on a socket with IPPROTO_TCP; without it each answer waits 40 ms.
        self._socket = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        try:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            self._socket.bind((host, port))
            self._socket.listen(256)
        except OSError:
            self._socket.close()
            raise
        bound = self._socket.getsockname()[1]
        shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104
        self.url = f"http://{host_and_port(shown, bound)}"
        config = uvicorn.Config(
            app, lifespan="off", log_config=None, access_log=False, timeout_graceful_shutdown=2, server_header=False,
            timeout_keep_alive=30, h11_max_incomplete_event_size=64 * 1024, ws="none",
        )  # fmt: skip
        logging.getLogger("uvicorn").setLevel(logging.WARNING)
        self._server = _Server(config)
        self._thread = Thread(target=self._run, name="store-http", daemon=True)

    @property
    def closed(self) -> bool:
        """Whether the server has ended."""
        return not self._thread.is_alive()

    def open(self) -> None:
        self._thread.start()

    def wait_until_open(self) -> bool:
        """Waits until it answers; False if it ended or needed too long."""
        return self._server.answers.wait(START_TIMEOUT_S) and not self.closed

    def close(self, within_s: float) -> None:
        """Waits up to `within_s` seconds for answers in progress, then stops."""
        self._server.should_exit = True
        if not self.closed:
            self._thread.join(within_s)
        if not self.closed:
            self._server.force_exit = True
            self._thread.join(within_s)
        self._socket.close()

    def _run(self) -> None:
        try:
            self._server.run(sockets=[self._socket])
        finally:
            self._server.answers.set()


class _Server(uvicorn.Server):
    """Sets `answers` once it accepts requests."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.answers = Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.answers.set()
