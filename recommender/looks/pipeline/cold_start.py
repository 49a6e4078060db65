"""The model of a house that has sold nothing yet: what garments are, and what its stylists put together.

No LightFM: there is nothing to learn from. Likeness of the catalogue's words and the stylists' taste in them make the
vectors; the first weeks' try-ons and purchases are counted on top as they come (see `pipeline.incremental`), so that
a pair that shoppers carry in together speaks at once. A house goes over to the learned model when that one proves
better.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from typing import Any

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import svds

from recommender.arrays import Doubles, Floats, Ints, SparseRows
from recommender.inputs.features import item_features
from recommender.inputs.stylist_looks import StylistLook
from recommender.inputs.tables import Events, Items
from recommender.looks.pipeline.incremental import update_model
from recommender.looks.serving.column_roles import detect_roles
from recommender.looks.serving.model import (
    Attribute,
    BlendWeights,
    CoPurchaseWeights,
    ItemIndex,
    LooksModel,
    NewArrivals,
)
from recommender.looks.signals.attribute_affinity import (
    AttributeAffinity,
    VectorPair,
    attribute_affinities,
    fold_affinities,
)

COLD_START = "features + stylists"
# How loud likeness is beside the stylists' taste, and how much a second piece of a kind in the room is held back.
_ALIKE, _TASTE, _APART = 1.0, 0.6, 1.5
# How loud what was met together speaks, as log(1 + 1000 p): one co-try is worth about as much as full likeness.
_TOGETHER = 0.5
# How loud it speaks for a piece that it was met at all, as log(1 + weight of its try-ons and purchases).
_WANTED = 0.8
_DIMENSIONS, _HABITS = 48, 31


def cold_start_model(items: Items, looks: Sequence[StylistLook], events: Events | None = None) -> LooksModel:
    """A model from the catalogue, the stylists' looks and what few events there are (or none)."""
    roles = detect_roles(items)
    words = text_vectors(items, looks)
    everything = np.arange(len(items), dtype=np.int32)
    quiet = np.zeros((len(items), 1), np.float32)
    model = LooksModel(
        _shelf(items, roles, everything),
        np.hstack([words.context, quiet + 1]).astype(np.float32),
        np.hstack([words.target, quiet]).astype(np.float32),
        empty_rows(len(items)),
        empty_rows(len(items.style_names)),
        _no_arrivals(len(items), len(items.style_names)),
        BlendWeights(COLD_START, CoPurchaseWeights(log_1000=_TOGETHER), CoPurchaseWeights()),
        _no_habits(roles.get("category")),
    )
    if events is None or not len(events):
        return model
    model = update_model(model, events)
    model.target[:, -1] = np.float32(_WANTED) * np.log1p(model.items.weight)
    return model


def text_vectors(items: Items, looks: Sequence[StylistLook] = ()) -> VectorPair:
    """Vectors of every item by the catalogue's words alone: its likeness to others, and the stylists' taste."""
    alike = _likeness(items)
    taste = _taste(items, looks, detect_roles(items).get("category"))
    return VectorPair(
        np.hstack([alike * np.float32(_ALIKE), taste.context]).astype(np.float32),
        np.hstack([alike, taste.target]).astype(np.float32),
    )


def _likeness(items: Items) -> Floats:
    """Items x dimensions: rare words say more, every item has length 1, so a product is a cosine."""
    matrix = item_features(items).matrix.astype(np.float64)
    borne = np.asarray((matrix > 0).sum(axis=0)).ravel()
    rare = sparse.diags(np.log((1 + len(items)) / (1 + borne)))
    weighed = (matrix @ rare).tocsr()
    wide = min(weighed.shape)
    if weighed.shape[1] <= _DIMENSIONS or wide <= _DIMENSIONS + 1:
        vectors: Doubles = weighed.toarray()
    else:
        # a fixed start: the same catalogue gives the same model
        left, strong, _ = svds(weighed, k=_DIMENSIONS, v0=np.ones(wide))
        vectors = left * strong
    length = np.sqrt((vectors**2).sum(axis=1, keepdims=True))
    return np.asarray(vectors / np.maximum(length, 1e-9), np.float32)


def _taste(items: Items, looks: Sequence[StylistLook], category: Attribute | None) -> VectorPair:
    """Which words stylists put together, and that a second jacket seldom completes a jacket."""
    affinities = list(attribute_affinities(items, _put_together(items, looks)))
    loud = [_TASTE] * len(affinities)
    if category is not None:
        words = len(category.values) + 1
        codes = np.where(category.codes < 0, words - 1, category.codes).astype(np.int32)
        apart = -np.eye(words, dtype=np.float32)
        apart[-1, -1] = 0
        affinities.append(AttributeAffinity("a kind once", codes, apart))
        loud.append(_APART)
    return fold_affinities(tuple(affinities), np.array(loud), np.zeros(len(items), np.int32), _HABITS)


def _put_together(items: Items, looks: Sequence[StylistLook]) -> Any:
    """Items x items: in how many looks two of them stand."""
    met = [
        pair
        for look in looks
        for pair in permutations([items.index[piece] for piece in look.pieces if piece in items.index], 2)
    ]
    rows, columns = zip(*met, strict=True) if met else ((), ())
    shape = (len(items), len(items))
    return sparse.csr_matrix((np.ones(len(met)), (rows, columns)), shape=shape)


def _shelf(items: Items, roles: dict[str, Attribute], everything: Ints) -> ItemIndex:
    price = np.where(np.isnan(items.price), -1, items.price).astype(np.float32)
    none = np.zeros(len(items), np.int32)
    return ItemIndex(
        items.ids, items.styles, price, none, none.astype(np.float32), everything, roles, items.numeric_ids
    )


def empty_rows(height: int) -> SparseRows:
    """Sparse rows in which nothing stands."""
    nothing = np.zeros(0, np.float32)
    whole = nothing.astype(np.int64)
    return SparseRows(np.zeros(height + 1, np.int64), whole, nothing, nothing, whole.astype(np.int32))


def _no_arrivals(items: int, styles: int) -> NewArrivals:
    nothing = np.zeros((0, 1), np.float32)
    rows = np.zeros(0, np.int32)
    return NewArrivals(
        rows,
        np.zeros((items, 1), np.float32),
        nothing,
        nothing[:, 0],
        empty_rows(styles),
        CoPurchaseWeights(),
    )


def _no_habits(category: Attribute | None) -> Any:
    words = len(category.values) if category else 0
    return np.zeros((words, words), np.int64)
