"""What fit answers teach of a product: how its sizes sit on people whose usual size is known from their other pieces.

A person's usual size in a category is the size that most often fitted her in other products of it. An answer about
a product then stands at an offset: tried one size above the usual, at it, one below. Not for what a person's body says.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow.parquet as parquet

from recommender.errors import TableError
from recommender.seal import write_sealed
from recommender.sizes import FITS, KIND, OFFSETS, position

NEEDED = ("user_id", "item_id", "category", "size", "fit")


@dataclass(frozen=True, slots=True)
class Answer:
    """One fit answer; `fit` is small, fit or large."""

    user: str
    item: str
    category: str
    size: str
    fit: str


def read_answers(path: Path) -> list[Answer]:
    """The usable answers of a Parquet file. Errors: TableError with every missing column."""
    table = parquet.read_table(path)
    missing = [name for name in NEEDED if name not in table.column_names]
    if missing:
        raise TableError(path.name, [f"no column {name}" for name in missing])
    columns = [table.column(name).to_pylist() for name in NEEDED]
    rows = zip(*columns, strict=True)
    return [Answer(*(str(v) for v in row)) for row in rows if None not in row and str(row[4]) in FITS]


def learn(answers: Sequence[Answer], out: Path) -> dict[str, int]:
    """Counts the answers by product and offset and writes the sealed model; returns what went into it."""
    counts: dict[str, np.ndarray] = defaultdict(lambda: np.zeros((len(OFFSETS), len(FITS)), np.int64))
    total: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(len(FITS), np.int64))
    placed = 0
    for item, offset, fit in _placed(answers, total):
        counts[item][OFFSETS.index(offset), FITS.index(fit)] += 1
        placed += 1
    items = sorted(total)
    arrays = {
        "items": np.array(items, np.str_),
        "total": np.array([total[i] for i in items]).reshape(-1, len(FITS)),
        "offsets": np.array([counts[i] for i in items]).reshape(-1, len(OFFSETS), len(FITS)),
    }
    facts = {"answers": len(answers), "placed": placed, "products": len(items)}
    out.mkdir(parents=True, exist_ok=True)
    write_sealed(out, KIND, facts, {"rates": arrays})
    return facts


def _placed(answers: Iterable[Answer], total: dict[str, np.ndarray]) -> Iterable[tuple[str, int, str]]:
    """(product, offset, fit) of every answer whose giver's usual size is known from other products."""
    by_person: dict[tuple[str, str, bool], list[Answer]] = defaultdict(list)
    ladders: dict[tuple[str, bool], set[float]] = defaultdict(set)
    for answer in answers:
        total[answer.item][FITS.index(answer.fit)] += 1
        letter, place = position(answer.size)
        by_person[answer.user, answer.category, letter].append(answer)
        ladders[answer.category, letter].add(place)
    steps = {kind: {place: step for step, place in enumerate(sorted(seen))} for kind, seen in ladders.items()}
    for (_, category, letter), own in by_person.items():
        step = steps[category, letter]
        for answer in own:
            usual = _usual(own, answer.item)
            offset = step[position(answer.size)[1]] - step[position(usual)[1]] if usual else None
            if offset in OFFSETS:
                yield answer.item, offset, answer.fit


def _usual(own: Sequence[Answer], but: str) -> str | None:
    fitting = Counter(a.size for a in own if a.item != but and a.fit == "fit")
    return min(fitting, key=lambda size: (-fitting[size], size)) if fitting else None
