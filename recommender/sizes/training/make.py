"""Makes a sizes model from fit answers. What the multinomial model learns from was said by others: each fifth of the
answers is described by shares and vectors of the other four, so that nobody's own answer whispers to it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from recommender.arrays import Doubles, Longs
from recommender.artefacts.sealed_arrays import write_sealed
from recommender.errors import TrainingError
from recommender.sizes.serving.body_knowledge import BODY_LEVELS, KNOWLEDGE_STATES, MEASURED, as_known
from recommender.sizes.serving.fit_model import KIND, FitModel, arrays_of, outcome_features
from recommender.sizes.serving.fit_statistics import FitStatistics
from recommender.sizes.serving.fit_table import FIT_CLASSES, FitAnswers
from recommender.sizes.serving.outcome_model import HingeFeatures, OutcomeModel
from recommender.sizes.serving.size_choice import SizeRuns
from recommender.sizes.serving.softmax import fit_softmax
from recommender.sizes.serving.vocabulary import EncodedTrials, Vocabulary
from recommender.sizes.training.fit_rates import counts_of
from recommender.sizes.training.lightfm_vectors import train_fit_vectors
from recommender.sizes.training.model_card import CARD, model_card
from recommender.sizes.training.size_choice import train_size_choice

FOLDS = 5
LEAST = 30
ENOUGH = 30_000
"""Answers from which a state is learned that has to be hidden to be seen."""
_RIDGE = 3.0

Told = Callable[[str, float], None]


def build(fits: FitAnswers, seed: int, progress: Told) -> FitModel:
    """The model of answered trials. Errors: TrainingError where they are too few or all the same."""
    if len(fits) < LEAST or len(np.unique(fits.fit)) < 2:
        raise TrainingError(
            f"{len(fits)} usable fit answers: at least {LEAST} with differing answers are needed"
        )
    fits = fits.where(np.argsort(fits.at, kind="stable"))
    vocabulary = Vocabulary.of(fits)
    coded = vocabulary.code(fits)
    outcomes = _outcomes(coded, vocabulary, seed, progress)
    progress("learning from all answers", 0.0)
    return FitModel(
        vocabulary,
        FitStatistics.learn(coded, vocabulary),
        train_fit_vectors(coded, vocabulary, seed),
        outcomes,
        *_choice(coded, vocabulary, seed, progress),
        _usual_category(coded, vocabulary),
    )


def _outcome(columns: Doubles, fit: Any) -> OutcomeModel:
    features = HingeFeatures.of(columns)
    return OutcomeModel(features, fit_softmax(features(columns), fit, len(FIT_CLASSES), _RIDGE))


def _choice(
    coded: EncodedTrials, vocabulary: Vocabulary, seed: int, progress: Told
) -> tuple[Doubles, Doubles]:
    """How to choose a size, learned as it will be asked: the latest fifth, told by what was known before."""
    progress("learning to choose sizes", 0.0)
    before = np.arange(len(coded)) < len(coded) * (1 - 1 / FOLDS)
    rest, own = coded.where(before), coded.where(~before)
    trained = (FitStatistics.learn(rest, vocabulary), train_fit_vectors(rest, vocabulary, seed), vocabulary)
    return train_size_choice(own, rest, SizeRuns.of(coded), trained, seed)


def _usual_category(coded: EncodedTrials, vocabulary: Vocabulary) -> Longs:
    """The category each product is mostly said to be of; -1 where nobody said."""
    known = (coded.category >= 0) & (coded.item >= 0)
    many = max(len(vocabulary.categories), 1)
    normalise_text = np.bincount(
        coded.item[known] * many + coded.category[known], minlength=len(vocabulary.items) * many
    )
    table = normalise_text.reshape(-1, many)
    return np.where(table.any(axis=1), table.argmax(axis=1), -1).astype(np.int64)


def _outcomes(
    coded: EncodedTrials, vocabulary: Vocabulary, seed: int, progress: Told
) -> tuple[OutcomeModel, ...]:
    """A model for each of `KNOWN`, from what others say of each answer with no more told of its giver than that."""
    chance = np.random.default_rng(seed)
    fold = chance.integers(0, FOLDS, len(coded))
    drawn = chance.permutation(len(coded)) < ENOUGH
    whole = np.ones(len(coded), bool)
    # Those who are known as they are make the figures; of what is hidden a part tells as much.
    rows = [
        whole if level % len(BODY_LEVELS) == MEASURED else drawn for level in range(len(KNOWLEDGE_STATES))
    ]
    columns: list[list[Doubles]] = [[] for _ in KNOWLEDGE_STATES]
    fits: list[list[Any]] = [[] for _ in KNOWLEDGE_STATES]
    for at in range(FOLDS):
        progress("learning how sizes fit", at / FOLDS)
        rest = coded.where(fold != at)
        statistics, vectors = FitStatistics.learn(rest, vocabulary), train_fit_vectors(rest, vocabulary, seed)
        for level in range(len(KNOWLEDGE_STATES)):
            own = coded.where((fold == at) & rows[level])
            if len(own):
                columns[level].append(outcome_features(as_known(own, level), vocabulary, statistics, vectors))
                fits[level].append(own.fit)
    return tuple(
        _outcome(np.concatenate(some), np.concatenate(fit)) for some, fit in zip(columns, fits, strict=True)
    )


def make(fits: FitAnswers, folder: Path, seed: int, progress: Told) -> dict[str, Any]:
    """Builds, counts and writes; returns the facts of the model. The same answers and seed give the same bytes."""
    model = build(fits, seed, progress)
    counts, placed = counts_of(fits)
    metadata = {
        "answers": len(fits),
        "placed": placed,
        "products": len(model.vocabulary.items),
        "shoppers": len(model.vocabulary.users),
        "seed": seed,
    }
    folder.mkdir(parents=True, exist_ok=True)
    write_sealed(folder, KIND, metadata, {**arrays_of(model), "rates": counts})
    (folder / CARD).write_text(model_card(metadata, fits, model.alone), encoding="utf-8")
    return metadata
