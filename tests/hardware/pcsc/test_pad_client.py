"""Client of simulated pads against a server that sends written lines, valid or not."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest

from hardware.errors import ConnectionLostError
from hardware.pcsc.errors import CardLostError
from hardware.pcsc.pad_client import PadSlotFactory
from hardware.pcsc.transport import CardPresence

EMPTY = CardPresence(present=False, serial=-1)


class WrittenPad:
    """Accepts connections; sends the next of `replies` after each received line, then keeps the connection open."""

    def __init__(self) -> None:
        self.replies: list[bytes] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._links: list[socket.socket] = []
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                link, _ = self._listener.accept()
            except OSError:
                return
            self._links.append(link)
            with suppress(OSError):
                while self.replies and link.recv(4096):
                    link.sendall(self.replies.pop(0))

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        while self._thread.is_alive():
            # a link that was accepted in this moment is ended too, and closed below
            for link in list(self._links):
                with suppress(OSError):
                    link.shutdown(socket.SHUT_RDWR)
            self._thread.join(0.05)
        for link in (*self._links, self._listener):
            link.close()


@pytest.fixture
def pad() -> Iterator[WrittenPad]:
    made = WrittenPad()
    yield made
    made.close()


def test_events_change_the_presence(pad: WrittenPad) -> None:
    pad.replies = [b'{"event":"gone","n":0}\n{"event":"alive"}\n{"event":"card","n":1}\n']
    slot = PadSlotFactory("127.0.0.1", pad.port).open()
    assert slot.wait(CardPresence(present=False, serial=0), 5) == CardPresence(present=True, serial=1)
    assert slot.wait(CardPresence(present=True, serial=1), 0.05) == CardPresence(present=True, serial=1)
    slot.close()


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"nonsense\n", "invalid messages"),
        (b"[]\n", "invalid messages"),
        (b"[" * 60_000 + b"\n", "invalid messages"),
        (b"x" * 300_000, "invalid messages"),
        (b'{"event":"unplugged"}\n', "unplugged"),
        (b'{"error":"any"}\n', "unplugged"),
    ],
)
def test_an_invalid_event_is_a_lost_connection(pad: WrittenPad, line: bytes, why: str) -> None:
    pad.replies = [line]
    with pytest.raises(ConnectionLostError, match=why):
        PadSlotFactory("127.0.0.1", pad.port).open()


def test_an_event_without_a_serial_changes_nothing(pad: WrittenPad) -> None:
    pad.replies = [b'{"event":"card","n":"x"}\n']
    slot = PadSlotFactory("127.0.0.1", pad.port).open()
    assert slot.wait(CardPresence(present=True, serial=1), 0) == EMPTY
    slot.close()


@pytest.mark.parametrize(
    ("reply", "error", "why"),
    [
        (b'{"atr":"zz"}\n', ConnectionLostError, "invalid messages"),
        (b'{"atr":7}\n', ConnectionLostError, "invalid messages"),
        (b"{}\n", ConnectionLostError, "invalid messages"),
        (b'{"error":"unplugged"}\n', ConnectionLostError, "unplugged"),
        (b'{"error":"no card"}\n', CardLostError, "no card"),
    ],
)
def test_a_wrong_answer_to_connect_is_a_typed_error(
    pad: WrittenPad, reply: bytes, error: type[Exception], why: str
) -> None:
    pad.replies = [reply]
    with pytest.raises(error, match=why):
        PadSlotFactory("127.0.0.1", pad.port).connect()


def test_a_pad_that_is_not_there_is_a_lost_connection() -> None:
    with pytest.raises(ConnectionLostError, match="no pad answers"):
        PadSlotFactory("127.0.0.1", 1).open()
