"""Which of a retailer's columns say what a garment is, what it is made of, its colour and whose hand it is from."""

import numpy as np

from recommender.inputs.features import is_free_text
from recommender.inputs.tables import Items, TextColumn
from recommender.looks.serving.model import Attribute

# Names under which retailers keep each role, the best first.
_NAMES = {
    "category": (
        "category",
        "product_type_name",
        "product_type",
        "type",
        "garment_type",
        "kind",
        "category_name",
    ),
    "material": ("material", "fabric", "main_material", "composition"),
    "colour": ("colour", "color", "colour_group_name", "colour_name", "color_name", "base_colour"),
    "hand": ("designer", "atelier", "hand", "designed_by"),
}
# Without a known name the category is the column whose number of values lies between these.
_FEWEST, _MOST = 3, 300


def detect_roles(items: Items, category: str | None = None) -> dict[str, Attribute]:
    """The attributes a model serves; `category` names that column where its name is unusual."""
    found = {role: items.text(*names) for role, names in _NAMES.items()}
    if category is not None:
        found["category"] = items.text(category.lower())
    elif found["category"] is None:
        found["category"] = _likely_category(items)
    return {
        role: Attribute(column.codes, column.values) for role, column in found.items() if column is not None
    }


def _likely_category(items: Items) -> TextColumn | None:
    taken = {name for role in ("material", "colour", "hand") for name in _NAMES[role]}
    fitting = [
        column
        for column in items.texts
        if _FEWEST <= len(column.values) <= _MOST
        and not is_free_text(column)
        and column.name.lower() not in taken
    ]
    # of several, the one that tells most: the values are spread most evenly
    return max(fitting, key=_entropy, default=None)


def _entropy(column: TextColumn) -> float:
    share = np.bincount(column.codes[column.codes >= 0]) / max(len(column.codes), 1)
    share = share[share > 0]
    return float(-(share * np.log(share)).sum())
