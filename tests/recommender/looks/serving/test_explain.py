"""Explanation of one score."""

import json

from recommender.looks.serving.explain import explain
from recommender.looks.serving.looks import LooksRecommender
from tests.optional_values import present


def test_explaining_one_suggestion(looks: LooksRecommender) -> None:
    first = looks.rank(["0000-navy", "0005-navy"], 3, slot=0)[0]
    account = present(explain(looks, ["0000-navy", "0005-navy"], first.item_id))
    assert account.place == 1
    assert len(account.contributions) == 2
    assert json.dumps(account.as_json())
    assert present(explain(looks, ["0000-navy"], "0000-olive")).left_out
    assert explain(looks, ["0000-navy"], "unheard-of") is None
