"""The invented shop's catalogue as columns over items, input of the history's model."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kiosk.core.domain.ids import StyleId, item_id
from kiosk.demo.invented_shop import preferences as tastes
from kiosk.demo.invented_shop.styles import Colour, Style, styles

Doubles = NDArray[np.float64]

FIRST_DAY: Final = datetime(2025, 11, 22, tzinfo=UTC)
DAYS: Final = 365


@dataclass(frozen=True, slots=True)
class CatalogueColumns:
    """The catalogue as columns over items (a style in a colour)."""

    ids: tuple[str, ...]
    style: tuple[Style, ...]
    colour: tuple[Colour, ...]
    mood: Doubles
    warmth: Doubles
    arrived: Doubles
    category: NDArray[np.int64]
    categories: tuple[str, ...]
    family: NDArray[np.int64]
    families: tuple[str, ...]
    harmony: Doubles


def catalogue_columns() -> CatalogueColumns:
    """The catalogue as columns."""
    pairs = [(style, colour) for style in styles() for colour in style.colours]
    categories = tuple(dict.fromkeys(style.category for style, _ in pairs))
    families = tuple(dict.fromkeys(colour.family for _, colour in pairs))
    return CatalogueColumns(
        ids=tuple(item_id(StyleId(style.style_id), colour.code) for style, colour in pairs),
        style=tuple(style for style, _ in pairs),
        colour=tuple(colour for _, colour in pairs),
        mood=np.array([tastes.mood(style) for style, _ in pairs]),
        warmth=np.array([tastes.warmth(style) for style, _ in pairs]),
        arrived=np.array([_day_of(style.since) for style, _ in pairs], float),
        category=np.array([categories.index(style.category) for style, _ in pairs]),
        categories=categories,
        family=np.array([families.index(colour.family) for _, colour in pairs]),
        families=families,
        harmony=np.array([[tastes.harmony(a, b) for b in families] for a in families]),
    )


def _day_of(iso: str) -> int:
    return (datetime.fromisoformat(iso).replace(tzinfo=UTC) - FIRST_DAY).days
