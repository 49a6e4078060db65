"""Scales pictures in processes of their own (`kiosk.pictures.scaling_worker`), started when they are needed."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Final

from kiosk.store.catalogue.pictures.errors import UnreadablePictureError

TIMEOUT_S: Final = 30.0
"""Longest time for one picture, the start of its process included; then the process is killed."""
MAX_ANSWER_BYTES: Final = 64 * 1024 * 1024
_WORKER: Final = (sys.executable, "-m", "kiosk.pictures.scaling_worker")


class WorkerLostError(Exception):
    """A process ended, or did not answer in time."""


class ScalingProcesses:
    """As many processes as threads scale at the same time. Safe from any thread."""

    def __init__(self, max_decoded_bytes: int, timeout_s: float = TIMEOUT_S) -> None:
        self._max_decoded, self._timeout_s = max_decoded_bytes, timeout_s
        self._idle: list[_Worker] = []
        self._lock, self._closed = Lock(), False

    def scaled(self, file: Path, height: int) -> tuple[bytes, str]:
        """The picture at most `height` pixels high, as WebP with its media type. Raises UnreadablePictureError."""
        asked = {"file": os.fsencode(file).hex(), "height": height, "max_decoded_bytes": self._max_decoded}
        with self._lock:
            worker = self._idle.pop() if self._idle else None
        if worker is not None:
            # it may have ended meanwhile, since it was idle for long
            with suppress(WorkerLostError):
                return self._by(worker, asked)
        try:
            return self._by(_Worker(), asked)
        except WorkerLostError as error:
            raise UnreadablePictureError(str(error)) from None

    def close(self) -> None:
        """Ends the idle processes; a busy one ends after its picture."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for worker in idle:
            worker.close()

    def _by(self, worker: _Worker, asked: dict[str, object]) -> tuple[bytes, str]:
        try:
            picture = worker.ask(asked, self._timeout_s)
        except UnreadablePictureError:
            self._give_back(worker)
            raise
        except BaseException:
            worker.close()
            raise
        self._give_back(worker)
        return picture, "image/webp"

    def _give_back(self, worker: _Worker) -> None:
        with self._lock:
            if not self._closed:
                self._idle.append(worker)
                return
        worker.close()


class _Worker:
    """One process. To be used by one thread at a time."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            _WORKER, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0
        )
        self._poll = select.poll()
        self._poll.register(self._out, select.POLLIN | select.POLLHUP)

    def ask(self, asked: dict[str, object], timeout_s: float) -> bytes:
        """Raises UnreadablePictureError, WorkerLostError."""
        assert self._process.stdin is not None
        end_s = time.monotonic() + timeout_s
        try:
            self._process.stdin.write(json.dumps(asked).encode() + b"\n")
        except OSError:
            raise WorkerLostError("its process has ended") from None
        received = self._until(lambda got: b"\n" in got, b"", end_s)
        line, _, picture = received.partition(b"\n")
        head = json.loads(line)
        if "problem" in head:
            raise UnreadablePictureError(str(head["problem"]))
        size = min(int(head["size"]), MAX_ANSWER_BYTES)
        return self._until(lambda got: len(got) >= size, picture, end_s)

    def close(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        self._process.kill()
        self._process.wait()

    @property
    def _out(self) -> int:
        assert self._process.stdout is not None
        return self._process.stdout.fileno()

    def _until(self, enough: Callable[[bytearray], bool], begun: bytes, end_s: float) -> bytes:
        received = bytearray(begun)
        while not enough(received):
            left_s = end_s - time.monotonic()
            if left_s <= 0 or not self._poll.poll(left_s * 1000):
                raise WorkerLostError("it took too long")
            part = os.read(self._out, 1 << 20)
            if not part:
                raise WorkerLostError("its process has ended")
            received += part
        return bytes(received)
