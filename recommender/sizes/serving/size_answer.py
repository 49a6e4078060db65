"""Values of a size request and its answer."""

from dataclasses import dataclass
from enum import Enum, unique

from recommender.sizes.serving.fit_counts import FitTendency
from recommender.sizes.serving.fit_table import FIT, FIT_CLASSES
from recommender.sizes.serving.size_choice import MIN_STATED_CONFIDENCE


@unique
class FollowUpQuestion(Enum):
    """The question whose answer would help most."""

    NONE = "none"
    BODY = "height-and-weight"
    KNOWN_FIT = "a-brand-and-size-that-fits"


@unique
class ChoiceDoubt(Enum):
    """Why a choice is less than knowledge, whatever its confidence; it is never stated alone then."""

    NONE = "none"
    FEW_ALIKE = "few-answers-of-like-bodies"
    """Too few answers were given by people of like height and weight: the model extrapolates."""
    CONTRADICTION = "size-and-body-differ"
    """The size that the shopper took, or usually takes, and her height and weight point to different sizes."""


@dataclass(frozen=True, slots=True)
class Body:
    """What a shopper stated about herself; None if not stated."""

    height_cm: float | None = None
    weight_kg: float | None = None
    age: float | None = None


@dataclass(frozen=True, slots=True)
class FitTrial:
    """A past answer: `outcome` is small, fit or large; `item` and `category` may be unknown ("")."""

    size: str
    outcome: str = FIT_CLASSES[FIT]
    item: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class SizeChoice:
    """Recommended sizes, the most likely first. Of `of` people with the same usual size who tried the first
    one, `kept` found that it fits.

    `confidence` is the chance that the first size fits; `stated_from` is the confidence from which it may be stated
    alone; `ask` is the question that would raise it.
    """

    sizes: tuple[str, ...] = ()
    confidence: float = 0.0
    tendency: FitTendency = FitTendency.UNKNOWN
    kept: int = 0
    of: int = 0
    ask: FollowUpQuestion = FollowUpQuestion.NONE
    stated_from: float = MIN_STATED_CONFIDENCE
    doubt: ChoiceDoubt = ChoiceDoubt.NONE

    @property
    def stated(self) -> bool:
        """Whether the first size may be stated alone."""
        return bool(self.sizes) and self.doubt is ChoiceDoubt.NONE and self.confidence >= self.stated_from
