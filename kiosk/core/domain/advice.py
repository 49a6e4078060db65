"""Advice for a shopper: suggested pieces and a size to take, each with its reason as data instead of text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, unique

from kiosk.core.domain.fit_feedback import AdviceBasis, FitRating, SizeLabel, SizeQuestion, SizeRun
from kiosk.core.domain.garment import Garment
from kiosk.core.domain.texts import NO_TEXT, LocalizedText


@unique
class LookReason(Enum):
    """Why a piece is suggested."""

    BOUGHT_TOGETHER = "bought-together"
    SAME_MATERIAL = "same-material"
    COMPLETES = "completes"
    STYLIST = "stylist"
    NEW_ARRIVAL = "new-arrival"
    POPULAR = "popular"
    GOES_WITH = "goes-with"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A piece in stock that goes with what is in the room; the garment is in the size to bring."""

    garment: Garment
    reason: LookReason
    about: LocalizedText = NO_TEXT
    """The piece, material or stylist that the reason names."""
    count: int = 0
    """Purchases behind the reason; 0 where none are counted."""
    score: float = 0.0
    sized: bool = True
    """Whether the garment's size is the shopper's as far as is known; else she chooses one, and none is named."""


@unique
class SizeReason(Enum):
    """Why a size is advised."""

    RUNS_SMALL = "runs-small"
    RUNS_LARGE = "runs-large"
    TRUE_TO_SIZE = "true-to-size"
    USUAL_SIZE = "usual-size"
    NOT_SURE = "not-sure"


@unique
class SizeDoubt(Enum):
    """Why advice is no knowledge, whatever its confidence."""

    NONE = "none"
    FEW_ALIKE = "few-alike"
    """Too few answers come from shoppers of like height and weight."""
    CONTRADICTION = "contradiction"
    """The size that the shopper took, or usually takes, and her height and weight point to different sizes."""


@dataclass(frozen=True, slots=True)
class SizeAdvice:
    """One size to take, two to choose between, or none.

    `kept` of `of` shoppers found that the reason holds; both are 0 where nothing was counted.
    """

    sizes: tuple[str, ...]
    confidence: float
    reason: SizeReason
    usual: str = ""
    kept: int = 0
    of: int = 0
    alone: bool = True
    """Whether the first size may be advised alone, if its confidence allows it."""
    basis: AdviceBasis = AdviceBasis.ANSWERS
    ask: SizeQuestion = SizeQuestion.NONE
    """The question that would help most where the advice is not certain."""
    labels: tuple[SizeLabel, ...] = ()
    """The style's sizes on the labels of other countries, as far as the size tables know them."""
    felt: FitRating | None = None
    """How the size `tried` sat, where the advice has used it."""
    tried: str = ""
    taken_up: bool = False
    """The tried size is right; a tailor shortens it."""
    own: str = ""
    """The system of the style's own sizes ("EU"); empty for letter sizes and for sizes in no table."""
    doubt: SizeDoubt = SizeDoubt.NONE
    runs: tuple[SizeRun, ...] = ()
    """Sizes to choose from where `ask` can be answered by the label of a size that fits."""
