"""Pieces of a basket as promotions see them, and what became of their prices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.core.domain.ids import ArticleId, PieceId, StyleId
from kiosk.core.domain.promotions.rule import Group, GroupKind, Rule, RuleKind


@dataclass(frozen=True, slots=True)
class BasketPiece:
    """A piece with its price without promotions, in minor units."""

    piece: PieceId
    article: ArticleId
    style: StyleId
    category: str
    price: int

    def is_in(self, group: Group) -> bool:
        """Whether it belongs to a group."""
        match group.kind:
            case GroupKind.CATEGORY:
                return self.category.casefold() == group.value.casefold()
            case GroupKind.STYLE:
                return self.style == group.value
            case GroupKind.ARTICLE:
                return self.article == group.value


class Selection:
    """Which pieces some groups mean, for quick look-ups: a promotion may name hundreds of articles."""

    __slots__ = ("_articles", "_categories", "_styles", "all")

    def __init__(self, groups: tuple[Group, ...]) -> None:
        self.all = not groups
        self._categories = {g.value.casefold() for g in groups if g.kind is GroupKind.CATEGORY}
        self._styles = {g.value for g in groups if g.kind is GroupKind.STYLE}
        self._articles = {g.value for g in groups if g.kind is GroupKind.ARTICLE}

    def has(self, piece: BasketPiece) -> bool:
        """Whether a piece is meant; without groups, all are."""
        return (
            self.all
            or piece.article in self._articles
            or piece.style in self._styles
            or (bool(self._categories) and piece.category.casefold() in self._categories)
        )


@dataclass(frozen=True, slots=True)
class Saving:
    """What one rule takes off one piece, in minor units."""

    rule: Rule
    amount: int


@dataclass(frozen=True, slots=True)
class PricedPiece:
    """A piece with its price by all rules that act on it, and what each of them took off, in their sequence."""

    piece: PieceId
    price: int
    savings: tuple[Saving, ...] = ()


def can_act(rule: Rule) -> bool:
    """Whether a rule can lower anything: one that is not whole (from a feed of another version) does nothing."""
    match rule.kind:
        case RuleKind.PERCENT:
            return 0 < rule.value <= 1_000_000
        case RuleKind.AMOUNT | RuleKind.BASKET:
            return rule.value > 0
        case RuleKind.PRICE:
            return rule.value >= 0
        case RuleKind.N_FOR_M:
            return 0 < rule.pay < rule.take
        case RuleKind.BUNDLE:
            return rule.value >= 0 and len(rule.groups) > 1


def rows_of(rule: Rule, pieces: Sequence[BasketPiece]) -> frozenset[int]:
    """The rows of the pieces that a rule is for."""
    selection = Selection(rule.groups)
    return frozenset(row for row, piece in enumerate(pieces) if selection.has(piece))
