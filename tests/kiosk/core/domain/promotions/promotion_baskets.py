"""Baskets and rules made at random, and the lowest total by trying everything without any cleverness."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC
from itertools import combinations, product
from random import Random
from typing import Final

from kiosk.core.domain.ids import ArticleId, PieceId, StyleId
from kiosk.core.domain.promotions.actions import all_off, off_group, off_piece
from kiosk.core.domain.promotions.pieces import BasketPiece, PricedPiece, Selection
from kiosk.core.domain.promotions.pricing import holding, priced
from kiosk.core.domain.promotions.rule import Group, GroupKind, Rule, RuleKind, ShopperFacts
from kiosk.core.domain.texts import LocalizedText

NOW: Final = 1_764_500_000_000_000
CATEGORIES: Final = ("coats", "shirts", "scarves")
SINGLE: Final = (RuleKind.PERCENT, RuleKind.AMOUNT, RuleKind.PRICE)
MEMBER: Final = ShopperFacts(member=True, level="gold", coupons=frozenset({"TEN"}))


def piece(number: int, price: int, category: str = "coats", style: str = "") -> BasketPiece:
    style = style or f"{category}-{price}"
    return BasketPiece(PieceId(f"p{number}"), ArticleId(f"a-{style}"), StyleId(style), category, price)


def rule(kind: RuleKind, value: int = 0, *, name: str = "", **more: object) -> Rule:
    return Rule(name or kind.value, LocalizedText.of(name or kind.value), kind, value, **more)  # type: ignore[arg-type]


def category(name: str) -> Group:
    return Group(GroupKind.CATEGORY, name)


def at(pieces: Sequence[BasketPiece], *rules: Rule, facts: ShopperFacts = MEMBER) -> tuple[PricedPiece, ...]:
    return priced(pieces, rules, facts, NOW, UTC)


def total(result: Sequence[PricedPiece]) -> int:
    return sum(one.price for one in result)


def random_pieces(random: Random, most: int) -> list[BasketPiece]:
    prices = [0, 1, 99, 100, 1999, 4990, 9900, 9901, 64_000, random.randrange(1, 200_000)]
    return [
        piece(number, random.choice(prices), random.choice(CATEGORIES))
        for number in range(random.randint(1, most))
    ]


def random_rule(random: Random, number: int) -> Rule:
    kind = random.choice(list(RuleKind))
    take = random.randint(2, 4)
    groups = tuple(category(random.choice(CATEGORIES)) for _ in range(random.randint(2, 3)))
    value = {
        RuleKind.PERCENT: random.choice((1, 50_000, 150_000, 333_333, 500_000, 1_000_000)),
        RuleKind.PRICE: random.choice((0, 990, 7900)),
        RuleKind.BUNDLE: random.choice((0, 5000, 12_000)),
    }.get(kind, random.choice((1, 500, 2000, 10_000)))
    return Rule(
        f"r{number}", LocalizedText.of(f"rule {number}"), kind, value, take, random.randint(1, take - 1),
        groups if kind is RuleKind.BUNDLE else random.choice(((), groups[:1], groups)),
        members=random.random() < 0.2, levels=("Gold",) if random.random() < 0.1 else (),
        coupon="TEN" if random.random() < 0.1 else "", combines=random.random() < 0.5, order=random.randint(0, 2),
        max_uses=random.choice((0, 0, 0, 1, 2)), min_total=random.choice((0, 0, 0, 5000)),
    )  # fmt: skip


def lowest(pieces: Sequence[BasketPiece], rules: Sequence[Rule], facts: ShopperFacts = MEMBER) -> int:
    """The lowest total: every way to give pieces to rules that act alone, one piece after the other; with all rules,
    without coupons, as a guest."""
    held = holding(pieces, rules, facts, NOW, UTC)
    for_all = [r for r in held if not (r.coupon or r.members or r.levels)]
    return min(_lowest(pieces, some) for some in (held, [r for r in held if not r.coupon], for_all))


def _lowest(pieces: Sequence[BasketPiece], held: Sequence[Rule]) -> int:
    alone, combined = [r for r in held if not r.combines], [r for r in held if r.combines]
    owners = [[None, *(r for r in alone if Selection(r.groups).has(p))] for p in pieces]
    return min(_cost(pieces, choice, combined) for choice in product(*owners))


def _cost(pieces: Sequence[BasketPiece], owners: Sequence[Rule | None], combined: Sequence[Rule]) -> int:
    prices = [p.price for p in pieces]
    rest = [row for row, owner in enumerate(owners) if owner is None]
    for one in combined:
        off = all_off(one, pieces, [row for row in rest if Selection(one.groups).has(pieces[row])], prices)
        prices = [price - off.get(row, 0) for row, price in enumerate(prices)]
    saved = 0
    for owner in {id(o): o for o in owners if o is not None}.values():
        rows = [row for row, o in enumerate(owners) if o is owner]
        saved += max((_saved(owner, pieces, way) for way in _ways(owner, pieces, rows)), default=0)
    return sum(prices) - saved


def _saved(owner: Rule, pieces: Sequence[BasketPiece], way: Sequence[tuple[int, ...]]) -> int:
    if owner.max_uses and len(way) > owner.max_uses:
        return 0
    costs = [[pieces[row].price for row in some] for some in way]
    return sum(off_piece(owner, c[0]) if owner.kind in SINGLE else off_group(owner, c) for c in costs)


def _ways(owner: Rule, pieces: Sequence[BasketPiece], rows: Sequence[int]) -> Iterator[list[tuple[int, ...]]]:
    """All ways to use a rule on exactly these rows."""
    if not rows:
        yield []
        return
    match owner.kind:
        case RuleKind.N_FOR_M:
            size = owner.take
        case RuleKind.BUNDLE:
            size = len(owner.groups)
        case RuleKind.BASKET:
            if rows == [row for row, p in enumerate(pieces) if Selection(owner.groups).has(p)]:
                yield [tuple(rows)]
            return
        case _:
            size = 1
    first, rest = rows[0], rows[1:]
    for others in combinations(rest, size - 1):
        some = (first, *others)
        if owner.kind is RuleKind.BUNDLE and not _is_bundle(owner, pieces, some):
            continue
        for more in _ways(owner, pieces, [row for row in rest if row not in others]):
            yield [some, *more]


def _is_bundle(owner: Rule, pieces: Sequence[BasketPiece], some: Sequence[int]) -> bool:
    def fits(groups: Sequence[Group], left: Sequence[int]) -> bool:
        if not groups:
            return True
        return any(
            pieces[row].is_in(groups[0]) and fits(groups[1:], [other for other in left if other != row])
            for row in left
        )

    return fits(owner.groups, some)
