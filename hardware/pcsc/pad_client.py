"""Simulated pads over TCP, for machines where no pcscd runs: JSON lines carry what PC/SC would.

The dialogue with the card is the same as on a real reader; only the way to it differs. The pad itself is
`hardware.sim.cards.pad`, whose first lines describe the messages.
"""

from __future__ import annotations

import json
import socket
import time
from typing import Any, Final

from hardware.errors import ConnectionLostError
from hardware.pcsc.errors import CardLostError
from hardware.pcsc.transport import CardPresence

_CONNECT_S: Final = 0.5
_ANSWER_S: Final = 4.0
# A pad says "alive" every second.
_SILENT_S: Final = 3.0
_MAX_LINE_BYTES: Final = 200_000


class PadSlotFactory:
    """Opens the way to one pad, again and again."""

    def __init__(self, host: str, port: int, pad: str = "") -> None:
        self._host, self._port, self._pad = host, port, pad

    def open(self) -> PadSlot:
        """A slot that has heard from its pad."""
        lines = self._dial()
        try:
            lines.send({"do": "watch", "pad": self._pad})
            slot = PadSlot(self, lines)
            slot.hear(_ANSWER_S)
        except ConnectionLostError:
            lines.close()
            raise
        return slot

    def connect(self) -> PadConnection:
        """Power the card that lies on the pad."""
        lines = self._dial()
        try:
            answer = lines.ask({"do": "connect", "pad": self._pad})
            return PadConnection(lines, answer)
        except BaseException:
            lines.close()
            raise

    def _dial(self) -> _Lines:
        try:
            return _Lines(socket.create_connection((self._host, self._port), _CONNECT_S))
        except OSError as error:
            raise ConnectionLostError(
                f"no pad answers at {self._host}:{self._port} ({error.strerror or error})"
            ) from error


class _Lines:
    """JSON lines over a socket; every trouble is `ConnectionLostError`."""

    def __init__(self, link: socket.socket) -> None:
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._link = link
        self._rest = b""

    def send(self, message: dict[str, Any]) -> None:
        try:
            self._link.settimeout(_CONNECT_S)
            self._link.sendall(json.dumps(message).encode() + b"\n")
        except OSError as error:
            raise ConnectionLostError(f"the pad went away ({error.strerror or error})") from error

    def take(self, seconds: float) -> dict[str, Any] | None:
        """The next message, None if there is none within `seconds`."""
        until = time.monotonic() + seconds
        while b"\n" not in self._rest:
            left = until - time.monotonic()
            if left <= 0 or not self._more(left):
                return None
        line, _, self._rest = self._rest.partition(b"\n")
        return _message(line)

    def _more(self, seconds: float) -> bool:
        try:
            self._link.settimeout(seconds)
            got = self._link.recv(65_536)
        except TimeoutError:
            return False
        except OSError as error:
            raise ConnectionLostError(f"the pad went away ({error.strerror or error})") from error
        if not got:
            raise ConnectionLostError("the pad hung up")
        self._rest += got
        if len(self._rest) > _MAX_LINE_BYTES:
            raise ConnectionLostError("the pad talks nonsense")
        return True

    def ask(self, message: dict[str, Any]) -> dict[str, Any]:
        self.send(message)
        answer = self.take(_ANSWER_S)
        if answer is None:
            raise CardLostError("the card stays mute")
        if answer.get("error") == "unplugged":
            raise ConnectionLostError("the reader was unplugged")
        if "error" in answer:
            raise CardLostError(str(answer["error"]))
        return answer

    def close(self) -> None:
        self._link.close()


def _message(line: bytes) -> dict[str, Any]:
    try:
        message = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ConnectionLostError("the pad talks nonsense") from error
    if not isinstance(message, dict):
        raise ConnectionLostError("the pad talks nonsense")
    return message


def _octets(answer: dict[str, Any], name: str) -> bytes:
    try:
        return bytes.fromhex(answer[name])
    except (KeyError, TypeError, ValueError) as error:
        raise ConnectionLostError("the pad talks nonsense") from error


class PadSlot:
    """One simulated pad; see `hardware.pcsc.transport.ReaderSlot`."""

    def __init__(self, way: PadSlotFactory, lines: _Lines) -> None:
        self._way = way
        self._lines = lines
        self._lying = CardPresence(present=False, serial=-1)
        self._heard = time.monotonic()

    def hear(self, seconds: float) -> None:
        """Take one message of the pad in, if one comes within `seconds`."""
        message = self._lines.take(seconds)
        now = time.monotonic()
        if message is None:
            if now - self._heard > _SILENT_S:
                raise ConnectionLostError("the pad fell silent")
            return
        self._heard = now
        if message.get("event") == "unplugged" or "error" in message:
            raise ConnectionLostError("the reader was unplugged")
        event, serial = message.get("event"), message.get("n")
        if event in ("card", "gone") and isinstance(serial, int):
            self._lying = CardPresence(present=event == "card", serial=serial)

    def wait(self, known: CardPresence, seconds: float) -> CardPresence:
        until = time.monotonic() + seconds
        while self._lying == known and (left := until - time.monotonic()) > 0:
            self.hear(left)
        return self._lying

    def connect(self) -> PadConnection:
        return self._way.connect()

    def close(self) -> None:
        self._lines.close()


class PadConnection:
    """A powered simulated card; see `hardware.pcsc.transport.CardConnection`."""

    def __init__(self, lines: _Lines, greeting: dict[str, Any]) -> None:
        self._lines = lines
        self._atr = _octets(greeting, "atr")

    @property
    def atr(self) -> bytes:
        return self._atr

    def transmit(self, command: bytes) -> bytes:
        return _octets(self._lines.ask({"do": "apdu", "hex": command.hex()}), "hex")

    def close(self) -> None:
        self._lines.close()
