"""Type, shape and range of every array of a sizes model, checked when it is read.

A manifest states what was written, not that it belongs together: an array of another shape would be found by the first
request that needs its last row. Needs numpy only.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np

from recommender.sizes.serving.body_knowledge import BODY_LEVELS, KNOWLEDGE_STATES
from recommender.sizes.serving.body_support import SHAPE
from recommender.sizes.serving.fit_table import BODY, FIT_CLASSES
from recommender.sizes.serving.fit_vectors import BODY_BUCKETS
from recommender.sizes.serving.outcomes.outcome_features import OUTCOME_COLUMNS
from recommender.sizes.serving.outcomes.outcome_model import INFINITE, KNOTS
from recommender.sizes.serving.size_choice import CHOICE_COLUMNS

_LARGEST = 1e9
"""No count, measure, day or score of a model is larger."""
_SMALLEST = 1e-9
_STATES, _CLASSES, _HINGED = len(KNOWLEDGE_STATES), len(FIT_CLASSES), OUTCOME_COLUMNS * (len(KNOTS) + 1)
_PLAIN_BODY = 4 * len(BODY)
Size = int | str


@dataclass(frozen=True, slots=True)
class Layout:
    """Kinds of a numpy type (`dtype.kind`), lengths of the axes (a number or a name), and the range of its numbers."""

    kinds: str
    shape: tuple[Size, ...]
    low: float = -_LARGEST
    high: float = _LARGEST


def _counts(*shape: Size) -> Layout:
    return Layout("fiu", shape, 0)


def _floats(*shape: Size) -> Layout:
    return Layout("f", shape)


_TREES = {
    "feature": Layout("i", ("nodes",), 0),
    "threshold": _floats("nodes"),
    "unknown_left": Layout("b", ("nodes",)),
    "left": Layout("i", ("nodes",), 0),
    "right": Layout("i", ("nodes",), 0),
    "value": _floats("nodes"),
    "root": Layout("i", ("rounds", _CLASSES), 0),
    "base": _floats(_CLASSES),
}
LAYOUTS: dict[str, dict[str, Layout]] = {
    "words": {
        "users": Layout("u", ("users",), 0, 2.0**64),
        **{
            name: Layout("U", (name,))
            for name in ("items", "pairs", "shelves", "categories", "sizes", "shapes", "ladders", "contexts")
        },
    },
    "shares": {
        "prior": Layout("f", (_CLASSES,), _SMALLEST, 1),
        **{name: _counts(name, _CLASSES) for name in ("items", "pairs", "shelves", "users")},
        "scale": _counts(2, len(BODY)),
        "lines": _floats("levels of ladders", "body columns"),
        "spread": Layout("f", ("levels of ladders",), _SMALLEST),
        "shift": _floats("items"),
        "habit": _floats("users"),
        "habit_count": _counts("users"),
    },
    "vectors": {
        "users": _floats(2, "shopper features", "dimensions"),
        "user_bias": _floats(2, "shopper features"),
        "items": _floats(2, "product features", "dimensions"),
        "item_bias": _floats(2, "product features"),
    },
    "outcome": {
        "knots": _floats(_STATES, len(KNOTS), OUTCOME_COLUMNS),
        "mean": _floats(_STATES, _HINGED),
        "spread": Layout("f", (_STATES, _HINGED), _SMALLEST, INFINITE),
        "weights": _floats(_STATES, 1 + _HINGED, _CLASSES),
    },
    "choice": {
        "weights": _floats(_STATES, CHOICE_COLUMNS),
        "alone": _counts(_STATES),
        "category": Layout("i", ("items",), -1),
    },
    "rates": {
        "items": Layout("U", ("rated",)),
        "total": _counts("rated", _CLASSES),
        "offsets": _counts("rated", 5, _CLASSES),
    },
    "support": {"bodies": _counts(*SHAPE)},
    "trees": _TREES,
    "guest_trees": _TREES,
    "history": {
        "start": Layout("i", ("users and one",), 0),
        "offset": _floats("answers"),
        "position": _floats("answers"),
        "day": _floats("answers"),
        "scale": Layout("i", ("answers",), 0),
        "category": Layout("i", ("answers",), -1),
        "fit": Layout("i", ("answers",), 0, _CLASSES - 1),
    },
}
"""Arrays by file. A name of an axis that no other line of the file or of `words` defines may have any length."""


def layout_mistake(arrays: Mapping[str, Mapping[str, Any]]) -> str:
    """The first array that is not as `LAYOUTS` states, with the reason; empty if all are. Files may be absent."""
    lengths = _lengths(arrays.get("words", {}))
    for file, stated in arrays.items():
        known = dict(lengths)
        for name, layout in LAYOUTS.get(file, {}).items():
            if name in stated:
                mistake = _mistake(stated[name], layout, known)
                if mistake:
                    return f"{file}.npz: {name} {mistake}"
    return _scale_mistake(arrays)


def _lengths(words: Mapping[str, Any]) -> dict[str, int]:
    """The lengths of axes that the vocabulary decides."""
    found = {name: len(array) for name, array in words.items() if array.ndim == 1}
    count = {name: found.get(name, 0) for name in LAYOUTS["words"]}
    return found | {
        "levels of ladders": len(BODY_LEVELS) * count["ladders"],
        "body columns": _PLAIN_BODY + count["shapes"],
        "shopper features": count["users"] + count["shapes"] + 1 + BODY_BUCKETS,
        "product features": count["items"] + count["categories"] + count["sizes"],
        "users and one": count["users"] + 1,
    }


def _mistake(array: Any, layout: Layout, lengths: dict[str, int]) -> str:
    if array.dtype.kind not in layout.kinds:
        return f"has the type {array.dtype}"
    if array.ndim != len(layout.shape):
        return f"has {array.ndim} axes, not {len(layout.shape)}"
    expected = [
        length if isinstance(length, int) else lengths.setdefault(length, found)
        for length, found in zip(layout.shape, array.shape, strict=True)
    ]
    if list(array.shape) != expected:
        return f"has the shape {array.shape}, not {tuple(expected)}"
    if array.dtype.kind not in "fiu" or not prod(array.shape):
        return ""
    low, high = float(np.min(array)), float(np.max(array))
    # written so that NaN is outside
    return "" if layout.low <= low and high <= layout.high else f"holds numbers from {low:g} to {high:g}"


def _scale_mistake(arrays: Mapping[str, Mapping[str, Any]]) -> str:
    """Deviations are divided by; codes name a category or a scale."""
    words, shares = arrays.get("words", {}), arrays.get("shares", {})
    if "scale" in shares and not (shares["scale"][1] >= _SMALLEST).all():
        return "shares.npz: scale holds a deviation of 0"
    codes = (
        ("choice", "category", "categories"),
        ("history", "category", "categories"),
        ("history", "scale", "ladders"),
    )
    for file, name, of in codes:
        rows = arrays.get(file, {}).get(name, np.zeros(0))
        if len(rows) and int(rows.max()) >= len(words.get(of, ())):
            return f"{file}.npz: {name} holds a number that is not in {of}"
    return ""
