"""Maximum-likelihood mean RSSI of an antenna that misses weak reads: a censored normal distribution.

The probability that a read is received is logistic in its RSSI, with a slope of EDGE_DB. Mean, standard deviation and
edge are those that make the received reads, and the number of missed ones, most likely (Cohen, "Truncated and censored
samples", 1991, ch. 2, with a soft edge instead of a hard one).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, inf, log
from statistics import NormalDist

EDGE_DB = 1.5
MIN_RSSI_DBM = -110
RSSI_BINS = 100
SPREADS_DB = (5.0, 6.0, 7.0, 8.0, 9.0)
STEP_DB = 1.0


def censored_mean(signals: Sequence[float], tries: int) -> float:
    """The likeliest mean RSSI in dBm of all `tries`, of which only `signals` were received."""
    counts = [0] * RSSI_BINS
    for signal in signals:
        counts[min(RSSI_BINS - 1, max(0, round(signal) - MIN_RSSI_DBM))] += 1
    ordered = sorted(signals)
    weakest, median = ordered[len(ordered) // 50], ordered[len(ordered) // 2]
    received = [(index, count) for index, count in enumerate(counts) if count]
    missed = max(0, tries - len(signals))
    edges = [_edge(weakest + step) for step in range(5)]
    best, best_mean = -inf, median
    for spread in SPREADS_DB:
        for mean in (median - STEP_DB * step for step in range(-2, 36)):
            density = _density(mean, spread)
            for chances in edges:
                likelihood = _log_likelihood(received, missed, density, chances)
                if likelihood > best:
                    best, best_mean = likelihood, mean
    return best_mean


def _edge(edge_dbm: float) -> list[float]:
    """The probability in each RSSI bin that a read is received."""
    return [1.0 / (1.0 + exp((edge_dbm - MIN_RSSI_DBM - index) / EDGE_DB)) for index in range(RSSI_BINS)]


def _density(mean_dbm: float, spread_db: float) -> list[float]:
    curve = NormalDist(mean_dbm, spread_db)
    density = [curve.pdf(MIN_RSSI_DBM + index) for index in range(RSSI_BINS)]
    total = sum(density)
    return [value / total for value in density]


def _log_likelihood(
    received: Sequence[tuple[int, int]], missed: int, density: Sequence[float], chances: Sequence[float]
) -> float:
    read = sum(d * chance for d, chance in zip(density, chances, strict=True))
    total = missed * log(max(1e-12, 1.0 - read))
    return total + sum(count * log(max(1e-300, density[index] * chances[index])) for index, count in received)
