"""Accepts connections on the listening socket, on the event loop of the server.

Not `asyncio.Server`: it accepts whatever the kernel has queued before it asks anybody, and where no file can be opened
it logs hundreds of lines a second.
"""

from __future__ import annotations

import asyncio
import errno
import logging
import resource
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from kiosk.config.limits import ConnectionLimits
from kiosk.store.api.connections.notices import Limit, Notices
from kiosk.store.api.connections.registry import Connection, Registry

log = logging.getLogger(__name__)
BATCH: Final = 8
"""Connections accepted before other work has its turn."""
PAUSE_S: Final = 0.2
"""Wait after the kernel could not open a file for a connection."""
GOODBYE_S: Final = 1.0
"""How long a client may take to end TLS on its side after the connection was closed."""
MIN_TOTAL: Final = 16
_NO_FILES: Final = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)
MakeProtocol = Callable[[Connection], asyncio.Protocol]


def total_of(limits: ConnectionLimits) -> int:
    """How many connections the process may hold: `total`, or what its limit of open files leaves without the spare
    ones."""
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if files == resource.RLIM_INFINITY:
        return limits.total
    total = max(MIN_TOTAL, min(limits.total, files - limits.spare_files))
    if total < limits.total:
        log.warning(
            "at most %d connections: the process may open %d files (limits.connections.spare_files: %d)",
            total, files, limits.spare_files,
        )  # fmt: skip
    return total


class Acceptor:
    """Accepts connections that the registry admits, and gives each to a protocol. `tls`: of an encrypted server.

    `handshake_s`: limit of a TLS handshake.
    """

    def __init__(
        self, listener: socket.socket, registry: Registry, notices: Notices, make: MakeProtocol, *,
        tls: ssl.SSLContext | None, handshake_s: float,
    ) -> None:  # fmt: skip
        self._listener, self._registry, self._notices, self._make = listener, registry, notices, make
        self._tls, self._handshake_s = tls, handshake_s
        self._loop = asyncio.get_running_loop()
        self._opening: set[asyncio.Task[None]] = set()
        self._closed = False
        listener.settimeout(0)
        self._loop.add_reader(listener.fileno(), self._accept)

    def close(self) -> None:
        """Accepts nothing more, and ends handshakes in progress."""
        if not self._closed:
            self._closed = True
            self._loop.remove_reader(self._listener.fileno())
            for task in self._opening:
                task.cancel()

    def _accept(self) -> None:
        for _ in range(BATCH):
            try:
                accepted, address = self._listener.accept()
            except (BlockingIOError, InterruptedError):
                return
            except OSError as error:
                if error.errno in _NO_FILES:
                    self._pause()
                    return
                continue  # the caller is gone already
            self._admit(accepted, str(address[0]))

    def _admit(self, accepted: socket.socket, address: str) -> None:
        opening = _Opening(accepted)
        connection = self._registry.admit(address, opening.drop)
        if connection is None:
            accepted.close()
            return
        task = opening.task = self._loop.create_task(self._open(opening, connection))
        self._opening.add(task)
        task.add_done_callback(self._opening.discard)
        task.add_done_callback(opening.ended)

    async def _open(self, opening: _Opening, connection: Connection) -> None:
        """Until the protocol has its transport; with TLS, after the handshake."""
        opening.begun = True
        limit_s = self._handshake_s if self._tls else None
        try:
            opening.transport, _ = await self._loop.connect_accepted_socket(
                lambda: self._make(connection),
                opening.accepted,
                ssl=self._tls,
                ssl_handshake_timeout=limit_s,
                ssl_shutdown_timeout=GOODBYE_S if self._tls else None,
            )
        except OSError:
            self._notices.note(Limit.HANDSHAKE, connection.address)
            self._registry.release(connection)
        except asyncio.CancelledError:
            self._registry.release(connection)

    def _pause(self) -> None:
        self._notices.note(Limit.FILES)
        self._loop.remove_reader(self._listener.fileno())
        self._loop.call_later(PAUSE_S, self._resume)

    def _resume(self) -> None:
        if not self._closed:
            self._loop.add_reader(self._listener.fileno(), self._accept)


@dataclass(slots=True)
class _Opening:
    """A connection on its way to its transport, which then owns the socket."""

    accepted: socket.socket
    task: asyncio.Task[None] | None = None
    transport: asyncio.Transport | None = None
    begun: bool = False

    def drop(self) -> None:
        """Ends the connection at once, before or after it has a transport."""
        if self.transport is not None:
            self.transport.abort()
        elif self.task is not None:
            self.task.cancel()

    def ended(self, _task: asyncio.Task[None]) -> None:
        """Closes the socket of a connection that was dropped before its task began."""
        if not self.begun:
            self.accepted.close()
