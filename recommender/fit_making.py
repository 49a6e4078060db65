"""Makes a sizes model from fit answers. What the multinomial model learns from was said by others: each fifth of the
answers is described by shares and vectors of the other four, so that nobody's own answer whispers to it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from recommender.arrays import Doubles, Longs
from recommender.errors import TrainingError
from recommender.fit_bodies import KNOWN, known_as
from recommender.fit_card import CARD, card_of
from recommender.fit_model import KIND, FitModel, arrays_of, columns_of
from recommender.fit_outcome import Bends, Outcome
from recommender.fit_rates import counts_of
from recommender.fit_shares import Shares
from recommender.fit_softmax import fit_softmax
from recommender.fit_tables import FITS, Fits
from recommender.fit_teaching import teach
from recommender.fit_words import Coded, FitWords
from recommender.seal import write_sealed
from recommender.sizes_choice import Runs
from recommender.sizes_learning import learn

FOLDS = 5
LEAST = 30
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
    outcomes = tuple(_outcome(columns, coded) for columns in _others(coded, words, seed, told))
    told("learning from all answers", 0.0)
    return FitModel(
        words,
        Shares.learn(coded, words),
        teach(coded, words, seed),
        outcomes,
        *_choice(coded, words, seed, told),
        _usual_category(coded, words),
    )


def _outcome(columns: Doubles, coded: Coded) -> Outcome:
    bends = Bends.of(columns)
    return Outcome(bends, fit_softmax(bends(columns), coded.fit, len(FITS), _RIDGE))


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


def _others(coded: Coded, words: FitWords, seed: int, told: Told) -> tuple[Doubles, ...]:
    """What others say of each answer, for each of `KNOWN`: with no more told of its giver than that."""
    fold = np.random.default_rng(seed).integers(0, FOLDS, len(coded))
    levels = range(len(KNOWN))
    columns: list[Any] = [None for _ in levels]
    for at in range(FOLDS):
        told("learning how sizes fit", at / FOLDS)
        rest, own = coded.where(fold != at), coded.where(fold == at)
        if not len(own):
            continue
        shares, vectors = Shares.learn(rest, words), teach(rest, words, seed)
        for level in levels:
            said = columns_of(known_as(own, level), words, shares, vectors)
            if columns[level] is None:
                columns[level] = np.zeros((len(coded), said.shape[1]))
            columns[level][fold == at] = said
    return tuple(columns)


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
