"""Which size to hand over: usual size, the product's shift, the body, past answers, and what was felt in the room.

One size is stated alone from a confidence of .6 on; below it two are named, the likelier first; where even that rests
on little, one question helps. Numpy only.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, unique
from pathlib import Path

import numpy as np

from recommender.arrays import Doubles, Longs
from recommender.artefacts.sealed_arrays import read_sealed
from recommender.sizes.serving.body_knowledge import KNOWLEDGE_STATES
from recommender.sizes.serving.fit_counts import FitCounts, FitTendency
from recommender.sizes.serving.fit_model import KIND, FitModel, model_of
from recommender.sizes.serving.fit_table import BODY, FIT, FIT_CLASSES, LARGE, SMALL, FitAnswers
from recommender.sizes.serving.size_choice import (
    MIN_STATED_CONFIDENCE,
    NEVER_STATED,
    PastFits,
    choice_features,
    size_chances,
    states_of,
    wanted_offsets,
)
from recommender.sizes.serving.vocabulary import EncodedTrials

_SURE_WITHOUT_ASKING = 0.45
# How often a size feels small, right, large where the fitting one is the same, a larger, a smaller one (index 0, 1,
# -1). Set by hand, since hardly anybody answers twice about one product; what was felt wrong is not offered again.
# What is left for any size before it is felt: no model is so sure that a shopper cannot correct it.
_DOUBT = 0.02
_FEELS = np.array([[0.005, 0.9, 0.005], [0.99, 0.095, 0.095], [0.005, 0.005, 0.9]])

__all__ = [
    "MIN_STATED_CONFIDENCE",
    "Body",
    "FitTendency",
    "FitTrial",
    "FollowUpQuestion",
    "SizeAdvisor",
    "SizeChoice",
]


@unique
class FollowUpQuestion(Enum):
    """The one question that would help most."""

    NONE = "none"
    BODY = "height-and-weight"
    KNOWN_FIT = "a-brand-and-size-that-fits"


@dataclass(frozen=True, slots=True)
class Body:
    """What a shopper told of herself; None where she did not."""

    height_cm: float | None = None
    weight_kg: float | None = None
    age: float | None = None


@dataclass(frozen=True, slots=True)
class FitTrial:
    """A past answer: `felt` is small, fit or large; an `item` or `category` may be unknown ("")."""

    size: str
    felt: str = FIT_CLASSES[FIT]
    item: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class SizeChoice:
    """Sizes to hand over, likeliest first; `kept` of `of` people with the same usual size found the first to fit.

    `confidence` is the chance that the first is the one, `alone` the one from which on it may be stated alone;
    `ask` is what would raise it."""

    sizes: tuple[str, ...] = ()
    confidence: float = 0.0
    sits: FitTendency = FitTendency.UNKNOWN
    kept: int = 0
    of: int = 0
    ask: FollowUpQuestion = FollowUpQuestion.NONE
    alone: float = MIN_STATED_CONFIDENCE

    @property
    def stated(self) -> bool:
        """Whether the first size may be stated alone."""
        return bool(self.sizes) and self.confidence >= self.alone


class SizeAdvisor:
    """A sizes model in service; immutable and safe for many threads. Made by `open`."""

    def __init__(self, model: FitModel, counted: FitCounts) -> None:
        self._model, self._counted = model, counted
        self._taught = [bool(weights.any()) for weights in model.choice] or [False] * len(KNOWLEDGE_STATES)

    @staticmethod
    def open(folder: Path) -> "SizeAdvisor":
        """The proved model of a folder. Errors: ModelError for anything that must not be served."""
        arrays = read_sealed(folder, KIND).arrays
        return SizeAdvisor(model_of(arrays, folder), FitCounts.of(arrays.get("rates", {}), folder))

    def sits(self, item: str) -> FitTendency:
        """How a product sits on those who took their usual size."""
        return self._counted.sits(item)

    def choose(
        self,
        item: str,
        run: Sequence[str],
        usual: str = "",
        *,
        carried: str = "",
        body: Body | None = None,
        past: Sequence[FitTrial] = (),
        here: Sequence[FitTrial] = (),
    ) -> SizeChoice:
        """Sizes of `run` (smallest first) for somebody whose usual size is `usual` and who answered `past`.

        `carried` is the size a guest has chosen herself, looked at where neither is known. `here` are answers about
        this very product in the room ("a little tight at the shoulder" is small). Nothing is chosen where nobody has
        answered about the product, or where nothing at all is known of the shopper."""
        if item not in self._counted or len(run) < 2:
            return SizeChoice()
        usual, carried = usual if usual in run else "", carried if carried in run else ""
        known = bool(usual or carried or past or here or (body and (body.height_cm or body.weight_kg)))
        if not known:
            return SizeChoice((), 0.0, self.sits(item), ask=FollowUpQuestion.BODY)
        before, alone = self._chances(item, run, usual, body, past)
        as_carried = bool(carried and not usual and not past)
        if as_carried:
            before, alone = self._as_carried(item, run, carried, body, before), MIN_STATED_CONFIDENCE
            usual = carried
        chances = _after(run, before, here)
        lean = not here and not as_carried
        choice = self._told(item, run, usual, chances, lean=lean)
        ask = (
            _question(body, usual, past)
            if choice.confidence < _SURE_WITHOUT_ASKING
            else FollowUpQuestion.NONE
        )
        # What was felt in the room is surer than any threshold that was learned without it.
        return replace(choice, ask=ask, alone=max(choice.alone, MIN_STATED_CONFIDENCE if here else alone))

    def _chances(
        self, item: str, run: Sequence[str], usual: str, body: Body | None, past: Sequence[FitTrial]
    ) -> tuple[Doubles, float]:
        """The chance of each size, and from which chance on one may be stated alone."""
        category = self._category(item)
        answers = [*past, *([FitTrial(usual, category=category)] if usual else [])]
        vocabulary, statistics = self._model.vocabulary, self._model.statistics
        sizes = vocabulary.code(_rows([FitTrial(size, item=item, category=category) for size in run], body))
        others = vocabulary.code(_rows([self._placed(trial) for trial in answers], body))
        kept = others.where(
            (others.size_scale == sizes.size_scale[0]) & (others.fit == FIT) & ~np.isnan(others.position)
        )
        wanted = wanted_offsets(others, statistics)
        mine = PastFits(
            np.array([wanted.mean() if len(wanted) else 0.0]),
            np.array([float(len(wanted))]),
            np.array([kept.position[-1] if len(kept) else np.nan]),
            *_kept(others),
        )
        state = states_of(sizes.where(np.zeros(1, np.int64)), mine)
        if not self._taught[int(state[0])]:
            return self._by_counting(item, run, usual), MIN_STATED_CONFIDENCE
        case = np.zeros(len(run), np.int64)
        told = choice_features(sizes, case, mine, statistics, self._model.vectors, vocabulary)
        alone = max(float(self._model.alone[int(state[0])]), MIN_STATED_CONFIDENCE)
        return size_chances(told, case, state, self._model.choice), alone

    def _as_carried(
        self, item: str, run: Sequence[str], carried: str, body: Body | None, before: Doubles
    ) -> Doubles:
        """Chances by how the size that a guest took off the rail will feel: it fits, or one above or below it does.

        What is left of her size by others' answers and her body only parts what lies above, and what lies below."""
        trial = [FitTrial(carried, item=item, category=self._category(item))]
        felt = self._model.predict(replace(_rows(trial, body), fit=np.full(1, -1, np.int32)))[0]
        at, found = run.index(carried), np.zeros(len(run))
        found[at] = felt[FIT]
        for side, chance in ((slice(at + 1, None), felt[SMALL]), (slice(0, at), felt[LARGE])):
            near = 0.5 ** np.abs(np.arange(len(run)) - at)[side] * (before[side] + _DOUBT)
            found[side] = chance * near / near.sum() if len(near) else 0.0
        return found

    def _by_counting(self, item: str, run: Sequence[str], usual: str) -> Doubles:
        at = run.index(usual) if usual else len(run) // 2
        found = np.array([self._counted.share(item, rung - at) for rung in range(len(run))])
        statistics: Doubles = found / found.sum()
        return statistics

    def _told(self, item: str, run: Sequence[str], usual: str, chances: Doubles, *, lean: bool) -> SizeChoice:
        order = [int(at) for at in np.argsort(-chances, kind="stable")]
        beside = self._beside(item, run, usual) if lean and usual == run[order[0]] else None
        if beside is not None:
            at = run.index(usual)
            fits_more = self._counted.share(item, beside - at) > self._counted.share(item, 0)
            order = [beside, at] if fits_more else [at, beside]
        confidence, alone = (
            float(chances[order[0]]),
            MIN_STATED_CONFIDENCE if beside is None else NEVER_STATED,
        )
        kept, of = self._counted.kept(item, order[0] - run.index(usual)) if usual else (0, 0)
        sizes = tuple(run[at] for at in order[:2])
        return SizeChoice(sizes, round(confidence, 3), self.sits(item), kept, of, alone=alone)

    def _beside(self, item: str, run: Sequence[str], usual: str) -> int | None:
        """The size next to the usual one on the side a product leans to; None where it sits true.

        People mostly try their usual size, so it leads among sizes that were kept even where another fitted more of
        those who tried it: what runs small or large is said between two sizes."""
        step = {FitTendency.SMALL: 1, FitTendency.LARGE: -1}.get(self.sits(item), 0)
        at = run.index(usual) + step
        return at if step and 0 <= at < len(run) else None

    def _category(self, item: str) -> str:
        row = self._model.vocabulary.row["items"].get(item, -1)
        at = int(self._model.item_category[row]) if row >= 0 else -1
        return self._model.vocabulary.categories[at] if at >= 0 else ""

    def _placed(self, trial: FitTrial) -> FitTrial:
        return (
            trial
            if trial.category
            else FitTrial(trial.size, trial.felt, trial.item, self._category(trial.item))
        )


def _after(run: Sequence[str], chances: Doubles, here: Sequence[FitTrial]) -> Doubles:
    """Chances after what was felt in the room (Bayes)."""
    if not here:
        return chances
    for trial in here:
        if trial.size in run and trial.felt in FIT_CLASSES:
            side = np.sign(np.arange(len(run)) - run.index(trial.size)).astype(int)
            chances = (chances + _DOUBT) * _FEELS[FIT_CLASSES.index(trial.felt)][side]
    total = float(chances.sum())
    return chances / total if total > 0 else np.full(len(run), 1.0 / len(run))


def _kept(others: EncodedTrials) -> tuple[Longs, Longs, Doubles]:
    worn = others.where((others.fit == FIT) & (others.size >= 0)).size
    keys, times = np.unique(worn, return_counts=True)
    return np.zeros(1, np.int64), keys, times.astype(float)


def _question(body: Body | None, usual: str, past: Sequence[FitTrial]) -> FollowUpQuestion:
    if body is None or body.height_cm is None or body.weight_kg is None:
        return FollowUpQuestion.BODY
    return FollowUpQuestion.NONE if usual or past else FollowUpQuestion.KNOWN_FIT


def _rows(trials: Sequence[FitTrial], body: Body | None) -> FitAnswers:
    many = len(trials)
    nobody = np.array([""] * many, dtype=object)
    felt = np.array([FIT_CLASSES.index(trial.felt) for trial in trials], np.int32)
    texts = (
        np.array([getattr(t, name) for t in trials], dtype=object) for name in ("item", "category", "size")
    )
    item, category, size = texts
    return FitAnswers(
        nobody,
        item,
        category,
        size,
        nobody,
        np.tile(_measures(body), (many, 1)),
        felt,
        np.zeros(many, np.int64),
    )


def _measures(body: Body | None) -> Doubles:
    told = {
        "height_in": body.height_cm / 2.54 if body and body.height_cm else np.nan,
        "weight_lbs": body.weight_kg / 0.45359237 if body and body.weight_kg else np.nan,
        "age": body.age if body and body.age else np.nan,
    }
    return np.array([told.get(name, np.nan) for name in BODY])
