"""Child processes of the demo: started, waited for until they say they are ready, and ended with it."""

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

READY_S = 60.0


class ChildError(Exception):
    """A child process ended, or did not get ready in time; says what it wrote last."""


class Child:
    """`python -m MODULE ...`, which prints one JSON object a line; the first says that it is ready."""

    def __init__(self, module: str, *args: str, log: Path) -> None:
        self.module = module
        self._log = log
        with log.open("ab") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "kiosk.demo.leash", module, *args],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
            )
        self._said: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        self._reading = threading.Thread(target=self._read, name=f"reads {module}", daemon=True)
        self._reading.start()

    def ready(self, within_s: float = READY_S) -> dict[str, Any]:
        """Wait for the first line; raises ChildError."""
        try:
            said = self._said.get(timeout=within_s)
        except queue.Empty:
            raise ChildError(f"{self.module} is not ready after {within_s:.0f} s; see {self._log}") from None
        if said is None:
            raise ChildError(f"{self.module} ended at once; {self._last_words()}")
        return said

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def end(self) -> None:
        """Ask it to end, and make it where it does not."""
        if self.alive:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(6)
            except subprocess.TimeoutExpired:
                self._process.kill()
        self._process.wait()
        self._reading.join(2)
        if self._process.stdout is not None:
            self._process.stdout.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.startswith(b"{"):
                self._said.put(json.loads(line))
        self._said.put(None)

    def _last_words(self) -> str:
        lines = self._log.read_text("utf-8", "replace").strip().splitlines()
        return f"its last words: {lines[-1]}" if lines else "it said nothing"
