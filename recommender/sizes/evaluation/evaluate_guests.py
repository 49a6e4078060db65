"""Evaluates the advice to guests through the same class that the store uses: is it right as often as its
confidence states?

A guest is known by the size she brought into the room, by her usual size, by height and weight, or by two of these;
never by her identity. Her usual size in a category is taken to be the one that last fitted her there.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from recommender.arrays import Bools, Doubles
from recommender.sizes.evaluation.evaluate import FitEvaluation
from recommender.sizes.serving.advisor import Body, SizeAdvisor, SizeChoice
from recommender.sizes.serving.fit_counts import FitCounts
from recommender.sizes.serving.fit_model import FitModel
from recommender.sizes.serving.fit_table import BODY, FIT, LARGE, SMALL, FitAnswers
from recommender.sizes.serving.outcomes.outcome_trees import OutcomeTrees
from recommender.sizes.serving.size_scale import size_position
from recommender.sizes.training.fit_rates import counts_of

MAX_TRIALS = 4_000
"""Maximum number of trials, drawn at random."""
_BINS = 10
_STATED = 2
"""The first measures of a body, weight and height, are those that a guest may state."""


@dataclass(frozen=True)
class GuestEvaluation:
    """Advice to guests known in one way: confidence, whether it was right, and where one size was stated
    alone."""

    known: str
    confidence: Doubles
    right: Doubles
    stated_alone: Bools

    @property
    def calibration(self) -> float:
        """Expected calibration error over ten bins of confidence."""
        bins = np.minimum((self.confidence * _BINS).astype(int), _BINS - 1)
        off = np.bincount(bins, weights=self.right - self.confidence, minlength=_BINS)
        return float(np.abs(off).sum() / max(len(self.confidence), 1))


def evaluate_guests(
    model: FitModel, before: FitAnswers, later: FitAnswers, seed: int = 7, most: int = MAX_TRIALS
) -> tuple[GuestEvaluation, ...]:
    """Predicts the size of later trials of known products, without the shopper's identity."""
    advisor = SizeAdvisor(model, FitCounts.of(counts_of(before)[0], Path("model")))
    runs = _runs(before, later)
    rows = [row for row in range(len(later)) if len(runs.get(later.item[row], ())) > 1 and _known(later, row)]
    drawn = np.random.default_rng(seed).permutation(len(rows))[:most]
    selected = [rows[at] for at in sorted(drawn)]
    return tuple(
        _guest_evaluation(known, list(_advice(advisor, later, selected, runs, carried=carried, body=body)))
        for known, carried, body in (
            ("the size carried in", True, False),
            ("height and weight", False, True),
            ("both", True, True),
        )
    ) + tuple(
        _guest_evaluation(known, list(_usual_advice(advisor, before, later, selected, runs, body=body)))
        for known, body in (("the usual size", False), ("usual size and body", True))
    )


def guest_outcomes(model: FitModel, test: FitAnswers) -> dict[str, FitEvaluation]:
    """Predicted outcomes of trials of guests, by what is known of them, with and without the guests' trees."""
    plain, found = replace(model, trees=OutcomeTrees()), {}
    nobody = np.full(len(test), "", dtype=object)
    for known, columns in (("the size carried in", 0), ("size, height and weight", _STATED)):
        body = test.body.copy()
        body[:, columns:] = np.nan
        asked = replace(test, user=nobody, shape=nobody, context=nobody, body=body)
        chances = {"model without trees": plain.predict(asked), "model": model.predict(asked)}
        found[known] = FitEvaluation(test.fit, chances)
    return found


def _runs(before: FitAnswers, later: FitAnswers) -> dict[str, tuple[str, ...]]:
    """The sizes of a product are not in the tables; they are taken to be the sizes in which it was seen at any time."""
    seen: dict[str, set[str]] = {}
    for item, size in zip(before.item, before.size, strict=True):
        seen.setdefault(item, set()).add(size)
    for item, size in zip(later.item, later.size, strict=True):
        if item in seen:
            seen[item].add(size)
    made = {
        item: [s for s in sizes if size_position(s)[1] == size_position(s)[1]] for item, sizes in seen.items()
    }
    return {item: tuple(sorted(sizes, key=size_position)) for item, sizes in made.items()}


def _known(later: FitAnswers, row: int) -> bool:
    return size_position(later.size[row])[1] == size_position(later.size[row])[1]


def _advice(
    advisor: SizeAdvisor,
    later: FitAnswers,
    selected: list[int],
    runs: dict[str, Any],
    *,
    carried: bool,
    body: bool,
) -> Iterator[tuple[SizeChoice, bool]]:
    for row in selected:
        if not carried and later.fit[row] != FIT:
            continue  # it is unknown which other size would have fitted
        item, size, run = later.item[row], later.size[row], runs[later.item[row]]
        stated_body = _body(later.body[row]) if body else None
        choice = advisor.choose(item, run, carried=size if carried else "", body=stated_body)
        if choice.sizes:
            step = run.index(choice.sizes[0]) - run.index(size)
            yield choice, later.fit[row] == (FIT if step == 0 else SMALL if step > 0 else LARGE)


def _usual_advice(
    advisor: SizeAdvisor,
    before: FitAnswers,
    later: FitAnswers,
    selected: list[int],
    runs: dict[str, Any],
    *,
    body: bool,
) -> Iterator[tuple[SizeChoice, bool]]:
    """Advice on trials that fitted, to shoppers with an earlier one in the category."""
    fitted = {
        (user, category): size
        for user, category, size, fit in zip(
            before.user, before.category, before.size, before.fit, strict=True
        )
        if user and fit == FIT
    }
    for row in selected:
        run, usual = runs[later.item[row]], fitted.get((later.user[row], later.category[row]), "")
        if later.fit[row] == FIT and usual in run:
            stated_body = _body(later.body[row]) if body else None
            choice = advisor.choose(later.item[row], run, usual, body=stated_body)
            if choice.sizes:
                yield choice, choice.sizes[0] == later.size[row]


def _body(row: Any) -> Body:
    stated_body = dict(zip(BODY, row, strict=True))
    height, weight = stated_body["height_in"] * 2.54, stated_body["weight_lbs"] * 0.45359237
    return Body(None if np.isnan(height) else height, None if np.isnan(weight) else weight)


def _guest_evaluation(known: str, normalise_text: list[tuple[SizeChoice, bool]]) -> GuestEvaluation:
    confidence = np.array([choice.confidence for choice, _ in normalise_text])
    return GuestEvaluation(
        known,
        confidence,
        np.array([float(right) for _, right in normalise_text]),
        np.array([choice.stated for choice, _ in normalise_text], bool),
    )


def guest_table(evaluations: tuple[GuestEvaluation, ...]) -> str:
    """The evaluations as text."""
    lines = [f"{'guests known by':22} trials  right  said  calibration error  stated  right"]
    for it in evaluations:
        stated = it.right[it.stated_alone].mean() if it.stated_alone.any() else float("nan")
        lines.append(
            f"{it.known:22} {len(it.confidence):6}  {it.right.mean():.3f}  {it.confidence.mean():.3f}"
            f"  {it.calibration:17.4f}  {it.stated_alone.mean():6.1%}  {stated:5.1%}"
        )
    return "\n".join(lines) + "\n"
