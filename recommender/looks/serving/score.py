"""One room in, one score for every sold item out: a matrix-vector product and a few sparse rows.

    score = target . mean(context)                          (the bias is its last dimension)
            + pairs:  together(worth) + a log(1 + 1000 p) + b log(1 + 50 p) + c p + d max p,   p = together(co-purchase)
            + styles: a' log(1 + 1000 s) + b' log(1 + 50 s),                                   s = the same among styles
    together(x) = sum of x over the room's garments / root of their number

A mean would let the one garment that says much drown in a large room, a sum would let large rooms shout.
The weights were fitted on a validation slice and are part of the model (`Blend`); what is linear was folded into the
vectors when the model was made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from recommender.arrays import Floats, Rows, Whole
    from recommender.looks.serving.model import LooksModel, Voice

# Desks to add sparse rows up on, all zero between requests: cleaning what was touched costs less than clearing the
# whole. A request takes one and lays it back, so two threads never share one (taking from a list is one step).
_desks: list[Floats] = []


def scores(model: LooksModel, room: Sequence[int], weights: Floats | None = None) -> Floats:
    """Scores of the sold items for the rows hanging in the room; an empty room gives popularity.

    `weights` (one per row of the room, summing to 1) lets a shopper's past speak more softly than the room.
    """
    if not len(room):
        return model.popularity.copy()
    rows = list(room)
    found: Floats = np.dot(model.target, mean_context(model.context, rows, weights))
    blend = model.blend
    if blend.pairs.speaks:
        hear(found, model.pairs, rows, weights, blend.pairs)
    if blend.styles.speaks:
        hear(found, model.styles, model.shelf.styles[rows].tolist(), weights, blend.styles)
    return found


def mean_context(context: Floats, rows: list[int], weights: Floats | None) -> Floats:
    """The room as one vector."""
    if weights is not None:
        told: Floats = np.dot(weights, context[rows])
        return told
    mean: Floats = np.add.reduce(context[rows])
    mean *= 1 / len(rows)
    return mean


def hear(found: Floats, rows: Rows, room: Sequence[int], weights: Floats | None, voice: Voice) -> None:
    """Adds what the sparse rows of the room say to `found`, in place; a column met by several garments counts once."""
    start = rows.start
    spans = [slice(start.item(row), start.item(row + 1)) for row in room]
    columns = _joined([rows.columns[span] for span in spans])
    if not len(columns):
        return
    parts = [rows.values[span] for span in spans]
    values = _joined(parts)
    shared = _shared(parts, values, weights)
    if voice.beside:
        worth = [rows.worth[span] for span in spans]
        np.add.at(found, columns, _shared(worth, _joined(worth), weights))
    if len(spans) == 1:
        said = voice.of(shared)
        if voice.most:
            said += voice.most * values
    else:
        said = _said(len(found), columns, values, shared, voice)
    said += found[columns]
    # a column that stands here twice is written twice, each time the same
    found[columns] = said


def _said(width: int, columns: Whole, values: Floats, shared: Floats, voice: Voice) -> Floats:
    desk = _clean_desk(width)
    said = voice.of(_gathered(np.add.at, desk, columns, shared))
    if voice.most:
        said += voice.most * _gathered(np.maximum.at, desk, columns, values)
    _desks.append(desk)
    return said


def _clean_desk(width: int) -> Floats:
    try:
        desk = _desks.pop()
    except IndexError:
        desk = np.zeros(width, np.float32)
    return desk if len(desk) >= width else np.zeros(width, np.float32)


def _gathered(
    gather: Callable[[Floats, Whole, Floats], None], desk: Floats, columns: Whole, values: Floats
) -> Floats:
    gather(desk, columns, values)
    found: Floats = desk[columns]
    desk[columns] = 0
    return found


def _joined(parts: list[np.ndarray]) -> np.ndarray:
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def _shared(parts: list[Floats], values: Floats, weights: Floats | None) -> Floats:
    """Each garment's values times its share: 1 / root of their number, or what that is with unequal weights."""
    if weights is None:
        return values / len(parts) ** 0.5 if len(parts) > 1 else values
    share: Floats = weights / np.sqrt(np.dot(weights, weights))
    return values * np.repeat(share, [len(part) for part in parts])
