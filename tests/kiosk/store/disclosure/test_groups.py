"""No group under 10 is shown, and none can be computed from what is shown."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.store.disclosure.groups import shown_count, shown_minor, shown_percent, shown_quantile
from tests.kiosk.store.disclosure.table_audit import Shape, computed_groups

counts = st.integers(0, 5000)
SHAPES = (Shape(1, 2, 2, 2), Shape(3, 2, 1, 2), Shape(4, 1, 2, 2), Shape(1, 1, 2, 3), Shape(2, 2, 1, 4))
"""Few styles, colours and sizes: the fewer, the more a sum tells of its parts. The last one is also what members say of
two styles: positive, negative, mixed and unsure in the place of sizes."""


@given(counts)
def test_a_shown_count_is_at_least_ten_and_near(count: int) -> None:
    shown = shown_count(count)
    assert (shown is None) is (count < 10)
    assert shown is None or (shown >= 10 and abs(shown - count) <= 5)


def to_five(count: int) -> int | None:
    """Planted: rounded to the nearest 5, as statistics offices do."""
    return None if count < 10 else 5 * ((count + 2) // 5)


def exact(count: int) -> int | None:
    """Planted: counts as they are."""
    return None if count < 10 else count


@pytest.mark.parametrize("shape", SHAPES[:2], ids=str)
def test_no_small_group_follows_from_all_tables_together(shape: Shape) -> None:
    assert computed_groups(shape, shown_count, np.random.default_rng(1), shops=2) == 0


def test_the_audit_finds_small_groups_in_exact_tables() -> None:
    assert computed_groups(SHAPES[0], exact, np.random.default_rng(1), shops=2) > 0


@pytest.mark.full
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_no_small_group_follows_in_many_shops(shape: Shape) -> None:
    assert computed_groups(shape, shown_count, np.random.default_rng(2), shops=150) == 0


@pytest.mark.full
def test_numbers_rounded_to_five_tell_some_small_groups() -> None:
    assert computed_groups(SHAPES[1], to_five, np.random.default_rng(1), shops=60) > 0


@given(st.integers(10, 500), st.integers(1, 100_000))
def test_money_is_the_shown_count_at_one_price(count: int, price: int) -> None:
    assert shown_minor(count, price) == price * (shown_count(count) or 0)
    assert shown_minor(count % 10, price) is None


@given(counts, counts)
def test_a_share_is_that_of_the_shown_counts(part: int, whole: int) -> None:
    part = min(part, whole)
    percent = shown_percent(part, whole)
    assert (percent is None) is (part < 10 or whole < 100)
    assert percent is None or abs(percent - 100 * part / whole) < 9.5


@pytest.mark.parametrize(
    ("values", "percent", "shown"),
    [({5: 30}, 50, 5), ({1: 10, 9: 10}, 50, 1), ({1: 19}, 50, None), ({1: 99}, 90, None), ({}, 50, None),
     ({1: 90, 7: 10}, 90, 1), ({1: 80, 7: 20}, 90, 7)],
)  # fmt: skip
def test_a_quantile_has_at_least_ten_on_each_side(
    values: dict[int, int], percent: int, shown: int | None
) -> None:
    assert shown_quantile(values, percent) == shown
