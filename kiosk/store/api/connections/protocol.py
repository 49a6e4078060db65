"""HTTP on one connection: uvicorn's protocol with times for the arrival of requests and for the taking of answers."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import MutableMapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from starlette.types import Message, Receive, Scope, Send
from uvicorn import Config
from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle
from uvicorn.server import ServerState

from kiosk.config.limits import Limits
from kiosk.store.api.connections.forwarded import forwarded_for
from kiosk.store.api.connections.notices import Limit, Notices
from kiosk.store.api.connections.proxy_signs import ProxySigns
from kiosk.store.api.connections.registry import Connection, Registry
from kiosk.store.api.connections.stranger_turns import StrangerTurns, Turn
from kiosk.store.api.connections.whole_request import (
    LINGER_BYTES,
    LINGER_S,
    CallerGoneError,
    Refusal,
    Replay,
    linger,
    read_body,
    refusal_of_head,
)
from kiosk.store.api.problems import problem

CALLER: Final = "cheval.caller"
"""Key of a request's scope under which authentication names the caller that it has accepted."""
KNOWN_ADDRESS: Final = "cheval.known-address"
"""Key of a request's scope: whether a mirror or session was connected from its address lately."""
READ_BYTES: Final = 64 * 1024
"""Read at once of a connection: as much as a whole body may have."""
PART_BYTES: Final = 64 * 1024
"""A body is sent in parts of this size, so that a slow reader keeps no more of it in memory."""


_UVICORN: Final = logging.getLogger("uvicorn.error")


def accepted(scope: MutableMapping[str, Any], caller: str) -> None:
    """Notes that a request is one of this caller; its connection then counts as one of a known caller."""
    scope[CALLER] = caller


def is_known_address(scope: MutableMapping[str, Any]) -> bool:
    """Whether a mirror or session was connected from the address of a request lately."""
    return bool(scope.get(KNOWN_ADDRESS, False))


class LimitedProtocol(H11Protocol):
    """One connection. `registry` counts it; `notices` writes what would be a log line for each request."""

    def __init__(
        self, config: Config, state: ServerState, connection: Connection, registry: Registry, notices: Notices,
        limits: Limits, turns: StrangerTurns, proxies: ProxySigns,
    ) -> None:  # fmt: skip
        super().__init__(config, state, {})
        self._turns, self._proxies = turns, proxies
        self._turn: Turn | None = None
        self._thrown_away: _ThrownAway | None = None
        self.connection, self._registry, self._notices = connection, registry, notices
        self._requests, self._connections = limits.requests, limits.connections
        self._application, self.app = self.app, self._limited
        self.logger = _UvicornLines(notices, connection)  # type: ignore[assignment]
        self._arrival: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        # asyncio reads 256 KiB at once into new memory each time, which costs most where strangers send large bodies
        vars(transport)["max_size"] = READ_BYTES
        self._await_arrival()

    def connection_lost(self, exc: Exception | None) -> None:
        self._arrived()
        if self._thrown_away is not None:
            self._thrown_away.end()
        self._unset_keepalive_if_required()
        self._registry.release(self.connection)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._thrown_away is not None:
            self._thrown_away.take(len(data))
            return
        if not self._is_asking:
            self._await_arrival()
        super().data_received(data)
        if self._is_asking and not self.cycle.more_body:
            self._registry.answering(self.connection)  # from now on it is not closed to make room

    def on_response_complete(self) -> None:
        known = self.connection.caller
        self.timeout_keep_alive = self._connections.idle_s if known else self._connections.unknown_idle_s
        answered = self.cycle
        self._registry.waits(self.connection)
        super().on_response_complete()
        if self.cycle is not answered:
            self._await_arrival()  # the next request had arrived already, or a part of it
        if self.transport.is_closing():
            self._end_unless_taken()

    def shutdown(self) -> None:
        """The server ends: only a request that has arrived is answered."""
        if self._arrival is not None:
            self.transport.abort()
        else:
            super().shutdown()

    def timeout_keep_alive_handler(self) -> None:
        if self.transport.get_write_buffer_size():
            self._notices.note(Limit.SLOW, self.connection.address)
            self.transport.abort()
        else:
            super().timeout_keep_alive_handler()

    def send_400_response(self, msg: str) -> None:
        super().send_400_response(msg)
        if self._is_asking:
            # the rest of its body is not HTTP: a route that waits for it, or answers, finds the caller gone
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        self._end_unless_taken()

    async def _limited(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The application, once the request has arrived and is within its limits."""
        refused = refusal_of_head(scope, self._requests)
        body = b""
        if refused is None:
            try:
                read = await read_body(receive, self._requests)
            except CallerGoneError:
                return
            refused, body = (read, b"") if isinstance(read, Refusal) else (None, read)
        self._arrived()
        self._registry.answering(self.connection)
        self._proxies.request(self.connection.address, scope["path"], scope["headers"])
        # all callers of a proxy share its connections and its address, so that none of them is known by these
        proxied = forwarded_for(self.connection.address, scope["headers"])
        scope[KNOWN_ADDRESS] = not proxied and self._registry.was_known(self.connection)
        if refused is not None:
            await _refuse(self, refused, scope, receive, send)
            return
        known = self.connection.caller or self._registry.is_beside_a_known_caller(self.connection)
        if known and not proxied:
            await self._application(scope, Replay(body, receive), _Answer(self, scope, send))
            return
        self._turn = await self._turns.take(proxied or self.connection.address)
        try:
            if not self.cycle.disconnected:
                await self._application(scope, Replay(body, receive), _Answer(self, scope, send))
        finally:
            self._end_turn()

    async def send_part(self, send: Send, message: Message) -> None:
        """Sends a part of an answer; disconnects a caller that takes no more of it."""
        if not self.flow.write_paused:
            await send(message)
            return
        try:
            await asyncio.wait_for(self.flow.drain(), self._requests.send_s)
        except TimeoutError:
            self._notices.note(Limit.SLOW, self.connection.address)
            self.transport.abort()
            self.cycle.disconnected = True
        await send(message)

    async def throw_away(self) -> None:
        """Reads what still comes, without looking at it: `LINGER_BYTES` at most. Then a caller that still sends has to
        wait for the rest of `LINGER_S`."""
        if self.cycle.disconnected:
            return
        self._thrown_away = _ThrownAway(self.loop.create_future(), self.flow)
        self.flow.resume_reading()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._thrown_away.gone, LINGER_S)
        self.flow.pause_reading()

    def answer_begins(self, scope: Scope) -> None:
        """Whether the caller is known now; another stranger's request begins."""
        self._end_turn()
        if caller := scope.get(CALLER, ""):
            self._registry.known(self.connection, caller)
            self._proxies.caller(self.connection.address, caller)

    def _end_turn(self) -> None:
        if self._turn is not None:
            self._turn.end()
            self._turn = None

    @property
    def _is_asking(self) -> bool:
        """Whether a request is read or answered; before the first one uvicorn has no cycle."""
        cycle: RequestResponseCycle | None = self.cycle
        return cycle is not None and not cycle.response_complete

    def _await_arrival(self) -> None:
        if self._arrival is None:
            self._arrival = self.loop.call_later(self._requests.arrive_s, self._late)

    def _arrived(self) -> None:
        if self._arrival is not None:
            self._arrival.cancel()
            self._arrival = None

    def _late(self) -> None:
        self._notices.note(Limit.LATE, self.connection.address)
        self.transport.abort()

    def _end_unless_taken(self) -> None:
        """A closing connection stays open until its last answer is taken; not longer than `send_s`."""
        self._arrived()
        self._arrival = self.loop.call_later(self._requests.send_s, self.transport.abort)


class _Answer:
    """The `send` of an application: bodies in parts, each within its time."""

    def __init__(self, protocol: LimitedProtocol, scope: Scope, send: Send) -> None:
        self._protocol, self._scope, self._send = protocol, scope, send

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._protocol.answer_begins(self._scope)
            await self._send(message)
            return
        body = message.get("body", b"")
        if len(body) <= PART_BYTES:
            await self._protocol.send_part(self._send, message)
            return
        view = memoryview(body)
        for begin in range(0, len(body), PART_BYTES):
            more = message.get("more_body", False) or begin + PART_BYTES < len(body)
            part = {**message, "body": view[begin : begin + PART_BYTES], "more_body": more}
            await self._protocol.send_part(self._send, part)


@dataclass(slots=True)
class _ThrownAway:
    """What is read after a refusal. `gone` has a result when the caller has gone."""

    gone: asyncio.Future[None]
    flow: FlowControl
    left: int = LINGER_BYTES

    def take(self, size: int) -> None:
        self.left -= size
        if self.left <= 0:
            self.flow.pause_reading()

    def end(self) -> None:
        if not self.gone.done():
            self.gone.set_result(None)


async def _refuse(
    protocol: LimitedProtocol, refused: Refusal, scope: Scope, receive: Receive, send: Send
) -> None:
    """Answers, then lingers, then closes the connection."""
    answer = problem(refused.status, refused.title, refused.detail, {"connection": "close"})

    async def held_open(message: Message) -> None:
        await send({**message, "more_body": True} if message["type"] == "http.response.body" else message)

    await answer(scope, receive, held_open)
    if await linger(receive):
        await protocol.throw_away()
    await send({"type": "http.response.body", "body": b"", "more_body": False})


class _UvicornLines(logging.LoggerAdapter[logging.Logger]):
    """What uvicorn would log for each request of a hostile caller, as notices."""

    def __init__(self, notices: Notices, connection: Connection) -> None:
        super().__init__(_UVICORN, {})
        self._notices, self._connection = notices, connection
        self.level = logging.WARNING

    def log(self, level: int, msg: object, *args: object, **kwargs: Any) -> None:
        del msg, args
        error = kwargs.get("exc_info")
        if isinstance(error, BaseException):
            self._notices.fault(error)
        elif level >= logging.WARNING:
            self._notices.note(Limit.NOT_HTTP, self._connection.address)
