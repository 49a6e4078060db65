"""How a trial will turn out: small, fit or large. Shares and vectors feed one multinomial model; numpy only."""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from recommender.arrays import Doubles, Longs
from recommender.artefacts.sealed_arrays import read_sealed
from recommender.errors import ModelMalformedError
from recommender.sizes.serving.bodies import BODIES, known_of
from recommender.sizes.serving.fit_statistics import Shares, take
from recommender.sizes.serving.fit_table import FITS, Fits
from recommender.sizes.serving.outcome import Outcome, stacked, unstacked
from recommender.sizes.serving.vectors import FitVectors
from recommender.sizes.serving.vocabulary import Coded, FitWords

KIND = "cheval-fit-3"


@dataclass(frozen=True)
class FitModel:
    """Predicts trials; immutable and safe for many threads."""

    words: FitWords
    shares: Shares
    vectors: FitVectors
    outcomes: tuple[Outcome, ...]
    """How a trial turns out, for each of `KNOWN`."""
    choice: Doubles
    """Weights of `sizes_choice`, one row per state of knowledge."""
    alone: Doubles
    """Per state, the chance from which on one size may be stated alone; above 1 where it never may."""
    item_category: Longs
    """Row of the category of each product, -1 unknown."""

    @staticmethod
    def open(folder: Path) -> "FitModel":
        """The proved model of a folder. Errors: ModelError for anything that must not be served."""
        return model_of(read_sealed(folder, KIND).arrays, folder)

    def predict(self, fits: Fits) -> Doubles:
        """Trials x (small, fit, large), each row adding up to one. Unknown shoppers, products and measures are met by
        what the others say; a row of which nothing is known gets the shop's shares."""
        if not len(fits):
            return np.zeros((0, len(FITS)))
        coded = self.words.code(fits)
        told = columns_of(coded, self.words, self.shares, self.vectors)
        met = take(self.shares.habit_count, coded.user) > 0
        known = known_of(coded.body, coded.shape) + len(BODIES) * met
        found = np.zeros((len(coded), len(FITS)))
        for level, outcome in enumerate(self.outcomes):
            rows = known == level
            found[rows] = outcome(told[rows])
        nothing = (coded.item < 0) & (coded.category < 0) & (coded.size < 0)
        return np.where(nothing[:, None], self.shares.prior, found)


def columns_of(coded: Coded, words: FitWords, shares: Shares, vectors: FitVectors) -> Doubles:
    """What the multinomial model is told of each trial."""
    gap, shift = shares.gaps(coded), take(shares.shift, coded.item)
    habit = take(shares.habit, coded.user)
    off = gap - shift
    near = off - habit
    z = (coded.body - shares.scale[0]) / shares.scale[1]
    place = np.where(np.isnan(coded.place), 0.0, coded.place)
    told = [gap, gap**2, off, off**2, shift, habit, near, near**2, np.abs(near), place]
    return np.hstack(
        [
            shares.odds(coded),
            shares.answers(coded),
            np.stack(told, axis=1),
            np.where(np.isnan(z), 0.0, np.clip(z, -4.0, 4.0)),
            vectors.odds(coded, words),
        ]
    )


def arrays_of(model: FitModel) -> dict[str, dict[str, Any]]:
    """The model as arrays by file."""
    words = {f.name: np.array(getattr(model.words, f.name)) for f in fields(FitWords) if f.name != "users"}
    return {
        "words": {name: _texts(array) for name, array in words.items()} | {"users": model.words.users},
        "shares": _plain(model.shares),
        "vectors": _plain(model.vectors),
        "outcome": stacked(model.outcomes),
        "choice": {"weights": model.choice, "alone": model.alone, "category": model.item_category},
    }


def _texts(array: Any) -> Any:
    return array.astype(np.str_) if array.size else np.array([], "<U1")


def _plain(value: Any) -> dict[str, Any]:
    return {f.name: getattr(value, f.name) for f in fields(value)}


def model_of(arrays: dict[str, dict[str, Any]], folder: Path) -> FitModel:
    """The model in proved arrays. Errors: ModelMalformedError where they do not fit together."""
    try:
        texts = {n: tuple(str(w) for w in a) for n, a in arrays["words"].items() if n != "users"}
        words = FitWords(users=arrays["words"]["users"], **texts)
        model = FitModel(
            words,
            Shares(**arrays["shares"]),
            FitVectors(**arrays["vectors"]),
            unstacked(arrays["outcome"]),
            arrays["choice"]["weights"],
            arrays["choice"]["alone"],
            arrays["choice"]["category"],
        )
        model.predict(_blank())
    except (KeyError, TypeError, ValueError, IndexError) as wrong:
        raise ModelMalformedError(folder, "its tables do not fit together") from wrong
    if not _fits_together(model):
        raise ModelMalformedError(folder, "its tables do not fit together")
    return model


def _fits_together(model: FitModel) -> bool:
    words, shares = model.words, model.shares
    counted = {"items": words.items, "pairs": words.pairs, "shelves": words.shelves, "users": words.users}
    lengths = all(getattr(shares, name).shape == (len(known), len(FITS)) for name, known in counted.items())
    return lengths and len(shares.shift) == len(words.items) and len(shares.habit) == len(words.users)


def _blank() -> Fits:
    text = np.array([""], dtype=object)
    return Fits(
        text,
        text,
        text,
        text,
        text,
        np.full((1, 5), np.nan),
        np.array([-1], np.int32),
        np.array([0], np.int64),
    )
