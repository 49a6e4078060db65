"""Fit answers as a frozen table: which size of which product was tried, how it felt, and the shopper's body.

Only columns known before the trial are read. Ratings and recommendations are given together with the answer,
so they are ignored although they would improve the figures.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from recommender.arrays import Doubles, Ints, Longs
from recommender.errors import TableError
from recommender.inputs import table_files

FIT_CLASSES = ("small", "fit", "large")
SMALL, FIT, LARGE = range(3)
NEEDED = ("item_id", "size")
# Measures in the units of their columns, with the range outside which a value is taken as an input error.
MEASURES = {
    "weight_lbs": (70.0, 450.0),
    "height_in": (48.0, 86.0),
    "age": (12.0, 95.0),
    "bust_size_num": (26.0, 56.0),
}
# Cup letters in the order of United States sizes.
_CUPS = {
    c: float(i)
    for i, c in enumerate(("aa", "a", "b", "c", "d", "d+", "dd", "ddd/e", "f", "g", "h", "i", "j"))
}
BODY = (*MEASURES, "bust_size_letter")
_TEXTS = ("user_id", "item_id", "category", "size", "body_type")


@dataclass(frozen=True)
class FitAnswers:
    """One row per trial. Texts are "" and measures NaN if unknown; `fit` is -1 if not answered; `at` is in
    seconds since 1970, 0 if unknown. `body` has the columns of `BODY`. `notices` list missing columns and
    dropped rows."""

    user: Any
    item: Any
    category: Any
    size: Any
    shape: Any
    body: Doubles
    fit: Ints
    at: Longs
    notices: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.fit)

    def where(self, rows: Any) -> "FitAnswers":
        """The marked or numbered rows."""
        kept = {
            name: getattr(self, name)[rows] for name in FitAnswers.__dataclass_fields__ if name != "notices"
        }
        return FitAnswers(**kept, notices=self.notices)


def read_fits(path: Path, *, answered: bool) -> FitAnswers:
    """The trials of a file, in its order.

    With `answered`, rows without a usable answer, product or size are dropped; without, every row is kept as
    a question. Raises `TableError` naming every missing column that is needed for training.
    """
    table = table_files.read_table(path)
    needed = (*NEEDED, "fit") if answered else ()
    missing = [name for name in needed if name not in table.column_names]
    if missing:
        raise TableError(path.name, [f"no column {name}" for name in missing])
    notices = [
        f"{path.name}: no column {name}" for name in (*_TEXTS, *BODY) if name not in table.column_names
    ]
    user, item, category, size, shape = (_texts(table, name) for name in _TEXTS)
    parsed = (_body(table), _answers(table), _seconds(table), tuple(notices))
    fits = FitAnswers(user, item, category, size, shape, *parsed)
    return _answered(fits, path.name) if answered else fits


def _answered(fits: FitAnswers, source: str) -> FitAnswers:
    good = (fits.fit >= 0) & (fits.item != "") & (fits.size != "")
    if good.all():
        return fits
    note = f"{source}: {int((~good).sum())} rows without a usable answer, product or size are left out"
    return replace(fits.where(good), notices=(*fits.notices, note))


def _values(table: Any, name: str) -> list[Any]:
    if name not in table.column_names:
        return [None] * table.num_rows
    found: list[Any] = table.column(name).to_pylist()
    return found


def _texts(table: Any, name: str) -> Any:
    return np.array([normalise_text(value) for value in _values(table, name)], dtype=object)


def normalise_text(value: Any) -> str:
    """An id or a size as text: 8, 8.0 and "8" are equal; None and NaN are ""."""
    if value is None:
        return ""
    if isinstance(value, float):
        return "" if value != value else str(int(value)) if value == int(value) else str(value)
    text = str(value).strip()
    return "" if text.lower() in {"nan", "none", "null"} else text.removesuffix(".0")


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return float("nan")


def _body(table: Any) -> Doubles:
    body = np.full((table.num_rows, len(BODY)), np.nan)
    for at, (name, (low, high)) in enumerate(MEASURES.items()):
        raw = np.array([_number(value) for value in _values(table, name)], float).reshape(-1)
        body[:, at] = np.where((raw >= low) & (raw <= high), raw, np.nan)
    body[:, -1] = [
        _CUPS.get(normalise_text(value).lower(), np.nan) for value in _values(table, "bust_size_letter")
    ]
    return body


def _answers(table: Any) -> Ints:
    code = {name: at for at, name in enumerate(FIT_CLASSES)}
    return np.array(
        [code.get(normalise_text(value).lower(), -1) for value in _values(table, "fit")], np.int32
    )


def _seconds(table: Any) -> Longs:
    """From `review_date` (a date, a timestamp or ISO text)."""
    raw = np.array([_iso(value) for value in _values(table, "review_date")], dtype="datetime64[s]")
    return np.where(np.isnat(raw), 0, raw.astype(np.int64)).astype(np.int64)


def _iso(value: Any) -> str:
    text = str(value.isoformat() if hasattr(value, "isoformat") else value or "")[:19]
    try:
        np.datetime64(text)
    except ValueError:
        return "NaT"
    return text or "NaT"
