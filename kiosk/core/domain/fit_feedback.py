"""Fit: how a piece sits on the shopper, and the facts about her body that she may enter for better size advice.

Both are wiped with the visit. The store saves a member's ratings if she has agreed to that, and never body facts. The
wording is about the piece, never about the shopper's body.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, unique

from kiosk.core.domain.ids import StyleId


@unique
class FitRating(Enum):
    """How a tried piece sits."""

    RIGHT = "just-right"
    TIGHT = "a-little-tight"
    LOOSE = "a-little-loose"


@unique
class FitArea(Enum):
    """Where a piece sits tight or loose."""

    SHOULDER = "shoulder"
    CHEST = "chest"
    WAIST = "waist"
    HIPS = "hips"
    SLEEVE = "sleeve"
    LENGTH = "length"
    WIDTH = "width"


_UPPER = (FitArea.SHOULDER, FitArea.CHEST, FitArea.SLEEVE, FitArea.LENGTH)
_LOWER = (FitArea.WAIST, FitArea.HIPS, FitArea.LENGTH)
_SHOES = (FitArea.LENGTH, FitArea.WIDTH)
_AREAS = {
    "coats": _UPPER,
    "jackets": _UPPER,
    "shirts": _UPPER,
    "knitwear": _UPPER,
    "dresses": (FitArea.CHEST, FitArea.WAIST, FitArea.HIPS, FitArea.LENGTH),
    "trousers": _LOWER,
    "skirts": _LOWER,
    "shoes": _SHOES,
    "boots": _SHOES,
    "bags": (),
    "accessories": (),
}
_ANY = (FitArea.CHEST, FitArea.WAIST, FitArea.LENGTH)


def fit_areas_of(category: str) -> tuple[FitArea, ...]:
    """The areas that are offered for a category of the catalogue, from top to bottom."""
    return _AREAS.get(category.strip().lower(), _ANY)


@dataclass(frozen=True, slots=True)
class FitFeedback:
    """The shopper's rating of one size of a style; `spot` is None as long as she has chosen no area."""

    style_id: StyleId
    size: str
    felt: FitRating
    spot: FitArea | None = None
    category: str = ""

    @property
    def taken_up(self) -> bool:
        """Whether the piece is only too long: a tailor shortens it, so the size is right. Not for shoes."""
        long = self.felt is FitRating.LOOSE and self.spot in (FitArea.LENGTH, FitArea.SLEEVE)
        return long and fit_areas_of(self.category) != _SHOES


@dataclass(frozen=True, slots=True)
class BodyFacts:
    """Height and weight, or the label of a size that fits (`kind`, `system`, `size`), entered for one visit.

    0 and "" stand for "not entered". Never logged, never stored.
    """

    height_cm: float = field(default=0.0, repr=False)
    weight_kg: float = field(default=0.0, repr=False)
    kind: str = field(default="", repr=False)
    """Name of the store's size system for the labelled kind of pieces, e.g. "eu-women"."""
    system: str = field(default="", repr=False)
    """The label's country or system, e.g. "FR"; empty for the shop's own sizes."""
    size: str = field(default="", repr=False)


NO_BODY_FACTS = BodyFacts()


@unique
class SizeQuestion(Enum):
    """The one question about the shopper that would improve the advice most."""

    NONE = "none"
    BODY = "height-and-weight"
    LABEL = "a-size-that-fits"


@unique
class AdviceBasis(Enum):
    """Where size advice comes from."""

    ANSWERS = "answers"
    """Other shoppers' feedback on this style."""
    USUAL = "usual"
    """The shopper's own usual size."""
    SURVEY = "survey"
    """Height and weight compared with a public body survey: a hint, and shown as such."""


@dataclass(frozen=True, slots=True)
class SizeLabel:
    """A size of a style on another country's label."""

    size: str
    system: str
    label: str


@dataclass(frozen=True, slots=True)
class SizeRun:
    """The sizes of one country's labels for one kind of pieces, smallest first."""

    system: str
    """Empty for the shop's own sizes."""
    sizes: tuple[str, ...]
    kind: str = ""
    """Name of the store's size system for these pieces."""
