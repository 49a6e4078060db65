"""Client of a simulator's control port: JSON lines over TCP, one answer for each command."""

from __future__ import annotations

import json
import socket
import threading
from typing import Any


class ControlError(Exception):
    """A simulator could not be reached or refused a command."""


class ControlClient:
    """A connection to one control port, opened at the first command and again after a loss. Thread-safe."""

    def __init__(self, host: str, port: int) -> None:
        self._address = (host, port)
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._rest = b""

    def do(self, verb: str, **words: Any) -> dict[str, Any]:
        """Send a command and return its answer. Raises ControlError with the simulator's message."""
        order = json.dumps({"do": verb, **words}).encode() + b"\n"
        with self._lock:
            try:
                answer = self._exchange(order)
            except OSError:
                self._drop()
                try:
                    answer = self._exchange(order)
                except OSError as trouble:
                    self._drop()
                    raise ControlError(
                        f"no simulator answers at {self._address[0]}:{self._address[1]}"
                    ) from trouble
        if not answer.get("ok"):
            raise ControlError(str(answer.get("error", answer)))
        return answer

    def close(self) -> None:
        with self._lock:
            self._drop()

    def _exchange(self, order: bytes) -> dict[str, Any]:
        if self._socket is None:
            self._socket = socket.create_connection(self._address, timeout=10)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(order)
        while b"\n" not in self._rest:
            more = self._socket.recv(65536)
            if not more:
                raise ConnectionError("closed")
            self._rest += more
        line, self._rest = self._rest.split(b"\n", 1)
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _drop(self) -> None:
        if self._socket is not None:
            self._socket.close()
        self._socket, self._rest = None, b""
