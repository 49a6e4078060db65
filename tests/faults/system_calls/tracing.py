"""strace: lists the system calls of a running process, or makes one of them fail (strace(1), `-e inject`)."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum, unique
from pathlib import Path
from threading import Thread
from typing import Final

CALLS: Final = (
    "pwrite64", "write", "writev", "fsync", "fdatasync", "ftruncate", "sendto", "sendmsg", "recvfrom", "recvmsg",
)  # fmt: skip
"""Every write, sync, send and receive."""
_CALL: Final = re.compile(r"^(\d+) +(\w+)\(")


@unique
class Fault(Enum):
    """What happens at a call: the process is killed, or the call fails."""

    KILL = "signal=KILL"
    EIO = "error=EIO"
    ENOSPC = "error=ENOSPC"
    EINTR = "error=EINTR"


@dataclass(frozen=True, slots=True)
class Injection:
    """`number`: the how-manieth call of that name, counted in each thread from 1."""

    call: str
    number: int
    fault: Fault

    def __str__(self) -> str:
        return f"{self.call} {self.number} {self.fault.name}"


def unusable() -> str:
    """Why strace cannot be used here; empty if it can."""
    strace = shutil.which("strace")
    if strace is None:
        return "strace is not installed"
    tried = subprocess.run(
        [strace, "-qq", "-e", "trace=write", "-e", "inject=write:error=EIO:when=1", "true"],
        capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    if tried.returncode:
        return f"processes may not be traced here: {tried.stderr.strip()[:100]}"
    return ""


class Tracer:
    """strace attached to all threads of a process, present and coming."""

    def __init__(self, pid: int, injection: Injection | None = None, into: Path | None = None) -> None:
        """`into`: where the calls are listed. With an injection it detaches after the first fault, so that not every
        thread has one. Raises RuntimeError."""
        words = ["strace", "-f", "-p", str(pid), "-s", "0"]
        if injection is None:
            words += ["-e", f"trace={','.join(CALLS)}", "-o", str(into)]
        else:
            what = f"{injection.call}:{injection.fault.value}:when={injection.number}"
            words += ["-e", f"trace={injection.call}", "-e", f"inject={what}"]
        self._process = subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace"
        )
        assert self._process.stderr is not None
        said = self._process.stderr.readline()
        if "attached" not in said:
            self._process.kill()
            self._process.communicate()
            raise RuntimeError(f"strace: {said}")
        self.injected = False
        self._reader = Thread(target=self._read, name="strace", daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            if "(INJECTED)" in line and not self.injected:
                self.injected = True
                self._process.terminate()

    def close(self) -> None:
        """Detaches."""
        self._process.terminate()
        self._process.wait()
        self._reader.join()
        assert self._process.stderr is not None
        self._process.stderr.close()


@contextmanager
def traced(pid: int, injection: Injection | None = None, into: Path | None = None) -> Iterator[Tracer]:
    """A tracer until the end of the block."""
    tracer = Tracer(pid, injection, into)
    try:
        yield tracer
    finally:
        tracer.close()


def counted(trace: Path) -> Mapping[str, int]:
    """The largest number of calls of each name in one thread."""
    found: Counter[tuple[str, str]] = Counter()
    for line in trace.read_text(encoding="utf-8", errors="replace").splitlines():
        if match := _CALL.match(line):
            found[match[1], match[2]] += 1
    largest: dict[str, int] = {}
    for (_, call), count in found.items():
        largest[call] = max(count, largest.get(call, 0))
    return largest


def total(trace: Path) -> int:
    """How many calls there are."""
    return sum(
        1 for line in trace.read_text(encoding="utf-8", errors="replace").splitlines() if _CALL.match(line)
    )
