"""Reads and writes a looks model as a sealed folder, and verifies it when it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from recommender.arrays import SparseRows
from recommender.artefacts.replaced_folder import replaced_folder
from recommender.artefacts.sealed_arrays import read_sealed, write_sealed
from recommender.errors import ModelMalformedError, ModelTamperedError, WrongCatalogueError
from recommender.looks.serving.blend_format import blend_json, blend_weights, co_purchase_weights, scales
from recommender.looks.serving.chance import NO_PURCHASES, PurchaseCounts
from recommender.looks.serving.model import Attribute, ItemIndex, LooksModel, NewArrivals
from recommender.looks.serving.score import scores
from recommender.looks.serving.top_k import top_k

if TYPE_CHECKING:
    from pathlib import Path

KIND = "cheval-looks-2"
# Earlier formats that are still read. Format 1 has no weights by the size of the room.
FORMAT_1 = "cheval-looks-1"
# Tolerance of the stored golden scores: floating-point results differ slightly between processors.
GOLDEN_TOLERANCE = 1e-3
_ARRIVALS = ("rows", "context", "target", "bonus")
# Arrays of sparse rows: name in the file -> attribute.
_ROWS = {
    "start": "start",
    "columns": "columns",
    "values": "values",
    "worth": "pair_scores",
    "counts": "counts",
}


def write(
    model: LooksModel, folder: Path, metadata: dict[str, Any], key: bytes | None = None, card: str = ""
) -> str:
    """Writes the model to `folder`, replacing an existing one (see `replaced_folder`); returns the seal.

    `metadata` and `card` (Markdown) are stored with it.
    """
    with replaced_folder(folder) as temporary:
        seal = write_sealed(temporary, KIND, {**metadata, **_metadata(model)}, _files(model), key)
        if card:
            (temporary / "MODEL_CARD.md").write_text(card, encoding="utf-8")
    return seal


def read(folder: Path, *, key: bytes | None = None, catalogue: str | None = None) -> LooksModel:
    """The verified model in `folder`. Raises a `ModelError` for anything that must not be served.

    With `key`, only a model sealed with this key is accepted; with `catalogue` (a digest), only a model
    trained for it.
    """
    sealed = read_sealed(folder, KIND, key, earlier=(FORMAT_1,))
    if catalogue is not None and sealed.metadata.get("catalogue") != catalogue:
        raise WrongCatalogueError(folder, "it was trained for another catalogue")
    try:
        model = _model(sealed.metadata, sealed.arrays)
        _check(folder, model)
        _verify_golden_answers(folder, model)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise ModelMalformedError(folder, f"its arrays do not match ({type(error).__name__})") from error
    return model


def golden_answers(model: LooksModel, rooms: list[list[int]]) -> list[dict[str, Any]]:
    """Scores of the best ten items of a few rooms, stored in the metadata so that every machine can verify
    the model."""
    answers = []
    for room in rooms:
        found = scores(model, room)
        top = top_k(found, 10)[:10]
        answers.append(
            {"room": room, "places": top.tolist(), "scores": [round(float(s), 6) for s in found[top]]}
        )
    return answers


def _metadata(model: LooksModel) -> dict[str, Any]:
    return {
        "blend": blend_json(model),
        "numeric_ids": model.items.numeric_ids,
        "roles": sorted(model.items.attributes),
    }


def _files(model: LooksModel) -> dict[str, dict[str, Any]]:
    items = model.items
    item_arrays: dict[str, Any] = {
        "ids": np.array(items.ids, np.str_),
        "styles": items.styles,
        "price": items.price,
        "sales": items.sales,
        "weight": items.weight,
        "sold": items.sold,
        "category_pairs": model.category_pairs,
        "bought": model.bought.items,
        "bought_baskets": np.array([model.bought.baskets], np.int64),
        "category_chance": model.bought.categories,
    }
    for role, attribute in items.attributes.items():
        item_arrays[f"{role}_codes"] = attribute.codes
        item_arrays[f"{role}_words"] = np.array(attribute.values or ("",), np.str_)
    arrivals = model.arrivals
    return {
        "items": item_arrays,
        "vectors": {"context": model.context, "target": model.target, "scale": scales(model)},
        "pairs": _row_arrays(model.pairs),
        "styles": _row_arrays(model.styles),
        "arrivals": {name: getattr(arrivals, name) for name in _ARRIVALS},
        "arrival_styles": _row_arrays(arrivals.styles),
    }


def _row_arrays(rows: SparseRows) -> dict[str, Any]:
    arrays = {name: getattr(rows, attribute) for name, attribute in _ROWS.items()}
    return {**arrays, "columns": rows.columns.astype(np.int32)}


def _model(metadata: dict[str, Any], arrays: dict[str, dict[str, Any]]) -> LooksModel:
    item_arrays, vectors, blend = arrays["items"], arrays["vectors"], metadata["blend"]
    attributes = {
        role: Attribute(item_arrays[f"{role}_codes"], tuple(item_arrays[f"{role}_words"].tolist()))
        for role in metadata["roles"]
    }
    items = ItemIndex(
        tuple(item_arrays["ids"].tolist()),
        item_arrays["styles"],
        item_arrays["price"],
        item_arrays["sales"],
        item_arrays["weight"],
        item_arrays["sold"],
        attributes,
        bool(metadata["numeric_ids"]),
    )
    return LooksModel(
        items,
        vectors["context"],
        vectors["target"],
        _rows(arrays["pairs"]),
        _rows(arrays["styles"]),
        NewArrivals(
            **{name: arrays["arrivals"][name] for name in _ARRIVALS},
            styles=_rows(arrays["arrival_styles"]),
            weights=co_purchase_weights(blend["arrivals"]),
        ),
        blend_weights(blend, vectors.get("scale")),
        item_arrays["category_pairs"],
        metadata,
        bought=_bought(item_arrays),
        bias_dimensions=int(blend.get("bias_dimensions", 1)),
    )


def _bought(item_arrays: dict[str, Any]) -> PurchaseCounts:
    """The purchase counts; a model of an earlier version has none."""
    if "bought" not in item_arrays:
        return NO_PURCHASES
    return PurchaseCounts(
        int(item_arrays["bought_baskets"][0]), item_arrays["bought"], item_arrays["category_chance"]
    )


def _rows(arrays: dict[str, Any]) -> SparseRows:
    """Columns are int32 on disk and int64 in memory: indexing by int32 would convert them on every request."""
    by_attribute = {attribute: arrays[name] for name, attribute in _ROWS.items()}
    return SparseRows(**{**by_attribute, "columns": arrays["columns"].astype(np.int64)})


def _check(folder: Path, model: LooksModel) -> None:
    """Checks table lengths and index bounds; otherwise numpy would silently read another item's row."""
    items = model.items
    count, sold = len(items), len(items.sold)
    width, arrival_width = model.context.shape[1], model.arrivals.context.shape[1]
    attributes = items.attributes.values()
    styles = int(items.styles.max(initial=-1)) + 1
    consistent = (
        len(set(items.ids)) == count
        and all(len(column) == count for column in (items.styles, items.price, items.sales, items.weight))
        and all(len(each.codes) == count and _inside(each.codes, len(each.values), -1) for each in attributes)
        and _bought_consistent(model, count)
        and _inside(items.sold, count)
        and _inside(items.styles, count)
        and model.context.shape == (count, width)
        and model.target.shape == (sold, width)
        and 1 <= model.bias_dimensions <= width
        and all(room.scale is not None and room.scale.shape == (width,) for room in model.blend.by_size)
        and _inside(model.arrivals.rows, count)
        and model.arrivals.context.shape == (count, arrival_width)
        and model.arrivals.target.shape == (len(model.arrivals.rows), arrival_width)
        and model.arrivals.bonus.shape == (len(model.arrivals.rows),)
        and _rows_consistent(model.pairs, count, sold)
        and _rows_consistent(model.arrivals.styles, styles, len(model.arrivals.rows))
        and _rows_consistent(model.styles, styles, sold)
    )
    if not consistent:
        raise ModelMalformedError(folder, "its tables do not match")


def _bought_consistent(model: LooksModel, items: int) -> bool:
    if not model.bought.baskets:
        return True
    return len(model.bought.items) == items and model.bought.categories.shape == model.category_pairs.shape


def _inside(codes: Any, limit: int, lowest: int = 0) -> bool:
    return codes.ndim == 1 and (not len(codes) or (int(codes.min()) >= lowest and int(codes.max()) < limit))


def _rows_consistent(rows: SparseRows, height: int, width: int) -> bool:
    ends = len(rows.start) == height + 1 and rows.start[0] == 0 and rows.start[-1] == len(rows.columns)
    lengths = len(rows.columns) == len(rows.values) == len(rows.counts) == len(rows.pair_scores)
    return bool(ends and lengths and (np.diff(rows.start) >= 0).all()) and _inside(rows.columns, width)


def _verify_golden_answers(folder: Path, model: LooksModel) -> None:
    for answers in model.metadata["golden"]:
        found = scores(model, answers["room"])[answers["places"]]
        if not np.allclose(found, answers["scores"], rtol=GOLDEN_TOLERANCE, atol=GOLDEN_TOLERANCE):
            raise ModelTamperedError(folder, "its scores differ from the golden answers")
