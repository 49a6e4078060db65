"""Uses of rules that act alone on their pieces, and which of them are taken together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Final

from kiosk.core.domain.promotions.actions import Off, off_group, off_piece, one_of_each, spread_over
from kiosk.core.domain.promotions.pieces import BasketPiece, rows_of
from kiosk.core.domain.promotions.rule import Rule, RuleKind

EXACT_PIECES: Final = 8
EXACT_UNITS: Final = 200
EXACT_LIMITED: Final = 3
"""Pieces, possible uses of rules, and rules with a limit up to which every choice is tried."""
MAX_EXACT_GROUPS: Final = 4
"""Groups of a bundle up to which every choice of pieces is tried."""
Packed = tuple[int, "tuple[Unit, ...]"]
"""What is saved, and by which uses."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One use of a rule on some rows; `saving` is what it takes off them together."""

    rule: Rule
    rows: tuple[int, ...]
    saving: int

    def off(self, prices: Sequence[int]) -> Off:
        """What it takes off each row."""
        return spread_over(self.rows, prices, self.saving)


def units_of(
    rules: Sequence[Rule], pieces: Sequence[BasketPiece], prices: Sequence[int], *, every: bool
) -> tuple[Unit, ...]:
    """The uses of the rules that lower something; `every`: all groups of pieces, else the dearest ones."""
    found = []
    for rule in rules:
        rows = sorted(rows_of(rule, pieces))
        for some in _groups(rule, pieces, rows, every=every):
            costs = [prices[row] for row in some]
            single = rule.kind in (RuleKind.PERCENT, RuleKind.AMOUNT, RuleKind.PRICE)
            saving = off_piece(rule, costs[0]) if single else off_group(rule, costs)
            if saving:
                found.append(Unit(rule, some, saving))
    return tuple(found)


def _groups(
    rule: Rule, pieces: Sequence[BasketPiece], rows: Sequence[int], *, every: bool
) -> list[tuple[int, ...]]:
    match rule.kind:
        case RuleKind.N_FOR_M:
            if every:
                return list(combinations(rows, rule.take))
            return [tuple(rows[at : at + rule.take]) for at in range(0, len(rows) - rule.take + 1, rule.take)]
        case RuleKind.BUNDLE:
            every = every and len(rule.groups) <= MAX_EXACT_GROUPS
            return _bundles(rule, pieces, rows) if every else _dear_bundles(rule, pieces, rows)
        case RuleKind.BASKET:
            return [tuple(rows)] if rows else []
        case _:
            return [(row,) for row in rows]


def _bundles(rule: Rule, pieces: Sequence[BasketPiece], rows: Sequence[int]) -> list[tuple[int, ...]]:
    of_group = [[row for row in rows if pieces[row].is_in(group)] for group in rule.groups]
    found = {tuple(sorted(some)) for some in product(*of_group) if len(set(some)) == len(some)}
    return sorted(found)


def _dear_bundles(rule: Rule, pieces: Sequence[BasketPiece], rows: Sequence[int]) -> list[tuple[int, ...]]:
    found, left = [], list(rows)
    while some := one_of_each(rule, pieces, left):
        found.append(some)
        left = [row for row in left if row not in some]
    return found


def may_be_packed(units: Sequence[Unit], pieces: int) -> bool:
    """Whether `packed` does little enough work for these uses."""
    limited = {unit.rule.rule_id for unit in units if unit.rule.max_uses}
    return pieces <= EXACT_PIECES and len(units) <= EXACT_UNITS and len(limited) <= EXACT_LIMITED


def packed(
    units: Sequence[Unit], rest_total: Callable[[Sequence[int]], int], prices: Sequence[int]
) -> tuple[Unit, ...]:
    """The uses with the lowest total, each piece in at most one; `rest_total` is what the other pieces cost.

    Every choice is looked at: for each set of pieces the most that these rules save on exactly that set.
    """
    pack, rows = _Packing(units), range(len(prices))
    best: tuple[Unit, ...] = ()
    least = rest_total(rows)
    for taken in range(1, 1 << len(prices)):
        found = pack.of(taken)
        if found is None:
            continue
        of_taken = sum(prices[row] for row in rows if taken >> row & 1) - found[0]
        total = of_taken + rest_total([row for row in rows if not taken >> row & 1])
        if total < least:
            best, least = found[1], total
    return best


class _Packing:
    """The most that uses save on a set of pieces that they use up; sets of rows as bits."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._limits = {unit.rule.rule_id: unit.rule.max_uses for unit in units if unit.rule.max_uses}
        self._by_first: dict[int, list[tuple[int, Unit]]] = {}
        for unit in units:
            bits = sum(1 << row for row in unit.rows)
            self._by_first.setdefault(bits & -bits, []).append((bits, unit))
        self._found: dict[tuple[int, tuple[str, ...]], Packed | None] = {}

    def of(self, taken: int, used: tuple[str, ...] = ()) -> Packed | None:
        """What is saved on these rows and by which uses; None where the uses do not cover them exactly. `used`: the
        rules with a limit that have acted already, one entry for each use."""
        if not taken:
            return 0, ()
        key = taken, used
        if key not in self._found:
            self._found[key] = self._search(taken, used)
        return self._found[key]

    def _search(self, taken: int, used: tuple[str, ...]) -> Packed | None:
        best: Packed | None = None
        for bits, unit in self._by_first.get(taken & -taken, ()):
            rule_id = unit.rule.rule_id
            limit = self._limits.get(rule_id, 0)
            if bits & ~taken or (limit and used.count(rule_id) >= limit):
                continue
            rest = self.of(taken ^ bits, tuple(sorted((*used, rule_id))) if limit else used)
            if rest is not None and (best is None or unit.saving + rest[0] > best[0]):
                best = unit.saving + rest[0], (unit, *rest[1])
        return best


def by_gain(units: Sequence[Unit], saved: Sequence[int]) -> tuple[Unit, ...]:
    """Uses one after the other, the largest gain first, each piece in at most one.

    `saved`: what the pieces would save without them.
    """
    gains = [(unit.saving - sum(saved[row] for row in unit.rows), unit) for unit in units]
    gains.sort(key=lambda one: (-one[0], one[1].rule.sequence, one[1].rows))
    chosen: list[Unit] = []
    taken: set[int] = set()
    uses: dict[str, int] = {}
    for gain, unit in gains:
        rule = unit.rule
        spent = rule.max_uses and uses.get(rule.rule_id, 0) >= rule.max_uses
        if gain > 0 and not spent and taken.isdisjoint(unit.rows):
            chosen.append(unit)
            taken.update(unit.rows)
            uses[rule.rule_id] = uses.get(rule.rule_id, 0) + 1
    return tuple(chosen)
