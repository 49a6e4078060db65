"""Client of simulated card readers (pads) over TCP, for computers without pcscd: JSON lines instead of PC/SC calls.

The dialogue with the card is the same as with a real reader; only the transport differs. The server is
`hardware.sim.cards.pad`; its docstring describes the messages.
"""

from __future__ import annotations

import json
import socket
import time
from typing import Any, Final

from hardware.errors import ConnectionLostError
from hardware.pcsc.errors import CardLostError
from hardware.pcsc.reader_sign import ReaderSign
from hardware.pcsc.transport import CardPresence

_CONNECT_S: Final = 0.5
_ANSWER_S: Final = 4.0
_INVALID_MESSAGE: Final = "the pad sends invalid messages"
# a pad sends "alive" every second
_MAX_SILENCE_S: Final = 3.0
_MAX_LINE_BYTES: Final = 200_000


class PadSlotFactory:
    """Opens a slot of one pad, repeatedly."""

    def __init__(self, host: str, port: int, pad: str = "") -> None:
        self._host, self._port, self._pad = host, port, pad

    def open(self) -> PadSlot:
        """A slot whose pad has answered. Raises ConnectionLostError."""
        lines = self._connect_tcp()
        try:
            lines.send({"do": "watch", "pad": self._pad})
            slot = PadSlot(self, lines)
            slot.receive(_ANSWER_S)
        except ConnectionLostError:
            lines.close()
            raise
        return slot

    def connect(self) -> PadConnection:
        """Powers the card on the pad. Raises CardLostError or ConnectionLostError."""
        lines = self._connect_tcp()
        try:
            answer = lines.request({"do": "connect", "pad": self._pad})
            return PadConnection(lines, answer)
        except BaseException:
            lines.close()
            raise

    def _connect_tcp(self) -> _Lines:
        try:
            return _Lines(socket.create_connection((self._host, self._port), _CONNECT_S))
        except OSError as error:
            raise ConnectionLostError(
                f"no pad answers at {self._host}:{self._port} ({error.strerror or error})"
            ) from error

    def show(self, sign: ReaderSign) -> None:
        """Shows a sign at the pad. Raises CardLostError or ConnectionLostError."""
        lines = self._connect_tcp()
        try:
            lines.request({"do": "show", "pad": self._pad, "sign": sign.value})
        finally:
            lines.close()


class _Lines:
    """JSON lines over a socket; every error of the connection is a ConnectionLostError."""

    def __init__(self, link: socket.socket) -> None:
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._link = link
        self._rest = b""

    def send(self, message: dict[str, Any]) -> None:
        try:
            self._link.settimeout(_CONNECT_S)
            self._link.sendall(json.dumps(message).encode() + b"\n")
        except OSError as error:
            raise ConnectionLostError(
                f"the connection to the pad was lost ({error.strerror or error})"
            ) from error

    def next_message(self, seconds: float) -> dict[str, Any] | None:
        """The next message, None if there is none within `seconds`."""
        until = time.monotonic() + seconds
        while b"\n" not in self._rest:
            left = until - time.monotonic()
            if left <= 0 or not self._receive(left):
                return None
        line, _, self._rest = self._rest.partition(b"\n")
        return _parse(line)

    def _receive(self, seconds: float) -> bool:
        try:
            self._link.settimeout(seconds)
            received = self._link.recv(65_536)
        except TimeoutError:
            return False
        except OSError as error:
            raise ConnectionLostError(
                f"the connection to the pad was lost ({error.strerror or error})"
            ) from error
        if not received:
            raise ConnectionLostError("the pad closed the connection")
        self._rest += received
        if len(self._rest) > _MAX_LINE_BYTES:
            raise ConnectionLostError(_INVALID_MESSAGE)
        return True

    def request(self, message: dict[str, Any]) -> dict[str, Any]:
        self.send(message)
        answer = self.next_message(_ANSWER_S)
        if answer is None:
            raise CardLostError("the card does not answer")
        if answer.get("error") == "unplugged":
            raise ConnectionLostError("the reader was unplugged")
        if "error" in answer:
            raise CardLostError(str(answer["error"]))
        return answer

    def close(self) -> None:
        self._link.close()


def _parse(line: bytes) -> dict[str, Any]:
    try:
        message = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ConnectionLostError(_INVALID_MESSAGE) from error
    if not isinstance(message, dict):
        raise ConnectionLostError(_INVALID_MESSAGE)
    return message


def _hex_field(answer: dict[str, Any], name: str) -> bytes:
    try:
        return bytes.fromhex(answer[name])
    except (KeyError, TypeError, ValueError) as error:
        raise ConnectionLostError(_INVALID_MESSAGE) from error


class PadSlot:
    """One simulated pad; see `hardware.pcsc.transport.ReaderSlot`."""

    def __init__(self, factory: PadSlotFactory, lines: _Lines) -> None:
        self._factory = factory
        self._lines = lines
        self._presence = CardPresence(present=False, serial=-1)
        self._last_message = time.monotonic()

    def receive(self, seconds: float) -> None:
        """Handles the next message of the pad, if there is one within `seconds`. Raises ConnectionLostError."""
        message = self._lines.next_message(seconds)
        now = time.monotonic()
        if message is None:
            if now - self._last_message > _MAX_SILENCE_S:
                raise ConnectionLostError("the pad sends no data")
            return
        self._last_message = now
        if message.get("event") == "unplugged" or "error" in message:
            raise ConnectionLostError("the reader was unplugged")
        event, serial = message.get("event"), message.get("n")
        if event in ("card", "gone") and isinstance(serial, int):
            self._presence = CardPresence(present=event == "card", serial=serial)

    def wait(self, known: CardPresence, seconds: float) -> CardPresence:
        until = time.monotonic() + seconds
        while self._presence == known and (left := until - time.monotonic()) > 0:
            self.receive(left)
        return self._presence

    def connect(self) -> PadConnection:
        return self._factory.connect()

    def show(self, sign: ReaderSign) -> bool:
        self._factory.show(sign)
        return True

    def close(self) -> None:
        self._lines.close()


class PadConnection:
    """A powered simulated card; see `hardware.pcsc.transport.CardConnection`."""

    def __init__(self, lines: _Lines, answer: dict[str, Any]) -> None:
        self._lines = lines
        self._atr = _hex_field(answer, "atr")

    @property
    def atr(self) -> bytes:
        return self._atr

    def transmit(self, command: bytes) -> bytes:
        return _hex_field(self._lines.request({"do": "apdu", "hex": command.hex()}), "hex")

    def close(self) -> None:
        self._lines.close()
