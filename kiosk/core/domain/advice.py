"""What is advised: pieces that go along, and the size to hand over, each with its reason as data."""

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
    """The piece (or the material, or the stylist) that the reason speaks of."""
    count: int = 0
    score: float = 0.0


@unique
class SizeReason(Enum):
    """What the size advice rests on."""

    RUNS_SMALL = "runs-small"
    RUNS_LARGE = "runs-large"
    TRUE_TO_SIZE = "true-to-size"
    USUAL_SIZE = "usual-size"
    NOT_SURE = "not-sure"


@dataclass(frozen=True, slots=True)
class SizeAdvice:
    """One size to take, or two to choose between, or none.

    `kept` of `of` shoppers found it so; both 0 where no count stands behind the reason.
    """

    sizes: tuple[str, ...]
    confidence: float
    reason: SizeReason
    usual: str = ""
    kept: int = 0
    of: int = 0
    alone: bool = True
    """Whether the first size may be stated alone, where its confidence allows it."""
    basis: AdviceBasis = AdviceBasis.ANSWERS
    ask: SizeQuestion = SizeQuestion.NONE
    """What would help where this is not sure."""
    labels: tuple[SizeLabel, ...] = ()
    """The style's sizes as other countries print them, where a table says so."""
    felt: FitRating | None = None
    """What was said in the room of the size `tried`, where the advice has taken it in."""
    tried: str = ""
    taken_up: bool = False
    """The size tried is right; a tailor takes it up."""
    own: str = ""
    """The system of the style's own sizes ("EU"); empty for letters and for what no table knows."""
    runs: tuple[SizeRun, ...] = ()
    """Sizes to choose from where `ask` may be answered by a label that fits."""
