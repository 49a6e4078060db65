"""What earlier answers of a shopper say: nearness in place, time and category, by hand."""

from dataclasses import replace

import numpy as np

from recommender.sizes.serving.fit_statistics import FitStatistics
from recommender.sizes.serving.fit_table import FIT, LARGE, SMALL, FitAnswers
from recommender.sizes.serving.outcomes.trial_history import COLUMNS, MAX_TRIALS, TrialHistory
from recommender.sizes.serving.vocabulary import EncodedTrials, Vocabulary
from tests.recommender.fit_answers import answers

DAY = 86_400
NEAR, LATELY, ALIKE, BOTH, SAME_DAY = (slice(3 * at, 3 * at + 3) for at in range(5))
TO_SMALL, TO_LARGE, TO_FIT, TO_KEPT = range(15, 19)


def learned(fits: FitAnswers) -> tuple[TrialHistory, FitStatistics, Vocabulary]:
    vocabulary = Vocabulary.of(fits)
    coded = vocabulary.code(fits)
    statistics = FitStatistics.learn(coded, vocabulary)
    return TrialHistory.of(coded, statistics), statistics, vocabulary


def shop(days: tuple[int, int, int, int] = (1, 2, 300, 301)) -> FitAnswers:
    """Shopper u found S small and M right, and L large much later; v found M right."""
    fits = answers(
        [("u", "a", "S", SMALL), ("u", "b", "M", FIT), ("u", "c", "L", LARGE), ("v", "a", "M", FIT)]
    )
    return replace(fits, at=np.array(days, np.int64) * DAY)


def features(size: str, user: str = "u", day: int = 1, category: str = "tops") -> np.ndarray:
    history, statistics, vocabulary = learned(shop())
    asked = answers([(user, "b", size, FIT)])
    asked = replace(asked, at=np.array([day * DAY], np.int64), category=np.array([category], dtype=object))
    found: np.ndarray = history.features(vocabulary.code(asked), statistics)
    assert found.shape == (1, COLUMNS)
    return found[0]


def test_a_size_near_one_that_was_small_is_likelier_small() -> None:
    small, large = features("S")[NEAR], features("L")[NEAR]
    assert small[0] > large[0]
    assert small[1] < large[1]


def test_late_answers_count_less_and_unknown_days_not_at_all() -> None:
    assert features("M", day=2)[LATELY][2] > features("M", day=150)[LATELY][2] > 0.0
    assert features("M", day=2)[SAME_DAY][2] == np.log(2.0)
    assert features("M", day=0)[LATELY][2] == features("M", day=0)[SAME_DAY][2] == 0.0


def test_other_categories_are_told_apart() -> None:
    assert features("M")[ALIKE][2] == np.log(4.0)
    assert features("M", category="unheard-of")[ALIKE][2] == 0.0


def test_bounds_are_distances_from_what_was_small_right_and_large() -> None:
    at_m = features("M")
    assert at_m[TO_SMALL] > 0 > at_m[TO_LARGE]
    assert at_m[TO_FIT] == at_m[TO_KEPT] == 0.0
    assert features("L")[TO_KEPT] == 1.0


def test_an_unknown_shopper_has_no_history() -> None:
    found = features("M", user="stranger")
    assert np.isnan(found[15:]).all()
    assert not found[[2, 5, 8, 11, 14]].any()
    assert np.isnan(features("M", user="v")[[TO_SMALL, TO_LARGE]]).all()


def test_only_the_latest_answers_of_a_shopper_are_kept() -> None:
    many = MAX_TRIALS + 20
    fits = answers([("u", f"i{at}", "M", FIT if at % 2 else SMALL) for at in range(many)])
    fits = replace(fits, at=np.arange(1, many + 1, dtype=np.int64) * DAY)
    history, _, _ = learned(fits)
    assert len(history.fit) == history.start[-1] == MAX_TRIALS
    assert history.day.min() == 21


def test_no_shoppers_at_all() -> None:
    history, statistics, vocabulary = learned(answers([("", "a", "S", SMALL), ("", "b", "M", FIT)]))
    coded: EncodedTrials = vocabulary.code(answers([("u", "a", "S", FIT)]))
    assert history.features(coded, statistics).shape == (1, COLUMNS)
