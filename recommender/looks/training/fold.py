"""Folds signals and weights into the arrays that are served: what is linear becomes vectors and biases."""

import numpy as np
from scipy import sparse

from recommender.arrays import Doubles, Ints, Longs, Rows
from recommender.inputs.baskets import Baskets
from recommender.inputs.tables import Items
from recommender.looks.serving.model import Arrivals, Attribute, Blend, LooksModel, Shelf, Voice
from recommender.looks.signals.attribute_affinity import fold
from recommender.looks.signals.signals import Evidence
from recommender.looks.training.blend_choice import Chosen
from recommender.looks.training.hyperparameters import Recipe


def merge(
    shelf: Shelf, evidence: Evidence, chosen: Chosen, arrivals: Arrivals, recipe: Recipe, category: Longs
) -> LooksModel:
    """The served model under the chosen weights."""
    loud = {name: chosen.weights.get(name, 0.0) for name in evidence.names}
    habits = np.array([loud[f"habit {habit.name}"] for habit in evidence.habits])
    folded = fold(evidence.habits, habits, shelf.sales, recipe.habit_dimensions)
    bias = (
        loud["learned"] * evidence.bias
        + loud["popular"] * evidence.popular
        + loud["recent"] * evidence.recent
    )
    worth, known = evidence.worth(loud), evidence.pairs.rows
    rows = Rows(known.start, known.columns, known.values, worth, known.counts)
    return LooksModel(
        shelf,
        _joined(evidence.context * np.float32(loud["learned"]), folded.context, np.ones((len(shelf), 1))),
        _joined(evidence.target, folded.target[evidence.sold], bias[:, None]),
        rows,
        evidence.styles,
        arrivals,
        Blend(
            chosen.name,
            Voice(
                loud["pair steep"],
                loud["pair soft"],
                loud["pair plain"],
                loud["pair most"],
                bool(worth.any()),
            ),
            Voice(loud["style steep"], loud["style soft"]),
        ),
        category,
    )


def shelf_of(
    items: Items, evidence: Evidence, sales: Ints, weight: Doubles, roles: dict[str, Attribute]
) -> Shelf:
    """The catalogue as it is served."""
    price = np.where(np.isnan(items.price), -1, items.price).astype(np.float32)
    return Shelf(
        items.ids,
        items.styles,
        price,
        sales,
        weight.astype(np.float32),
        evidence.sold,
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
    shape = (len(baskets), len(category.words))
    held = sparse.csr_matrix((np.ones(int(good.sum()), np.int64), (rows[good], known[good])), shape=shape)
    held.data[:] = 1
    return np.asarray((held.T @ held).toarray(), np.int64)


def _joined(*parts: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(np.hstack(parts), np.float32)
