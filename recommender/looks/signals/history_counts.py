"""The counts of one part of a history from which all signals are computed, whoever counted them.

What is here fits in memory once it is counted, also if the history does not: one value for each item, pair of items,
pair of styles and pair of categories, and baskets to train LightFM on, which may be a sample.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from recommender.arrays import Floats, Ints, Longs
from recommender.inputs.baskets import Baskets, baskets_of
from recommender.inputs.holdout import split_by_time
from recommender.inputs.tables import Events, Items
from recommender.looks.serving.chance import PurchaseCounts
from recommender.looks.serving.column_roles import detect_roles
from recommender.looks.signals.co_purchase import PairCounts, count_pairs
from recommender.looks.signals.popularity import interaction_counts, sales_of
from recommender.looks.signals.purchase_counts import category_pairs, purchase_counts

_DAY = 86_400


@dataclass(frozen=True, slots=True)
class HistoryCounts:
    """Counts by item (one value for each row of the catalogue), by pair, and by pair of categories.

    `interactions`: purchases, try-ons and requests; `last_sales`: sales of the last 24 hours. `item_factors` (items x
    dimensions) come from elsewhere, for example from Spark; if None, they are trained on `baskets`.
    """

    baskets: Baskets
    interactions: Ints
    sales: Ints
    last_sales: Ints
    pairs: PairCounts
    category_pairs: Longs
    bought: PurchaseCounts
    item_factors: Floats | None = None


@dataclass(frozen=True, slots=True)
class Holdout:
    """The older part of a history, counted, and the baskets of its newest part, on which the blend is chosen."""

    older: HistoryCounts
    newer: Baskets


class CountedHistory(Protocol):
    """A history that can be counted."""

    def holdout(self) -> Holdout | None:
        """The history split by time; None if one part holds no basket of two items or more."""
        ...

    def whole(self) -> HistoryCounts:
        """The counts of all days."""
        ...


@dataclass(frozen=True, slots=True)
class EventHistory:
    """A history in memory; `validation` is the share of its newest events that is held out."""

    items: Items
    events: Events
    validation: float

    def holdout(self) -> Holdout | None:
        """The history split by time."""
        older, newer = split_by_time(self.events, self.validation)
        newer_baskets = baskets_of(newer)
        if not (newer_baskets.sizes >= 2).any() or not (baskets_of(older).sizes >= 2).any():
            return None
        return Holdout(count_history(self.items, older), newer_baskets)

    def whole(self) -> HistoryCounts:
        """The counts of all days."""
        return count_history(self.items, self.events)


def count_history(items: Items, events: Events) -> HistoryCounts:
    """The counts of events in memory."""
    baskets, category = baskets_of(events), detect_roles(items).get("category")
    newest = events.at.max() if len(events) else np.int64(0)
    return HistoryCounts(
        baskets,
        interaction_counts(events, len(items)),
        sales_of(events, len(items)),
        sales_of(events.where(events.at > newest - _DAY), len(items)),
        count_pairs(baskets, items.styles, len(items.style_names)),
        category_pairs(baskets, category),
        purchase_counts(baskets, len(items), category),
    )
