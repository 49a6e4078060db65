"""Takes what a shopper does not want out of the rows that may be suggested."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from kiosk.core.clues.dislikes import Dislike, DislikeKind
from kiosk.core.domain.ids import ItemId
from kiosk.store.advice.assortment.assortment import Assortment
from kiosk.store.advice.size_to_bring import SizeMasks
from recommender.arrays import Bools


def without_unwanted(
    masks: SizeMasks,
    assortment: Assortment,
    dislikes: Iterable[Dislike],
    in_colour: Callable[[str], Sequence[ItemId]],
) -> SizeMasks:
    """The masks without the rows that a dislike means. `in_colour`: the items in a colour (`colour_value`)."""
    wanted: Bools = np.ones(len(assortment), np.bool_)
    for dislike in dict.fromkeys(dislikes):
        _take_out(wanted, assortment, dislike, in_colour)
    return masks if wanted.all() else SizeMasks(masks.fits & wanted, masks.brings & wanted)


def _take_out(
    wanted: Bools, assortment: Assortment, dislike: Dislike, in_colour: Callable[[str], Sequence[ItemId]]
) -> None:
    codes = assortment.codes
    match dislike.kind:
        case DislikeKind.ITEM:
            wanted[assortment.rows([ItemId(dislike.value)])] = False
        case DislikeKind.COLOUR:
            wanted[assortment.rows(in_colour(dislike.value))] = False
        case DislikeKind.STYLE:
            wanted[assortment.styles == _code(codes.styles.find(dislike.value))] = False
        case DislikeKind.CATEGORY:
            wanted[assortment.categories == _code(codes.categories.find(dislike.value))] = False


def _code(found: int | None) -> int:
    """A code that no row has, where the name is not known."""
    return -1 if found is None else found
