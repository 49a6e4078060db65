"""Splits a history by time into an older part and a held-out newest part."""

import numpy as np

from recommender.arrays import Longs
from recommender.inputs.tables import Events

_DAY = 86_400


def split_by_time(events: Events, share: float) -> tuple[Events, Events]:
    """The older part of a history and the newest `share` of it; of a single day or hour every so many-th basket."""
    older, newer = events.split(split_time(events.at, share))
    if len(older) and len(newer):
        return older, newer
    # counted among the baskets at hand, so that a part that was drawn from before can be drawn from again
    _, place = np.unique(events.basket, return_inverse=True)
    drawn = place % max(round(1 / share), 2) == 0
    return events.where(~drawn), events.where(drawn)


def split_time(at: Longs, share: float) -> int:
    """The second from which the newest `share` of a history begins; a whole day where the history has days."""
    second = int(np.quantile(at, 1 - share, method="higher"))
    if int(at.max()) - int(at.min()) >= 2 * _DAY:
        starts = (second // _DAY * _DAY, (second // _DAY + 1) * _DAY)
        days = [day for day in starts if at.min() < day <= at.max()]
        second = min(days, key=lambda day: abs(float((at >= day).mean()) - share), default=second)
    return max(second, int(at.min()) + 1)
