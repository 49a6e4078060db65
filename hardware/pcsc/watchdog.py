"""Calls into the PC/SC library know no time-out: where pcscd hangs, they hang. This frees them.

The only thing that wakes such a call is the end of its connection, so the connection is shut down from outside; the
call then returns with an error like any other loss. All connections of this process go at once: it is the one pcscd.
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

_CHECK_S: Final = 0.5
# CMD_VERSION of the protocol between library and pcscd (pcsc-lite, winscard_msg.h): size, command, 4.4, no error.
_HELLO: Final = struct.pack("=IIiiI", 12, 0x11, 4, 4, 0)


def daemon_socket() -> str:
    """Where pcscd listens; the library reads the same variable."""
    return os.environ.get("PCSCLITE_CSOCK_NAME", "/run/pcscd/pcscd.comm")


class PcscdWatchdog:
    """Shuts the connections to pcscd as soon as one guarded call takes longer than it may."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._deadlines: dict[int, float] = {}
        self._thread: threading.Thread | None = None
        self._end = threading.Event()
        self._knock = PcscdProbe()

    def answered(self, seconds: float) -> bool:
        """After a hang: pcscd gives a sign of life within `seconds`, or is not there at all."""
        return self._knock.answered(seconds)

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Let the calls inside take `seconds` at most (to half a second)."""
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
        if self._thread is None and not self._end.is_set():
            self._thread = threading.Thread(target=self._run, name="pcscd guard", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        while not self._end.wait(_CHECK_S):
            now = time.monotonic()
            with self._lock:
                late = [me for me, deadline in self._deadlines.items() if deadline < now]
            if late:
                self.cut()

    def cut(self) -> None:
        """Shut every connection of this process to pcscd; the calls waiting there return with an error."""
        for entry in Path("/proc/self/fd").iterdir():
            with suppress(OSError):
                _shut_if_to_daemon(int(entry.name))

    def close(self) -> None:
        """End the guard's own thread."""
        self._end.set()
        if self._thread is not None:
            self._thread.join(1.0)
        self._knock.close()


def _shut_if_to_daemon(number: int) -> None:
    if not str(Path(f"/proc/self/fd/{number}").readlink()).startswith("socket:"):
        return
    with socket.socket(fileno=os.dup(number)) as twin:
        if twin.family == socket.AF_UNIX and str(twin.getpeername()).endswith("/pcscd.comm"):
            twin.shutdown(socket.SHUT_RDWR)


class PcscdProbe:
    """Asks pcscd for a sign of life without the library, after a hang.

    One connection is kept until it is answered: each connection to a hanging pcscd takes a place of its short queue,
    and where that is full even connecting would hang.
    """

    def __init__(self) -> None:
        self._pending: socket.socket | None = None

    def answered(self, seconds: float) -> bool:
        """pcscd answers, or is not there at all (which the library finds out at once); waits up to `seconds`."""
        if self._pending is None:
            self._pending = _say_hello()
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
        """Give up the connection."""
        if self._pending is not None:
            self._pending.close()
            self._pending = None


def _say_hello() -> socket.socket | None:
    link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    link.settimeout(0.2)
    try:
        link.connect(daemon_socket())
        link.sendall(_HELLO)
    except OSError:
        link.close()
        return None
    return link
