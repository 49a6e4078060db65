"""The simulated payment terminal as a process of its own, and the hand that taps on it."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event
from typing import Any

MAX_LOOKS = 500
"""Looks, 20 ms apart, at a charge that waits for its capture."""


@dataclass(frozen=True, slots=True)
class TerminalProcess:
    """A simulated terminal in a process of its own."""

    port: int
    control: int

    @property
    def uri(self) -> str:
        return f"sim://127.0.0.1:{self.port}"

    def do(self, **order: Any) -> dict[str, Any]:
        """Sends one command to the control port; returns its answer."""
        with socket.create_connection(("127.0.0.1", self.control), 10) as line, line.makefile("rwb") as file:
            file.write(json.dumps(order).encode() + b"\n")
            file.flush()
            answer: dict[str, Any] = json.loads(file.readline())
        return answer

    def tap(self, *, good: bool = True) -> None:
        """Lays a card on it; a collection must be waiting."""
        assert self.do(do="tap", card="ok" if good else "declined")["taken"]

    def lose_next_answer(self, silent_s: float = 0) -> None:
        self.do(do="lose-answer", silent_s=silent_s)

    def collected(self) -> list[int]:
        """How often the amount of each charge was collected, once no approved one waits for its capture."""
        for _ in range(MAX_LOOKS):
            charges = self._charges()
            if not any(e["approved"] and not e["collected"] and not e["voided"] for e in charges):
                break
            Event().wait(0.02)
        return [entry["collected"] for entry in charges]

    def approved(self) -> list[int]:
        """The amounts that cards have approved, whether they are collected or not, in minor units."""
        return [entry["approved"] for entry in self._charges() if entry["approved"]]

    def _charges(self) -> list[dict[str, Any]]:
        return [entry for entry in self.do(do="list")["book"] if entry["kind"] == "charge"]


@contextmanager
def terminal_process() -> Iterator[TerminalProcess]:
    """A simulated terminal that ends with the block."""
    words = [sys.executable, "-m", "kiosk.connectors.payments.sim_terminal", "--until-eof"]
    process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        said = json.loads(process.stdout.readline())
        yield TerminalProcess(said["port"], said["control"])
    finally:
        process.stdin.close()
        try:
            assert process.wait(10) == 0
        finally:
            process.kill()
            process.wait()
            process.stdout.close()
