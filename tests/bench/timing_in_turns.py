"""Times several functions in turns, so that all run under the same cache and machine load."""

import time
from collections.abc import Callable
from typing import Any

import numpy as np


def in_turns(works: Any, rounds: Any, tries: Any = 5) -> Any:
    """CPU time of this thread in microseconds: one row per function, one column per round (the best of `tries`).

    In each try every function runs once. CPU time excludes other processes of a shared machine.
    """
    best = np.full((len(works), rounds), np.inf)
    for at in range(rounds):
        for _ in range(tries):
            for which, work in enumerate(works):
                start = time.thread_time_ns()
                work(at)
                best[which, at] = min(best[which, at], (time.thread_time_ns() - start) / 1e3)
    return best


def one_by_one(work: Callable[[], object], rounds: Any) -> Any:
    """(CPU time, wall time) of each single call, in microseconds."""
    taken = np.empty((2, rounds))
    for at in range(rounds):
        clock, start = time.perf_counter_ns(), time.thread_time_ns()
        work(at)
        taken[:, at] = time.thread_time_ns() - start, time.perf_counter_ns() - clock
    return taken / 1e3
