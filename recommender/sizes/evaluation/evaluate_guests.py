"""Judges what is said to guests, through the very door that the store uses: is it right as often as it is said to be?

A guest is known by the size she took off the rail, by height and weight, or by both; never by who she is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from recommender.arrays import Bools, Doubles
from recommender.sizes.serving.advisor import Body, SizeAdvisor, SizeChoice
from recommender.sizes.serving.fit_counts import FitCounts
from recommender.sizes.serving.fit_model import FitModel
from recommender.sizes.serving.fit_table import BODY, FIT, LARGE, SMALL, FitAnswers
from recommender.sizes.serving.size_scale import size_position
from recommender.sizes.training.fit_rates import counts_of

MOST = 4_000
"""Trials that are asked about one by one; drawn by chance."""
_BINS = 10


@dataclass(frozen=True)
class GuestEvaluation:
    """What was said to guests known in one way: how sure, how often right, and where one size was stated alone."""

    known: str
    sure: Doubles
    right: Doubles
    alone: Bools

    @property
    def calibration(self) -> float:
        """Expected calibration error over ten bins of confidence."""
        bins = np.minimum((self.sure * _BINS).astype(int), _BINS - 1)
        off = np.bincount(bins, weights=self.right - self.sure, minlength=_BINS)
        return float(np.abs(off).sum() / max(len(self.sure), 1))


def evaluate_guests(
    model: FitModel, before: FitAnswers, later: FitAnswers, seed: int = 7, most: int = MOST
) -> tuple[GuestEvaluation, ...]:
    """Asks for the size of later trials of products seen before, as a stranger's."""
    advisor = SizeAdvisor(model, FitCounts.of(counts_of(before)[0], Path("model")))
    runs = _runs(before, later)
    rows = [row for row in range(len(later)) if len(runs.get(later.item[row], ())) > 1 and _known(later, row)]
    drawn = np.random.default_rng(seed).permutation(len(rows))[:most]
    asked = [rows[at] for at in sorted(drawn)]
    return tuple(
        _verdict(known, list(_said(advisor, later, asked, runs, carried=carried, body=body)))
        for known, carried, body in (
            ("the size carried in", True, False),
            ("height and weight", False, True),
            ("both", True, True),
        )
    )


def _runs(before: FitAnswers, later: FitAnswers) -> dict[str, tuple[str, ...]]:
    """A shop knows what sizes a product is made in; here they are the ones it was seen in, whenever that was."""
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


def _said(
    advisor: SizeAdvisor,
    later: FitAnswers,
    asked: list[int],
    runs: dict[str, Any],
    *,
    carried: bool,
    body: bool,
) -> Iterator[tuple[SizeChoice, bool]]:
    for row in asked:
        if not carried and later.fit[row] != FIT:
            continue  # which other size would have fitted, nobody knows
        item, size, run = later.item[row], later.size[row], runs[later.item[row]]
        told = _body(later.body[row]) if body else None
        choice = advisor.choose(item, run, carried=size if carried else "", body=told)
        if choice.sizes:
            step = run.index(choice.sizes[0]) - run.index(size)
            yield choice, later.fit[row] == (FIT if step == 0 else SMALL if step > 0 else LARGE)


def _body(row: Any) -> Body:
    told = dict(zip(BODY, row, strict=True))
    height, weight = told["height_in"] * 2.54, told["weight_lbs"] * 0.45359237
    return Body(None if np.isnan(height) else height, None if np.isnan(weight) else weight)


def _verdict(known: str, normalise_text: list[tuple[SizeChoice, bool]]) -> GuestEvaluation:
    sure = np.array([choice.confidence for choice, _ in normalise_text])
    return GuestEvaluation(
        known,
        sure,
        np.array([float(right) for _, right in normalise_text]),
        np.array([choice.stated for choice, _ in normalise_text], bool),
    )


def guest_table(verdicts: tuple[GuestEvaluation, ...]) -> str:
    """The verdicts for a person."""
    lines = [f"{'guests known by':22} trials  right  said  calibration error  stated  right"]
    for it in verdicts:
        stated = it.right[it.alone].mean() if it.alone.any() else float("nan")
        lines.append(
            f"{it.known:22} {len(it.sure):6}  {it.right.mean():.3f}  {it.sure.mean():.3f}"
            f"  {it.calibration:17.4f}  {it.alone.mean():6.1%}  {stated:5.1%}"
        )
    return "\n".join(lines) + "\n"
