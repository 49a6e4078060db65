"""Runs a block without branch coverage, which makes it twice as slow.

pytest-cov's own marker `no_cover` does not do that in a process of pytest-xdist: two measurements run there, and it
pauses one of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from coverage import Coverage


@contextmanager
def unmeasured() -> Iterator[None]:
    """All measurements of this process pause, also those of threads that begin meanwhile."""
    paused: list[Coverage] = []
    while (running := Coverage.current()) is not None:
        running.stop()
        paused.append(running)
    try:
        yield
    finally:
        for each in reversed(paused):
            each.start()
