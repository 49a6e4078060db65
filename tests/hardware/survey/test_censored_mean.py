"""The mean of a normal distribution is found although weak values are missing."""

from __future__ import annotations

from math import exp
from random import Random

import pytest

from hardware.survey.censored_mean import EDGE_DB, censored_mean

EDGE_DBM = -72.0


def received(signals: list[float], random: Random) -> list[float]:
    return [s for s in signals if random.random() < 1.0 / (1.0 + exp((EDGE_DBM - s) / EDGE_DB))]


@pytest.mark.parametrize("mean_dbm", [-55.0, -68.0, -74.0])
def test_the_mean_includes_missed_reads(mean_dbm: float) -> None:
    random = Random(7)
    tries = [random.gauss(mean_dbm, 6.0) for _ in range(2_000)]
    signals = received(tries, random)
    assert censored_mean(signals, len(tries)) == pytest.approx(mean_dbm, abs=1.5)


def test_the_plain_mean_would_be_too_high() -> None:
    """Control: what the estimate corrects."""
    random = Random(7)
    signals = received([random.gauss(-74.0, 6.0) for _ in range(2_000)], random)
    assert sum(signals) / len(signals) > -72.0
