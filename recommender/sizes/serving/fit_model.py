"""Predicts the outcome of a trial (small, fit, large): statistics and vectors are the features of a
multinomial model. Needs numpy only."""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from recommender.arrays import Doubles, Longs
from recommender.artefacts.sealed_arrays import read_sealed
from recommender.errors import ModelMalformedError
from recommender.sizes.serving.body_knowledge import BODY_LEVELS, MEASURED, body_level
from recommender.sizes.serving.body_support import SHAPE, BodySupport
from recommender.sizes.serving.fit_statistics import FitStatistics, take_rows
from recommender.sizes.serving.fit_table import BODY, FIT_CLASSES, FitAnswers
from recommender.sizes.serving.fit_vectors import FitVectors
from recommender.sizes.serving.outcomes.boosted_trees import BoostedTrees, trees_from_arrays, trees_to_arrays
from recommender.sizes.serving.outcomes.outcome_model import OutcomeModel, from_arrays, to_arrays
from recommender.sizes.serving.outcomes.trial_history import COLUMNS, TrialHistory
from recommender.sizes.serving.trial_columns import TrialColumns
from recommender.sizes.serving.vocabulary import EncodedTrials, Vocabulary

KIND = "cheval-fit-4"
EARLIER_KINDS = ("cheval-fit-3",)
"""Kinds that are still read: 3 has no counts of bodies, which are estimated from mean and deviation."""
OUTCOME_COLUMNS = 8 + 3 + 10 + len(BODY) + 2
"""Columns of `outcome_features`."""
TREE_COLUMNS = OUTCOME_COLUMNS + COLUMNS + len(BODY) + 5
"""Columns of `tree_columns`."""
# Attributes whose array has another name in the file.
_FILE_NAMES = {
    "category_sizes": "shelves",
    "size_scales": "ladders",
    "item_shift": "shift",
    "user_shift": "habit",
    "user_count": "habit_count",
}
_ATTRIBUTES = {name: attribute for attribute, name in _FILE_NAMES.items()}


@dataclass(frozen=True)
class FitModel:
    """Predicts trials; immutable, and safe for several threads."""

    vocabulary: Vocabulary
    statistics: FitStatistics
    vectors: FitVectors
    outcomes: tuple[OutcomeModel, ...]
    """One outcome model for each of `KNOWLEDGE_STATES`."""
    choice: Doubles
    """Weights of `size_choice`, one row per state of knowledge."""
    stated_from: Doubles
    """Per state, the confidence from which one size may be stated alone; above 1 if never."""
    item_category: Longs
    """Row of each product's category, -1 if unknown."""
    support: BodySupport
    trees: "MeasuredTrees | None" = None
    """Trees for trials with a measured body; None with too few answers."""

    @staticmethod
    def open(folder: Path) -> "FitModel":
        """The verified model of a folder. Raises `ModelError` if it must not be served."""
        return model_of(read_fit_arrays(folder), folder)

    def predict(self, fits: FitAnswers) -> Doubles:
        """Trials x (small, fit, large), each row summing to 1. Unknown shoppers, products and measures are
        handled; a row about which nothing is known gets the shop's overall shares."""
        if not len(fits):
            return np.zeros((0, len(FIT_CLASSES)))
        coded = self.vocabulary.code(fits)
        return self.predict_coded(coded, self.columns(coded))

    def columns(self, coded: EncodedTrials) -> TrialColumns:
        """What the tables say of encoded trials."""
        return TrialColumns.of(coded, self.vocabulary, self.statistics, self.vectors)

    def predict_coded(self, coded: EncodedTrials, columns: TrialColumns) -> Doubles:
        """As `predict`, of encoded trials and their `columns`."""
        features = outcome_features(coded, columns, self.statistics)
        has_past = take_rows(self.statistics.user_count, coded.user) > 0
        known = body_level(coded.body, coded.shape) + len(BODY_LEVELS) * has_past
        found = np.zeros((len(coded), len(FIT_CLASSES)))
        for level in set(known.tolist()):
            rows = known == level
            found[rows] = self.outcomes[level](features[rows])
        measured = known % len(BODY_LEVELS) == MEASURED
        if self.trees is not None and measured.any():
            seen = tree_columns(
                coded.where(measured), features[measured], self.statistics, self.trees.history
            )
            found[measured] = self.trees.trees.mixed_with(found[measured], seen)
        unknown = (coded.item < 0) & (coded.category < 0) & (coded.size < 0)
        return np.where(unknown[:, None], self.statistics.prior, found)


@dataclass(frozen=True)
class MeasuredTrees:
    """Trees, and the history of answers that is among their columns."""

    trees: BoostedTrees
    history: TrialHistory


def tree_columns(
    coded: EncodedTrials, features: Doubles, statistics: FitStatistics, history: TrialHistory
) -> Doubles:
    """Columns of the trees: `outcome_features`, the shopper's earlier answers, and the trial itself; NaN if unknown."""
    codes = [np.where(rows < 0, np.nan, rows) for rows in (coded.category, coded.shape, coded.context)]
    plain = np.stack([coded.position, coded.size_scale.astype(float), *codes], axis=1)
    return np.hstack([features, history.features(coded, statistics), coded.body, plain])


def outcome_features(coded: EncodedTrials, known: TrialColumns, statistics: FitStatistics) -> Doubles:
    """Features of each trial for the multinomial model."""
    gap, item_shift = known.gap, known.item_shift
    user_shift = take_rows(statistics.user_shift, coded.user)
    offset = gap - item_shift
    residual = offset - user_shift
    z = (coded.body - statistics.scale[0]) / statistics.scale[1]
    position = np.where(np.isnan(coded.position), 0.0, coded.position)
    features = [
        gap,
        gap**2,
        offset,
        offset**2,
        item_shift,
        user_shift,
        residual,
        residual**2,
        np.abs(residual),
        position,
    ]
    return np.hstack(
        [
            known.odds,
            statistics.answers(coded),
            np.stack(features, axis=1),
            np.where(np.isnan(z), 0.0, np.clip(z, -4.0, 4.0)),
            known.vector_odds,
        ]
    )


def read_fit_arrays(folder: Path) -> dict[str, dict[str, Any]]:
    """The verified arrays of a folder, by file. Raises `ModelError` if it must not be served."""
    return read_sealed(folder, KIND, earlier=EARLIER_KINDS).arrays


def arrays_of(model: FitModel) -> dict[str, dict[str, Any]]:
    """The model as arrays by file."""
    vocabulary = {
        _FILE_NAMES.get(f.name, f.name): np.array(getattr(model.vocabulary, f.name))
        for f in fields(Vocabulary)
        if f.name != "users"
    }
    return {
        "words": {name: _texts(array) for name, array in vocabulary.items()}
        | {"users": model.vocabulary.users},
        "shares": _plain(model.statistics),
        "vectors": _plain(model.vectors),
        "outcome": to_arrays(model.outcomes),
        "choice": {"weights": model.choice, "alone": model.stated_from, "category": model.item_category},
        "support": {"bodies": model.support.counts},
        **_trees_to_arrays(model.trees),
    }


def _trees_to_arrays(measured: MeasuredTrees | None) -> dict[str, dict[str, Any]]:
    if measured is None:
        return {}
    history = {f.name: getattr(measured.history, f.name) for f in fields(TrialHistory)}
    return {"trees": trees_to_arrays(measured.trees), "history": history}


def _trees(arrays: dict[str, dict[str, Any]]) -> MeasuredTrees | None:
    if "trees" not in arrays:
        return None
    return MeasuredTrees(trees_from_arrays(arrays["trees"]), TrialHistory(**arrays["history"]))


def _texts(array: Any) -> Any:
    return array.astype(np.str_) if array.size else np.array([], "<U1")


def _plain(value: Any) -> dict[str, Any]:
    return {_FILE_NAMES.get(f.name, f.name): getattr(value, f.name) for f in fields(value)}


def _attributes(arrays: dict[str, Any]) -> dict[str, Any]:
    return {_ATTRIBUTES.get(name, name): array for name, array in arrays.items()}


def model_of(arrays: dict[str, dict[str, Any]], folder: Path) -> FitModel:
    """The model from verified arrays. Raises `ModelMalformedError` if they do not match."""
    try:
        texts = {n: tuple(str(w) for w in a) for n, a in arrays["words"].items() if n != "users"}
        vocabulary = Vocabulary(users=arrays["words"]["users"], **_attributes(texts))
        model = FitModel(
            vocabulary,
            FitStatistics(**_attributes(arrays["shares"])),
            FitVectors(**arrays["vectors"]),
            from_arrays(arrays["outcome"]),
            arrays["choice"]["weights"],
            arrays["choice"]["alone"],
            arrays["choice"]["category"],
            _support(arrays),
            _trees(arrays),
        )
        model.predict(_blank(np.nan))
        model.predict(_blank(30.0))
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise ModelMalformedError(folder, "its tables do not match") from error
    if not _consistent(model):
        raise ModelMalformedError(folder, "its tables do not match")
    return model


def _support(arrays: dict[str, dict[str, Any]]) -> BodySupport:
    if "support" not in arrays:
        return BodySupport.of_scale(arrays["shares"]["scale"])
    return BodySupport(arrays["support"]["bodies"])


def _consistent(model: FitModel) -> bool:
    vocabulary, statistics = model.vocabulary, model.statistics
    counted = {
        "items": vocabulary.items,
        "pairs": vocabulary.pairs,
        "category_sizes": vocabulary.category_sizes,
        "users": vocabulary.users,
    }
    lengths = all(
        getattr(statistics, name).shape == (len(known), len(FIT_CLASSES)) for name, known in counted.items()
    )
    return (
        lengths
        and model.support.counts.shape == SHAPE
        and bool((model.support.counts >= 0).all())
        and _trees_consistent(model)
        and len(statistics.item_shift) == len(vocabulary.items)
        and len(statistics.user_shift) == len(vocabulary.users)
    )


def _trees_consistent(model: FitModel) -> bool:
    if model.trees is None:
        return True
    start, width = model.trees.history.start, model.trees.trees.feature
    answers = len(model.trees.history.fit)
    return (
        len(start) == len(model.vocabulary.users) + 1
        and bool((np.diff(start) >= 0).all())
        and start[0] == 0
        and start[-1] == answers
        and all(len(getattr(model.trees.history, f.name)) == answers for f in fields(TrialHistory)[1:])
        and width.size > 0
        and model.trees.trees.consistent(TREE_COLUMNS)
    )


def _blank(measure: float) -> FitAnswers:
    text = np.array([""], dtype=object)
    return FitAnswers(
        text,
        text,
        text,
        text,
        text,
        np.full((1, len(BODY)), measure),
        np.array([-1], np.int32),
        np.array([0], np.int64),
        text,
    )
