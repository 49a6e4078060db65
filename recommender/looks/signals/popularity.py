"""What sells: counts for the ranking of empty rooms, and the last answer but one when no model can be loaded."""

from collections.abc import Collection

import numpy as np

from recommender.arrays import Ints
from recommender.inputs.event_kinds import EventKind
from recommender.inputs.tables import Events


def sales_of(events: Events, items: int) -> Ints:
    """Purchases of each item, less what came back, never below 0."""
    bought = np.bincount(events.of(EventKind.PURCHASE).item, minlength=items)
    back = np.bincount(events.of(EventKind.RETURN).item, minlength=items)
    return np.asarray(np.maximum(bought - back, 0), np.int32)


def interaction_counts(events: Events, items: int) -> Ints:
    """How often each item was bought, tried on or asked for: what an item's own vector can be learned from."""
    good = [kind for kind in EventKind if kind not in {EventKind.NOT_THIS, EventKind.RETURN}]
    return np.bincount(events.of(*good).item, minlength=items).astype(np.int32)


def most_popular(sales: Ints, ids: tuple[str, ...], k: int, without: Collection[str] = ()) -> tuple[str, ...]:
    """The k best sellers that are not left out (ties in order of the catalogue)."""
    order = np.argsort(-sales, kind="stable")
    left = set(without)
    return tuple(item for item in (ids[row] for row in order) if item not in left)[:k]
