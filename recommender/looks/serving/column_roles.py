"""Finds the columns of a retailer's catalogue that hold category, material, colour and designer."""

import numpy as np

from recommender.inputs.features import is_free_text
from recommender.inputs.tables import Items, TextColumn
from recommender.looks.serving.matching import matching_items, shades
from recommender.looks.serving.model import MATCH, SHADE, Attribute
from recommender.looks.serving.outfits.exclusions import OUTFIT
from recommender.looks.serving.outfits.kinds import GarmentWords, OutfitReader, kind_text

# Column names that retailers use for each role, in order of preference. The role "hand" is the designer; its
# name is part of the model's file format.
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
# Further columns by which an item's kind in an outfit is recognised.
_OUTFIT_NAMES = {
    "name": ("name", "prod_name", "product_name", "title"),
    "material": _NAMES["material"],
    "season": ("season", "season_name"),
    "line": ("line", "gender", "department", "index_group_name", "division", "section", "target_group"),
}
# If no column has a known name, the category is a column whose number of values lies between these.
_MIN_VALUES, _MAX_VALUES = 3, 300


def detect_roles(items: Items, category: str | None = None) -> dict[str, Attribute]:
    """The attributes that a model serves. `category` names the category column if its name is not a usual
    one."""
    found = {role: items.text(*names) for role, names in _NAMES.items()}
    if category is not None:
        found["category"] = items.text(category.lower())
    elif found["category"] is None:
        found["category"] = _likely_category(items)
    return {
        role: Attribute(column.codes, column.values) for role, column in found.items() if column is not None
    }


def served_roles(items: Items) -> dict[str, Attribute]:
    """The attributes of a served model: those of the catalogue's columns, the kind of each item in an outfit, and which
    items match each other."""
    roles = detect_roles(items)
    matching = {MATCH: matching_items(items), SHADE: shades(items)}
    kinds = {OUTFIT: _outfit_kinds(items, roles.get("category"))}
    return {**roles, **kinds, **{role: found for role, found in matching.items() if found is not None}}


def _outfit_kinds(items: Items, category: Attribute | None) -> Attribute:
    """The kind of each item by the words of its columns (`outfits.kinds`); each distinct combination is read once."""
    columns = [
        category,
        *(items.text(*_OUTFIT_NAMES[part]) for part in ("name", "material", "season", "line")),
    ]
    codes = np.stack([np.full(len(items), -1) if one is None else one.codes for one in columns], axis=1)
    combinations, place = np.unique(codes, axis=0, return_inverse=True)
    reader = OutfitReader()
    kinds = [
        kind_text(
            reader.kind(
                GarmentWords(
                    *(
                        "" if column is None or code < 0 else column.values[code]
                        for column, code in zip(columns, row, strict=True)
                    )
                )
            )
        )
        for row in combinations.tolist()
    ]
    values = tuple(sorted(set(kinds)))
    at = {value: number for number, value in enumerate(values)}
    return Attribute(np.array([at[kind] for kind in kinds], np.int32)[place.ravel()], values)


def _likely_category(items: Items) -> TextColumn | None:
    taken = {name for role in ("material", "colour", "hand") for name in _NAMES[role]}
    candidates = [
        column
        for column in items.texts
        if _MIN_VALUES <= len(column.values) <= _MAX_VALUES
        and not is_free_text(column)
        and column.name.lower() not in taken
    ]
    # of several, the one with the highest entropy, whose values are spread most evenly
    return max(candidates, key=_entropy, default=None)


def _entropy(column: TextColumn) -> float:
    share = np.bincount(column.codes[column.codes >= 0]) / max(len(column.codes), 1)
    share = share[share > 0]
    return float(-(share * np.log(share)).sum())
