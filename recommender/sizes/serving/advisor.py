"""Recommends a size from the usual size, the product's size offset, the body, past answers and answers in the
room.

One size is stated alone from a confidence of .6; below it two sizes are named, the more likely first. If even
that is uncertain, one question is suggested. What the model extrapolates, and what contradicts itself, is never stated
alone. A heavier body of the same height never gets a smaller size. Needs numpy only.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from recommender.arrays import Doubles
from recommender.sizes.serving.body_support import largest_so_far, lighter_bodies, sane
from recommender.sizes.serving.fit_counts import FitCounts, FitTendency
from recommender.sizes.serving.fit_model import FitModel, model_of, read_fit_arrays
from recommender.sizes.serving.fit_table import FIT_CLASSES
from recommender.sizes.serving.size_answer import Body, ChoiceDoubt, FitTrial, FollowUpQuestion, SizeChoice
from recommender.sizes.serving.size_choice import MIN_STATED_CONFIDENCE, NEVER_STATED
from recommender.sizes.serving.size_prior import MIN_CHANCE, SizePrior

# A follow-up question is suggested below this confidence.
_ASK_BELOW = 0.45
# Chance that a tried size is small, fits, is large if the fitting size is the same, a larger or a smaller one (index
# 0, 1, -1). Set by hand, because few shoppers answer twice about one product.
_OUTCOME_CHANCES = np.array([[0.005, 0.9, 0.005], [0.99, 0.095, 0.095], [0.005, 0.005, 0.9]])
_MIN_AGREEMENT = 0.2
# Standard deviations between a size and the one that height and weight suggest. Of a run without a closer size, none is
# stated alone; the run is made for other bodies; a size that was named contradicts the body.
_NOT_CLOSE, _OTHER_BODIES, _FAR = 1.0, 2.0, 3.0
"""A size contradicts a body if the body alone gives it and its neighbours a smaller chance than this together."""

__all__ = [
    "MIN_STATED_CONFIDENCE",
    "Body",
    "ChoiceDoubt",
    "FitTendency",
    "FitTrial",
    "FollowUpQuestion",
    "SizeAdvisor",
    "SizeChoice",
]


@dataclass(frozen=True, slots=True)
class _Chances:
    """Chances of the sizes; `other` is the size that a contradiction also points to, -1 without one."""

    sizes: Doubles
    stated_from: float
    doubt: ChoiceDoubt = ChoiceDoubt.NONE
    other: int = -1


class SizeAdvisor:
    """A loaded sizes model; immutable, and safe for several threads. Made by `open`."""

    def __init__(self, model: FitModel, counts: FitCounts) -> None:
        self._support, self._counts = model.support, counts
        self._prior = SizePrior(model, counts)

    @staticmethod
    def open(folder: Path) -> "SizeAdvisor":
        """The verified model of a folder. Raises `ModelError` if it must not be served."""
        arrays = read_fit_arrays(folder)
        return SizeAdvisor(model_of(arrays, folder), FitCounts.of(arrays.get("rates", {}), folder))

    def tendency(self, item: str) -> FitTendency:
        """Whether a product runs small or large for people who took their usual size."""
        return self._counts.tendency(item)

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
        """Sizes of `run` (ascending) for a shopper whose usual size is `usual` and whose answers are `past`.

        `carried` is the size a guest brought into the room, used if there is neither `usual` nor `past`.
        `here` are answers about this product in the room ("a little tight at the shoulder" is small). A body does not
        count in a model that learned from none. No size is chosen if there is no answer about the product, or no
        data of the shopper.
        """
        if item not in self._counts or len(run) < 2:
            return SizeChoice()
        usual, carried = usual if usual in run else "", carried if carried in run else ""
        stated = sane(body) if body and self._support.has_bodies else Body()
        if not (usual or carried or past or here or stated.height_cm or stated.weight_kg):
            return SizeChoice((), 0.0, self.tendency(item), ask=FollowUpQuestion.BODY)
        if usual or past:
            carried = ""
        chances = self._chances(item, run, usual, carried, stated, past, here)
        use_tendency = not here and not carried and chances.doubt is not ChoiceDoubt.CONTRADICTION
        choice = self._choice(item, run, usual or carried, chances, use_tendency=use_tendency)
        return replace(choice, ask=_next_question(choice, stated, usual, carried, past))

    def _chances(
        self, item: str, run: Sequence[str], usual: str, carried: str, body: Body, past: Sequence[FitTrial],
        here: Sequence[FitTrial],
    ) -> _Chances:  # fmt: skip
        """The chances of the sizes after all that is known.

        Those of a lighter body are taken if they are larger. They are doubtful if too few people of like height and
        weight have answered, or if size and body contradict each other. An answer in the room settles both.
        """
        bodies = lighter_bodies(body)
        claim = usual or carried
        offer = self._prior.offer(item, run, bodies)
        chances, stated_from = self._prior.from_answers(offer, usual, past)
        by_body = chances
        if carried:
            chances = self._prior.from_carried(offer, carried, chances)
            stated_from = MIN_STATED_CONFIDENCE
        chances = _posterior(run, chances, here)
        row = largest_so_far(chances)
        if here:
            # answers in the room are more reliable than a threshold learned without them
            return _Chances(chances[row], max(stated_from, MIN_STATED_CONFIDENCE))
        if claim and body.weight_kg:
            by_body = by_body if carried else self._prior.from_answers(offer)[0]
            at, best = run.index(claim), int(chances[row].argmax())
            contrary = _contrary_size(by_body, at)
            if contrary < 0 and body.height_cm:
                contrary = _far_size(by_body[-1], self._prior.gaps(offer), at)
            if contrary >= 0:
                other = at if best != at else contrary
                return _Chances(chances[row], NEVER_STATED, ChoiceDoubt.CONTRADICTION, other)
        known = not (body.height_cm or body.weight_kg) or self._support.knows(body)
        if body.height_cm and body.weight_kg and not (claim or past):
            nearest = float(np.abs(self._prior.gaps(offer)).min())
            known = known and nearest < _OTHER_BODIES
            stated_from = NEVER_STATED if nearest >= _NOT_CLOSE else stated_from
        return _Chances(chances[row], stated_from, ChoiceDoubt.NONE if known else ChoiceDoubt.FEW_ALIKE)

    def _choice(
        self, item: str, run: Sequence[str], usual: str, chances: _Chances, *, use_tendency: bool
    ) -> SizeChoice:
        order = [int(at) for at in np.argsort(-chances.sizes, kind="stable")]
        if chances.other >= 0 and chances.other != order[0]:
            order = [order[0], chances.other]
        neighbour = self._neighbour(item, run, usual) if use_tendency and usual == run[order[0]] else None
        stated_from = chances.stated_from
        if neighbour is not None:
            at = run.index(usual)
            fits_more = self._counts.share(item, neighbour - at) > self._counts.share(item, 0)
            order, stated_from = [neighbour, at] if fits_more else [at, neighbour], NEVER_STATED
        confidence = float(chances.sizes[order[0]])
        kept, of = self._counts.kept(item, order[0] - run.index(usual)) if usual else (0, 0)
        return SizeChoice(
            tuple(run[at] for at in order[:2]),
            round(confidence, 3),
            self.tendency(item),
            kept,
            of,
            stated_from=stated_from,
            doubt=chances.doubt,
        )

    def _neighbour(self, item: str, run: Sequence[str], usual: str) -> int | None:
        """The size next to the usual one in the direction the product deviates; None if it runs true to size.

        Most people try their usual size, so it leads among kept sizes even if another fitted more of those
        who tried it. If a product runs small or large, two sizes are named.
        """
        step = {FitTendency.SMALL: 1, FitTendency.LARGE: -1}.get(self.tendency(item), 0)
        at = run.index(usual) + step
        return at if step and 0 <= at < len(run) else None


def _contrary_size(alone: Doubles, at: int) -> int:
    """The size that contradicts the size `at`, from what bodies (rows, ascending weight) alone say; -1 if they agree.

    A size that is too small for a lighter body is too small for this one: far beyond what was learned the chances are
    all alike, and would agree with any size.
    """
    disagrees = alone[:, max(at - 1, 0) : at + 2].sum(axis=1) < _MIN_AGREEMENT
    best = alone.argmax(axis=1)
    too_small = np.flatnonzero(disagrees & (best > at))
    row = int(too_small[-1]) if len(too_small) else largest_so_far(alone)
    return int(best[row]) if disagrees[row] else -1


def _far_size(by_body: Doubles, gaps: Doubles, at: int) -> int:
    """The size on the other side that a body alone would take, if the size `at` is far from it; -1 if it is not.

    In a run with gaps the sizes beside `at` may be far from the body as well, and no chance among them shows it.
    """
    if abs(gaps[at]) < _FAR:
        return -1
    places = np.arange(len(gaps))
    better = places > at if gaps[at] < 0 else places < at
    return int(np.where(better, by_body, -1.0).argmax()) if better.any() else -1


def _posterior(run: Sequence[str], chances: Doubles, here: Sequence[FitTrial]) -> Doubles:
    """Chances (bodies x sizes) after the answers in the room (Bayes' rule)."""
    for trial in here:
        if trial.size in run and trial.outcome in FIT_CLASSES:
            side = np.sign(np.arange(len(run)) - run.index(trial.size)).astype(int)
            chances = (chances + MIN_CHANCE) * _OUTCOME_CHANCES[FIT_CLASSES.index(trial.outcome)][side]
    if not here:
        return chances
    total = chances.sum(axis=1, keepdims=True)
    return np.where(total > 0, chances / np.where(total > 0, total, 1.0), 1.0 / len(run))


def _next_question(
    choice: SizeChoice, body: Body, usual: str, carried: str, past: Sequence[FitTrial]
) -> FollowUpQuestion:
    """The question that helps most. A size that a guest carried is no size that fits: where few bodies are like hers,
    she is asked for one."""
    if choice.doubt is ChoiceDoubt.CONTRADICTION:
        return FollowUpQuestion.KNOWN_FIT
    if choice.doubt is ChoiceDoubt.NONE and choice.confidence >= _ASK_BELOW:
        return FollowUpQuestion.NONE
    if body.height_cm is None or body.weight_kg is None:
        return FollowUpQuestion.BODY
    known = usual or past or (carried and choice.doubt is ChoiceDoubt.NONE)
    return FollowUpQuestion.NONE if known else FollowUpQuestion.KNOWN_FIT
