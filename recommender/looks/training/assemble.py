"""Assembles the served model from signals and weights: linear signals are added to the vectors and biases."""

import numpy as np

from recommender.arrays import Doubles, Ints, Longs, SparseRows
from recommender.inputs.tables import Items
from recommender.looks.serving.chance import NO_PURCHASES, PurchaseCounts
from recommender.looks.serving.model import (
    Attribute,
    BlendWeights,
    CoPurchaseWeights,
    ItemIndex,
    LooksModel,
    NewArrivals,
)
from recommender.looks.signals.attribute_affinity import fold_affinities
from recommender.looks.signals.signals import Signals
from recommender.looks.training.blend_choice import BlendChoice
from recommender.looks.training.hyperparameters import Hyperparameters


def assemble_model(
    items: ItemIndex,
    signals: Signals,
    chosen: BlendChoice,
    arrivals: NewArrivals,
    parameters: Hyperparameters,
    category: Longs,
    bought: PurchaseCounts = NO_PURCHASES,
) -> LooksModel:
    """The served model under the chosen weights."""
    weights = {name: chosen.weights.get(name, 0.0) for name in signals.names}
    affinities = np.array([weights[f"habit {affinity.name}"] for affinity in signals.affinities])
    affinity_vectors = fold_affinities(
        signals.affinities, affinities, items.sales, parameters.affinity_dimensions
    )
    bias = (
        weights["learned"] * signals.bias
        + weights["popular"] * signals.popular
        + weights["recent"] * signals.recent
    )
    pair_scores, pair_rows = signals.pair_scores(weights), signals.pairs.rows
    rows = SparseRows(pair_rows.start, pair_rows.columns, pair_rows.values, pair_scores, pair_rows.counts)
    return LooksModel(
        items,
        _concatenated(
            signals.context * np.float32(weights["learned"]),
            affinity_vectors.context,
            np.ones((len(items), 1)),
        ),
        _concatenated(signals.target, affinity_vectors.target[signals.sold], bias[:, None]),
        rows,
        signals.styles,
        arrivals,
        BlendWeights(
            chosen.name,
            CoPurchaseWeights(
                weights["pair steep"],
                weights["pair soft"],
                weights["pair plain"],
                weights["pair most"],
                bool(pair_scores.any()),
            ),
            CoPurchaseWeights(weights["style steep"], weights["style soft"]),
        ),
        category,
        bought=bought,
    )


def build_item_index(
    items: Items, signals: Signals, sales: Ints, weight: Doubles, roles: dict[str, Attribute]
) -> ItemIndex:
    """The catalogue as it is served."""
    price = np.where(np.isnan(items.price), -1, items.price).astype(np.float32)
    return ItemIndex(
        items.ids,
        items.styles,
        price,
        sales,
        weight.astype(np.float32),
        signals.sold,
        roles,
        items.numeric_ids,
    )


def _concatenated(*parts: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(np.hstack(parts), np.float32)
