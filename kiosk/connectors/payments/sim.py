"""Driver of the simulated terminal, `sim://HOST:PORT`: JSON lines over TCP, one connection for each request."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from dataclasses import replace
from threading import Lock
from typing import Any

from kiosk.connectors.payments.place import TerminalPlace
from kiosk.connectors.payments.port import (
    Capabilities,
    Charge,
    FollowUp,
    NoTerminalDriverError,
    Presented,
    ProbeFinding,
    TerminalBusyError,
    TerminalLostError,
    TerminalMode,
    TerminalProbe,
    TerminalReply,
    TerminalStatus,
)
from kiosk.connectors.payments.sim_messages import (
    MAX_LINE_BYTES,
    charge_request,
    follow_up_request,
    key_request,
    reply_of,
)

REPLY_S = 5.0
"""Longest wait for the reply to a query."""
CAPABILITIES = Capabilities(capture=True, void=True, stored_means=True, not_found_after_s=0.0)
"""A key that was queried before it arrived is barred at the simulated terminal, so that not-found counts at once."""

_CAN_BE_MISSING = frozenset({"capture", "void", "partial_refund", "stored_means"})


def open_sim(place: TerminalPlace) -> SimTerminalDriver:
    """The driver for `sim://HOST:PORT`, with options for tests behind `?`. Raises NoTerminalDriverError.

    `serial=S` is its identity instead of host and port; `without=capture,void` are capabilities that it has not.
    """
    parts = place.parts
    if not parts.hostname or not parts.port or parts.path.strip("/"):
        raise NoTerminalDriverError("write sim://HOST:PORT")
    options = place.options("serial", "without")
    without = set(options.get("without", "").split(",")) - {""}
    if unknown := without - _CAN_BE_MISSING:
        raise NoTerminalDriverError(f"unknown capability `{min(unknown)[:40]}`")
    capabilities = replace(
        CAPABILITIES,
        capture="capture" not in without,
        void="void" not in without,
        partial_refund="partial_refund" not in without,
        stored_means="stored_means" not in without,
    )
    serial = options.get("serial", "")
    return SimTerminalDriver(parts.hostname, parts.port, capabilities, serial=serial)


class SimTerminalDriver:
    """`PaymentTerminal` of `kiosk.connectors.payments.sim_terminal`."""

    def __init__(
        self, host: str, port: int, capabilities: Capabilities = CAPABILITIES, *,
        serial: str = "", reply_s: float = REPLY_S,
    ) -> None:  # fmt: skip
        self.identity = f"sim:{serial}" if serial else f"sim:{host}:{port}"
        self.capabilities = capabilities
        self._address, self._reply_s = (host, port), reply_s
        self._open: set[socket.socket] = set()
        self._lock = Lock()
        self._closed = False

    def create(self, charge: Charge) -> str:
        """The number of the terminal's journal: a key that is not found in another one may have been collected."""
        with _Connection(self, self._reply_s) as connection:
            connection.send({"do": "create", "key": charge.key})
            reply = connection.receive()
        if reply.get("state") == "busy":
            raise TerminalBusyError("the terminal is busy")
        if "book" not in reply:
            raise TerminalLostError("the terminal's reply is not valid")
        return str(reply["book"])[:40]

    def present(
        self, charge: Charge, provider_id: str, on_taken_up: Callable[[], None], wait_s: float
    ) -> TerminalReply:
        del provider_id
        taken_up = False
        with _Connection(self, wait_s + self._reply_s) as connection:
            connection.send(charge_request(charge, wait_s))
            while (reply := reply_of(connection.receive())).status is TerminalStatus.PENDING:
                if not taken_up:
                    taken_up = True
                    on_taken_up()
        return reply

    def query(self, wanted: Presented | FollowUp) -> TerminalReply:
        reply = self._ask(key_request("ask", wanted))
        of = wanted.of if isinstance(wanted, FollowUp) else wanted
        book = reply.references.get("book", "")
        if reply.status is TerminalStatus.NOT_FOUND and of.provider_id and book != of.provider_id:
            return replace(reply, book_lost=True)
        return reply

    def cancel(self, presented: Presented) -> None:
        with _Connection(self, self._reply_s) as connection:
            connection.send(key_request("cancel", presented))
            if "state" not in connection.receive():
                raise TerminalLostError("the terminal's reply is not valid")

    def follow_up(self, follow_up: FollowUp) -> TerminalReply:
        return self._ask(follow_up_request(follow_up))

    def probe(self) -> TerminalProbe:
        try:
            with _Connection(self, self._reply_s) as connection:
                connection.send({"do": "hello"})
                found = connection.receive()
        except TerminalLostError as lost:
            return TerminalProbe(
                reachable=False, findings=(ProbeFinding(str(lost), "start the simulated terminal"),)
            )
        model, serial = str(found.get("model", ""))[:100], str(found.get("serial", ""))[:100]
        return TerminalProbe(reachable=True, paired=True, mode=TerminalMode.TEST, model=model, serial=serial)

    def show(self, text: str) -> None:
        """The simulated terminal has no display."""

    def close(self) -> None:
        with self._lock:
            self._closed = True
            waiting = list(self._open)
        for sock in waiting:
            _shut(sock)

    def _ask(self, request: dict[str, Any]) -> TerminalReply:
        with _Connection(self, self._reply_s) as connection:
            connection.send(request)
            return reply_of(connection.receive())

    def _connect(self, timeout_s: float) -> socket.socket:
        sock = socket.create_connection(self._address, self._reply_s)
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
            raise TerminalLostError(f"the terminal cannot be reached: {_reason(error)}") from error
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
            line = self._lines.readline(MAX_LINE_BYTES)
            reply = json.loads(line) if line else None
        except (OSError, ValueError, RecursionError) as error:
            raise TerminalLostError(f"the terminal was lost: {error}") from error
        if not isinstance(reply, dict):
            raise TerminalLostError("the terminal closed the connection without a reply")
        return reply


def _reason(error: OSError) -> str:
    return "no reply in time" if isinstance(error, TimeoutError) else (error.strerror or str(error)).lower()


def _shut(sock: socket.socket) -> None:
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
