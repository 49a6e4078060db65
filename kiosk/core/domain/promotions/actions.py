"""What one rule does to some pieces at the prices that they have by then. Whole numbers only.

Rounding: a percentage is taken off each piece and rounded half up to the minor unit, in favour of the shopper. What is
taken off several pieces together is spread over them by their prices (`tax.spread`, largest remainder): the parts sum
to it, and no piece costs less than nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Final

from kiosk.core.domain.promotions.pieces import BasketPiece
from kiosk.core.domain.promotions.rule import Rule, RuleKind
from kiosk.core.domain.tax import PPM, spread

Off = dict[int, int]
"""What is taken off: row of the piece to minor units above 0."""
GROUPED: Final = frozenset({RuleKind.N_FOR_M, RuleKind.BUNDLE})


def off_piece(rule: Rule, price: int) -> int:
    """What a rule for single pieces takes off one that costs `price`."""
    match rule.kind:
        case RuleKind.PERCENT:
            return (2 * price * rule.value + PPM) // (2 * PPM)
        case RuleKind.AMOUNT:
            return min(rule.value, price)
        case RuleKind.PRICE:
            return max(0, price - rule.value)
        case _:
            return 0


def off_group(rule: Rule, prices: Sequence[int]) -> int:
    """What N_FOR_M takes off `take` pieces, or BUNDLE off one of each group, or BASKET off all its pieces."""
    match rule.kind:
        case RuleKind.N_FOR_M:
            return sum(sorted(prices)[: rule.take - rule.pay])
        case RuleKind.BUNDLE:
            return max(0, sum(prices) - rule.value)
        case RuleKind.BASKET:
            return min(rule.value, sum(prices))
        case _:
            return 0


def spread_over(rows: Sequence[int], prices: Sequence[int], amount: int) -> Off:
    """An amount off some rows, in proportion to what they cost."""
    parts = spread(amount, [prices[row] for row in rows]) if amount else ()
    return {row: part for row, part in zip(rows, parts, strict=False) if part}


def all_off(rule: Rule, pieces: Sequence[BasketPiece], rows: Sequence[int], prices: Sequence[int]) -> Off:
    """What a rule takes off these rows where it may act as often as it can: the most for the shopper comes first."""
    dear_first = sorted(rows, key=lambda row: (-prices[row], pieces[row].article, pieces[row].piece))
    match rule.kind:
        case RuleKind.N_FOR_M:
            return _n_for_m(rule, dear_first, prices)
        case RuleKind.BUNDLE:
            return _bundles(rule, pieces, dear_first, prices)
        case RuleKind.BASKET:
            return spread_over(dear_first, prices, off_group(rule, [prices[row] for row in rows]))
        case _:
            found = sorted(
                ((off_piece(rule, prices[row]), row) for row in dear_first), key=lambda one: -one[0]
            )
            return {row: off for off, row in islice(found, rule.max_uses or len(found)) if off}


def _n_for_m(rule: Rule, dear_first: Sequence[int], prices: Sequence[int]) -> Off:
    """Dear pieces together, so that the free ones are dear as well: no other grouping saves more."""
    off: Off = {}
    whole = len(dear_first) // rule.take
    for number in range(min(whole, rule.max_uses or whole)):
        some = dear_first[number * rule.take : (number + 1) * rule.take]
        off |= spread_over(some, prices, off_group(rule, [prices[row] for row in some]))
    return off


def _bundles(
    rule: Rule, pieces: Sequence[BasketPiece], dear_first: Sequence[int], prices: Sequence[int]
) -> Off:
    off: Off = {}
    left, uses = list(dear_first), 0
    while (some := one_of_each(rule, pieces, left)) and uses < (rule.max_uses or len(pieces)):
        amount = off_group(rule, [prices[row] for row in some])
        if not amount:
            break
        off |= spread_over(some, prices, amount)
        left, uses = [row for row in left if row not in some], uses + 1
    return off


def one_of_each(rule: Rule, pieces: Sequence[BasketPiece], rows: Sequence[int]) -> tuple[int, ...]:
    """The first piece of each group of a bundle; empty where one is missing. A piece counts for one group."""
    taken: list[int] = []
    if len(rule.groups) > len(rows):
        return ()
    for group in sorted(rule.groups, key=lambda g: sum(pieces[row].is_in(g) for row in rows)):
        found = next((row for row in rows if row not in taken and pieces[row].is_in(group)), None)
        if found is None:
            return ()
        taken.append(found)
    return tuple(taken)
