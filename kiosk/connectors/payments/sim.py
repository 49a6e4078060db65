"""Driver of the simulated terminal, `sim://HOST:PORT`: JSON lines over TCP, one connection for each request."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from threading import Lock
from typing import Any

from kiosk.connectors.payments.port import Charge, Repayment, TerminalLostError, TerminalReply, TerminalStatus

REPLY_S = 5.0
"""Longest wait for the reply to a query."""
_FINAL = frozenset({TerminalStatus.APPROVED, TerminalStatus.REFUSED, TerminalStatus.CANCELLED})


class SimTerminalDriver:
    """`PaymentTerminal` of `kiosk.connectors.payments.sim_terminal`."""

    def __init__(self, host: str, port: int) -> None:
        self._address = (host, port)
        self._open: set[socket.socket] = set()
        self._lock = Lock()
        self._closed = False

    def collect(self, charge: Charge, on_accepted: Callable[[], None], wait_s: float) -> TerminalReply:
        request = {
            "do": "collect",
            "key": charge.key,
            "minor": charge.amount.minor,
            "currency": charge.amount.currency,
            "stored": charge.stored,
            "wait_s": wait_s,
        }
        accepted = False
        with _Connection(self, wait_s + REPLY_S) as connection:
            connection.send(request)
            while (reply := _reply(connection.receive())).status not in _FINAL:
                if not accepted:
                    accepted = True
                    on_accepted()
        return reply

    def refund(self, repayment: Repayment) -> TerminalReply:
        amount = repayment.amount
        request = {"do": "refund", "key": repayment.key, "minor": amount.minor, "currency": amount.currency}
        with _Connection(self, REPLY_S) as connection:
            connection.send({**request, "reference": repayment.reference})
            return _reply(connection.receive())

    def query(self, key: str) -> TerminalReply:
        with _Connection(self, REPLY_S) as connection:
            connection.send({"do": "ask", "key": key})
            return _reply(connection.receive())

    def cancel(self, key: str) -> None:
        with _Connection(self, REPLY_S) as connection:
            connection.send({"do": "cancel", "key": key})
            connection.receive()

    def close(self) -> None:
        with self._lock:
            self._closed = True
            waiting = list(self._open)
        for sock in waiting:
            _shut(sock)

    def _connect(self, timeout_s: float) -> socket.socket:
        sock = socket.create_connection(self._address, REPLY_S)
        sock.settimeout(timeout_s)
        with self._lock:
            self._open.add(sock)
            closed = self._closed
        if closed:
            _shut(sock)
        return sock

    def _disconnect(self, sock: socket.socket) -> None:
        with self._lock:
            self._open.discard(sock)
        sock.close()


class _Connection:
    """One connection for one request; its errors are TerminalLostError."""

    def __init__(self, driver: SimTerminalDriver, timeout_s: float) -> None:
        self._driver, self._timeout_s = driver, timeout_s

    def __enter__(self) -> _Connection:
        try:
            self._sock = self._driver._connect(self._timeout_s)
        except OSError as error:
            raise TerminalLostError(f"the terminal cannot be reached: {error}") from error
        self._lines = self._sock.makefile("rb")
        return self

    def __exit__(self, *_: object) -> None:
        self._lines.close()
        self._driver._disconnect(self._sock)

    def send(self, request: dict[str, Any]) -> None:
        try:
            self._sock.sendall(json.dumps(request).encode() + b"\n")
        except OSError as error:
            raise TerminalLostError(f"the terminal was lost: {error}") from error

    def receive(self) -> dict[str, Any]:
        try:
            line = self._lines.readline(65_536)
            reply = json.loads(line) if line else None
        except (OSError, ValueError, RecursionError) as error:
            raise TerminalLostError(f"the terminal was lost: {error}") from error
        if not isinstance(reply, dict):
            raise TerminalLostError("the terminal closed the connection without a reply")
        return reply


def _reply(body: dict[str, Any]) -> TerminalReply:
    try:
        return TerminalReply(
            TerminalStatus(body["state"]), str(body.get("reference", "")), str(body.get("why", ""))
        )
    except (KeyError, ValueError) as error:
        raise TerminalLostError(f"the terminal's reply is not valid: {error}") from error


def _shut(sock: socket.socket) -> None:
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
