"""How a piece feels on the shopper, and what she may tell of herself so that her size need not be guessed.

Kept in her visit alone and wiped with it. Kind words in all of them: a piece sits a little tight, nobody is big.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, unique

from kiosk.core.domain.ids import StyleId


@unique
class FitRating(Enum):
    """How a piece sits after it was tried on."""

    RIGHT = "just-right"
    TIGHT = "a-little-tight"
    LOOSE = "a-little-loose"


@unique
class FitArea(Enum):
    """Where it sits so."""

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
_SPOTS = {
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
    """Where a piece of that category may sit tight or loose, from the top down."""
    return _SPOTS.get(category.strip().lower(), _ANY)


@dataclass(frozen=True, slots=True)
class FitFeedback:
    """How one size of a style sits; `spot` is None as long as nothing was said of where."""

    style_id: StyleId
    size: str
    felt: FitRating
    spot: FitArea | None = None
    category: str = ""

    @property
    def taken_up(self) -> bool:
        """Whether a tailor takes it up, so that the size is right although it sits long."""
        long = self.felt is FitRating.LOOSE and self.spot in (FitArea.LENGTH, FitArea.SLEEVE)
        return long and fit_areas_of(self.category) != _SHOES


@dataclass(frozen=True, slots=True)
class BodyFacts:
    """What was told once, for this visit: height and weight, or a label that fits (`kind`, `system`, `size`).

    0 and "" where it was not told. Never in a log, never kept.
    """

    height_cm: float = 0.0
    weight_kg: float = 0.0
    kind: str = ""
    """The kind of pieces that the label is printed on, as the store names their system of sizes."""
    system: str = ""
    """The country that prints it; empty for the shop's own sizes."""
    size: str = ""


NO_BODY_FACTS = BodyFacts()


@unique
class SizeQuestion(Enum):
    """The one question that would help most."""

    NONE = "none"
    BODY = "height-and-weight"
    LABEL = "a-size-that-fits"


@unique
class AdviceBasis(Enum):
    """What an advice rests on, beside its reason."""

    ANSWERS = "answers"
    """What others answered about this very style."""
    USUAL = "usual"
    """The shopper's own usual size."""
    SURVEY = "survey"
    """Height and weight against a public survey of other people: a hint, and said so."""


@dataclass(frozen=True, slots=True)
class SizeLabel:
    """A size of a style as another country prints it."""

    size: str
    system: str
    label: str


@dataclass(frozen=True, slots=True)
class SizeRun:
    """The sizes that a country prints on pieces of one kind, smallest first."""

    system: str
    """Empty for the shop's own sizes."""
    sizes: tuple[str, ...]
    kind: str = ""
    """The kind of pieces, as the store names their system of sizes."""
