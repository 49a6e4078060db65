"""Fit answers as a frozen table: who tried which size of what, how it felt, and what is known of the body.

Only what is known before the trial is read. A rating or a recommendation is given after it, together with the answer
itself, so neither column is looked at although both would flatter the figures.
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
# Measures in the units of their columns, with the range outside which a figure is a slip of the pen.
MEASURES = {
    "weight_lbs": (70.0, 450.0),
    "height_in": (48.0, 86.0),
    "age": (12.0, 95.0),
    "bust_size_num": (26.0, 56.0),
}
# Cup letters as they follow one another in United States bands.
_CUPS = {
    c: float(i)
    for i, c in enumerate(("aa", "a", "b", "c", "d", "d+", "dd", "ddd/e", "f", "g", "h", "i", "j"))
}
BODY = (*MEASURES, "bust_size_letter")
_TEXTS = ("user_id", "item_id", "category", "size", "body_type")


@dataclass(frozen=True)
class FitAnswers:
    """One row per trial. Texts are "" and measures NaN where unknown; `fit` -1 where not answered, `at` in seconds
    since 1970 and 0 where unknown. `body` has the columns of `BODY`. `notices` say what was missing or put aside."""

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
    """The trials of a file, in its order. With `answered`, rows without a usable answer, product or size are left out;
    without, every row is a question, whatever columns are there.

    Errors: TableError naming every missing column that is needed to learn from."""
    table = table_files.read_table(path)
    needed = (*NEEDED, "fit") if answered else ()
    missing = [name for name in needed if name not in table.column_names]
    if missing:
        raise TableError(path.name, [f"no column {name}" for name in missing])
    notices = [
        f"{path.name}: no column {name}" for name in (*_TEXTS, *BODY) if name not in table.column_names
    ]
    user, item, category, size, shape = (_texts(table, name) for name in _TEXTS)
    told = (_body(table), _answers(table), _seconds(table), tuple(notices))
    fits = FitAnswers(user, item, category, size, shape, *told)
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
    """An id or a size as text: 8, 8.0 and "8" are the same, nothing and NaN are ""."""
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
    """Of `review_date` (a date, a time or ISO text)."""
    raw = np.array([_iso(value) for value in _values(table, "review_date")], dtype="datetime64[s]")
    return np.where(np.isnat(raw), 0, raw.astype(np.int64)).astype(np.int64)


def _iso(value: Any) -> str:
    text = str(value.isoformat() if hasattr(value, "isoformat") else value or "")[:19]
    try:
        np.datetime64(text)
    except ValueError:
        return "NaT"
    return text or "NaT"
