"""Cuts a connection whose server does not answer in time: a stopped server keeps it open and sends nothing.

Limits of the server do not help there, nor do those of TCP, because its kernel still acknowledges what it receives.
"""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Condition
from typing import NamedTuple

from sqlalchemy import Connection

from hardware.threads.supervised import SupervisedThread, ThreadState


class _Watched(NamedTuple):
    socket: int
    due_s: float


class AnswerLimit:
    """Ends the connection of a block that takes longer than `limit_s`. For one block at a time."""

    def __init__(self, limit_s: float) -> None:
        self._limit_s = limit_s
        self._watched: _Watched | None = None
        self._changed = Condition()
        self._thread = SupervisedThread("ledger-answers", self._run, late_s=max(60.0, 10 * limit_s))
        self._closed = self._lifted = False

    @contextmanager
    def of(self, connection: Connection) -> Iterator[None]:
        """Watches what the block asks over a connection; if it is cut, the block's driver raises an error."""
        if self._lifted:
            yield
            return
        number: int = connection.connection.driver_connection.pgconn.socket  # type: ignore[union-attr]
        self._watched = _Watched(number, time.monotonic() + self._limit_s)
        if not self._thread.started:
            self._thread.start()
        try:
            yield
        finally:
            # with the lock: the number may be that of another connection as soon as this one is closed
            with self._changed:
                self._watched = None

    @contextmanager
    def lifted(self) -> Iterator[None]:
        """No limit in the block."""
        self._lifted = True
        try:
            yield
        finally:
            self._lifted = False

    def close(self) -> None:
        """Ends the thread."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._thread.close()

    @property
    def state(self) -> ThreadState:
        """The state of its thread."""
        return self._thread.state

    def _run(self) -> None:
        with self._changed:
            while not self._closed:
                watched = self._watched
                if watched is not None and time.monotonic() >= watched.due_s:
                    self._watched = None
                    _cut(watched.socket)
                # a block is looked at a few times until its limit, so that starting one costs nothing
                self._changed.wait(self._limit_s / 10)
                self._thread.worked()


def _cut(number: int) -> None:
    with suppress(OSError), socket.socket(fileno=os.dup(number)) as connection:
        connection.shutdown(socket.SHUT_RDWR)
