"""The ranking learns from answers: the share of useful clues rises, and does not where nothing is learned."""

from __future__ import annotations

from tests.kiosk.core.clues.simulated_associates import gain, report


def test_the_share_of_useful_clues_rises() -> None:
    found = gain(20, 120, 1)
    print(report(found))
    assert found.low > 0
    assert found.last > found.without


def test_planted_without_learning_it_does_not() -> None:
    found = gain(20, 120, 1, learns=False)
    assert found.low <= 0 <= found.high
    assert found.last == found.without
