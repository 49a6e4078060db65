"""Merging of rankings: positions of new arrivals, stylists' picks, one item of a style."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.inputs.stylist_looks import StylistLook
from recommender.looks.serving.interleave import (
    StylistMatches,
    new_arrival_positions,
    one_of_each_style,
    with_new_arrivals,
    with_stylist_picks,
)
from tests.recommender.small_model import A_BLUE, A_RED, B_RED, C_RED, item_index


@pytest.mark.parametrize(
    ("k", "positions"), [(11, [10]), (19, [10]), (20, [10, 19]), (50, [10, 19, 39]), (60, [10, 19, 39, 59])]
)
def test_a_long_list_has_new_arrivals_at_fixed_positions(k: int, positions: list[int]) -> None:
    assert new_arrival_positions(["any"], k, 10) == positions


def test_of_short_lists_the_fraction_k_by_ten_ends_with_a_new_arrival() -> None:
    rooms = [[f"item {number}"] for number in range(1000)]
    found = [new_arrival_positions(room, 6, 10) for room in rooms]
    assert {tuple(positions) for positions in found} == {(), (5,)}
    assert 550 < sum(map(bool, found)) < 650
    assert found == [new_arrival_positions(room, 6, 10) for room in rooms]
    assert new_arrival_positions(["any"], 0, 10) == []


@given(k=st.integers(0, 200), interval=st.integers(1, 30))
def test_positions_are_ascending_and_within_the_list(k: int, interval: int) -> None:
    positions = new_arrival_positions(["room"], k, interval)
    assert positions == sorted(set(positions))
    assert all(0 <= position < k for position in positions)


@given(
    main=st.integers(0, 30),
    arrivals=st.integers(0, 10),
    positions=st.lists(st.integers(0, 40), unique=True).map(sorted),
)
def test_no_item_is_lost_and_each_ranking_keeps_its_order(
    main: int, arrivals: int, positions: list[int]
) -> None:
    found = list(with_new_arrivals(iter(range(main)), iter(range(100, 100 + arrivals)), positions))
    assert [row for row in found if row < 100] == list(range(main))
    assert [row for row in found if row >= 100] == list(range(100, 100 + arrivals))
    reached = [position for at, position in enumerate(positions) if at < arrivals and position <= main + at]
    for position in reached[:arrivals]:
        assert found[position] >= 100


def test_stylists_picks_come_second_and_then_in_every_third_position() -> None:
    assert list(with_stylist_picks(iter(range(6)), [70, 71, 72], 2)) == [0, 70, 1, 2, 71, 3, 4, 5]
    assert list(with_stylist_picks(iter([0]), [70, 71], 2)) == [0, 70, 71]


def test_the_first_item_of_a_style_is_kept_across_iterators_that_share_a_set() -> None:
    styles, seen = [0, 0, 1, 1, 2], set[int]()
    first, second = one_of_each_style([1, 0, 3], styles, seen), one_of_each_style([2, 4], styles, seen)
    assert (list(first), list(second)) == ([1, 3], [4])


def test_a_stylists_look_matches_the_style_of_the_room_in_any_colour() -> None:
    looks = [
        StylistLook("", "Mei", ("a-blue", "c-red", "unknown")),
        StylistLook("", "Mei", ("d-red", "e-red")),
    ]
    matches = StylistMatches(looks, item_index())
    assert matches.beside([A_RED]) == {C_RED: A_RED}
    assert matches.beside([B_RED, A_BLUE]) == {C_RED: A_BLUE}
    assert matches.beside([]) == {}
