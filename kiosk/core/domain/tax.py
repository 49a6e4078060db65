"""Taxes of an order: the tax of each rate, and each line's share of it. Whole numbers only; no rate is rounded.

Rounding: the tax of a rate is computed once, from the sum of the order's prices at that rate, and rounded half up to
the minor unit. This is the rule of EN 16931-1 (BT-116, BT-117 and BR-CO-17: one amount for each rate), of Japan's
qualified invoices (one rounding for each rate), and of the Streamlined Sales and Use Tax Agreement, section 324 (half
up; the seller may round for each invoice). As no law known to us asks for another one, it is not configurable. Where
prices contain the tax, it is taken out of the sum with tax: what is paid is given, and the sum without tax follows.

The tax of a rate is spread over its lines by their prices, so that the lines' shares sum to the tax, and what is paid
back for all pieces, in any order, sums to what was paid.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from kiosk.core.domain.currency_forms import NUMBER_FORMS
from kiosk.core.domain.money import Money

PPM: Final = 1_000_000
"""A rate is a whole number of millionths: 190,000 for 19 %, 88,750 for 8.875 %."""
PPM_PER_PERCENT: Final = 10_000


@dataclass(frozen=True, slots=True)
class TaxLine:
    """The tax of all lines of one rate. `net` is without the tax, in millionths `rate_ppm` of which `tax` is."""

    rate_ppm: int
    net: Money
    tax: Money

    @property
    def gross(self) -> Money:
        """What is paid at this rate, with the tax."""
        return self.net + self.tax


@dataclass(frozen=True, slots=True)
class TaxedLine:
    """One line of an order: its share of the tax, and what is paid for it with the tax."""

    tax: Money
    amount: Money


@dataclass(frozen=True, slots=True)
class Taxed:
    """The lines of an order in their sequence, and the tax of each rate, the highest rate first."""

    lines: tuple[TaxedLine, ...]
    taxes: tuple[TaxLine, ...]

    def total(self, currency: str) -> Money:
        """What is paid for all lines, with the tax."""
        return Money(sum(line.amount.minor for line in self.lines), currency)

    def tax(self, currency: str) -> Money:
        """The tax of all rates."""
        return Money(sum(each.tax.minor for each in self.taxes), currency)


def ppm_of_percent(percent: Decimal) -> int:
    """A rate in millionths. Raises ValueError for less than 0, or more than four decimals."""
    ppm = percent * PPM_PER_PERCENT
    if not percent.is_finite() or ppm < 0 or ppm != ppm.to_integral_value():
        raise ValueError(f"`{percent}` is not a rate: percent with at most four decimals")
    return int(ppm)


def percent_of_ppm(ppm: int) -> str:
    """A rate in percent without trailing zeros: 8.875, 19."""
    return f"{Decimal(ppm) / PPM_PER_PERCENT:f}"


def percent_text(ppm: int, language: str) -> str:
    """A rate as that language writes it, with the sign: 8.875% in English, 8,875 % in German (CLDR)."""
    form = NUMBER_FORMS.get(language, NUMBER_FORMS["en"])
    return form.percent.replace("#", percent_of_ppm(ppm).replace(".", form.mark))


def tax_within(gross: int, ppm: int) -> int:
    """Tax contained in a price with tax, rounded half up, in minor units."""
    base = PPM + ppm
    return (2 * gross * ppm + base) // (2 * base)


def tax_on_top(net: int, ppm: int) -> int:
    """Tax to be added to a price without tax, rounded half up, in minor units."""
    return (2 * net * ppm + PPM) // (2 * PPM)


def spread(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Whole parts of `total` in proportion to the weights, which sum to it exactly.

    Largest remainder: each part is the exact one rounded down or up; the largest remainders are rounded up, of equal
    ones the first. Equal weights where all are 0. `total` may be negative. Raises ValueError for a negative weight, or
    if there is something to spread and nothing to spread it over.
    """
    if any(weight < 0 for weight in weights) or (total and not weights):
        raise ValueError("amounts are spread over one or more weights, none of them negative")
    if total < 0:
        return tuple(-part for part in spread(-total, weights))
    base = sum(weights)
    if not base:
        weights, base = [1] * len(weights), len(weights)
    parts = [divmod(total * weight, base) for weight in weights]
    left = total - sum(whole for whole, _ in parts)
    largest = sorted(range(len(parts)), key=lambda row: (-parts[row][1], row))[:left]
    raised = frozenset(largest)
    return tuple(whole + (row in raised) for row, (whole, _) in enumerate(parts))


def taxed(prices: Sequence[Money], rates_ppm: Sequence[int], currency: str, *, added: bool) -> Taxed:
    """Taxes of lines with these prices and rates; `added`: the tax comes on top, else the prices contain it."""
    shares = [0] * len(prices)
    taxes = []
    for rate in sorted(set(rates_ppm), reverse=True):
        rows = [row for row, ppm in enumerate(rates_ppm) if ppm == rate]
        weights = [prices[row].minor for row in rows]
        base = sum(weights)
        tax = tax_on_top(base, rate) if added else tax_within(base, rate)
        for row, share in zip(rows, spread(tax, weights), strict=True):
            shares[row] = share
        taxes.append(TaxLine(rate, Money(base if added else base - tax, currency), Money(tax, currency)))
    lines = tuple(
        TaxedLine(Money(share, currency), Money(price.minor + (share if added else 0), currency))
        for price, share in zip(prices, shares, strict=True)
    )
    return Taxed(lines, tuple(taxes))
