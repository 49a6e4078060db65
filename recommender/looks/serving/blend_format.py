"""Blend weights as the JSON of a model's manifest, and as the array of scales beside it.

Format 2 adds the weights by number of items in the room (`rooms`) and the number of bias dimensions. Format 1 has
neither: its weights are the same for every room, and its bias is the last dimension.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from recommender.looks.serving.model import BlendWeights, CoPurchaseWeights, RoomWeights

if TYPE_CHECKING:
    from recommender.arrays import Floats
    from recommender.looks.serving.model import LooksModel

# Coefficients of a co-purchase score: name in the file -> attribute.
_COEFFICIENTS = {
    "steep": "log_1000",
    "soft": "log_50",
    "plain": "linear",
    "most": "maximum",
    "beside": "pair_scores",
}


def blend_json(model: LooksModel) -> dict[str, Any]:
    """The weights as plain JSON."""
    blend = model.blend
    return {
        "name": blend.name,
        "pairs": _coefficients(blend.pairs),
        "styles": _coefficients(blend.styles),
        "arrivals": _coefficients(model.arrivals.weights),
        "rooms": [
            {
                "pairs": _coefficients(room.pairs),
                "styles": _coefficients(room.styles),
                "repeated": room.repeated,
                "matched": room.matched,
                "matched_other": room.matched_other,
                "style_matched": room.style_matched,
            }
            for room in blend.by_size
        ],
        "bias_dimensions": model.bias_dimensions,
    }


def scales(model: LooksModel) -> Floats:
    """The scale of each dimension of the context vectors: one row for each entry of `by_size`."""
    width = model.context.shape[1]
    rows = [np.ones(width) if room.scale is None else room.scale for room in model.blend.by_size]
    return np.array(rows, np.float32).reshape(len(rows), width)


def blend_weights(stated: dict[str, Any], scale: Floats | None) -> BlendWeights:
    """The weights from JSON and scales; `scale` None: format 1. Raises `KeyError`, `TypeError` or `ValueError` if they
    do not match."""
    rooms = [] if scale is None else stated["rooms"]
    by_size = tuple(
        RoomWeights(
            co_purchase_weights(room["pairs"]),
            co_purchase_weights(room["styles"]),
            row,
            float(room["repeated"]),
            # a model that was trained before matching items were read states none of them
            float(room.get("matched", 0)),
            float(room.get("matched_other", 0)),
            float(room.get("style_matched", 0)),
        )
        for room, row in zip(rooms, () if scale is None else scale, strict=True)
    )
    return BlendWeights(
        str(stated["name"]),
        co_purchase_weights(stated["pairs"]),
        co_purchase_weights(stated["styles"]),
        by_size,
    )


def co_purchase_weights(stated: dict[str, Any]) -> CoPurchaseWeights:
    """Coefficients from JSON. Raises `KeyError` for an unknown name; format 1 states `beside` as true or false."""
    return CoPurchaseWeights(**{_COEFFICIENTS[name]: float(value) for name, value in stated.items()})


def _coefficients(weights: CoPurchaseWeights) -> dict[str, float]:
    return {name: float(getattr(weights, attribute)) for name, attribute in _COEFFICIENTS.items()}
