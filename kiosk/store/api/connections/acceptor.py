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
from kiosk.store.api.connections.registry import THIS_COMPUTER, Connection, Registry
from kiosk.store.api.connections.stranger_turns import StrangerTurns, Turn

log = logging.getLogger(__name__)
BATCH: Final = 8
"""Connections accepted before other work has its turn."""
PAUSE_S: Final = 0.2
"""Wait after the kernel could not open a file for a connection."""
GOODBYE_S: Final = 1.0
"""How long a client may take to end TLS on its side after the connection was closed."""
SILENT_MS: Final = 20_000
"""A connection whose other end has confirmed nothing for this long is lost: a device without power or network. The
kernel would go on for a quarter of an hour, and its associate would count as present."""
MIN_TOTAL: Final = 16
HANDSHAKE_HOLD_S: Final = 0.05
"""A handshake costs its computing at its begin; a client that does not go on has its place for so long."""
_NO_FILES: Final = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)
MakeProtocol = Callable[[Connection], asyncio.Protocol]


def lose_silent(listener: socket.socket) -> None:
    """Connections that this socket accepts from now on are lost after `SILENT_MS` (`TCP_USER_TIMEOUT` of tcp(7))."""
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, SILENT_MS)


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

    `handshake_s`: limit of a TLS handshake, and before it of the wait for its first byte. `handshakes`: turns in which
    strangers' handshakes begin; those of this computer, and of addresses from which a caller is known, do not wait.
    """

    def __init__(
        self, listener: socket.socket, registry: Registry, notices: Notices, make: MakeProtocol, *,
        tls: ssl.SSLContext | None, handshake_s: float, handshakes: StrangerTurns,
    ) -> None:  # fmt: skip
        self._listener, self._registry, self._notices, self._make = listener, registry, notices, make
        self._tls, self._handshake_s, self._handshakes = tls, handshake_s, handshakes
        self._loop = asyncio.get_running_loop()
        self._opening: set[asyncio.Task[None]] = set()
        self._closed = False
        listener.settimeout(0)
        lose_silent(listener)
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
        limit_s = self._handshake_s if self._tls else None
        turn: Turn | None = None
        try:
            if self._tls is not None:
                turn = await self._turn(opening.accepted, connection)
            opening.begun = True
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
        finally:
            if turn is not None:
                turn.end()

    async def _turn(self, accepted: socket.socket, connection: Connection) -> Turn | None:
        """Waits for the first byte, and then for a turn if it needs one. A connection that sends nothing keeps no
        place. The wait for a turn is short: strangers' connections and the time of each turn are limited."""
        async with asyncio.timeout(self._handshake_s):
            await self._first_byte(accepted)
        if connection.address in THIS_COMPUTER or self._registry.is_beside_a_known_caller(connection):
            return None
        return await self._handshakes.take(connection.address)

    async def _first_byte(self, accepted: socket.socket) -> None:
        arrived = self._loop.create_future()
        self._loop.add_reader(accepted.fileno(), _set, arrived)
        try:
            await arrived
        finally:
            self._loop.remove_reader(accepted.fileno())

    def _pause(self) -> None:
        self._notices.note(Limit.FILES)
        self._loop.remove_reader(self._listener.fileno())
        self._loop.call_later(PAUSE_S, self._resume)

    def _resume(self) -> None:
        if not self._closed:
            self._loop.add_reader(self._listener.fileno(), self._accept)


def _set(arrived: asyncio.Future[None]) -> None:
    if not arrived.done():
        arrived.set_result(None)


@dataclass(slots=True)
class _Opening:
    """A connection on its way to its transport, which then owns the socket. `begun`: it has been given to it."""

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
        """Closes the socket of a connection that ended before it was given to a transport."""
        if not self.begun:
            self.accepted.close()
