"""Which garments complete the outfit of a room, and with which of its garments they can be worn.

The hand-made rules are those of `recommender.looks.serving.outfits`, by the catalogue's words or the configuration.
What the model has learned is added: categories that are hardly ever bought together, and pairs of items that are,
whatever their season and line.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from kiosk.core.domain.advice import LookReason
from kiosk.store.advice.assortment.assortment import Assortment
from kiosk.store.advice.port import RankedItem, RoomRanking
from kiosk.store.settings import OutfitCategorySettings
from recommender.arrays import Bools
from recommender.looks.serving.outfits.kinds import (
    OutfitKind,
    OutfitReader,
    excludes,
    parse_kind,
    private_beside,
    seasons_or_lines_differ,
    slots_exclude,
)

_WORN_WITH = (LookReason.COMPLETES, LookReason.GOES_WITH)
_Rule = Callable[[OutfitKind, OutfitKind], bool]


def outfit_reader(categories: Sequence[OutfitCategorySettings]) -> OutfitReader:
    """Recognises garments by the catalogue's words, and those of these categories by the configuration."""
    return OutfitReader({each.category: parse_kind(f"{each.slot}/{each.season}") for each in categories})


class RoomOutfit:
    """The outfit of one room. `rows`: the room's rows of the assortment."""

    def __init__(self, assortment: Assortment, rows: Sequence[int]) -> None:
        self._assortment, self._rows = assortment, tuple(rows)
        self._kinds = {assortment.codes.kinds[assortment.kinds.item(row)] for row in rows}

    def excluded(self, ranking: RoomRanking) -> Bools:
        """Marks the rows that cannot complete the outfit."""
        excluded = self.for_others(ranking) | self.worn_instead()
        excluded[ranking.hardly_together()] = True
        return excluded

    def for_others(self, ranking: RoomRanking) -> Bools:
        """Marks the rows for another season or for other people than a garment of the room, unless both are bought
        together."""
        others = self._marked(seasons_or_lines_differ)
        others[ranking.bought_together()] = False
        return others

    def worn_instead(self) -> Bools:
        """Marks the rows that are worn in the place of a garment of the room: another bottom, trousers for a dress."""
        return self._marked(slots_exclude)

    def private(self) -> Bools:
        """Marks underwear, nightwear and swimwear of a sort that is not in the room."""
        return self._of_kinds([private_beside(kind, self._kinds) for kind in self._assortment.codes.kinds])

    def partners(self, row: int) -> list[int]:
        """The rows of the room with which a row can be worn, in the order of the room."""
        kind = self._kind(row)
        return [other for other in self._rows if not excludes(kind, self._kind(other))]

    def checked(self, pick: RankedItem, row: int) -> RankedItem:
        """A pick whose reason names no garment that it cannot be worn with; `row` is that of the pick.

        A model of an earlier version, or without the catalogue's seasons, may say so. The reason is then GOES_WITH the
        first garment that fits, or the room.
        """
        if pick.about is None or pick.reason not in _WORN_WITH:
            return pick
        partners = [self._assortment.item(other) for other in self.partners(row)]
        named = self._assortment.row(pick.about)
        if pick.about in partners or named is None:
            return pick
        return replace(pick, reason=LookReason.GOES_WITH, about=next(iter(partners), None), count=0)

    def _kind(self, row: int) -> OutfitKind:
        return self._assortment.codes.kinds[self._assortment.kinds.item(row)]

    def _marked(self, rule: _Rule) -> Bools:
        """The rows whose kind the rule joins with a kind of the room; a shop has some tens of kinds."""
        kinds = self._assortment.codes.kinds
        return self._of_kinds([any(rule(kind, other) for other in self._kinds) for kind in kinds])

    def _of_kinds(self, marked: Sequence[bool]) -> Bools:
        """The rows of the marked kinds."""
        of_kind = np.array(marked, np.bool_)
        found: Bools = of_kind[self._assortment.kinds] if len(of_kind) else np.zeros(0, np.bool_)
        return found
