"""One counted part of a history with its trained vectors; used for the training part and for the whole history."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from recommender.arrays import Bools, Doubles, Ints
from recommender.inputs.features import Features
from recommender.inputs.tables import Items
from recommender.looks.serving.column_roles import detect_roles
from recommender.looks.serving.matching import matching_items, shades
from recommender.looks.signals.activity import activity_log_odds
from recommender.looks.signals.attribute_affinity import (
    AttributeAffinity,
    attribute_affinities,
    fold_affinities,
)
from recommender.looks.signals.co_purchase import item_pair_signals, style_pairs
from recommender.looks.signals.history_counts import HistoryCounts
from recommender.looks.signals.item_factors import fold_in_vectors, train_item_factors
from recommender.looks.signals.signals import Signals
from recommender.looks.signals.training_rows import TrainingRows, training_rows
from recommender.looks.signals.vector_pair import VectorPair
from recommender.looks.training import lightfm_training as train
from recommender.looks.training.hyperparameters import Hyperparameters
from recommender.looks.training.new_arrivals import ColdItems, cold_items

Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class HistoryWindow:
    """A catalogue with its features, and the counts of the window; derived values are computed once."""

    items: Items
    features: Features
    counted: HistoryCounts
    parameters: Hyperparameters

    @cached_property
    def has_interactions(self) -> Bools:
        """Marks items that were bought, tried on or requested."""
        return self.counted.interactions > 0

    @cached_property
    def affinities(self) -> tuple[AttributeAffinity, ...]:
        """Attribute affinities."""
        return attribute_affinities(self.items, self.counted.pairs.pair_weights)

    @cached_property
    def _rows(self) -> TrainingRows:
        return training_rows(self.counted.baskets, len(self.items), self.parameters.seed)

    def _train_vectors(self, progress: Progress, step: str, *, ids: bool) -> train.LightFMVectors:
        weighted = self.features.matrix * np.float32(self.parameters.feature_weight)
        return train.train_vectors(
            self._rows,
            weighted,
            self.has_interactions,
            self.parameters,
            lambda _, done: progress(step, done),
            ids=ids,
        )

    def _factors(self, progress: Progress, sold: Ints) -> VectorPair:
        settings = self.parameters.factors
        learned = self.counted.item_factors
        if learned is None:
            learned = train_item_factors(self.counted.baskets, len(self.items), settings, progress)
        vectors = fold_in_vectors(learned, settings)
        return VectorPair(vectors.context, np.ascontiguousarray(vectors.target[sold]))

    def signals(self, progress: Progress, step: str) -> Signals:
        """All signals of the window; trains LightFM and item factors."""
        category = detect_roles(self.items).get("category")
        match, shade = matching_items(self.items), shades(self.items)
        sold = np.flatnonzero(self.has_interactions).astype(np.int32)
        place = np.full(len(self.items), -1, np.int32)
        place[sold] = np.arange(len(sold), dtype=np.int32)
        learned = self._train_vectors(progress, step, ids=True)
        counted = self.counted
        return Signals(
            sold,
            place,
            self.items.styles,
            learned.context,
            np.ascontiguousarray(learned.target[sold]),
            np.ascontiguousarray(learned.bias[sold]),
            np.log1p(counted.sales[sold]).astype(np.float32),
            np.log1p(counted.last_sales[sold]).astype(np.float32),
            item_pair_signals(counted.pairs, place),
            style_pairs(counted.pairs, self.items.styles, counted.sales, sold),
            self.affinities,
            self._factors(progress, sold),
            None if category is None else category.codes,
            None if match is None else match.codes,
            None if shade is None else shade.codes,
        )

    def cold_items(self, progress: Progress, step: str, affinity_weights: Doubles) -> ColdItems:
        """The items without sales in the window; `affinity_weights` has one weight per affinity."""
        learned = None
        if self.features.matrix.shape[1] and not self.has_interactions.all() and len(self._rows.missing):
            learned = self._train_vectors(progress, step, ids=False)
        activity = activity_log_odds(self.items, self.features, self.has_interactions)
        affinity_vectors = fold_affinities(
            self.affinities, affinity_weights, self.counted.sales, self.parameters.arrival_dimensions
        )
        return cold_items(
            self.has_interactions,
            self.counted.sales,
            self.items.styles,
            self.counted.pairs,
            activity,
            learned,
            affinity_vectors,
        )
