"""What a shopper does not want to be offered, and which garments that means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum, unique
from typing import Final

from kiosk.core.domain.garment import Garment

MAX_UNWANTED: Final = 64
"""Dislikes of one visit that are kept."""
MAX_VALUE: Final = 200
"""Characters of the value of one."""


@unique
class DislikeKind(Enum):
    """What a dislike is about. The values are stored."""

    ITEM = "item"
    STYLE = "style"
    CATEGORY = "category"
    COLOUR = "colour"


@dataclass(frozen=True, slots=True)
class Dislike:
    """One thing that she does not want. `value`: an item's, style's, category's or colour's id, as the feed has it.

    A colour is its code with its English name: shops that number the colours of each style have one code for many.
    """

    kind: DislikeKind
    value: str = field(repr=False)

    def means(self, garment: Garment) -> bool:
        """Whether it means this garment in this colour."""
        return self in dislikes_of(garment)


def colour_value(code: str, english_name: str) -> str:
    """The value of a dislike of a colour."""
    return f"{code}\t{english_name.strip().casefold()}"


def dislikes_of(garment: Garment) -> tuple[Dislike, ...]:
    """Everything that may be disliked about a garment."""
    colour = garment.colourway
    return (
        Dislike(DislikeKind.ITEM, garment.item),
        Dislike(DislikeKind.STYLE, garment.style_id),
        Dislike(DislikeKind.CATEGORY, garment.category),
        Dislike(DislikeKind.COLOUR, colour_value(colour.code, colour.name.in_language("en"))),
    )


def is_unwanted(garment: Garment, dislikes: Iterable[Dislike]) -> bool:
    """Whether any of the dislikes means this garment."""
    return not set(dislikes).isdisjoint(dislikes_of(garment))
