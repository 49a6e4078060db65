"""The signal matrix of a room, by hand."""

from dataclasses import replace

import numpy as np
import pytest

from recommender.looks.signals.attribute_affinity import AttributeAffinity
from recommender.looks.signals.co_purchase import PairSignals
from recommender.looks.signals.signals import LARGEST_ROOM, Signals, sum_rows
from recommender.looks.signals.vector_pair import VectorPair
from tests.recommender.small_model import sparse_rows


def signals() -> Signals:
    """Three items, the last without sales."""
    rows = sparse_rows({(0, 1): 0.2, (2, 1): 0.4, (2, 0): 0.1}, 3)
    extra = [np.array([1, 2, 3], np.float32) * scale for scale in (1, 10, 100, 1000, 10000)]
    table = np.array([[0.5, -0.5], [0.25, 0.0]], np.float32)
    return Signals(
        np.array([0, 1], np.int32),
        np.array([0, 1, -1], np.int32),
        np.array([0, 1, 0], np.int32),
        np.array([[1.0], [2.0], [3.0]], np.float32),
        np.array([[1.0], [-1.0]], np.float32),
        np.array([0.1, 0.2], np.float32),
        np.array([5.0, 6.0], np.float32),
        np.array([7.0, 8.0], np.float32),
        PairSignals(rows, *extra),
        sparse_rows({(0, 1): 0.3}, 2),
        (AttributeAffinity("colour", np.array([0, 1, 1], np.int32), table),),
    )


def test_each_column_is_the_signal_it_is_named_for() -> None:
    source = signals()
    found = dict(zip(source.names, source.columns(np.array([0, 2]), np.array([1])).T, strict=True))
    root = np.sqrt(2)
    p, style = 0.6 / root, 0.6 / root
    expected = {
        "learned": -2 + 0.2,
        "popular": 6,
        "recent": 8,
        "pair steep": np.log1p(1000 * p),
        "pair soft": np.log1p(50 * p),
        "pair plain": p,
        "pair most": 0.4,
        "pair count": (1 + 3) / root,
        "pair lift": 40 / root,
        "pair log lift": 400 / root,
        "pair cosine": 4000 / root,
        "pair ease": 40000 / root,
        "style steep": np.log1p(1000 * style),
        "style soft": np.log1p(50 * style),
        "habit colour": (-0.5 + 0.0) / 2,
    }
    assert {name: float(column[0]) for name, column in found.items()} == pytest.approx(expected, rel=1e-5)


def with_factors_and_category() -> Signals:
    vectors = VectorPair(np.array([[1.0], [2.0], [5.0]], np.float32), np.array([[3.0], [4.0]], np.float32))
    return replace(signals(), factors=vectors, category=np.array([0, 1, 1], np.int32))


def test_item_factors_add_up_over_the_root_and_categories_are_counted() -> None:
    source = with_factors_and_category()
    found = dict(zip(source.names, source.columns(np.array([0, 2]), np.array([0, 1])).T, strict=True))
    assert found["item factors"].tolist() == pytest.approx([18 / np.sqrt(2), 24 / np.sqrt(2)], rel=1e-5)
    assert found["category repeated"].tolist() == pytest.approx([np.log(2), np.log(2)])
    twice = dict(zip(source.names, source.columns(np.array([1, 2]), np.array([0, 1])).T, strict=True))
    assert twice["category repeated"].tolist() == pytest.approx([0, np.log(3)])


def test_an_unknown_category_is_not_the_category_of_the_room() -> None:
    source = replace(with_factors_and_category(), category=np.array([-1, -1, 1], np.int32))
    found = dict(zip(source.names, source.columns(np.array([0]), np.array([1])).T, strict=True))
    assert found["category repeated"].tolist() == [0]


def with_matches() -> Signals:
    return replace(
        with_factors_and_category(),
        match=np.array([4, 4, 4], np.int32),
        shade=np.array([0, 2, 2], np.int32),
    )


def by_name(source: Signals, room: list[int]) -> dict[str, list[float]]:
    return dict(zip(source.names, source.columns(np.array(room), np.array([0, 1])).T.tolist(), strict=True))


def test_matching_items_are_counted_and_apart_if_their_category_is_not_in_the_room() -> None:
    found = by_name(with_matches(), [0])
    assert found["matched"] == pytest.approx([np.log(2), np.log(2)])
    assert found["matched other category"] == pytest.approx([0, np.log(2)])
    assert by_name(with_matches(), [0, 2])["matched"] == pytest.approx([np.log(3), np.log(3)])
    assert by_name(with_matches(), [0, 2])["matched other category"] == [0, 0]


def test_styles_bought_together_count_in_the_colour_of_the_room_only() -> None:
    """Items 0 and 2 are of the style that is bought with item 1; item 1 has the colour of item 2."""
    assert by_name(with_matches(), [0])["style matched"] == [0, 0]
    assert by_name(with_matches(), [2])["style matched"] == pytest.approx([0, np.log1p(300)])
    assert by_name(with_matches(), [0, 2])["style matched"] == pytest.approx(
        [0, np.log1p(300 / np.sqrt(2))], rel=1e-5
    )


def test_items_that_match_none_do_not_match_each_other() -> None:
    unknown = np.full(3, -1, np.int32)
    found = by_name(replace(with_matches(), match=unknown, shade=unknown), [0, 2])
    assert found["matched"] == found["matched other category"] == found["style matched"] == [0, 0]


def test_without_the_columns_there_are_no_such_signals() -> None:
    names = {"matched", "matched other category", "style matched"}
    assert not names & set(with_factors_and_category().names)
    assert names & set(replace(with_matches(), category=None).names) == {"matched", "style matched"}


def test_a_very_large_room_counts_as_the_largest() -> None:
    source = with_factors_and_category()
    room = np.zeros(2 * LARGEST_ROOM, np.int64)
    assert source.factor_scores(room).tolist() == pytest.approx(
        (np.array([3, 4]) * np.sqrt(LARGEST_ROOM)).tolist(), rel=1e-5
    )


def test_without_item_factors_and_category_there_are_no_such_signals() -> None:
    assert not {"item factors", "category repeated"} & set(signals().names)
    assert signals().factor_scores(np.array([0])).tolist() == [0, 0]


def test_the_scores_of_pairs_are_the_weighted_sum_of_their_signals() -> None:
    found = signals().pair_scores({"pair count": 2.0, "pair ease": 0.001, "learned": 5.0})
    assert found.tolist() == pytest.approx([12, 24, 36])
    assert signals().pair_scores({}).tolist() == [0, 0, 0]


def test_rows_add_up_over_the_root_of_their_number() -> None:
    rows = signals().pairs.rows
    assert sum_rows(rows, [0, 2], rows.values, 2).tolist() == pytest.approx(
        [0.1 / np.sqrt(2), 0.6 / np.sqrt(2)]
    )
    assert sum_rows(rows, [], rows.values, 2).tolist() == [0, 0]
