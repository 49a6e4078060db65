"""What a basket costs by the promotions that hold: the best for the shopper where they exclude each other.

A rule that does not combine acts alone on its pieces; all rules that combine act on the other pieces, one after the
other in the sequence of `Rule.order`, each on the prices that the one before left. Which pieces go to which rule is
chosen so that the total is lowest. Of equal totals the first found counts, in an order that depends on the prices and
articles alone, so that the same basket always costs the same.

For small baskets (`units.may_be_packed`) every choice is tried. Beyond, rules are given
pieces one use at a time, the largest gain first, and the result is compared with that of each rule alone and of none:
the work is bounded, the total is never above the price without promotions, but perhaps not the lowest.

Neither a card nor a coupon makes a basket dearer: it is priced without coupons and as a guest's as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import tzinfo
from typing import Final

from kiosk.core.domain.promotions.actions import Off, all_off
from kiosk.core.domain.promotions.pieces import BasketPiece, PricedPiece, Saving, Selection, can_act, rows_of
from kiosk.core.domain.promotions.rule import Rule, ShopperFacts
from kiosk.core.domain.promotions.units import EXACT_PIECES, Unit, by_gain, may_be_packed, packed, units_of

MAX_RULES: Final = 30
"""Rules that act on one basket; those beyond, in their sequence, do not."""


def priced(
    pieces: Sequence[BasketPiece], rules: Sequence[Rule], facts: ShopperFacts, at_us: int, zone: tzinfo
) -> tuple[PricedPiece, ...]:
    """The pieces with their prices, in their sequence. The sequence has no influence on the total."""
    order = sorted(
        range(len(pieces)), key=lambda row: (-pieces[row].price, pieces[row].article, pieces[row].piece)
    )
    ordered, held = [pieces[row] for row in order], holding(pieces, rules, facts, at_us, zone)
    best = min((_Basket(ordered, some).best() for some in _fewer(held)), key=_total)
    found = {one.piece: one for one in best}
    return tuple(found[piece.piece] for piece in pieces)


def holding(
    pieces: Sequence[BasketPiece], rules: Sequence[Rule], facts: ShopperFacts, at_us: int, zone: tzinfo
) -> tuple[Rule, ...]:
    """The rules that act on this basket now, in their sequence."""
    found = []
    for rule in sorted(rules, key=lambda rule: rule.sequence):
        if not (rule.is_for(facts) and rule.validity.is_within(at_us) and can_act(rule)):
            continue
        selection = Selection(rule.groups)
        of_rule = [piece.price for piece in pieces if selection.has(piece)]
        if of_rule and sum(of_rule) >= rule.min_total and rule.validity.holds(at_us, zone):
            found.append(rule)
    return tuple(found)


class _Basket:
    """One basket, the dearest piece first; rows are places in it."""

    def __init__(self, pieces: Sequence[BasketPiece], rules: Sequence[Rule]) -> None:
        self.pieces = pieces
        self._alone = tuple(rule for rule in rules if not rule.combines)
        self._combined = tuple((rule, rows_of(rule, pieces)) for rule in rules if rule.combines)
        self._prices = [piece.price for piece in pieces]

    def best(self) -> tuple[PricedPiece, ...]:
        """The pieces at the lowest total that was found."""
        return min((self._with(choice) for choice in self._choices()), key=_total)

    def _choices(self) -> Iterator[tuple[Unit, ...]]:
        """Uses of rules that act alone, of which the best is taken."""
        small = len(self.pieces) <= EXACT_PIECES
        units = units_of(self._alone, self.pieces, self._prices, every=small)
        if may_be_packed(units, len(self.pieces)):
            yield packed(units, self._combined_total, self._prices)
            return
        if small:
            units = units_of(self._alone, self.pieces, self._prices, every=False)
        offs = self._combined_off(range(len(self.pieces)))
        saved = [sum(off.get(row, 0) for _, off in offs) for row in range(len(self.pieces))]
        yield ()
        yield by_gain(units, saved)
        for rule in self._alone:
            yield by_gain([unit for unit in units if unit.rule is rule], saved)

    def _combined_total(self, rows: Sequence[int]) -> int:
        """What these rows cost by the rules that combine."""
        offs = self._combined_off(rows)
        return sum(self._prices[row] for row in rows) - sum(sum(off.values()) for _, off in offs)

    def _combined_off(self, rows: Sequence[int]) -> list[tuple[Rule, Off]]:
        prices, found = list(self._prices), []
        for rule, of_rule in self._combined:
            off = all_off(rule, self.pieces, [row for row in rows if row in of_rule], prices)
            for row, amount in off.items():
                prices[row] -= amount
            if off:
                found.append((rule, off))
        return found

    def _with(self, units: Sequence[Unit]) -> tuple[PricedPiece, ...]:
        taken = {row for unit in units for row in unit.rows}
        rest = [row for row in range(len(self.pieces)) if row not in taken]
        offs = [
            *((unit.rule, unit.off(self._prices)) for unit in units),
            *self._combined_off(rest),
        ]
        return tuple(
            PricedPiece(
                piece.piece,
                piece.price - sum(off.get(row, 0) for _, off in offs),
                tuple(Saving(rule, off[row]) for rule, off in offs if off.get(row)),
            )
            for row, piece in enumerate(self.pieces)
        )


def _fewer(rules: tuple[Rule, ...]) -> tuple[tuple[Rule, ...], ...]:
    """All rules, those without coupons, those for every guest; each once, and of each the first ones."""
    without_coupon = tuple(rule for rule in rules if not rule.coupon)
    for_all = tuple(rule for rule in without_coupon if not (rule.members or rule.levels))
    return tuple({len(some): some[:MAX_RULES] for some in (for_all, without_coupon, rules)}.values())[::-1]


def _total(pieces: Sequence[PricedPiece]) -> int:
    return sum(one.price for one in pieces)
