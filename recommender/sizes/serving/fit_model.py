"""Predicts the outcome of a trial (small, fit, large): statistics and vectors are the features of a
multinomial model. Needs numpy only."""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from recommender.arrays import Doubles, Longs
from recommender.artefacts.sealed_arrays import read_sealed
from recommender.errors import ModelMalformedError
from recommender.sizes.serving.body_knowledge import BODY_LEVELS, body_level
from recommender.sizes.serving.body_support import SHAPE, BodySupport
from recommender.sizes.serving.fit_layout import layout_mistake
from recommender.sizes.serving.fit_statistics import FitStatistics, take_rows
from recommender.sizes.serving.fit_table import BODY, FIT_CLASSES, FitAnswers
from recommender.sizes.serving.fit_vectors import FitVectors
from recommender.sizes.serving.outcomes.outcome_features import outcome_features
from recommender.sizes.serving.outcomes.outcome_model import OutcomeModel, from_arrays, to_arrays
from recommender.sizes.serving.outcomes.outcome_trees import OutcomeTrees
from recommender.sizes.serving.trial_columns import TrialColumns
from recommender.sizes.serving.vocabulary import EncodedTrials, Vocabulary

KIND = "cheval-fit-4"
EARLIER_KINDS = ("cheval-fit-3",)
"""Kinds that are still read: 3 has no counts of bodies, which are estimated from mean and deviation."""
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
    trees: OutcomeTrees
    """Trees whose chances are mixed with those of `outcomes`."""

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
        found = self.trees.mixed(found, coded, features, self.statistics)
        unknown = (coded.item < 0) & (coded.category < 0) & (coded.size < 0)
        return np.where(unknown[:, None], self.statistics.prior, found)


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
        **model.trees.to_arrays(),
    }


def _texts(array: Any) -> Any:
    return array.astype(np.str_) if array.size else np.array([], "<U1")


def _plain(value: Any) -> dict[str, Any]:
    return {_FILE_NAMES.get(f.name, f.name): getattr(value, f.name) for f in fields(value)}


def _attributes(arrays: dict[str, Any]) -> dict[str, Any]:
    return {_ATTRIBUTES.get(name, name): array for name, array in arrays.items()}


def model_of(arrays: dict[str, dict[str, Any]], folder: Path) -> FitModel:
    """The model from verified arrays. Raises `ModelMalformedError` if they do not match."""
    mistake = layout_mistake(arrays)
    if mistake:
        raise ModelMalformedError(folder, f"its tables do not match: {mistake}")
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
            OutcomeTrees.from_arrays(arrays),
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
        and model.trees.consistent(len(vocabulary.users))
        and len(statistics.item_shift) == len(vocabulary.items)
        and len(statistics.user_shift) == len(vocabulary.users)
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
