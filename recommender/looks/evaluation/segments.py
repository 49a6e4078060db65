"""Segments of the holdout cases, for which recall is reported apart: size of the room, same or other category, and
how often the hidden item was sold before."""

from collections.abc import Sequence

import numpy as np

from recommender.arrays import AnyInts, Bools
from recommender.inputs.leave_one_out import HoldoutCase
from recommender.looks.training.room_size_weights import SIZE_CLASSES

SAME_CATEGORY, OTHER_CATEGORY = "same category", "other category"
NEW_ARRIVALS, SELDOM_SOLD, OFTEN_SOLD = "new arrivals", "seldom sold", "often sold"
# Share of the items with interactions that counts as often sold: the best-selling ones.
_OFTEN_SHARE = 0.1


def segments_of(
    cases: Sequence[HoldoutCase], categories: AnyInts | None, interactions: AnyInts
) -> dict[str, Bools]:
    """Marks the cases of each segment.

    `categories`: category code of each item; `interactions`: purchases, try-ons and requests of each item in the
    training part. "New arrivals" have none; "often sold" are the best-selling tenth of the others.
    """
    sizes = np.array([len(case.room) for case in cases], np.int64)
    known = interactions[interactions > 0]
    often = max(float(np.quantile(known, 1 - _OFTEN_SHARE)) if len(known) else 0.0, 2.0)
    sold = interactions[np.array([case.hidden for case in cases], np.int64)]
    found: dict[str, Bools] = {}
    for least, next_least in zip(SIZE_CLASSES, (*SIZE_CLASSES[1:], None), strict=True):
        below = sizes < next_least if next_least is not None else np.ones(len(sizes), np.bool_)
        found[_size_name(least, next_least)] = (sizes >= least) & below
    if categories is not None:
        same = np.array([categories[case.hidden] in categories[case.room] for case in cases], np.bool_)
        found |= {SAME_CATEGORY: same, OTHER_CATEGORY: ~same}
    return found | {
        NEW_ARRIVALS: sold == 0,
        SELDOM_SOLD: (sold > 0) & (sold < often),
        OFTEN_SOLD: sold >= often,
    }


def _size_name(least: int, next_least: int | None) -> str:
    if next_least is None:
        return f"room of {least} or more"
    return f"room of {least}" if next_least == least + 1 else f"room of {least} to {next_least - 1}"
