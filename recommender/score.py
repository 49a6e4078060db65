"""One room in, one score for every sold item out: a matrix-vector product and a few sparse rows.

    score = target . mean(context) + bias
            + pairs:  mean(worth) + a log(1 + 1000 p) + b log(1 + 50 p) + c p + d max p,  p = mean co-purchase value
            + styles: the same with the co-purchase of styles

The weights were fitted on a validation slice and are part of the model (`Blend`); what is linear was folded into the
vectors when the model was made.
"""

from collections.abc import Sequence

import numpy as np

from recommender.arrays import Floats, Rows, Whole
from recommender.model import LooksModel, Voice


def scores(model: LooksModel, room: Sequence[int], weights: Floats | None = None) -> Floats:
    """Scores of the sold items for the rows hanging in the room; an empty room gives popularity.

    `weights` (one per row of the room, summing to 1) lets a shopper's past speak more softly than the room.
    """
    if not len(room):
        return model.popularity.copy()
    share = np.full(len(room), 1 / len(room), np.float32) if weights is None else weights
    found = model.target @ (share @ model.context[list(room)])
    found += model.bias
    _hear(found, model.pairs, room, share, model.blend.pairs)
    if model.blend.styles != Voice():
        _hear(found, model.styles, model.shelf.styles[list(room)].tolist(), share, model.blend.styles)
    return np.asarray(found, np.float32)


def _hear(found: Floats, rows: Rows, room: Sequence[int], share: Floats, voice: Voice) -> None:
    """Adds what the sparse rows say to `found`, in place."""
    spans = [(int(rows.start[row]), int(rows.start[row + 1])) for row in room]
    columns = [rows.columns[lo:hi] for lo, hi in spans]
    touched = columns[0] if len(columns) == 1 else np.concatenate(columns)
    if len(touched):
        values = [rows.values[lo:hi] for lo, hi in spans]
        mean, most, worth = _gathered(
            len(found), columns, values, [rows.worth[lo:hi] for lo, hi in spans], share, touched
        )
        # columns met twice are written twice with the same number
        found[touched] = found[touched] + worth + voice.of(mean, most)


def _gathered(
    width: int,
    columns: Sequence[Whole],
    values: Sequence[Floats],
    worths: Sequence[Floats],
    share: Floats,
    touched: Whole,
) -> tuple[Floats, Floats, Floats]:
    """Weighed mean and maximum of the values, and weighed mean of the worths, at the touched columns."""
    if len(columns) == 1:
        return values[0] * share[0], values[0], worths[0] * share[0]
    sums = np.zeros((3, width), np.float32)
    mean, most, worth = sums
    for column, value, each, part in zip(columns, values, worths, share, strict=True):
        mean[column] += part * value
        worth[column] += part * each
        most[column] = np.maximum(most[column], value)
    return mean[touched], most[touched], worth[touched]
