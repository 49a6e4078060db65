"""Driver of the simulated terminal: `sim://HOST:PORT`, JSON lines over TCP, one connection a question."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from threading import Lock
from typing import Any

from kiosk.connectors.payments.port import Charge, Repayment, TerminalLostError, TerminalReply, TerminalStatus

ASK_S = 5.0
_FINAL = frozenset({TerminalStatus.APPROVED, TerminalStatus.REFUSED, TerminalStatus.CANCELLED})


class SimTerminalDriver:
    """Speaks to `kiosk.connectors.payments.sim_terminal`; keeps the promises of PaymentTerminal."""

    def __init__(self, host: str, port: int) -> None:
        self._address = (host, port)
        self._open: set[socket.socket] = set()
        self._lock = Lock()
        self._closed = False

    def collect(self, charge: Charge, taken: Callable[[], None], wait_s: float) -> TerminalReply:
        question = {
            "do": "collect",
            "key": charge.key,
            "minor": charge.amount.minor,
            "currency": charge.amount.currency,
            "stored": charge.stored,
            "wait_s": wait_s,
        }
        told = False
        with _Line(self, wait_s + ASK_S) as line:
            line.send(question)
            while (answer := _answer(line.receive())).status not in _FINAL:
                if not told:
                    told = True
                    taken()
        return answer

    def refund(self, repay: Repayment) -> TerminalReply:
        amount = repay.amount
        question = {"do": "refund", "key": repay.key, "minor": amount.minor, "currency": amount.currency}
        with _Line(self, ASK_S) as line:
            line.send({**question, "reference": repay.reference})
            return _answer(line.receive())

    def query(self, key: str) -> TerminalReply:
        with _Line(self, ASK_S) as line:
            line.send({"do": "ask", "key": key})
            return _answer(line.receive())

    def cancel(self, key: str) -> None:
        with _Line(self, ASK_S) as line:
            line.send({"do": "cancel", "key": key})
            line.receive()

    def close(self) -> None:
        with self._lock:
            self._closed = True
            waiting = list(self._open)
        for sock in waiting:
            _shut(sock)

    def _connect(self, timeout_s: float) -> socket.socket:
        sock = socket.create_connection(self._address, ASK_S)
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


class _Line:
    """One connection; every fault of it is a TerminalLostError."""

    def __init__(self, driver: SimTerminalDriver, timeout_s: float) -> None:
        self._driver, self._timeout_s = driver, timeout_s

    def __enter__(self) -> _Line:
        try:
            self._sock = self._driver._connect(self._timeout_s)
        except OSError as error:
            raise TerminalLostError(f"the terminal cannot be reached: {error}") from error
        self._lines = self._sock.makefile("rb")
        return self

    def __exit__(self, *_: object) -> None:
        self._lines.close()
        self._driver._disconnect(self._sock)

    def send(self, question: dict[str, Any]) -> None:
        try:
            self._sock.sendall(json.dumps(question).encode() + b"\n")
        except OSError as error:
            raise TerminalLostError(f"the terminal was lost: {error}") from error

    def receive(self) -> dict[str, Any]:
        try:
            line = self._lines.readline(65_536)
            answer = json.loads(line) if line else None
        except (OSError, ValueError) as error:
            raise TerminalLostError(f"the terminal was lost: {error}") from error
        if not isinstance(answer, dict):
            raise TerminalLostError("the terminal hung up without an answer")
        return answer


def _answer(said: dict[str, Any]) -> TerminalReply:
    try:
        return TerminalReply(
            TerminalStatus(said["state"]), str(said.get("reference", "")), str(said.get("why", ""))
        )
    except (KeyError, ValueError) as error:
        raise TerminalLostError(f"the terminal's answer makes no sense: {error}") from error


def _shut(sock: socket.socket) -> None:
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
