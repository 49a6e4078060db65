"""Child processes of the demo: started, waited for until ready, ended with the demo."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

MAX_START_S = 60.0


class ChildError(Exception):
    """A child process ended or was not ready in time; the text holds the last line of its log."""


class Child:
    """`python -m MODULE ...`, which prints one JSON object a line; the first line means that it is ready."""

    def __init__(self, module: str, *args: str, log: Path) -> None:
        self.module = module
        self._log = log
        with log.open("ab") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "kiosk.demo.parent_death", module, *args],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
            )
        self._lines: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        self._reader_thread = threading.Thread(target=self._read, name=f"reads {module}", daemon=True)
        self._reader_thread.start()

    def ready(self, within_s: float = MAX_START_S) -> dict[str, Any]:
        """Wait for the first line and return it. Raises ChildError."""
        try:
            line = self._lines.get(timeout=within_s)
        except queue.Empty:
            raise ChildError(f"{self.module} is not ready after {within_s:.0f} s; see {self._log}") from None
        if line is None:
            raise ChildError(f"{self.module} ended at its start; {self._last_output()}")
        return line

    def next_line(self, within_s: float) -> dict[str, Any] | None:
        """The next JSON object that it prints; None if there is none in time or it has ended."""
        try:
            return self._lines.get(timeout=within_s)
        except queue.Empty:
            return None

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    @property
    def exit_code(self) -> int | None:
        """None while it runs; negative for the number of the signal that ended it."""
        return self._process.poll()

    def wait(self, within_s: float) -> int | None:
        """Wait until it ends by itself; its exit code, or None if it still runs."""
        try:
            return self._process.wait(within_s)
        except subprocess.TimeoutExpired:
            return None

    def end(self, within_s: float = 6.0) -> None:
        """Send SIGTERM; after `within_s` SIGKILL."""
        if self.alive:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(within_s)
            except subprocess.TimeoutExpired:
                self._process.kill()
        self._process.wait()
        self._reader_thread.join(2)
        if self._process.stdout is not None:
            self._process.stdout.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.startswith(b"{"):
                self._lines.put(json.loads(line))
        self._lines.put(None)

    def _last_output(self) -> str:
        lines = self._log.read_text("utf-8", "replace").strip().splitlines()
        return f"last line of its log: {lines[-1]}" if lines else "its log is empty"
