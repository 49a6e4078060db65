"""One stretch of a history with all that is counted and learned from it; the older days and the whole alike."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from recommender.arrays import Bools, Doubles, Ints
from recommender.inputs.baskets import Baskets, baskets_of
from recommender.inputs.features import Features
from recommender.inputs.tables import Events, Items
from recommender.looks.signals.activity import liveliness
from recommender.looks.signals.attribute_affinity import Habit, fold, habits_of
from recommender.looks.signals.co_purchase import Counts, count_pairs, item_pairs, style_pairs
from recommender.looks.signals.popularity import met_of, sales_of
from recommender.looks.signals.signals import Evidence
from recommender.looks.signals.training_rows import RoomRows, room_rows
from recommender.looks.training import lightfm_door as train
from recommender.looks.training.hyperparameters import Recipe
from recommender.looks.training.new_arrivals import Newcomers, newcomers

Progress = Callable[[str, float], None]
_DAY = 86_400


@dataclass(frozen=True)
class Stretch:
    """A catalogue with its features, and the events of the stretch; what follows from them is counted once."""

    items: Items
    features: Features
    events: Events
    recipe: Recipe

    @cached_property
    def baskets(self) -> Baskets:
        """The baskets of the stretch."""
        return baskets_of(self.events)

    @cached_property
    def met(self) -> Bools:
        """Items that were bought, tried on or asked for."""
        return met_of(self.events, len(self.items)) > 0

    @cached_property
    def sales(self) -> Ints:
        """Purchases of each item."""
        return sales_of(self.events, len(self.items))

    @cached_property
    def counts(self) -> Counts:
        """What was bought with what."""
        return count_pairs(self.baskets, self.items.styles, len(self.items.style_names))

    @cached_property
    def habits(self) -> tuple[Habit, ...]:
        """Which words of the catalogue go together."""
        return habits_of(self.items, self.counts.together)

    @cached_property
    def _rows(self) -> RoomRows:
        return room_rows(self.baskets, len(self.items), self.recipe.seed)

    def _learned(self, told: Progress, step: str, *, ids: bool) -> train.Learned:
        weighed = self.features.matrix * np.float32(self.recipe.feature_weight)
        return train.learn(
            self._rows, weighed, self.met, self.recipe, lambda _, done: told(step, done), ids=ids
        )

    def evidence(self, told: Progress, step: str) -> Evidence:
        """All signals of the stretch; this is where LightFM runs."""
        sold = np.flatnonzero(self.met).astype(np.int32)
        place = np.full(len(self.items), -1, np.int32)
        place[sold] = np.arange(len(sold), dtype=np.int32)
        learned = self._learned(told, step, ids=True)
        last = sales_of(self.events.where(self.events.at > self.events.at.max() - _DAY), len(self.items))
        return Evidence(
            sold,
            place,
            self.items.styles,
            learned.context,
            np.ascontiguousarray(learned.target[sold]),
            np.ascontiguousarray(learned.bias[sold]),
            np.log1p(self.sales[sold]).astype(np.float32),
            np.log1p(last[sold]).astype(np.float32),
            item_pairs(self.counts, place),
            style_pairs(self.counts, self.items.styles, self.sales, sold),
            self.habits,
        )

    def newcomers(self, told: Progress, step: str, loudness: Doubles) -> Newcomers:
        """What was never sold in the stretch; `loudness` is that of each habit."""
        learned = None
        if self.features.matrix.shape[1] and not self.met.all() and len(self._rows.missing):
            learned = self._learned(told, step, ids=False)
        alive = liveliness(self.items, self.features, self.met)
        habit = fold(self.habits, loudness, self.sales, self.recipe.arrival_dimensions)
        return newcomers(self.met, self.sales, self.items.styles, self.counts, alive, learned, habit)
