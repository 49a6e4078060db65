"""Statistics of fit answers: shrunk rates, offsets by backfitting, and the regression from body to size."""

import numpy as np
import numpy.typing as npt
import pytest

from recommender.sizes.serving.fit_statistics import FitStatistics, body_features, take_rows
from recommender.sizes.serving.fit_table import BODY, FIT, LARGE, SMALL, FitAnswers
from recommender.sizes.serving.vocabulary import EncodedTrials, Vocabulary
from tests.recommender.fit_answers import answers


def learned(fits: FitAnswers) -> tuple[FitStatistics, EncodedTrials, Vocabulary]:
    vocabulary = Vocabulary.of(fits)
    coded = vocabulary.code(fits)
    return FitStatistics.learn(coded, vocabulary), coded, vocabulary


def rates(odds: npt.NDArray[np.float64]) -> list[float]:
    small, large = np.exp(odds)
    return [
        float(small / (1 + small + large)),
        float(1 / (1 + small + large)),
        float(large / (1 + small + large)),
    ]


def test_unknown_rows_of_a_table_are_zero() -> None:
    table = np.array([[1.0, 2.0], [3.0, 4.0]])
    assert take_rows(table, np.array([1, -1])).tolist() == [[3, 4], [0, 0]]
    assert take_rows(np.array([5.0]), np.array([-1, 0])).tolist() == [0, 5]
    assert take_rows(np.zeros((0, 3)), np.array([-1])).tolist() == [[0, 0, 0]]


def test_rates_are_shrunk_towards_the_shop_and_a_size_towards_its_product() -> None:
    fits = answers([("", "a", "M", SMALL)] * 6 + [("", "a", "L", FIT)] * 2 + [("", "b", "M", FIT)] * 8)
    statistics, coded, _ = learned(fits)
    prior = np.array([7, 11, 1]) / 19
    item = (np.array([6, 2, 0]) + 12 * prior) / (8 + 12)
    pair = (np.array([6, 0, 0]) + 6 * item) / (6 + 6)
    assert statistics.prior.tolist() == pytest.approx(prior.tolist())
    assert rates(statistics.odds(coded)[0, 0:2]) == pytest.approx(item.tolist())
    assert rates(statistics.odds(coded)[0, 2:4]) == pytest.approx(pair.tolist())
    assert rates(statistics.odds(coded)[0, 6:8]) == pytest.approx(prior.tolist()), "no shopper is known"
    assert statistics.answers(coded)[0].tolist() == pytest.approx([np.log1p(8), np.log1p(6), 0])


def test_a_product_that_feels_small_gets_a_positive_offset_shrunk_by_five_answers() -> None:
    rows = [("", "small", "M", SMALL)] * 5 + [("", "true", "M", FIT)] * 20 + [("", "large", "M", LARGE)] * 5
    statistics, _, vocabulary = learned(answers(rows))
    by_item = dict(zip(vocabulary.items, statistics.item_shift.tolist(), strict=True))
    assert by_item["small"] == pytest.approx(0.8 * 5 / (5 + 5), abs=0.05)
    assert by_item["true"] == pytest.approx(0, abs=0.05)
    assert by_item["large"] == pytest.approx(-by_item["small"], abs=0.05)


def test_a_shopper_with_larger_sizes_everywhere_is_distinguished_from_the_products() -> None:
    rows = [
        (user, item, "M", SMALL if user == "u0" else FIT)
        for user in ("u0", "u1", "u2", "u3")
        for item in "abcd"
    ]
    statistics, coded, _ = learned(answers(rows))
    by_user = [float(statistics.user_shift[coded.user[at]]) for at in (0, 4, 8, 12)]
    assert by_user[0] > 0.4
    assert max(by_user[1:]) < by_user[0] / 3
    assert statistics.user_count.tolist() == [4, 4, 4, 4]


def test_taller_people_are_expected_in_larger_sizes() -> None:
    sizes = ["S", "M", "L"] * 40
    heights = [60.0 + 4 * ("S", "M", "L").index(size) for size in sizes]
    statistics, coded, vocabulary = learned(answers([("", "a", size, FIT) for size in sizes], heights))
    tall_in_small, short_in_small = statistics.gaps(
        vocabulary.code(answers([("", "a", "S", FIT)] * 2, [68.0, 60.0]))
    )
    assert tall_in_small < -1 < short_in_small
    assert np.abs(statistics.gaps(coded)).mean() < 0.5


def test_body_features_mark_what_is_missing() -> None:
    scale = np.stack([np.zeros(len(BODY)), np.ones(len(BODY))])
    body = np.array([[1.0, 2.0, np.nan, np.nan, 9.0]])
    found = body_features(body, np.array([1]), scale, 2)[0]
    z = [1, 2, 0, 0, 4]
    assert found.tolist() == [1, *z, *(value**2 for value in z), 0, 0, 1, 1, 0, *z[1:], 0, 1]
