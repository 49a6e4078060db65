"""Attribute affinities: the tables, and their reduction to vectors."""

import numpy as np

from recommender.inputs.baskets import baskets_of
from recommender.inputs.tables import Events, Items
from recommender.looks.signals.attribute_affinity import attribute_affinities, fold_affinities
from recommender.looks.signals.co_purchase import count_pairs


def test_affinities_fold_into_vectors_without_loss_with_enough_dimensions(
    tables: tuple[Items, Events],
) -> None:
    items, events = tables
    affinities = attribute_affinities(
        items, count_pairs(baskets_of(events), items.styles, len(items.style_names)).pair_weights
    )
    weights = np.linspace(0.2, 1, len(affinities))
    sales = np.bincount(events.item, minlength=len(items)).astype(np.int32)
    expected = sum(
        weight * affinity.table[affinity.codes][:, affinity.codes]
        for weight, affinity in zip(weights, affinities, strict=True)
    )
    share = np.sqrt((sales + 1) / (sales + 1).sum())

    def lost(dimensions: int) -> float:
        folded = fold_affinities(affinities, weights, sales, dimensions)
        assert folded.context.shape[1] <= dimensions
        return float(np.linalg.norm(share[:, None] * (folded.context @ folded.target.T - expected) * share))

    assert lost(400) < 1e-5
    assert lost(400) < lost(4) < lost(2) < lost(1)
