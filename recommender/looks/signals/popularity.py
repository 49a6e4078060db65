"""Sales and interaction counts of items."""

import numpy as np

from recommender.arrays import Ints
from recommender.inputs.event_kinds import EventKind
from recommender.inputs.tables import Events


def sales_of(events: Events, items: int) -> Ints:
    """Purchases of each item minus returns, at least 0."""
    bought = np.bincount(events.of(EventKind.PURCHASE).item, minlength=items)
    returned = np.bincount(events.of(EventKind.RETURN).item, minlength=items)
    return np.asarray(np.maximum(bought - returned, 0), np.int32)


def interaction_counts(events: Events, items: int) -> Ints:
    """How often each item was bought, tried on or requested; items with 0 have no vector of their own."""
    kinds = [kind for kind in EventKind if kind not in {EventKind.NOT_THIS, EventKind.RETURN}]
    return np.bincount(events.of(*kinds).item, minlength=items).astype(np.int32)
