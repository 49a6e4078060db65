"""A receipt printer at a TCP port of this computer: answers questions about its state, prints, and misbehaves."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum, unique
from threading import Event, Thread

from tests.kiosk.connectors.printers.escpos_reader import Paper, read_commands

READY, OFFLINE_BIT, COVER_BIT, PAPER_END_BITS = 0x12, 0x08, 0x04, 0x60


@unique
class Mood(Enum):
    """How the printer behaves on its next connections."""

    GOOD = "good"
    PAPER_OUT = "paper-out"
    COVER_OPEN = "cover-open"
    OFFLINE = "offline"
    MUTE = "mute"
    """Takes everything, answers nothing."""
    STUCK = "stuck"
    """Answers the first questions, then reads nothing any more."""
    PAPER_ENDS = "paper-ends"
    """The paper ends while it prints: what is sent later is not printed."""
    DROPS = "drops"
    """Closes the connection in the middle of a receipt."""
    HANGS_UP = "hangs-up"
    """Prints, and closes the connection without saying that it is done."""
    SLOW = "slow"
    """Goes on with a receipt only when `step` is set."""


@dataclass
class FakePrinter:
    """`receipts` are those that were printed in whole."""

    mood: Mood = Mood.GOOD
    receipts: list[Paper] = field(default_factory=list)
    connections: int = 0
    step: Event = field(default_factory=Event)
    changed: Event = field(default_factory=Event)
    port: int = 0

    @property
    def uri(self) -> str:
        return f"escpos+tcp://127.0.0.1:{self.port}"

    def wait_for(self, count: int) -> None:
        """Waits until so many receipts are printed."""
        while len(self.receipts) < count:
            assert self.changed.wait(20), f"{len(self.receipts)} of {count} receipts"
            self.changed.clear()

    def serve(self, line: socket.socket) -> None:
        """One connection."""
        self.connections += 1
        received, questions = bytearray(), 0
        with line, suppress(OSError):
            while part := line.recv(2048):
                received += part
                questions += self._answer(line, received, questions)
                if self._fails(received, questions):
                    return
                if received.endswith(b"\x1dr\x01"):
                    self._finish(line, received)
                    if self.mood is Mood.HANGS_UP:
                        return

    def _answer(self, line: socket.socket, received: bytearray, asked: int) -> int:
        """Answers the questions that stand at the beginning; how many they were."""
        count = 0
        while received[:2] == b"\x10\x04" and len(received) >= 3:
            number = received[2]
            del received[:3]
            count += 1
            if self.mood is not Mood.MUTE:
                ended = self.mood is Mood.PAPER_ENDS and asked + count > 2
                line.sendall(bytes((self._state(number, ended=ended),)))
        return count

    def _fails(self, received: bytearray, questions: int) -> bool:
        """Whether the connection ends here; a stuck printer keeps it open and reads nothing."""
        if self.mood is Mood.STUCK and questions >= 2:
            self.step.wait()
            return True
        if self.mood is Mood.SLOW and questions >= 2:
            self.step.wait()
        return self.mood is Mood.DROPS and len(received) > 200

    def _finish(self, line: socket.socket, received: bytearray) -> None:
        if self.mood is not Mood.PAPER_ENDS:
            self.printed(bytes(received))
            if self.mood not in (Mood.MUTE, Mood.HANGS_UP):
                line.sendall(b"\x00")
        received.clear()

    def printed(self, content: bytes) -> None:
        self.receipts.append(read_commands(content))
        self.changed.set()

    def _state(self, number: int, *, ended: bool) -> int:
        paper_out = self.mood is Mood.PAPER_OUT or ended
        if number == 4:
            return READY | (PAPER_END_BITS if paper_out else 0)
        if number == 2:
            return READY | (COVER_BIT if self.mood is Mood.COVER_OPEN else 0)
        return READY | (OFFLINE_BIT if paper_out or self.mood in (Mood.COVER_OPEN, Mood.OFFLINE) else 0)


@contextmanager
def fake_printer(mood: Mood = Mood.GOOD) -> Iterator[FakePrinter]:
    """A running printer; `port` 0 lets the system choose one."""
    printer = FakePrinter(mood)
    with socket.create_server(("127.0.0.1", 0)) as server:
        printer.port = server.getsockname()[1]

        def accept() -> None:
            with suppress(OSError):
                while True:
                    line, _ = server.accept()
                    Thread(target=printer.serve, args=(line,), daemon=True).start()

        Thread(target=accept, daemon=True).start()
        try:
            yield printer
        finally:
            printer.step.set()
            server.shutdown(socket.SHUT_RDWR)
