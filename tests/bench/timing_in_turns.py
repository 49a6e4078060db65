"""Times several functions in turns, so that all run under the same cache and machine load."""

import time
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]


def in_turns(works: Sequence[Callable[[int], object]], rounds: int, tries: int = 5) -> Doubles:
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


def one_by_one(work: Callable[[int], object], rounds: int) -> Doubles:
    """(CPU time, wall time) of each single call, in microseconds."""
    taken: Doubles = np.empty((2, rounds))
    for at in range(rounds):
        clock, start = time.perf_counter_ns(), time.thread_time_ns()
        work(at)
        taken[:, at] = time.thread_time_ns() - start, time.perf_counter_ns() - clock
    return taken / 1e3
