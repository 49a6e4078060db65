"""Finds which purchases came back.

A return names its basket, or else its shopper, or neither: a shop that stores no persons writes only the item. Of such
returns as many purchases count as returned as came back: the latest of that shopper (or of all unknown shoppers) and
item before the latest return. For anonymous returns this is an assumption about which basket, not about how many.
"""

import numpy as np

from recommender.arrays import Bools, Longs
from recommender.inputs.event_kinds import EventKind
from recommender.inputs.tables import Events


def returned_purchases(events: Events) -> Bools:
    """Marks the events that are a purchase, or a try-on that was kept, of a garment that came back."""
    back = np.flatnonzero(events.kind == int(EventKind.RETURN))
    marked = np.zeros(len(events), np.bool_)
    if not len(back):
        return marked
    kept = np.isin(events.kind, [int(EventKind.PURCHASE), int(EventKind.TRYON_KEPT)])
    cell = events.basket.astype(np.int64) << 32 | events.item
    marked[kept & np.isin(cell, cell[back])] = True
    own_basket = np.isin(cell[back], cell[kept])
    came_back = _latest_purchases(events, cell, np.flatnonzero(kept & ~marked), back[~own_basket])
    marked[kept & np.isin(cell, came_back)] = True
    return marked


def _latest_purchases(events: Events, cell: Longs, kept: Longs, back: Longs) -> Longs:
    """The cells (basket and item) that returns without a basket of their own brought back."""
    if not len(back) or not len(kept):
        return np.zeros(0, np.int64)
    owner = (events.shopper.astype(np.int64) + 1) << 32 | events.item
    owners, of_return = np.unique(owner[back], return_inverse=True)
    pieces = np.bincount(of_return)
    latest = np.full(len(owners), np.iinfo(np.int64).min)
    np.maximum.at(latest, of_return, events.at[back])
    # a try-on that was kept and its purchase are one garment: the first event of each cell
    bought = kept[np.sort(np.unique(cell[kept], return_index=True)[1])]
    place = np.minimum(np.searchsorted(owners, owner[bought]), len(owners) - 1)
    may = (owners[place] == owner[bought]) & (events.at[bought] <= latest[place])
    bought, place = bought[may], place[may]
    order = np.lexsort((-events.basket[bought], -events.at[bought], place))
    bought, place = bought[order], place[order]
    nth = np.arange(len(place)) - np.searchsorted(place, place)
    return np.asarray(cell[bought[nth < pieces[place]]], np.int64)
