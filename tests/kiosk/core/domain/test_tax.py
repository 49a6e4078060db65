"""Taxes are exact, and what is spread or paid back sums to the whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from babel.numbers import format_percent
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.domain.money import Money
from kiosk.core.domain.tax import (
    PPM,
    Taxed,
    percent_of_ppm,
    percent_text,
    ppm_of_percent,
    spread,
    tax_on_top,
    tax_within,
    taxed,
)
from kiosk.core.domain.texts import LANGUAGES

WEIGHTS = st.lists(st.integers(0, 10**9), min_size=1, max_size=50)
RATES = st.integers(0, 500_000)
LINES = st.lists(
    st.tuples(st.integers(0, 10**8), st.sampled_from((0, 55_000, 72_500, 88_750, 190_000))), max_size=50
)
Spread = Callable[[int, Sequence[int]], Sequence[int]]


def euros(minor: int) -> Money:
    return Money(minor, "EUR")


def taxed_euros(lines: Sequence[tuple[int, int]], *, added: bool) -> Taxed:
    return taxed([euros(minor) for minor, _ in lines], [rate for _, rate in lines], "EUR", added=added)


def wrong_parts(spread: Spread, total: int, weights: Sequence[int]) -> list[str]:
    """What is wrong with the parts of one total."""
    parts, base = spread(total, weights), sum(weights)
    wrong = [] if sum(parts) == total else ["sum"]
    if base and any(
        abs(part - Fraction(total * w, base)) >= 1 for part, w in zip(parts, weights, strict=True)
    ):
        wrong.append("more than one minor unit off")
    if base and any(part and not weight for part, weight in zip(parts, weights, strict=True)):
        wrong.append("a part without weight")
    return wrong


@given(st.integers(-(10**10), 10**10), WEIGHTS)
def test_parts_sum_to_the_total_and_are_as_exact_as_whole_numbers_can_be(
    total: int, weights: list[int]
) -> None:
    assert wrong_parts(spread, total, weights) == []


@given(st.integers(0, 10**6), WEIGHTS)
def test_a_larger_weight_never_gets_a_smaller_part(total: int, weights: list[int]) -> None:
    parts = sorted(zip(weights, spread(total, weights), strict=True))
    by_weight: dict[int, list[int]] = {}
    for weight, part in parts:
        by_weight.setdefault(weight, []).append(part)
    levels = [by_weight[weight] for weight in sorted(by_weight)]
    assert all(max(low) <= max(high) and min(low) <= min(high) for low, high in pairwise(levels))
    assert all(max(level) - min(level) <= 1 for level in levels)


def test_parts_rounded_one_by_one_are_noticed() -> None:
    def rounded(total: int, weights: Sequence[int]) -> list[int]:
        return [round(total * weight / sum(weights)) for weight in weights]

    assert wrong_parts(rounded, 100, [1, 1, 1]) == ["sum"]


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (100, (1, 1, 1), (34, 33, 33)),
        (-100, (1, 1, 1), (-34, -33, -33)),
        (5, (0, 0), (3, 2)),
        (7, (0, 10, 0), (0, 7, 0)),
        (0, (), ()),
        (1, (999, 1000), (0, 1)),
    ],
)
def test_examples_of_spreading(total: int, weights: tuple[int, ...], parts: tuple[int, ...]) -> None:
    assert spread(total, weights) == parts


@pytest.mark.parametrize(("total", "weights"), [(1, ()), (1, (2, -1))])
def test_nothing_is_spread_over_nothing(total: int, weights: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="spread over one or more weights"):
        spread(total, weights)


@given(st.integers(0, 10**12), RATES)
def test_tax_is_rounded_half_up_from_the_exact_value(minor: int, ppm: int) -> None:
    within, on_top = Fraction(minor * ppm, PPM + ppm), Fraction(minor * ppm, PPM)
    assert tax_within(minor, ppm) == (2 * within + 1) // 2
    assert tax_on_top(minor, ppm) == (2 * on_top + 1) // 2


@pytest.mark.parametrize(
    ("net", "percent", "tax"),
    [
        (10_000, "7.25", 725),
        (10_000, "8.875", 888),
        (400, "8.875", 36),
        (1_000, "5.5", 55),
        (19_900, "8.875", 1766),
    ],
)
def test_rates_with_decimals_are_exact(net: int, percent: str, tax: int) -> None:
    assert tax_on_top(net, ppm_of_percent(Decimal(percent))) == tax
    exact = (Decimal(net) * Decimal(percent) / 100).to_integral_value(ROUND_HALF_UP)
    assert tax == exact


@given(LINES, st.booleans())
def test_shares_of_the_lines_sum_to_the_tax_of_each_rate_and_refunds_to_what_was_paid(
    lines: list[tuple[int, int]], added: bool
) -> None:
    found = taxed_euros(lines, added=added)
    for tax in found.taxes:
        shares = [
            line.tax.minor for line, (_, rate) in zip(found.lines, lines, strict=True) if rate == tax.rate_ppm
        ]
        assert sum(shares) == tax.tax.minor
        prices = sum(minor for minor, rate in lines if rate == tax.rate_ppm)
        assert prices == (tax.net if added else tax.gross).minor
    paid = sum(tax.gross.minor for tax in found.taxes)
    assert sum(line.amount.minor for line in found.lines) == paid == found.total("EUR").minor
    assert found.tax("EUR").minor == paid - sum(tax.net.minor for tax in found.taxes)
    assert [tax.rate_ppm for tax in found.taxes] == sorted({rate for _, rate in lines}, reverse=True)


def test_tax_rounded_line_by_line_would_differ() -> None:
    lines = [(995, 55_000)] * 49
    found = taxed_euros(lines, added=False)
    assert sum(line.tax.minor for line in found.lines) == found.tax("EUR").minor == 2542
    assert sum(tax_within(minor, rate) for minor, rate in lines) == 2548


@pytest.mark.parametrize(
    ("percent", "ppm"), [("0", 0), ("19", 190_000), ("7.25", 72_500), ("9.9750", 99_750)]
)
def test_a_rate_in_percent_and_back(percent: str, ppm: int) -> None:
    assert ppm_of_percent(Decimal(percent)) == ppm
    assert Decimal(percent_of_ppm(ppm)) == Decimal(percent)
    assert "E" not in percent_of_ppm(ppm)


@pytest.mark.parametrize("percent", ["-1", "7.12345", "NaN", "Infinity"])
def test_what_is_no_rate(percent: str) -> None:
    with pytest.raises(ValueError, match="is not a rate"):
        ppm_of_percent(Decimal(percent))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("ppm", [0, 55_000, 88_750, 100_000, 190_000, 250_000])
def test_percent_is_written_as_cldr_does(ppm: int, language: str) -> None:
    babels = format_percent(Decimal(ppm) / PPM, locale=language, decimal_quantization=False)
    assert percent_text(ppm, language) == babels
