"""Trees of a model: those for trials with a measured body, and those for guests of a mirror. Needs numpy only.

A guest's size is in her hands, and she may state height and weight; her identity and her measures are not known. Her
trees are few, because a request answers for all lighter bodies, too.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from recommender.arrays import Bools, Doubles
from recommender.sizes.serving.body_knowledge import MEASURED, body_level
from recommender.sizes.serving.fit_statistics import FitStatistics
from recommender.sizes.serving.fit_table import BODY
from recommender.sizes.serving.outcomes.boosted_trees import BoostedTrees, trees_from_arrays, trees_to_arrays
from recommender.sizes.serving.outcomes.outcome_features import OUTCOME_COLUMNS
from recommender.sizes.serving.outcomes.trial_history import COLUMNS, TrialHistory
from recommender.sizes.serving.vocabulary import EncodedTrials

_PLACE_COLUMNS = 3
MEASURED_COLUMNS = OUTCOME_COLUMNS + COLUMNS + len(BODY) + _PLACE_COLUMNS + 2
"""Columns of `measured_columns`."""
_GUEST_MEASURES = 2
GUEST_COLUMNS = OUTCOME_COLUMNS + _PLACE_COLUMNS + _GUEST_MEASURES
"""Columns of `guest_columns`."""


@dataclass(frozen=True)
class MeasuredTrees:
    """Trees, and the history of answers that is among their columns."""

    trees: BoostedTrees
    history: TrialHistory


@dataclass(frozen=True)
class OutcomeTrees:
    """Trees by what is known of a shopper; None with too few answers."""

    measured: MeasuredTrees | None = None
    guests: BoostedTrees | None = None

    def mixed(
        self, chances: Doubles, coded: EncodedTrials, features: Doubles, statistics: FitStatistics
    ) -> Doubles:
        """The `chances` of the multinomial model, whose `features` are given, mixed with those of the trees."""
        rows = body_level(coded.body, coded.shape) == MEASURED
        found = chances.copy()
        if self.measured is not None and rows.any():
            columns = measured_columns(coded.where(rows), features[rows], statistics, self.measured.history)
            found[rows] = self.measured.trees.mixed_with(chances[rows], columns)
        rows = is_guest(coded)
        if self.guests is not None and rows.any():
            columns = guest_columns(coded.where(rows), features[rows])
            found[rows] = self.guests.mixed_with(chances[rows], columns)
        return found

    def to_arrays(self) -> dict[str, dict[str, Any]]:
        """The trees as arrays by file."""
        arrays: dict[str, dict[str, Any]] = {}
        if self.measured is not None:
            history = {f.name: getattr(self.measured.history, f.name) for f in fields(TrialHistory)}
            arrays |= {"trees": trees_to_arrays(self.measured.trees), "history": history}
        return arrays if self.guests is None else arrays | {"guest_trees": trees_to_arrays(self.guests)}

    @staticmethod
    def from_arrays(arrays: Mapping[str, Mapping[str, Any]]) -> "OutcomeTrees":
        """From those arrays. Raises KeyError or TypeError if they are incomplete."""
        measured = guests = None
        if "trees" in arrays:
            measured = MeasuredTrees(trees_from_arrays(arrays["trees"]), TrialHistory(**arrays["history"]))
        if "guest_trees" in arrays:
            guests = trees_from_arrays(arrays["guest_trees"])
        return OutcomeTrees(measured, guests)

    def consistent(self, shoppers: int) -> bool:
        """Whether the trees have the columns that they are given, and the history that many shoppers."""
        return (
            self.guests is None or (self.guests.feature.size > 0 and self.guests.consistent(GUEST_COLUMNS))
        ) and (self.measured is None or _measured_consistent(self.measured, shoppers))


def is_guest(coded: EncodedTrials) -> Bools:
    """Whether a trial is by an unknown shopper of whom height and weight are known at most."""
    found: Bools = (coded.user < 0) & (body_level(coded.body, coded.shape) != MEASURED)
    return found


def measured_columns(
    coded: EncodedTrials, features: Doubles, statistics: FitStatistics, history: TrialHistory
) -> Doubles:
    """`outcome_features`, the shopper's earlier answers, her body, and the trial itself; NaN if unknown."""
    codes = [np.where(rows < 0, np.nan, rows) for rows in (coded.category, coded.shape, coded.context)]
    plain = np.stack([coded.position, coded.size_scale.astype(float), *codes], axis=1)
    return np.hstack([features, history.features(coded, statistics), coded.body, plain])


def guest_columns(coded: EncodedTrials, features: Doubles) -> Doubles:
    """`outcome_features`, the size, the category, weight and height; 0 for an unknown measure, -1 for the others."""
    place = np.where(np.isnan(coded.position), -1.0, coded.position)
    plain = np.stack([place, coded.size_scale.astype(float), coded.category.astype(float)], axis=1)
    return np.hstack([features, plain, np.nan_to_num(coded.body[:, :_GUEST_MEASURES])])


def _measured_consistent(measured: MeasuredTrees, shoppers: int) -> bool:
    start, answers = measured.history.start, len(measured.history.fit)
    return (
        len(start) == shoppers + 1
        and bool((np.diff(start) >= 0).all())
        and start[0] == 0
        and start[-1] == answers
        and all(len(getattr(measured.history, f.name)) == answers for f in fields(TrialHistory)[1:])
        and measured.trees.feature.size > 0
        and measured.trees.consistent(MEASURED_COLUMNS)
    )
