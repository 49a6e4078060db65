"""One request: the weight of a past, the rows that are excluded, and the order of new arrivals."""

import numpy as np
import pytest

from recommender.looks.serving.query import MAX_PAST_ITEMS, RoomQuery, ShopperProfile
from recommender.looks.serving.score import scores
from tests.recommender.small_model import A_BLUE, A_RED, B_RED, C_RED, D_RED, E_RED, small_model


def test_a_past_has_a_fifth_of_the_weight_and_counts_in_full_for_an_empty_room() -> None:
    model = small_model()
    query = RoomQuery.of(model, ["a-red"], ShopperProfile(past=("c-red", "d-red")))
    weights = np.array([0.8, 0.1, 0.1], np.float32)
    assert query.scores.tolist() == pytest.approx(scores(model, [A_RED, C_RED, D_RED], weights).tolist())
    empty = RoomQuery.of(model, [], ShopperProfile(past=("c-red",)))
    assert empty.scores.tolist() == pytest.approx(scores(model, [C_RED]).tolist())


def test_only_the_latest_items_of_a_past_count_and_items_of_the_room_do_not() -> None:
    model = small_model()
    long = ("b-red", *["c-red"] * MAX_PAST_ITEMS)
    found = RoomQuery.of(model, ["a-red"], ShopperProfile(past=long)).scores
    assert found.tolist() == pytest.approx(
        RoomQuery.of(model, ["a-red"], ShopperProfile(past=("c-red",))).scores.tolist()
    )
    assert np.array_equal(
        RoomQuery.of(model, ["a-red"], ShopperProfile(past=("a-red",))).scores, scores(model, [A_RED])
    )


def test_excluded_are_the_room_and_dislikes_in_every_colour_the_rest_by_item() -> None:
    model = small_model()
    query = RoomQuery.of(model, ["b-red", "unknown"], ShopperProfile(owned=frozenset({"c-red"})))
    assert query.left_out(["d-red"], colours=True) == {B_RED, C_RED, D_RED}
    disliked = RoomQuery.of(model, ["b-red"], ShopperProfile(disliked=frozenset({"a-blue"})))
    assert disliked.left_out((), colours=True) == {B_RED, A_RED, A_BLUE}
    assert RoomQuery.of(model, ["a-red"]).left_out((), colours=False) == {A_RED}


def test_a_new_arrival_is_scored_by_features_bonus_and_style() -> None:
    query = RoomQuery.of(small_model(), ["a-red"])
    assert list(query.arrivals()) == [E_RED]
    assert query.scores_of([E_RED, B_RED]) == pytest.approx([2 + 0.5 + np.log1p(100), query.scores[2]])
    empty = RoomQuery.of(small_model(), [])
    assert list(empty.arrivals()) == [E_RED]
    assert empty.scores_of([E_RED]) == pytest.approx([0.5])
