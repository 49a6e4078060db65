"""The mean signal of an antenna that hears only its loudest part: a normal distribution behind a soft edge.

Reads are missed the more, the weaker the signal: the chance of a read is logistic in the signal, with a slope of
`EDGE_DB`. Mean, spread and edge are those under which the reads, and the number of tries without one, are likeliest
(maximum likelihood for a censored sample; Cohen, "Truncated and censored samples", 1991, ch. 2, with a soft edge).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, inf, log

EDGE_DB = 1.5
MIN_RSSI_DBM = -110
RSSI_BINS = 100
SPREADS_DB = (5.0, 6.0, 7.0, 8.0, 9.0)
STEP_DB = 1.0


def censored_mean(signals: Sequence[float], tries: int) -> float:
    """The likeliest mean in dBm of all tries, of which only `signals` were heard."""
    counts = [0] * RSSI_BINS
    for signal in signals:
        counts[min(RSSI_BINS - 1, max(0, round(signal) - MIN_RSSI_DBM))] += 1
    ordered = sorted(signals)
    least, middle = ordered[len(ordered) // 50], ordered[len(ordered) // 2]
    edges = [least + step for step in range(5)]
    heard = [(index, count) for index, count in enumerate(counts) if count]
    missed = max(0, tries - len(signals))
    best, best_mean = -inf, middle
    means = [middle - STEP_DB * step for step in range(-2, 36)]
    for edge in edges:
        chances = [1.0 / (1.0 + exp((edge - MIN_RSSI_DBM - index) / EDGE_DB)) for index in range(RSSI_BINS)]
        for spread in SPREADS_DB:
            for mean in means:
                likelihood = _likelihood(heard, missed, mean, spread, chances)
                if likelihood > best:
                    best, best_mean = likelihood, mean
    return best_mean


def _likelihood(
    heard: Sequence[tuple[int, int]], missed: int, mean: float, spread: float, chances: Sequence[float]
) -> float:
    bell = [exp(-0.5 * ((MIN_RSSI_DBM + index - mean) / spread) ** 2) for index in range(RSSI_BINS)]
    whole = sum(bell)
    read = sum(b * chance for b, chance in zip(bell, chances, strict=True)) / whole
    total = missed * log(max(1e-12, 1.0 - read))
    return total + sum(
        count * log(max(1e-300, bell[index] * chances[index] / whole)) for index, count in heard
    )
