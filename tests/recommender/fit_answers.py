"""Fit answers of a toy shop (seeded): bodies, sizes, one product that runs small and one that runs large."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from recommender.sizes.serving.fit_table import BODY, FitAnswers

RUN = ("XS", "S", "M", "L", "XL")
RUNS_SMALL, RUNS_LARGE, TRUE = "P00", "P01", "P02"
SHIFT = {RUNS_SMALL: 1.0, RUNS_LARGE: -1.0}


def draw(answers: int = 3000, seed: int = 7) -> dict[str, list[object]]:
    """Columns of answers; the body's step (0 to 4) and the product's offset decide the outcome."""
    rng = np.random.default_rng(seed)
    people = rng.uniform(0.0, 4.0, 400)
    height = 158 + 4 * people + rng.normal(0, 2, 400)
    weight = 48 + 9 * people + rng.normal(0, 2, 400)
    rows: dict[str, list[object]] = {
        name: []
        for name in (
            "user_id", "item_id", "category", "size", "height_in", "weight_lbs", "age", "fit", "review_date"
        )
    }  # fmt: skip
    for at in range(answers):
        who = int(rng.integers(400))
        item = f"P{int(rng.integers(12)):02d}"
        taken = int(np.clip(round(people[who] + rng.normal(0, 0.5)), 0, 4))
        off = taken - people[who] - SHIFT.get(item, 0.0) + rng.normal(0, 0.2)
        felt = "small" if off < -0.6 else "large" if off > 0.6 else "fit"
        row = (
            f"u{who}", item, "tops" if at % 3 else "dresses", RUN[taken], height[who] / 2.54,
            weight[who] / 0.4536, float(20 + who % 50), felt, f"2025-{1 + 11 * at // answers:02d}-01",
        )  # fmt: skip
        for name, value in zip(rows, row, strict=True):
            rows[name].append(value)
    return rows


def write(path: Path, columns: dict[str, list[object]]) -> Path:
    """The columns as a Parquet file."""
    pq.write_table(pa.table(columns), path)
    return path


def answers(rows: list[tuple[str, str, str, int]], heights: list[float] | None = None) -> FitAnswers:
    """Rows of user, product, size and outcome; `heights` in inches."""
    user, item, size, fit = (np.array(column, dtype=object) for column in zip(*rows, strict=True))
    body = np.full((len(rows), len(BODY)), np.nan)
    if heights is not None:
        body[:, BODY.index("height_in")] = heights
    text = np.array(["tops"] * len(rows), dtype=object)
    empty = np.array([""] * len(rows), dtype=object)
    at = np.arange(len(rows), dtype=np.int64)
    return FitAnswers(user, item, text, size, empty, body, fit.astype(np.int32), at, empty)
