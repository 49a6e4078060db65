"""Baselines of the evaluation, by hand; and the gate's result."""

from collections.abc import Sequence

import numpy as np
import pytest

from recommender.inputs.baskets import baskets_of
from recommender.inputs.leave_one_out import HoldoutCase
from recommender.looks.evaluation.baselines import baselines
from recommender.looks.evaluation.evaluate import LooksEvaluation, method_ranks
from recommender.looks.evaluation.report import evaluation_json
from recommender.looks.serving.column_roles import detect_roles
from tests.recommender.small_history import events, items

CATEGORY = [0, 1, 1, 2, 0]
BASKETS = [[0, 1], [0, 1], [0, 2], [3, 4], [4]]


def test_each_method_scores_by_its_own_counts() -> None:
    table, history = items(range(5), category=CATEGORY), events(BASKETS)
    methods = baselines(table, history, baskets_of(history), detect_roles(table).get("category"))
    room = np.array([0])
    assert methods["popularity"](room).argmax() == 0
    assert methods["co-purchase"](room)[[1, 2, 3]].tolist() == pytest.approx([2 / 13, 1 / 13, 0], abs=1e-5)
    assert methods["co-purchase, cosine"](room)[1] == pytest.approx(2 / np.sqrt(8 * 7), abs=1e-5)
    assert methods["EASE"](room)[1] > methods["EASE"](room)[2] > methods["EASE"](room)[3]
    transition = methods["type transition"](room)
    assert transition[[1, 2]].tolist() == pytest.approx([3 / 4 * 2 / 3, 3 / 4 * 1 / 3], abs=1e-5)
    assert "type transition" not in baselines(table, history, baskets_of(history), None)


def test_ranks_leave_the_room_s_styles_out_and_count_ties_half() -> None:
    cases = [HoldoutCase(np.array([0], np.int32), 2, 0, 1.0)]
    scores = np.array([9, 9, 5, 5, 7], np.float32)
    assert method_ranks(lambda _room: scores, cases, np.array([0, 0, 1, 2, 3])).tolist() == [1.5]


def evaluation(**ranks: Sequence[float]) -> LooksEvaluation:
    count = len(next(iter(ranks.values())))
    named = {name.replace("_", " "): np.array(values, float) for name, values in ranks.items()}
    unseen = np.zeros(count, bool)
    unseen[0] = True
    return LooksEvaluation(named, np.ones(count), np.arange(count), np.zeros(count, bool), unseen)


def test_a_model_passes_if_it_is_not_worse_by_the_interval() -> None:
    better = evaluation(popularity=[20.0] * 40, model=[1.0] * 40)
    worse = evaluation(popularity=[1.0] * 40, model=[20.0] * 40)
    assert better.best_single == "popularity"
    assert evaluation_json(better)["passes"]
    assert evaluation_json(better)["gain_at_10"] == [1, 1, 1]
    assert not evaluation_json(worse)["passes"]


def test_a_model_that_is_worse_than_the_published_one_does_not_pass() -> None:
    found = evaluation_json(evaluation(popularity=[30.0] * 40, model=[12.0] * 40, model_published=[1.0] * 40))
    assert not found["passes"]
    assert found["against_published_at_10"] == [-1, -1, -1]
    assert found["methods"]["model"]["at_50"] == 1
    assert found["methods"]["model"]["unseen_at_50"] == 1
    assert found["questions"] == 40
