"""Assembles the served model from signals and weights: linear signals are added to the vectors and biases.

The dimensions of the vectors are, in this order: LightFM, item factors, attribute affinities, and three of bias (of
LightFM, popularity, sales of the last day). So the weights by room size can scale each part.
"""

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
    RoomWeights,
)
from recommender.looks.signals.attribute_affinity import fold_affinities
from recommender.looks.signals.signals import (
    FACTORS,
    LARGEST_ROOM,
    MATCHED,
    MATCHED_OTHER,
    REPEATED,
    STYLE_MATCHED,
    Signals,
)
from recommender.looks.signals.vector_pair import VectorPair, reduced
from recommender.looks.training.blend_choice import BlendChoice
from recommender.looks.training.hyperparameters import Hyperparameters
from recommender.looks.training.room_size_weights import group_of, size_class

# The bias dimensions, in this order.
BIASES = ("learned", "popular", "recent")


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
    factors, learned = _factors(signals, len(items)), _learned(signals, items, parameters)
    context = (
        learned.context * np.float32(weights["learned"]),
        factors.context * np.float32(weights.get(FACTORS, 0.0)),
        affinity_vectors.context,
        np.ones((len(items), len(BIASES))),
    )
    biases = zip(BIASES, (signals.bias, signals.popular, signals.recent), strict=True)
    bias = np.column_stack([weights[name] * values for name, values in biases])
    target = (learned.target, factors.target, affinity_vectors.target[signals.sold], bias)
    pair_scores, pair_rows = signals.pair_scores(weights), signals.pairs.rows
    rows = SparseRows(pair_rows.start, pair_rows.columns, pair_rows.values, pair_scores, pair_rows.counts)
    widths = [part.shape[1] for part in context[:3]]
    sizes = range(1, LARGEST_ROOM + 1)
    by_size = tuple(_room_weights(weights, _factors_of(chosen, size), widths, size) for size in sizes)
    plain = _room_weights(weights, {}, widths, 1)
    return LooksModel(
        items,
        _concatenated(*context),
        _concatenated(*target),
        rows,
        signals.styles,
        arrivals,
        BlendWeights(chosen.name, plain.pairs, plain.styles, by_size),
        category,
        bought=bought,
        bias_dimensions=len(BIASES),
    )


def _learned(signals: Signals, items: ItemIndex, parameters: Hyperparameters) -> VectorPair:
    """The LightFM vectors, reduced to the strongest directions for what is sold: beside item factors the others hardly
    change the recall, and each dimension is read for each request."""
    if signals.context.shape[1] <= parameters.served_dimensions:
        return VectorPair(signals.context, signals.target)
    sales = items.sales + 1.0
    sold_sales = sales[signals.sold]
    context, target = signals.context.astype(np.float64), signals.target.astype(np.float64)
    shares = sales / sales.sum(), sold_sales / sold_sales.sum()
    return reduced(context, target, *shares, parameters.served_dimensions)


def _factors(signals: Signals, items: int) -> VectorPair:
    """The fold-in vectors, without dimensions if there are none."""
    if signals.factors is not None:
        return signals.factors
    return VectorPair(np.zeros((items, 0), np.float32), np.zeros((len(signals.sold), 0), np.float32))


def _factors_of(chosen: BlendChoice, size: int) -> dict[str, float]:
    """The factor of each group of signals for a room of `size` items; empty if the weights are the same."""
    return chosen.by_size[size_class(size)] if chosen.by_size else {}


def _room_weights(
    weights: dict[str, float], factors: dict[str, float], widths: list[int], size: int
) -> RoomWeights:
    """The weights for rooms of `size` items. The scale of item factors turns their mean into the sum over the root."""

    def weight(name: str) -> float:
        return weights.get(name, 0.0) * factors.get(group_of(name), 1.0)

    learned, folded, affinities = widths
    scale = np.repeat(
        [
            factors.get("learned", 1.0),
            factors.get(FACTORS, 1.0) * size**0.5,
            factors.get("habit", 1.0),
            *(factors.get(name, 1.0) for name in BIASES),
        ],
        [learned, folded, affinities, 1, 1, 1],
    )
    return RoomWeights(
        CoPurchaseWeights(
            weight("pair steep"),
            weight("pair soft"),
            weight("pair plain"),
            weight("pair most"),
            factors.get("pair", 1.0),
        ),
        CoPurchaseWeights(weight("style steep"), weight("style soft")),
        scale.astype(np.float32),
        weight(REPEATED),
        weight(MATCHED),
        weight(MATCHED_OTHER),
        weight(STYLE_MATCHED),
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
