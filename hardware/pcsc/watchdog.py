"""Time limits for calls of the PC/SC library, which has none: when pcscd does not answer, its calls do not return.

A blocked call returns only when its connection to pcscd ends, so the watchdog shuts the connection down; the call then
returns an error. All connections of this process to pcscd are shut down at once, because they are blocked together.
"""

from __future__ import annotations

import os
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from hardware.threads.supervised import Loop

_CHECK_INTERVAL_S: Final = 0.5
# CMD_VERSION of the protocol between library and pcscd (pcsc-lite, winscard_msg.h): size, command, version 4.4, result
_CMD_VERSION: Final = struct.pack("=IIiiI", 12, 0x11, 4, 4, 0)


def daemon_socket() -> str:
    """Path of pcscd's socket; the PC/SC library reads the same environment variable."""
    return os.environ.get("PCSCLITE_CSOCK_NAME", "/run/pcscd/pcscd.comm")


class PcscdWatchdog:
    """Shuts down the connections to pcscd when a call exceeds its time limit."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._deadlines: dict[int, float] = {}
        self._loop = Loop("pcscd watchdog", self._check, _CHECK_INTERVAL_S, late_s=30.0)
        self._probe = PcscdProbe()

    def pcscd_responds(self, seconds: float) -> bool:
        """After a hang: whether pcscd responds within `seconds`, or is not running at all."""
        return self._probe.responds(seconds)

    @contextmanager
    def time_limit(self, seconds: float) -> Iterator[None]:
        """Limits the calls inside to `seconds`, with a resolution of 0.5 s."""
        me = threading.get_ident()
        with self._lock:
            self._deadlines[me] = time.monotonic() + seconds
            self._begin()
        try:
            yield
        finally:
            with self._lock:
                self._deadlines.pop(me, None)

    def _begin(self) -> None:
        if not self._loop.thread.started and not self._loop.stopping:
            self._loop.start()

    def _check(self) -> None:
        now = time.monotonic()
        with self._lock:
            late = [me for me, deadline in self._deadlines.items() if deadline < now]
        if late:
            self.shut_connections()

    def shut_connections(self) -> None:
        """Shuts down every connection of this process to pcscd; calls that wait on them return an error."""
        for entry in Path("/proc/self/fd").iterdir():
            with suppress(OSError):
                _shut_if_to_daemon(int(entry.name))

    def close(self) -> None:
        """Ends the watchdog's thread."""
        self._loop.close(1.0)
        self._probe.close()


def _shut_if_to_daemon(number: int) -> None:
    if not str(Path(f"/proc/self/fd/{number}").readlink()).startswith("socket:"):
        return
    with socket.socket(fileno=os.dup(number)) as twin:
        if twin.family == socket.AF_UNIX and str(twin.getpeername()).endswith("/pcscd.comm"):
            twin.shutdown(socket.SHUT_RDWR)


class PcscdProbe:
    """Checks without the PC/SC library whether pcscd responds, after a hang.

    One connection is kept until it gets a response: each connection to a hanging pcscd uses a place in its short
    accept queue, and when the queue is full, even connecting would hang.
    """

    def __init__(self) -> None:
        self._pending: socket.socket | None = None

    def responds(self, seconds: float) -> bool:
        """Whether pcscd responds within `seconds`. True if it is not running, which the library detects at once."""
        if self._pending is None:
            self._pending = _request_version()
        if self._pending is None:
            return True
        self._pending.settimeout(seconds)
        try:
            self._pending.recv(64)
        except TimeoutError:
            return False
        except OSError:
            pass
        self.close()
        return True

    def close(self) -> None:
        """Closes the pending connection."""
        if self._pending is not None:
            self._pending.close()
            self._pending = None


def _request_version() -> socket.socket | None:
    link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    link.settimeout(0.2)
    try:
        link.connect(daemon_socket())
        link.sendall(_CMD_VERSION)
    except OSError:
        link.close()
        return None
    return link
