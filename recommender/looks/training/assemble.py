"""Folds signals and weights into the arrays that are served: what is linear becomes vectors and biases."""

import numpy as np
from scipy import sparse

from recommender.arrays import Doubles, Ints, Longs, SparseRows
from recommender.inputs.baskets import Baskets
from recommender.inputs.tables import Items
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
    shelf: ItemIndex,
    signals: Signals,
    chosen: BlendChoice,
    arrivals: NewArrivals,
    recipe: Hyperparameters,
    category: Longs,
) -> LooksModel:
    """The served model under the chosen weights."""
    loud = {name: chosen.weights.get(name, 0.0) for name in signals.names}
    affinities = np.array([loud[f"habit {habit.name}"] for habit in signals.affinities])
    folded = fold_affinities(signals.affinities, affinities, shelf.sales, recipe.affinity_dimensions)
    bias = (
        loud["learned"] * signals.bias + loud["popular"] * signals.popular + loud["recent"] * signals.recent
    )
    pair_scores, known = signals.pair_scores(loud), signals.pairs.rows
    rows = SparseRows(known.start, known.columns, known.values, pair_scores, known.counts)
    return LooksModel(
        shelf,
        _joined(signals.context * np.float32(loud["learned"]), folded.context, np.ones((len(shelf), 1))),
        _joined(signals.target, folded.target[signals.sold], bias[:, None]),
        rows,
        signals.styles,
        arrivals,
        BlendWeights(
            chosen.name,
            CoPurchaseWeights(
                loud["pair steep"],
                loud["pair soft"],
                loud["pair plain"],
                loud["pair most"],
                bool(pair_scores.any()),
            ),
            CoPurchaseWeights(loud["style steep"], loud["style soft"]),
        ),
        category,
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


def category_pairs(baskets: Baskets, category: Attribute | None) -> Longs:
    """In how many baskets two categories met, bought; a square table."""
    if category is None:
        return np.zeros((0, 0), np.int64)
    known = category.codes[baskets.items]
    rows = np.repeat(np.arange(len(baskets)), baskets.sizes)
    good = (known >= 0) & (baskets.bought > 0)
    shape = (len(baskets), len(category.values))
    held = sparse.csr_matrix((np.ones(int(good.sum()), np.int64), (rows[good], known[good])), shape=shape)
    held.data[:] = 1
    return np.asarray((held.T @ held).toarray(), np.int64)


def _joined(*parts: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(np.hstack(parts), np.float32)
