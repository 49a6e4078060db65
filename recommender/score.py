"""One room in, one score for every sold item out: a matrix-vector product and a few sparse rows.

    score = target . mean(context)                          (the bias is its last dimension)
            + pairs:  mean(worth) + a log(1 + 1000 p) + b log(1 + 50 p) + c p + d max p,  p = mean co-purchase value
            + styles: a' log(1 + 1000 s) + b' log(1 + 50 s),                              s = the same among styles

The weights were fitted on a validation slice and are part of the model (`Blend`); what is linear was folded into the
vectors when the model was made.
"""

import threading
from collections.abc import Sequence

import numpy as np

from recommender.arrays import Floats, Rows, Whole
from recommender.model import LooksModel, Voice

# Room to add sparse rows up in, one per thread, all zero between requests: cleaning what was touched costs less than
# clearing the whole.
_desk = threading.local()


def scores(model: LooksModel, room: Sequence[int], weights: Floats | None = None) -> Floats:
    """Scores of the sold items for the rows hanging in the room; an empty room gives popularity.

    `weights` (one per row of the room, summing to 1) lets a shopper's past speak more softly than the room.
    """
    if not len(room):
        return model.popularity.copy()
    share = np.full(len(room), 1 / len(room), np.float32) if weights is None else weights
    found: Floats = model.target @ (share @ model.context[list(room)])
    if model.blend.pairs != _SILENT:
        hear(found, model.pairs, room, share, model.blend.pairs)
    if model.blend.styles != _SILENT:
        hear(found, model.styles, model.shelf.styles[list(room)].tolist(), share, model.blend.styles)
    return found


_SILENT = Voice()


def hear(found: Floats, rows: Rows, room: Sequence[int], share: Floats, voice: Voice) -> None:
    """Adds what the sparse rows of the room say to `found`, in place; a column met by several garments counts once."""
    spans = [slice(rows.start[row], rows.start[row + 1]) for row in room]
    columns = [rows.columns[span] for span in spans]
    touched = columns[0] if len(columns) == 1 else np.concatenate(columns)
    if not len(touched):
        return
    values = [rows.values[span] for span in spans]
    if len(columns) == 1:
        said = voice.of(values[0] * share[0])
        if voice.beside:
            said += rows.worth[spans[0]] * share[0]
        if voice.most:
            said += np.float32(voice.most) * values[0]
    else:
        desk = _clean(len(found))
        said = voice.of(_mean(desk, columns, values, share, touched))
        if voice.beside:
            said += _mean(desk, columns, [rows.worth[span] for span in spans], share, touched)
        if voice.most:
            said += np.float32(voice.most) * _most(desk, columns, values, touched)
    said += found[touched]
    found[touched] = said


def _mean(
    desk: Floats, columns: Sequence[Whole], values: Sequence[Floats], share: Floats, touched: Whole
) -> Floats:
    for column, value, part in zip(columns, values, share, strict=True):
        desk[column] += value * part
    found: Floats = desk[touched]
    desk[touched] = 0
    return found


def _most(desk: Floats, columns: Sequence[Whole], values: Sequence[Floats], touched: Whole) -> Floats:
    for column, value in zip(columns, values, strict=True):
        desk[column] = np.maximum(desk[column], value)
    found: Floats = desk[touched]
    desk[touched] = 0
    return found


def _clean(width: int) -> Floats:
    desk: Floats | None = getattr(_desk, "floats", None)
    if desk is None or len(desk) < width:
        desk = _desk.floats = np.zeros(width, np.float32)
    return desk
