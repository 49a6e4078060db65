"""A looks model as a folder: which array stands in which file, written once and read back proved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from recommender.arrays import SparseRows
from recommender.artefacts.sealed_arrays import read_sealed, write_sealed
from recommender.errors import ModelMalformedError, ModelTamperedError, WrongCatalogueError
from recommender.looks.serving.model import (
    Attribute,
    BlendWeights,
    CoPurchaseWeights,
    ItemIndex,
    LooksModel,
    NewArrivals,
)
from recommender.looks.serving.score import scores
from recommender.looks.serving.top_k import top_k

if TYPE_CHECKING:
    from pathlib import Path

KIND = "cheval-looks-1"
# Scores of the golden rooms may differ by this between processors; their order of ten may not differ beyond it.
GOLDEN_TOLERANCE = 1e-3
_ARRIVALS = ("rows", "context", "target", "bonus")
# Arrays of sparse rows and coefficients of a co-purchase score: name in the file -> attribute.
_ROWS = {
    "start": "start",
    "columns": "columns",
    "values": "values",
    "worth": "pair_scores",
    "counts": "counts",
}
_COEFFICIENTS = {
    "steep": "log_1000",
    "soft": "log_50",
    "plain": "linear",
    "most": "maximum",
    "beside": "adds_pair_scores",
}


def write(
    model: LooksModel, folder: Path, metadata: dict[str, Any], key: bytes | None = None, card: str = ""
) -> str:
    """Writes the model to `folder`, replacing what was there in one step; returns its seal."""
    import shutil
    import tempfile
    from pathlib import Path

    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    fresh.chmod(0o755)
    try:
        seal = write_sealed(fresh, KIND, {**metadata, **_facts(model)}, _files(model), key)
        if card:
            (fresh / "MODEL_CARD.md").write_text(card, encoding="utf-8")
        _swap(fresh, folder)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    return seal


def read(folder: Path, *, key: bytes | None = None, catalogue: str | None = None) -> LooksModel:
    """The proved model in `folder`; raises a `ModelError` for anything that must not be served.

    With a `key` only a model sealed with it is taken; with a `catalogue` (digest) only one made for it.
    """
    sealed = read_sealed(folder, KIND, key)
    if catalogue is not None and sealed.metadata.get("catalogue") != catalogue:
        raise WrongCatalogueError(folder, "it was made for another catalogue")
    try:
        model = _model(sealed.metadata, sealed.arrays)
        _check(folder, model)
        _prove(folder, model)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as wrong:
        raise ModelMalformedError(
            folder, f"its parts do not fit together ({type(wrong).__name__})"
        ) from wrong
    return model


def golden_answers(model: LooksModel, rooms: list[list[int]]) -> list[dict[str, Any]]:
    """What the model says to a few rooms, kept in the manifest so that every machine can prove it says the same."""
    told = []
    for room in rooms:
        found = scores(model, room)
        top = top_k(found, 10)[:10]
        told.append(
            {"room": room, "places": top.tolist(), "scores": [round(float(s), 6) for s in found[top]]}
        )
    return told


def _swap(fresh: Path, folder: Path) -> None:
    """Puts `fresh` in the place of `folder`; the old one is put aside first and removed last."""
    import shutil
    import tempfile
    from pathlib import Path

    if not folder.exists():
        fresh.rename(folder)
        return
    aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-old-", dir=folder.parent))
    folder.rename(aside / folder.name)
    fresh.rename(folder)
    shutil.rmtree(aside, ignore_errors=True)


def _facts(model: LooksModel) -> dict[str, Any]:
    return {
        "blend": {
            "name": model.blend.name,
            "pairs": _coefficients(model.blend.pairs),
            "styles": _coefficients(model.blend.styles),
            "arrivals": _coefficients(model.arrivals.weights),
        },
        "numeric_ids": model.items.numeric_ids,
        "roles": sorted(model.items.attributes),
    }


def _files(model: LooksModel) -> dict[str, dict[str, Any]]:
    shelf = model.items
    items: dict[str, Any] = {
        "ids": np.array(shelf.ids, np.str_),
        "styles": shelf.styles,
        "price": shelf.price,
        "sales": shelf.sales,
        "weight": shelf.weight,
        "sold": shelf.sold,
        "category_pairs": model.category_pairs,
    }
    for role, attribute in shelf.attributes.items():
        items[f"{role}_codes"] = attribute.codes
        items[f"{role}_words"] = np.array(attribute.values or ("",), np.str_)
    arrivals = model.arrivals
    return {
        "items": items,
        "vectors": {"context": model.context, "target": model.target},
        "pairs": _narrow(model.pairs),
        "styles": _narrow(model.styles),
        "arrivals": {name: getattr(arrivals, name) for name in _ARRIVALS},
        "arrival_styles": _narrow(arrivals.styles),
    }


def _narrow(rows: SparseRows) -> dict[str, Any]:
    arrays = {name: getattr(rows, attribute) for name, attribute in _ROWS.items()}
    return {**arrays, "columns": rows.columns.astype(np.int32)}


def _model(metadata: dict[str, Any], arrays: dict[str, dict[str, Any]]) -> LooksModel:
    items, vectors, blend = arrays["items"], arrays["vectors"], metadata["blend"]
    attributes = {
        role: Attribute(items[f"{role}_codes"], tuple(items[f"{role}_words"].tolist()))
        for role in metadata["roles"]
    }
    shelf = ItemIndex(
        tuple(items["ids"].tolist()),
        items["styles"],
        items["price"],
        items["sales"],
        items["weight"],
        items["sold"],
        attributes,
        bool(metadata["numeric_ids"]),
    )
    return LooksModel(
        shelf,
        vectors["context"],
        vectors["target"],
        _rows(arrays["pairs"]),
        _rows(arrays["styles"]),
        NewArrivals(
            **{name: arrays["arrivals"][name] for name in _ARRIVALS},
            styles=_rows(arrays["arrival_styles"]),
            weights=_co_purchase_weights(blend["arrivals"]),
        ),
        BlendWeights(
            str(blend["name"]), _co_purchase_weights(blend["pairs"]), _co_purchase_weights(blend["styles"])
        ),
        items["category_pairs"],
        metadata,
    )


def _rows(arrays: dict[str, Any]) -> SparseRows:
    """Columns are int32 on disk and int64 in memory: indexing by int32 would convert them on every request."""
    by_attribute = {attribute: arrays[name] for name, attribute in _ROWS.items()}
    return SparseRows(**{**by_attribute, "columns": arrays["columns"].astype(np.int64)})


def _coefficients(weights: CoPurchaseWeights) -> dict[str, Any]:
    return {name: getattr(weights, attribute) for name, attribute in _COEFFICIENTS.items()}


def _co_purchase_weights(stated: dict[str, Any]) -> CoPurchaseWeights:
    return CoPurchaseWeights(**{_COEFFICIENTS[name]: value for name, value in stated.items()})


def _check(folder: Path, model: LooksModel) -> None:
    """Every index points into its table, every table has its length; else numpy would read another garment's row."""
    shelf = model.items
    items, sold = len(shelf), len(shelf.sold)
    wide, narrow = model.context.shape[1], model.arrivals.context.shape[1]
    attributes = shelf.attributes.values()
    styles = int(shelf.styles.max(initial=-1)) + 1
    sound = (
        len(set(shelf.ids)) == items
        and all(len(column) == items for column in (shelf.styles, shelf.price, shelf.sales, shelf.weight))
        and all(len(each.codes) == items and _inside(each.codes, len(each.values), -1) for each in attributes)
        and _inside(shelf.sold, items)
        and _inside(shelf.styles, items)
        and model.context.shape == (items, wide)
        and model.target.shape == (sold, wide)
        and _inside(model.arrivals.rows, items)
        and model.arrivals.context.shape == (items, narrow)
        and model.arrivals.target.shape == (len(model.arrivals.rows), narrow)
        and model.arrivals.bonus.shape == (len(model.arrivals.rows),)
        and _rows_sound(model.pairs, items, sold)
        and _rows_sound(model.arrivals.styles, styles, len(model.arrivals.rows))
        and _rows_sound(model.styles, styles, sold)
    )
    if not sound:
        raise ModelMalformedError(folder, "its tables do not fit together")


def _inside(codes: Any, limit: int, lowest: int = 0) -> bool:
    return codes.ndim == 1 and (not len(codes) or (int(codes.min()) >= lowest and int(codes.max()) < limit))


def _rows_sound(rows: SparseRows, height: int, width: int) -> bool:
    ends = len(rows.start) == height + 1 and rows.start[0] == 0 and rows.start[-1] == len(rows.columns)
    lengths = len(rows.columns) == len(rows.values) == len(rows.counts) == len(rows.pair_scores)
    return bool(ends and lengths and (np.diff(rows.start) >= 0).all()) and _inside(rows.columns, width)


def _prove(folder: Path, model: LooksModel) -> None:
    for told in model.metadata["golden"]:
        found = scores(model, told["room"])[told["places"]]
        if not np.allclose(found, told["scores"], rtol=GOLDEN_TOLERANCE, atol=GOLDEN_TOLERANCE):
            raise ModelTamperedError(folder, "it does not say what it said when it was made")
