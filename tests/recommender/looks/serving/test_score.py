"""The score of a room, computed by hand and by a dense formula."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.looks.serving.model import Attribute, CoPurchaseWeights, LooksModel, RoomWeights
from recommender.looks.serving.score import (
    bias_of,
    effective_size,
    mean_context,
    scores,
    vector_contributions,
)
from tests.recommender.small_model import A_RED, B_RED, C_RED, D_RED, small_model

ALL = CoPurchaseWeights(log_1000=0.3, log_50=0.2, linear=1.5, maximum=2.0, pair_scores=1.0)


def test_vectors_alone_give_the_mean_context_times_the_target_plus_bias() -> None:
    found = scores(small_model(), [A_RED, B_RED])
    assert found.tolist() == pytest.approx([2 * 1, 2 * 1 + 0.1, 2 * 2 + 0.2, -2 + 0.3, 0.4])


def test_one_item_adds_each_co_purchase_term_once() -> None:
    found = scores(small_model(ALL), [A_RED]) - scores(small_model(), [A_RED])
    p = 0.2
    expected = 0.5 + 0.3 * np.log1p(1000 * p) + 0.2 * np.log1p(50 * p) + 1.5 * p + 2.0 * p
    assert found[B_RED] == pytest.approx(expected, abs=1e-5)
    assert found[C_RED] == 0


def test_two_items_add_up_their_values_over_the_root_of_two_and_take_the_largest_one() -> None:
    found = scores(small_model(ALL), [A_RED, B_RED]) - scores(small_model(), [A_RED, B_RED])
    p = (0.1 + 0.4) / np.sqrt(2)
    expected = -0.25 / np.sqrt(2) + 0.3 * np.log1p(1000 * p) + 0.2 * np.log1p(50 * p) + 1.5 * p + 2.0 * 0.4
    assert found[D_RED] == pytest.approx(expected, abs=1e-5)


def test_styles_are_scored_by_the_style_of_the_room() -> None:
    model = small_model(styles=CoPurchaseWeights(log_1000=1.0))
    found = scores(model, [A_RED]) - scores(small_model(), [A_RED])
    assert found.tolist() == pytest.approx([0, 0, np.log1p(200), 0, 0], abs=1e-5)


def test_an_empty_room_gives_popularity() -> None:
    model = small_model(ALL)
    assert np.array_equal(scores(model, []), model.popularity)


def test_a_weighted_room_is_the_weighted_sum() -> None:
    model = small_model()
    weights = np.array([0.8, 0.2], np.float32)
    assert mean_context(model.context, [A_RED, D_RED], weights).tolist() == pytest.approx([1.8, 1.0])


def matched_styles(model: LooksModel, room: list[int]) -> np.ndarray:
    """Style values over the root of the room's size, of equal colour and pattern only."""
    found = np.zeros(len(model.items.sold))
    for row in room:
        style = model.items.styles[row]
        for at in range(model.styles.start[style], model.styles.start[style + 1]):
            place = model.styles.columns[at]
            shade = model.items.shades
            if shade[row] == shade[model.items.sold[place]] >= 0:
                found[place] += model.styles.values[at]
    return found / np.sqrt(len(room))


def dense(model: LooksModel, room: list[int]) -> np.ndarray:
    """The formula of the module docstring, on dense rows."""
    blend = model.blend.of(len(room))
    scale = 1 if blend.scale is None else blend.scale
    found = model.target @ (scale * model.context[room].mean(axis=0))
    category = model.items.attributes["category"].codes
    for at, item in enumerate(model.items.sold):
        same = sum(category[row] == category[item] >= 0 for row in room)
        found[at] += blend.repeated * np.log1p(same)
        if "match" in model.items.attributes:
            match = model.items.attributes["match"].codes
            number = sum(match[row] == match[item] >= 0 for row in room)
            found[at] += (blend.matched + blend.matched_other * (same == 0)) * np.log1p(number)
    found += blend.style_matched * np.log1p(1000 * matched_styles(model, room))
    for rows, which, weights in (
        (model.pairs, room, blend.pairs),
        (model.styles, model.items.styles[room].tolist(), blend.styles),
    ):
        values = np.zeros((len(which), len(found)))
        linear = np.zeros((len(which), len(found)))
        for at, row in enumerate(which):
            span = slice(rows.start[row], rows.start[row + 1])
            values[at, rows.columns[span]] = rows.values[span]
            linear[at, rows.columns[span]] = rows.pair_scores[span]
        p = values.sum(axis=0) / np.sqrt(len(room))
        found = found + weights.log_1000 * np.log1p(1000 * p) + weights.log_50 * np.log1p(50 * p)
        found = found + weights.linear * p + weights.maximum * values.max(axis=0)
        found = found + weights.pair_scores * linear.sum(axis=0) / np.sqrt(len(room))
    return np.asarray(found)


@settings(max_examples=60)
@given(room=st.lists(st.integers(0, 5), min_size=1, max_size=6, unique=True))
def test_every_room_gets_the_scores_of_the_dense_formula(room: list[int]) -> None:
    model = small_model(ALL, CoPurchaseWeights(log_1000=0.4, log_50=0.1, linear=0.2))
    assert np.abs(scores(model, room) - dense(model, room)).max() < 1e-4


def by_size() -> LooksModel:
    """Other weights for rooms of one, two, and three or more items."""
    model = small_model(ALL)
    matches = {
        "match": Attribute(np.array([0, -1, 0, 1, 1, 0], np.int32), ("red", "dark red")),
        "shade": Attribute(np.array([0, 1, 0, 0, 0, -1], np.int32), ("red", "blue")),
    }
    items = replace(model.items, attributes={**model.items.attributes, **matches})
    model = replace(model, items=items)
    rooms = (
        RoomWeights(ALL, CoPurchaseWeights(), np.array([1, 2], np.float32), 0.5, 0.3, 1.5, 0.7),
        RoomWeights(
            CoPurchaseWeights(log_1000=0.1, pair_scores=0.5),
            CoPurchaseWeights(log_1000=1.0),
            np.array([2, 1], np.float32),
        ),
        RoomWeights(
            CoPurchaseWeights(pair_scores=2.0),
            CoPurchaseWeights(),
            np.array([0.5, 3], np.float32),
            -1.0,
            matched_other=0.8,
            style_matched=1.1,
        ),
    )
    return replace(model, blend=replace(model.blend, by_size=rooms))


@settings(max_examples=60)
@given(room=st.lists(st.integers(0, 5), min_size=1, max_size=6, unique=True))
def test_every_size_of_room_has_its_own_weights(room: list[int]) -> None:
    model = by_size()
    assert np.abs(scores(model, room) - dense(model, room)).max() < 1e-4


def test_each_weight_of_matching_items_is_served() -> None:
    model = by_size()
    first = model.blend.by_size[0]
    others = (
        replace(first, matched=0.0),
        replace(first, matched_other=0.0),
        replace(first, style_matched=0.0),
    )
    for other in others:
        without = replace(model.blend, by_size=(other,))
        difference = scores(replace(model, blend=without), [A_RED]) - scores(model, [A_RED])
        assert np.abs(difference).max() > 0.1, other


def test_weights_of_another_size_are_caught() -> None:
    model = by_size()
    wrong = replace(model, blend=replace(model.blend, by_size=model.blend.by_size[::-1]))
    assert np.abs(scores(wrong, [A_RED]) - dense(model, [A_RED])).max() > 0.1


def test_equal_weights_of_items_are_the_size_of_the_room() -> None:
    model = by_size()
    for size in (1, 2, 3, 5):
        room = list(range(size))
        weights = np.full(size, 1 / size, np.float32)
        assert np.abs(scores(model, room, weights) - scores(model, room)).max() < 1e-4


def test_a_past_of_little_weight_hardly_enlarges_the_room() -> None:
    assert effective_size([A_RED, B_RED], None) == 2
    assert effective_size([A_RED, B_RED], np.array([0.9, 0.1], np.float32)) == pytest.approx(1 / 0.82)


def test_contributions_and_bias_are_the_vector_score() -> None:
    for model in (small_model(), by_size()):
        room, place = [A_RED, C_RED], 2
        parts = vector_contributions(model, room, place)
        blend = model.blend.of(2)
        scale = 1 if blend.scale is None else blend.scale
        whole = float(model.target[place] @ (scale * model.context[room].mean(axis=0)))
        assert float(parts.sum()) + bias_of(model, 2, place) == pytest.approx(whole, rel=1e-5)


def test_threads_do_not_share_scratch_arrays() -> None:
    model = small_model(ALL)
    rooms = [[A_RED, B_RED], [B_RED, C_RED], [A_RED, C_RED, D_RED]] * 200
    expected = [scores(model, room) for room in rooms]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda room: scores(model, room), rooms))
    assert all(np.array_equal(a, b) for a, b in zip(found, expected, strict=True))
