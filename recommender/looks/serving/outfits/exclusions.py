"""The items that cannot complete an outfit with a room's items: by hand-made rules, and learned from what is bought.

Learned: two categories that were bought together significantly less often than a third of what their other partners
let expect. Season and line exclude nothing between items that were bought together more often than chance gives
(`bought_together`); the store applies that.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from recommender.looks.serving.chance import beyond_chance, likelihood_ratio
from recommender.looks.serving.outfits.kinds import (
    GarmentWords,
    OutfitKind,
    OutfitReader,
    excludes,
    kind_text,
    parse_kind,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recommender.arrays import Bools, Ints, Longs
    from recommender.looks.serving.model import ItemIndex, LooksModel

# Role of the attribute that holds the kinds.
OUTFIT = "outfit"
# A pair of categories below this share of its expectation, significantly, is learned as an exclusion.
LEARNED_SHARE = 1 / 3
_SIGNIFICANT = 6.635
_MIN_SHARED_BASKETS = 2


class OutfitExclusions:
    """The exclusions of one model, safe for use by several threads."""

    def __init__(self, model: LooksModel) -> None:
        self._model = model
        self._codes, self._kinds = _kinds_of(model.items)

    def prepare(self) -> None:
        """Computes the tables, so that the first request is not slower."""
        _ = self.learned, self._kind_table

    def hardly_together(self, room: Sequence[int]) -> Bools:
        """Marks the rows of categories that are hardly ever bought with a category of the room."""
        codes = self._category_codes
        known = sorted({code for code in map(codes.item, room) if code >= 0})
        if not known or not self.learned.any():
            return np.zeros(len(codes), np.bool_)
        # the last entry stands for items without a category, whose code is -1
        found: Bools = np.append(self.learned[known].any(axis=0), False)[codes]
        return found

    def excludes(self, row: int, other: int) -> bool:
        """Whether two items cannot complete each other, whatever was bought together."""
        one, two = self._codes.item(row), self._codes.item(other)
        return bool(self._kind_table[one, two]) or self._learned_pair(row, other)

    def bought_together(self, room: Sequence[int]) -> Ints:
        """Catalogue rows that were bought and kept together with an item of the room more often than chance gives."""
        pairs, sold, expected = self._model.pairs, self._model.items.sold, self._model.bought.expected
        found = []
        for row in room:
            span = slice(pairs.start.item(row), pairs.start.item(row + 1))
            often = np.flatnonzero(pairs.counts[span] >= _MIN_SHARED_BASKETS)
            for place, count in zip(
                pairs.columns[span][often].tolist(), pairs.counts[span][often].tolist(), strict=True
            ):
                other = sold.item(place)
                if beyond_chance(count, expected(row, other)):
                    found.append(other)
        return np.array(found, np.int32)

    @cached_property
    def learned(self) -> Bools:
        """Square table of the pairs of categories that are learned as exclusions."""
        return learned_exclusions(self._model.category_pairs)

    @cached_property
    def _kind_table(self) -> Bools:
        return _table(self._kinds)

    @cached_property
    def _category_codes(self) -> Ints:
        category = self._model.items.attributes.get("category")
        return category.codes if category else np.full(len(self._model.items), -1, np.int32)

    def _learned_pair(self, row: int, other: int) -> bool:
        one, two = self._category_codes.item(row), self._category_codes.item(other)
        return bool(one >= 0 and two >= 0 and self.learned[one, two])


def learned_exclusions(category_pairs: Longs) -> Bools:
    """The pairs of categories that were bought together far too seldom.

    The expectation of a pair follows from how often each of both was bought with any other category, so that it does
    not depend on the number of pieces in a basket.
    """
    counts = category_pairs.astype(np.float64)
    np.fill_diagonal(counts, 0)
    sums, total = counts.sum(axis=1), counts.sum()
    expected = np.outer(sums, sums) / max(total, 1)
    found: Bools = counts < LEARNED_SHARE * expected
    for one, two in np.argwhere(found).tolist():
        found[one, two] = likelihood_ratio(float(counts[one, two]), float(expected[one, two])) > _SIGNIFICANT
    np.fill_diagonal(found, 0)
    return found


def _kinds_of(items: ItemIndex) -> tuple[Ints, list[OutfitKind]]:
    """Code of each row, and the kind of each code; the last is for items of which nothing is known."""
    stored = items.attributes.get(OUTFIT)
    if stored is not None:
        kinds = [*map(parse_kind, stored.values), OutfitKind()]
        return np.where(stored.codes < 0, len(kinds) - 1, stored.codes).astype(np.int32), kinds
    # a model of an earlier version: by its categories alone
    category = items.attributes.get("category")
    if category is None:
        return np.zeros(len(items), np.int32), [OutfitKind()]
    reader = OutfitReader()
    kinds = [*(reader.kind(GarmentWords(word)) for word in category.values), OutfitKind()]
    return np.where(category.codes < 0, len(kinds) - 1, category.codes).astype(np.int32), kinds


def _table(kinds: list[OutfitKind]) -> Bools:
    """Square table of `excludes`, which is computed once for equal kinds."""
    by_text = {kind_text(kind): kind for kind in kinds}
    names = list(by_text)
    small: Bools = np.array([[excludes(by_text[a], by_text[b]) for b in names] for a in names], np.bool_)
    place = np.array([names.index(kind_text(kind)) for kind in kinds])
    table: Bools = small[np.ix_(place, place)]
    return table
