"""Threads for advice: few, so that slow advice takes no thread from other requests.

Every other request runs on the threads of the HTTP server, of which there are 40. If looks ran there as well, 40
mirrors that ask at once could occupy all of them, and a scanned piece or a call for help would wait behind.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final, TypeVar

from starlette.concurrency import run_in_threadpool

from kiosk.store.errors import AdviceBusyError

T = TypeVar("T")
THREADS: Final = 2
MAX_WAIT_S: Final = 4.0
"""The mirror does not wait longer for an answer, so a later one would be computed for nobody."""


class AdviceThreads:
    """Runs advice on at most `threads` threads at once; more questions wait, in their order."""

    def __init__(self, threads: int = THREADS, max_wait_s: float = MAX_WAIT_S) -> None:
        self._free, self._max_wait_s = asyncio.Semaphore(threads), max_wait_s

    async def run(self, work: Callable[[], T]) -> T:
        """The result of `work`. Raises AdviceBusyError if no thread is free in time."""
        try:
            async with asyncio.timeout(self._max_wait_s):
                await self._free.acquire()
        except TimeoutError:
            raise AdviceBusyError from None
        try:
            return await run_in_threadpool(work)
        finally:
            self._free.release()
