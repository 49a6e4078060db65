"""The calibration: what is shown was right in four of five texts that did not choose the threshold."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from kiosk.store.clues.sentiment.calibration import (
    MIN_PRECISION,
    MIN_TEXTS,
    OfLanguage,
    Opinion,
    RatedText,
    calibrate,
    lower_end,
)


def shop(
    seed: int, count: int, score: Callable[[random.Random, Opinion], float | None], language: str = "en"
) -> OfLanguage:
    rng = random.Random(seed)
    rated = []
    for number in range(count):
        opinion = rng.choice((Opinion.GOOD, Opinion.BAD))
        rated.append(RatedText(f"{seed} {number}", language, opinion, score(rng, opinion)))
    (found,) = calibrate(rated)
    return found


def knowing(rng: random.Random, opinion: Opinion) -> float:
    """A lexicon that is right more often the surer it is."""
    sure = rng.random()
    right = rng.random() < 0.5 + sure / 2
    return sure if right is (opinion is Opinion.GOOD) else -sure


def mostly_knowing(rng: random.Random, opinion: Opinion) -> float:
    """A lexicon that guesses a fifth of the texts."""
    return knowing(rng, opinion) if rng.random() < 0.8 else rng.uniform(-1, 1)


def test_a_lexicon_that_knows_something_is_shown_from_where_it_is_right() -> None:
    found = shop(1, 2000, knowing)
    assert found.good is not None
    assert found.bad is not None
    assert found.good.precision >= MIN_PRECISION
    assert 0.2 < found.good.threshold < 0.9, "where it knows little it says nothing"
    assert 0.2 < found.unsure < 0.9


def test_planted_a_lexicon_that_guesses_is_never_shown() -> None:
    """Some thresholds reach the bar by chance in the half that chooses; the other half refuses them."""
    for seed in range(60):
        found = shop(seed, 400, lambda rng, _: rng.uniform(-1, 1))
        assert (found.good, found.bad, found.unsure) == (None, None, 1.0)


@pytest.mark.parametrize(
    ("count", "score"),
    [(MIN_TEXTS, knowing), (2000, lambda _rng, _opinion: None)],
    ids=["too few texts", "no lexicon"],
)
def test_where_nothing_can_be_measured_every_text_is_unsure(
    count: int, score: Callable[[random.Random, Opinion], float | None]
) -> None:
    found = shop(3, count, score, "de")
    assert (found.language, found.texts, found.good, found.bad, found.unsure) == (
        "de",
        count,
        None,
        None,
        1.0,
    )


def test_nothing_is_shown_below_the_bar() -> None:
    """Whatever a lexicon is worth, and however few texts there are."""
    shown = []
    for seed in range(60):
        found = shop(seed, 20 + 20 * seed, mostly_knowing)
        shown += [side for side in (found.good, found.bad) if side is not None]
        assert 0 <= found.unsure <= 1
    assert shown
    assert all(side.precision >= MIN_PRECISION and side.texts >= MIN_TEXTS for side in shown)


def test_the_interval_is_wilsons() -> None:
    assert lower_end(45, 50) == pytest.approx(0.7864, abs=1e-4)  # Newcombe 1998, formula 3
    assert lower_end(0, 10) == pytest.approx(0, abs=1e-9)
