"""Trains a sizes model from fit answers, by cross-fitting.

The features of each fifth of the answers are computed from the other four fifths, so that no answer is a
feature of itself.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from recommender.arrays import Doubles, Longs
from recommender.artefacts.replaced_folder import replaced_folder
from recommender.artefacts.sealed_arrays import write_sealed
from recommender.errors import TrainingError
from recommender.sizes.serving.body_knowledge import (
    BODY_LEVELS,
    KNOWLEDGE_STATES,
    MEASURED,
    NOTHING,
    REPORTED,
    as_known,
    body_level,
)
from recommender.sizes.serving.body_support import BodySupport
from recommender.sizes.serving.fit_model import KIND, FitModel, arrays_of
from recommender.sizes.serving.fit_statistics import FitStatistics
from recommender.sizes.serving.fit_table import FIT_CLASSES, FitAnswers
from recommender.sizes.serving.fit_vectors import FitVectors
from recommender.sizes.serving.outcomes.boosted_trees import BoostedTrees
from recommender.sizes.serving.outcomes.outcome_features import outcome_features
from recommender.sizes.serving.outcomes.outcome_model import HingeFeatures, OutcomeModel
from recommender.sizes.serving.outcomes.outcome_trees import (
    MeasuredTrees,
    OutcomeTrees,
    guest_columns,
    measured_columns,
)
from recommender.sizes.serving.outcomes.trial_history import TrialHistory
from recommender.sizes.serving.size_choice import SizeRuns
from recommender.sizes.serving.softmax import fit_softmax
from recommender.sizes.serving.trial_columns import TrialColumns
from recommender.sizes.serving.vocabulary import EncodedTrials, Vocabulary
from recommender.sizes.training.boosting import GUESTS, MIN_ROWS, train_trees
from recommender.sizes.training.fit_rates import counts_of
from recommender.sizes.training.lightfm_vectors import train_fit_vectors
from recommender.sizes.training.model_card import CARD, model_card
from recommender.sizes.training.size_choice import train_size_choice

FOLDS = 5
MIN_ANSWERS = 30
MAX_MASKED_ANSWERS = 30_000
"""Number of answers used to train a state that requires masking, and that no request of a mirror is in."""
_GUEST_LEVELS = (NOTHING, REPORTED)
"""States of a guest of a mirror."""
_RIDGE = 3.0
_HIDDEN_CONTEXTS = 0.2

Progress = Callable[[str, float], None]


def build(fits: FitAnswers, seed: int, progress: Progress) -> FitModel:
    """The model of answered trials. Raises `TrainingError` if they are too few or all the same."""
    if len(fits) < MIN_ANSWERS or len(np.unique(fits.fit)) < 2:
        raise TrainingError(
            f"{len(fits)} usable fit answers: at least {MIN_ANSWERS} with differing answers are needed"
        )
    fits = fits.where(np.argsort(fits.at, kind="stable"))
    vocabulary = Vocabulary.of(fits)
    coded = vocabulary.code(fits)
    outcomes, trees, guests = _outcomes(coded, vocabulary, seed, progress)
    progress("learning from all answers", 0.0)
    statistics = FitStatistics.learn(coded, vocabulary)
    history = TrialHistory.of(coded, statistics)
    return FitModel(
        vocabulary,
        statistics,
        train_fit_vectors(coded, vocabulary, seed),
        outcomes,
        *_choice(coded, vocabulary, seed, progress),
        _usual_category(coded, vocabulary),
        BodySupport.of(coded.body),
        OutcomeTrees(None if trees is None else MeasuredTrees(trees, history), guests),
    )


def _outcome(columns: Doubles, fit: Any) -> OutcomeModel:
    features = HingeFeatures.of(columns)
    return OutcomeModel(features, fit_softmax(features(columns), fit, len(FIT_CLASSES), _RIDGE))


def _choice(
    coded: EncodedTrials, vocabulary: Vocabulary, seed: int, progress: Progress
) -> tuple[Doubles, Doubles]:
    """Weights of the size choice, trained on the latest fifth with features from the earlier answers."""
    progress("learning to choose sizes", 0.0)
    before = np.arange(len(coded)) < len(coded) * (1 - 1 / FOLDS)
    training, held_out = coded.where(before), coded.where(~before)
    trained = (
        FitStatistics.learn(training, vocabulary),
        train_fit_vectors(training, vocabulary, seed),
        vocabulary,
    )
    return train_size_choice(held_out, training, SizeRuns.of(coded), trained, seed)


def _usual_category(coded: EncodedTrials, vocabulary: Vocabulary) -> Longs:
    """The most frequent category of each product; -1 if unknown."""
    known = (coded.category >= 0) & (coded.item >= 0)
    length = max(len(vocabulary.categories), 1)
    counts_by_category = np.bincount(
        coded.item[known] * length + coded.category[known], minlength=len(vocabulary.items) * length
    )
    table = counts_by_category.reshape(-1, length)
    return np.where(table.any(axis=1), table.argmax(axis=1), -1).astype(np.int64)


def _outcomes(
    coded: EncodedTrials, vocabulary: Vocabulary, seed: int, progress: Progress
) -> tuple[tuple[OutcomeModel, ...], BoostedTrees | None, BoostedTrees | None]:
    """An outcome model for each of `KNOWLEDGE_STATES`, cross-fitted on trials masked to that state; and the trees of
    trials with a measured body, and of guests."""
    rng = np.random.default_rng(seed)
    fold = rng.integers(0, FOLDS, len(coded))
    drawn = rng.permutation(len(coded)) < MAX_MASKED_ANSWERS
    all_rows = np.ones(len(coded), bool)
    rows = [
        all_rows if level in _GUEST_LEVELS or level % len(BODY_LEVELS) == MEASURED else drawn
        for level in range(len(KNOWLEDGE_STATES))
    ]
    measured = body_level(coded.body, coded.shape) == MEASURED
    for_trees, for_guests = _Block(), _Block()
    blocks = [_Block() for _ in KNOWLEDGE_STATES]
    for at in range(FOLDS):
        progress("learning how sizes fit", at / FOLDS)
        training = coded.where(fold != at)
        statistics = FitStatistics.learn(training, vocabulary)
        vectors = train_fit_vectors(training, vocabulary, seed)
        held_out = coded.where((fold == at) & measured)
        if len(held_out):
            features = _features(held_out, vocabulary, statistics, vectors)
            history = TrialHistory.of(training, statistics)
            columns = measured_columns(_hidden_contexts(held_out, rng), features, statistics, history)
            for_trees.add(columns, held_out.fit)
        for level, block in enumerate(blocks):
            held_out = as_known(coded.where((fold == at) & rows[level]), level)
            if len(held_out):
                features = _features(held_out, vocabulary, statistics, vectors)
                block.add(features, held_out.fit)
                if level in _GUEST_LEVELS:
                    for_guests.add(guest_columns(held_out, features), held_out.fit)
    progress("learning trees", 0.0)
    trees = train_trees(*for_trees.all(), seed) if for_trees.columns else None
    # each answer is in two states
    guests = train_trees(*for_guests.all(), seed, GUESTS) if len(coded) >= MIN_ROWS else None
    return tuple(_outcome(*block.all()) for block in blocks), trees, guests


class _Block:
    """Columns and outcomes of trials, collected by fold."""

    def __init__(self) -> None:
        self.columns: list[Doubles] = []
        self._fits: list[Any] = []

    def add(self, columns: Doubles, fit: Any) -> None:
        """Adds the trials of a fold."""
        self.columns.append(columns)
        self._fits.append(fit)

    def all(self) -> tuple[Doubles, Any]:
        """The trials of all folds."""
        return np.concatenate(self.columns), np.concatenate(self._fits)


def _features(
    coded: EncodedTrials, vocabulary: Vocabulary, statistics: FitStatistics, vectors: FitVectors
) -> Doubles:
    return outcome_features(coded, TrialColumns.of(coded, vocabulary, statistics, vectors), statistics)


def _hidden_contexts(coded: EncodedTrials, rng: np.random.Generator) -> EncodedTrials:
    """The same trials, some without their context, so that the trees learn from trials whose context is unknown."""
    hidden = rng.random(len(coded)) < _HIDDEN_CONTEXTS
    return replace(coded, context=np.where(hidden, -1, coded.context))


def make(fits: FitAnswers, folder: Path, seed: int, progress: Progress) -> dict[str, Any]:
    """Trains, counts and writes; returns the metadata. The same answers and seed give the same bytes."""
    model = build(fits, seed, progress)
    counts, placed = counts_of(fits)
    metadata = {
        "answers": len(fits),
        "placed": placed,
        "products": len(model.vocabulary.items),
        "shoppers": len(model.vocabulary.users),
        "seed": seed,
    }
    with replaced_folder(folder) as temporary:
        write_sealed(temporary, KIND, metadata, {**arrays_of(model), "rates": counts})
        (temporary / CARD).write_text(model_card(metadata, fits, model.stated_from), encoding="utf-8")
    return metadata
