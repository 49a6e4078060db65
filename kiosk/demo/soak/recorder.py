"""Records a soak test while it runs: what shoppers saw, the size of processes, and the calibration loop."""

from __future__ import annotations

import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from kiosk.demo.processes import Child
from kiosk.demo.soak.evidence import Answer, Loop, ProcessSample, RequestEnd

SAMPLE_S: Final = 1.0
_LOOP_STEPS: Final = 120_000


def sample_of(pid: int, at_s: float) -> ProcessSample | None:
    """The size of a process (Linux, proc(5): VmRSS, Threads, fd); None if it has ended."""
    root = Path(f"/proc/{pid}")
    try:
        status = dict(line.split(":", 1) for line in (root / "status").read_text("ascii").splitlines())
        descriptors = sum(1 for _ in (root / "fd").iterdir())
        return ProcessSample(at_s, int(status["VmRSS"].split()[0]), int(status["Threads"]), descriptors)
    except (OSError, KeyError):
        return None


def calibration_loop() -> float:
    """Milliseconds for a fixed amount of work in Python, some 5 ms on an idle core."""
    began, total = time.perf_counter(), 0
    for number in range(_LOOP_STEPS):
        total += number & 7
    return 1000 * (time.perf_counter() - began)


@dataclass(slots=True)
class Recorder:
    """Follows the processes of rooms, and samples the named processes, each in threads of its own.

    `sold` gets the pieces of each receipt that a shopper saw.
    """

    sold: Callable[[list[str]], None]
    began_s: float = field(default_factory=time.monotonic)
    visits: int = 0
    answers: list[Answer] = field(default_factory=list)
    loops: list[Loop] = field(default_factory=list)
    samples: defaultdict[str, list[ProcessSample]] = field(default_factory=lambda: defaultdict(list))
    requests: list[RequestEnd] = field(default_factory=list)
    receipts: list[str] = field(default_factory=list)
    on_mirrors: set[str] = field(default_factory=set)
    """Numbers of all receipts that a mirror has shown."""
    vanished: list[str] = field(default_factory=list)
    given_up: list[str] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)
    _over: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def now_s(self) -> float:
        """Seconds since the run began."""
        return time.monotonic() - self.began_s

    def follow(self, rooms: Child) -> None:
        """Take the lines of a process of rooms until it has ended."""
        self._start(lambda: self._take_lines(rooms))

    def sample(self, processes: Mapping[str, Child]) -> None:
        """Sample these processes and the calibration loop until `close`."""
        self._start(lambda: self._take_samples(processes))

    def join_rooms(self, processes: Mapping[str, Child], within_s: float) -> list[str]:
        """Wait until the rooms' processes have ended; the names of those that have not."""
        end = time.monotonic() + within_s
        for child in processes.values():
            child.wait(max(0.0, end - time.monotonic()))
        return [name for name, child in processes.items() if child.alive]

    def close(self) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join(10)

    def _start(self, body: Callable[[], None]) -> None:
        thread = threading.Thread(target=body, name="recorder", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _take_lines(self, rooms: Child) -> None:
        while not self._over.is_set() or rooms.alive:
            line = rooms.next_line(0.5)
            if line is not None:
                self.take(line)
            elif not rooms.alive:
                return

    def take(self, line: dict[str, Any]) -> None:
        """One line of a process of rooms."""
        seen = line.pop("seen", "")
        self.seen[seen] += 1
        match seen:
            case "answer":
                self.answers.append(Answer(line["kind"], line["at_s"] - self.began_s, line["ms"]))
            case "request":
                self.requests.append(RequestEnd(**line))
            case "receipt":
                self.receipts.append(line["number"])
                self.sold(line["pieces"])
            case "receipt on the mirror":
                self.on_mirrors.add(line["number"])
            case "loss":
                self.vanished.append(f"room {line['room']}, {self.now_s():.0f} s: {line['what']}")
            case "visit" if line["why"]:
                self.given_up.append(f"room {line['room']}, {self.now_s():.0f} s: {line['why']}")
            case "visit":
                self.visits += 1

    def _take_samples(self, processes: Mapping[str, Child]) -> None:
        while not self._over.wait(SAMPLE_S):
            self.loops.append(Loop(self.now_s(), calibration_loop()))
            for name, child in processes.items():
                if (found := sample_of(child.pid, self.now_s())) is not None:
                    self.samples[name].append(found)
