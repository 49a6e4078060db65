"""Makes a model for a shop without sales, from the catalogue's text features and the stylists' looks.

LightFM is not used. Similarity of text features and the attribute values combined by stylists make the
vectors. Try-ons and purchases of the first weeks are counted on top (see `pipeline.incremental`). The nightly
training replaces this model as soon as a trained one is better.
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
from recommender.looks.serving.column_roles import detect_roles, served_roles
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
    attribute_affinities,
    fold_affinities,
)
from recommender.looks.signals.vector_pair import VectorPair

COLD_START = "features + stylists"
# Weights of similarity and of the stylists' affinities, and the penalty for a category that is already in the
# room.
_SIMILARITY_WEIGHT, _STYLIST_WEIGHT, _REPEAT_PENALTY = 1.0, 0.6, 1.5
# Weight of log(1 + 1000 p) of the co-purchase value; one joint try-on counts about as much as full
# similarity.
_CO_PURCHASE_WEIGHT = 0.5
# Weight of log(1 + weight of an item's try-ons and purchases).
_POPULARITY_WEIGHT = 0.8
_DIMENSIONS, _AFFINITY_DIMENSIONS = 48, 31


def cold_start_model(items: Items, looks: Sequence[StylistLook], events: Events | None = None) -> LooksModel:
    """A model from the catalogue, the stylists' looks and the few events there are (or none)."""
    roles = served_roles(items)
    vectors = text_vectors(items, looks)
    all_rows = np.arange(len(items), dtype=np.int32)
    zeros = np.zeros((len(items), 1), np.float32)
    model = LooksModel(
        _item_index(items, roles, all_rows),
        np.hstack([vectors.context, zeros + 1]).astype(np.float32),
        np.hstack([vectors.target, zeros]).astype(np.float32),
        empty_rows(len(items)),
        empty_rows(len(items.style_names)),
        _no_arrivals(len(items), len(items.style_names)),
        BlendWeights(COLD_START, CoPurchaseWeights(log_1000=_CO_PURCHASE_WEIGHT), CoPurchaseWeights()),
        _no_category_pairs(roles.get("category")),
    )
    if events is None or not len(events):
        return model
    model = update_model(model, events)
    model.target[:, -1] = np.float32(_POPULARITY_WEIGHT) * np.log1p(model.items.weight)
    return model


def text_vectors(items: Items, looks: Sequence[StylistLook] = ()) -> VectorPair:
    """Vectors of every item from text features alone: similarity, and the stylists' affinities."""
    similarity = _similarity(items)
    stylist_affinity = _stylist_affinity(items, looks, detect_roles(items).get("category"))
    return VectorPair(
        np.hstack([similarity * np.float32(_SIMILARITY_WEIGHT), stylist_affinity.context]).astype(np.float32),
        np.hstack([similarity, stylist_affinity.target]).astype(np.float32),
    )


def _similarity(items: Items) -> Floats:
    """Items x dimensions: TF-IDF features, reduced by SVD, each item with length 1, so that products are
    cosines."""
    matrix = item_features(items).matrix.astype(np.float64)
    item_count = np.asarray((matrix > 0).sum(axis=0)).ravel()
    inverse_frequency = sparse.diags(np.log((1 + len(items)) / (1 + item_count)))
    weighted = (matrix @ inverse_frequency).tocsr()
    smaller_side = min(weighted.shape)
    if weighted.shape[1] <= _DIMENSIONS or smaller_side <= _DIMENSIONS + 1:
        vectors: Doubles = weighted.toarray()
    else:
        # a fixed start vector: the same catalogue gives the same model
        left_vectors, singular, _ = svds(weighted, k=_DIMENSIONS, v0=np.ones(smaller_side))
        vectors = left_vectors * singular
    length = np.sqrt((vectors**2).sum(axis=1, keepdims=True))
    return np.asarray(vectors / np.maximum(length, 1e-9), np.float32)


def _stylist_affinity(items: Items, looks: Sequence[StylistLook], category: Attribute | None) -> VectorPair:
    """Affinity of the attribute values that stylists combine, and a penalty for a repeated category."""
    affinities = list(attribute_affinities(items, _look_pairs(items, looks)))
    weights = [_STYLIST_WEIGHT] * len(affinities)
    if category is not None:
        count = len(category.values) + 1
        codes = np.where(category.codes < 0, count - 1, category.codes).astype(np.int32)
        repeat_penalty = -np.eye(count, dtype=np.float32)
        repeat_penalty[-1, -1] = 0
        affinities.append(AttributeAffinity("a kind once", codes, repeat_penalty))
        weights.append(_REPEAT_PENALTY)
    return fold_affinities(
        tuple(affinities), np.array(weights), np.zeros(len(items), np.int32), _AFFINITY_DIMENSIONS
    )


def _look_pairs(items: Items, looks: Sequence[StylistLook]) -> Any:
    """Items x items: number of looks that hold both."""
    pairs = [
        pair
        for look in looks
        for pair in permutations([items.index[piece] for piece in look.pieces if piece in items.index], 2)
    ]
    rows, columns = zip(*pairs, strict=True) if pairs else ((), ())
    shape = (len(items), len(items))
    return sparse.csr_matrix((np.ones(len(pairs)), (rows, columns)), shape=shape)


def _item_index(items: Items, roles: dict[str, Attribute], all_rows: Ints) -> ItemIndex:
    price = np.where(np.isnan(items.price), -1, items.price).astype(np.float32)
    none = np.zeros(len(items), np.int32)
    return ItemIndex(
        items.ids, items.styles, price, none, none.astype(np.float32), all_rows, roles, items.numeric_ids
    )


def empty_rows(height: int) -> SparseRows:
    """Sparse rows without entries."""
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


def _no_category_pairs(category: Attribute | None) -> Any:
    count = len(category.values) if category else 0
    return np.zeros((count, count), np.int64)
