"""Times two or more pieces of work in turns, so that each meets the same caches and the same neighbours."""

import time

import numpy as np


def in_turns(works, rounds, tries=5):
    """Microseconds of this thread's processor time: one row per work, one column per round (the best of `tries`).

    Within a try every work runs once, one after the other; other processes of a shared machine do not speak here.
    """
    best = np.full((len(works), rounds), np.inf)
    for at in range(rounds):
        for _ in range(tries):
            for which, work in enumerate(works):
                start = time.thread_time_ns()
                work(at)
                best[which, at] = min(best[which, at], (time.thread_time_ns() - start) / 1e3)
    return best


def one_by_one(work, rounds):
    """(processor time, time by the clock) of each single call, in microseconds."""
    taken = np.empty((2, rounds))
    for at in range(rounds):
        clock, start = time.perf_counter_ns(), time.thread_time_ns()
        work(at)
        taken[:, at] = time.thread_time_ns() - start, time.perf_counter_ns() - clock
    return taken / 1e3
