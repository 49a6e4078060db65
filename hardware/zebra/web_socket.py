"""Client side of one WebSocket connection (RFC 6455), without sockets; the only user of the library wsproto.

No compression is offered, so a message is as long as its bytes on the wire.
"""

from __future__ import annotations

from typing import Final

from wsproto import ConnectionType, WSConnection
from wsproto.events import (
    AcceptConnection,
    BytesMessage,
    CloseConnection,
    Event,
    Ping,
    Pong,
    RejectConnection,
    RejectData,
    Request,
    TextMessage,
)
from wsproto.utilities import LocalProtocolError, RemoteProtocolError

from hardware.errors import ConnectionLostError, ReaderRefusedError
from hardware.printable_text import printable
from hardware.zebra.errors import EndpointError
from hardware.zebra.settings import MAX_MESSAGE_BYTES

# of the response head; a reader's has a few hundred bytes
_MAX_HEAD_BYTES: Final = 1 << 16


class WebSocketClient:
    """Send `request`, pass received bytes to `feed`, and send what `outgoing` returns after each call.

    `open` after the reader has accepted. `pongs`: answers to our pings so far. `feed` raises ReaderRefusedError if the
    reader does not accept, ConnectionLostError for an end of the connection and for bytes that break the protocol.
    """

    def __init__(self, host: str, path: str, authorisation: str) -> None:
        self._protocol = WSConnection(ConnectionType.CLIENT)
        self._parts: list[str | bytes] = []
        self._size = 0
        self._head_bytes = 0
        self._outgoing = bytearray()
        self.open = False
        self.pongs = 0
        if not all(text.isascii() and text.isprintable() for text in (host, path, authorisation)):
            raise ConnectionLostError("the request cannot be sent over HTTP: host or token is not ASCII text")
        headers = [(b"Authorization", authorisation.encode("ascii"))]
        self.request = self._protocol.send(Request(host=host, target=path, extra_headers=headers))

    def feed(self, chunk: bytes) -> list[str | bytes]:
        """The messages that the bytes complete, text or binary."""
        if not self.open:
            self._head_bytes += len(chunk)
            if self._head_bytes > _MAX_HEAD_BYTES:
                raise ConnectionLostError(f"a response of more than {_MAX_HEAD_BYTES} bytes")
        messages: list[str | bytes] = []
        try:
            self._protocol.receive_data(chunk)
            for event in self._protocol.events():
                messages += self._take(event)
        except (RemoteProtocolError, LocalProtocolError) as error:
            raise ConnectionLostError(f"not a valid WebSocket connection: {error}") from error
        return messages

    def ping(self) -> None:
        """Asks for a sign of life (RFC 6455, 5.5.2)."""
        self._outgoing += self._protocol.send(Ping(payload=b""))

    def outgoing(self) -> bytes:
        """Bytes to send now; may be empty."""
        raw = bytes(self._outgoing)
        self._outgoing.clear()
        return raw

    def _take(self, event: Event) -> list[str | bytes]:
        match event:
            case AcceptConnection():
                self.open = True
            case TextMessage() | BytesMessage():
                return self._collect(event)
            case Ping():
                self._outgoing += self._protocol.send(event.response())
            case Pong():
                self.pongs += 1
            case CloseConnection():
                raise ConnectionLostError(_closing(event))
            case RejectConnection() | RejectData():
                raise _refusal(event.status_code if isinstance(event, RejectConnection) else 0)
        return []

    def _collect(self, event: TextMessage | BytesMessage) -> list[str | bytes]:
        """One message from the frames and parts of frames that wsproto delivers."""
        self._size += len(event.data)
        if self._size > MAX_MESSAGE_BYTES:
            raise ConnectionLostError(f"a message of more than {MAX_MESSAGE_BYTES} bytes")
        self._parts.append(event.data if isinstance(event, TextMessage) else bytes(event.data))
        if not event.message_finished:
            return []
        parts, self._parts, self._size = self._parts, [], 0
        if all(isinstance(part, str) for part in parts):
            return ["".join(part for part in parts if isinstance(part, str))]
        return [b"".join(part for part in parts if isinstance(part, bytes))]


def _closing(event: CloseConnection) -> str:
    reason = printable(event.reason or "")
    return f"the reader closed the WebSocket (code {event.code})" + (f": {reason}" if reason else "")


def _refusal(status: int) -> ReaderRefusedError:
    if status in (401, 403):
        return ReaderRefusedError(f"it does not accept this user for its WebSocket: HTTP {status}", status)
    return EndpointError(
        f"it has no WebSocket for tag data (HTTP {status}): in its console, IoT Connector, add an endpoint of the type "
        "WEBSOCKET, map the Tag Data Interface to it and connect",
        status,
    )
