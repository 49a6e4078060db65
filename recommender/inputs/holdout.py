"""Splits a history by time into a training part and a held-out newest part."""

import numpy as np

from recommender.arrays import Longs
from recommender.inputs.tables import Events

_DAY = 86_400


def split_by_time(events: Events, share: float) -> tuple[Events, Events]:
    """The older part of a history and its newest `share`.

    If the time split leaves one part empty, every n-th basket is held out instead (n = 1 / share).
    """
    older, newer = events.split(split_time(events.at, share))
    if len(older) and len(newer):
        return older, newer
    # numbered among the remaining baskets, so that a part that was split before can be split again
    _, place = np.unique(events.basket, return_inverse=True)
    drawn = place % max(round(1 / share), 2) == 0
    return events.where(~drawn), events.where(drawn)


def split_time(at: Longs, share: float) -> int:
    """The time (seconds since 1970) from which the newest `share` of a history begins; the start of a day if
    the history spans two days or more."""
    second = int(np.quantile(at, 1 - share, method="higher"))
    if int(at.max()) - int(at.min()) >= 2 * _DAY:
        starts = (second // _DAY * _DAY, (second // _DAY + 1) * _DAY)
        days = [day for day in starts if at.min() < day <= at.max()]
        second = min(days, key=lambda day: abs(float((at >= day).mean()) - share), default=second)
    return max(second, int(at.min()) + 1)
