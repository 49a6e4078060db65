"""Makes a sizes model from fit answers. What the multinomial model learns from was said by others: each fifth of the
answers is described by shares and vectors of the other four, so that nobody's own answer whispers to it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from recommender.arrays import Doubles, Longs
from recommender.artefacts.sealed_arrays import write_sealed
from recommender.errors import TrainingError
from recommender.sizes.serving.bodies import BODIES, KNOWN, MEASURED, known_as
from recommender.sizes.serving.fit_model import KIND, FitModel, arrays_of, columns_of
from recommender.sizes.serving.fit_statistics import Shares
from recommender.sizes.serving.fit_table import FITS, Fits
from recommender.sizes.serving.outcome import Bends, Outcome
from recommender.sizes.serving.size_choice import Runs
from recommender.sizes.serving.softmax import fit_softmax
from recommender.sizes.serving.vocabulary import Coded, FitWords
from recommender.sizes.training.fit_rates import counts_of
from recommender.sizes.training.lightfm_vectors import teach
from recommender.sizes.training.model_card import CARD, card_of
from recommender.sizes.training.size_choice import learn

FOLDS = 5
LEAST = 30
ENOUGH = 30_000
"""Answers from which a state is learned that has to be hidden to be seen."""
_RIDGE = 3.0

Told = Callable[[str, float], None]


def build(fits: Fits, seed: int, told: Told) -> FitModel:
    """The model of answered trials. Errors: TrainingError where they are too few or all the same."""
    if len(fits) < LEAST or len(np.unique(fits.fit)) < 2:
        raise TrainingError(
            f"{len(fits)} usable fit answers: at least {LEAST} with differing answers are needed"
        )
    fits = fits.where(np.argsort(fits.at, kind="stable"))
    words = FitWords.of(fits)
    coded = words.code(fits)
    outcomes = _outcomes(coded, words, seed, told)
    told("learning from all answers", 0.0)
    return FitModel(
        words,
        Shares.learn(coded, words),
        teach(coded, words, seed),
        outcomes,
        *_choice(coded, words, seed, told),
        _usual_category(coded, words),
    )


def _outcome(columns: Doubles, fit: Any) -> Outcome:
    bends = Bends.of(columns)
    return Outcome(bends, fit_softmax(bends(columns), fit, len(FITS), _RIDGE))


def _choice(coded: Coded, words: FitWords, seed: int, told: Told) -> tuple[Doubles, Doubles]:
    """How to choose a size, learned as it will be asked: the latest fifth, told by what was known before."""
    told("learning to choose sizes", 0.0)
    before = np.arange(len(coded)) < len(coded) * (1 - 1 / FOLDS)
    rest, own = coded.where(before), coded.where(~before)
    taught = (Shares.learn(rest, words), teach(rest, words, seed), words)
    return learn(own, rest, Runs.of(coded), taught, seed)


def _usual_category(coded: Coded, words: FitWords) -> Longs:
    """The category each product is mostly said to be of; -1 where nobody said."""
    known = (coded.category >= 0) & (coded.item >= 0)
    many = max(len(words.categories), 1)
    said = np.bincount(coded.item[known] * many + coded.category[known], minlength=len(words.items) * many)
    table = said.reshape(-1, many)
    return np.where(table.any(axis=1), table.argmax(axis=1), -1).astype(np.int64)


def _outcomes(coded: Coded, words: FitWords, seed: int, told: Told) -> tuple[Outcome, ...]:
    """A model for each of `KNOWN`, from what others say of each answer with no more told of its giver than that."""
    chance = np.random.default_rng(seed)
    fold = chance.integers(0, FOLDS, len(coded))
    drawn = chance.permutation(len(coded)) < ENOUGH
    whole = np.ones(len(coded), bool)
    # Those who are known as they are make the figures; of what is hidden a part tells as much.
    rows = [whole if level % len(BODIES) == MEASURED else drawn for level in range(len(KNOWN))]
    columns: list[list[Doubles]] = [[] for _ in KNOWN]
    fits: list[list[Any]] = [[] for _ in KNOWN]
    for at in range(FOLDS):
        told("learning how sizes fit", at / FOLDS)
        rest = coded.where(fold != at)
        shares, vectors = Shares.learn(rest, words), teach(rest, words, seed)
        for level in range(len(KNOWN)):
            own = coded.where((fold == at) & rows[level])
            if len(own):
                columns[level].append(columns_of(known_as(own, level), words, shares, vectors))
                fits[level].append(own.fit)
    return tuple(
        _outcome(np.concatenate(some), np.concatenate(fit)) for some, fit in zip(columns, fits, strict=True)
    )


def make(fits: Fits, folder: Path, seed: int, told: Told) -> dict[str, Any]:
    """Builds, counts and writes; returns the facts of the model. The same answers and seed give the same bytes."""
    model = build(fits, seed, told)
    counts, placed = counts_of(fits)
    facts = {
        "answers": len(fits),
        "placed": placed,
        "products": len(model.words.items),
        "shoppers": len(model.words.users),
        "seed": seed,
    }
    folder.mkdir(parents=True, exist_ok=True)
    write_sealed(folder, KIND, facts, {**arrays_of(model), "rates": counts})
    (folder / CARD).write_text(card_of(facts, fits, model.alone), encoding="utf-8")
    return facts
