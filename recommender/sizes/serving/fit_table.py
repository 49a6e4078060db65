"""Fit answers as a frozen table: which size of which product was tried, how it felt, and the shopper's body.

Only columns known before the trial are read. Ratings and recommendations are given together with the answer,
so they are ignored although they would improve the figures.
"""

import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from recommender.arrays import Doubles, Ints, Longs
from recommender.errors import TableError
from recommender.inputs import table_files
from recommender.sizes.serving.body_measures import MEASURES, has_column, read_cups, read_measure, split_bra

FIT_CLASSES = ("small", "fit", "large")
SMALL, FIT, LARGE = range(3)
NEEDED = ("item_id", "size")
_CUP, _BRA = "bust_size_letter", "bust_size"
BODY = (*MEASURES, _CUP)
"""Columns of `FitAnswers.body`: pounds, inches, years, band in inches, place of the cup letter."""
_DATE, _DAY = "review_date", 86_400
_FIRST_DAY = 631_152_000
"""1990-01-01, seconds since 1970."""
CONTEXTS = ("occasion", "rented_for")
"""Columns with what a piece is tried for; the first one that a table has is read."""
_TEXTS = ("user_id", "item_id", "category", "size", "body_type")


@dataclass(frozen=True)
class FitAnswers:
    """One row per trial. Texts are "" and measures NaN if unknown; `fit` is -1 if not answered; `at` is in seconds
    since 1970, 0 if unknown; `context` is what the piece was tried for (`CONTEXTS`). `body` has the columns of `BODY`.
    `notices` list missing columns, values that were not read, and dropped rows."""

    user: Any
    item: Any
    category: Any
    size: Any
    shape: Any
    body: Doubles
    fit: Ints
    at: Longs
    context: Any
    notices: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.fit)

    def where(self, rows: Any) -> "FitAnswers":
        """The marked or numbered rows."""
        kept = {
            name: getattr(self, name)[rows] for name in FitAnswers.__dataclass_fields__ if name != "notices"
        }
        return FitAnswers(**kept, notices=self.notices)


def read_fits(path: Path, *, answered: bool, now: float | None = None) -> FitAnswers:
    """The trials of a file, in its order. `now` (seconds since 1970, default: the clock) bounds the dates.

    With `answered`, rows without a usable answer, product or size are dropped; without, every row is kept as
    a question. Raises `TableError` naming every missing column that is needed for training.
    """
    table = table_files.read_table(path)
    needed = (*NEEDED, "fit") if answered else ()
    missing = [name for name in needed if name not in table.column_names]
    if missing:
        raise TableError(path.name, [f"no column {name}" for name in missing])
    user, item, category, size, shape = (_texts(table, name) for name in _TEXTS)
    (body, unread), (at, undated) = _body(table), _seconds(table, time.time() if now is None else now)
    notices = (f"{path.name}: {note}" for note in (*_absent(table.column_names), *unread, *undated))
    context = _texts(table, next((name for name in CONTEXTS if name in table.column_names), CONTEXTS[0]))
    fits = FitAnswers(user, item, category, size, shape, body, _answers(table), at, context, tuple(notices))
    return _answered(fits, path.name) if answered else fits


def _absent(columns: list[str]) -> list[str]:
    """Optional columns that a table does not have."""
    texts = [name for name in _TEXTS if name not in columns]
    measures = [name for name in MEASURES if not has_column(name, columns)]
    if _BRA in columns:
        return [f"no column {name}" for name in (*texts, *measures) if name != "bust_size_num"]
    cups = [_CUP] if _CUP not in columns else []
    return [f"no column {name}" for name in (*texts, *measures, *cups)]


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


def _plain_values(table: Any, name: str) -> list[Any]:
    """Numbers and texts of a column; values of other types as text."""
    values = _values(table, name)
    return [value if isinstance(value, int | float | str | None) else str(value) for value in values]


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


def _body(table: Any) -> tuple[Doubles, list[str]]:
    """The measures in the columns of `BODY`, and notices about values that are left out."""
    columns = _measure_columns(table)
    body, notices = np.full((table.num_rows, len(BODY)), np.nan), []
    for at, name in enumerate(MEASURES):
        if has_column(name, columns):
            body[:, at], found = read_measure(name, columns)
            notices += found
    if _CUP in columns:
        body[:, -1], found = read_cups(_CUP, columns[_CUP])
        notices += found
    return body, notices


def _measure_columns(table: Any) -> dict[str, list[Any]]:
    """The columns with measures; one column with band and cup (`bust_size`, "34d") is split into both."""
    names = {column for measure in MEASURES.values() for column in measure.columns} | {_CUP}
    found = {name: _plain_values(table, name) for name in table.column_names if name in names}
    if _BRA in table.column_names:
        both = [split_bra(value) for value in _plain_values(table, _BRA)]
        found.setdefault("bust_size_num", [band for band, _ in both])
        found.setdefault(_CUP, [cup for _, cup in both])
    return found


def _answers(table: Any) -> Ints:
    code = {name: at for at, name in enumerate(FIT_CLASSES)}
    return np.array(
        [code.get(normalise_text(value).lower(), -1) for value in _values(table, "fit")], np.int32
    )


def _seconds(table: Any, now: float) -> tuple[Longs, list[str]]:
    """From `review_date` (a date, a timestamp or ISO text); 0 if it is unknown, before 1990 or after tomorrow."""
    values = _values(table, _DATE)
    raw = np.array([_iso(value) for value in values], dtype="datetime64[s]")
    seconds = np.where(np.isnat(raw), 0, raw.astype(np.int64)).astype(np.int64)
    good = (seconds >= _FIRST_DAY) & (seconds <= now + _DAY)
    wrong = sum(1 for value, usable in zip(values, good, strict=True) if not usable and normalise_text(value))
    found: Longs = np.where(good, seconds, 0)
    text = "are no ISO date (2026-03-01), or lie before 1990 or in the future, and are left out"
    return found, [f"{wrong} of {len(values)} values of {_DATE} {text}"] if wrong else []


def _iso(value: Any) -> str:
    text = str(value.isoformat() if hasattr(value, "isoformat") else value or "")[:19]
    try:
        np.datetime64(text, "s")
    except ValueError:
        return "NaT"
    return text or "NaT"
