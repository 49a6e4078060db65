"""Which items match each other: those that have the same colour, pattern and department in the catalogue.
Their shade is the colour with the pattern alone.

A top and trousers of one print, or the parts of a suit, are worn together far more often than their categories and
their colours are; a sum of affinities of single columns cannot express that all of them agree in the same item.
"""

import numpy as np

from recommender.inputs.tables import Items, TextColumn
from recommender.looks.serving.model import Attribute

# Column names of each part, in order of preference.
_PARTS = (
    ("colour", "color", "colour_group_name", "colour_name", "color_name", "base_colour"),
    ("pattern", "print", "pattern_name", "graphical_appearance_name"),
    ("department", "department_name", "collection", "line", "section", "division"),
)
# With fewer of these columns, too many items would match.
_LEAST_COLUMNS = 2


def matching_items(items: Items) -> Attribute | None:
    """The code that matching items share, -1 for an item that matches no other or whose cells are not all known.

    None if the catalogue has no colour, or neither pattern nor department.
    """
    columns = _columns(items, _PARTS)
    return _shared_codes(len(items), columns) if len(columns) >= _LEAST_COLUMNS else None


def shades(items: Items) -> Attribute | None:
    """The code of items of the same colour and, if the catalogue has it, the same pattern; -1 as above.

    None if the catalogue has no colour.
    """
    columns = _columns(items, _PARTS[:2])
    return _shared_codes(len(items), columns) if columns else None


def _columns(items: Items, parts: tuple[tuple[str, ...], ...]) -> list[TextColumn]:
    """The columns of the parts; none if the catalogue has no colour."""
    colour, *others = (items.text(*names) for names in parts)
    return [] if colour is None else [colour, *(column for column in others if column is not None)]


def _shared_codes(items: int, columns: list[TextColumn]) -> Attribute:
    cells = np.stack([column.codes for column in columns], axis=1)
    known = np.flatnonzero((cells >= 0).all(axis=1))
    combinations, place, count = np.unique(cells[known], axis=0, return_inverse=True, return_counts=True)
    shared = count > 1
    number = np.where(shared, np.cumsum(shared) - 1, -1).astype(np.int32)
    codes = np.full(items, -1, np.int32)
    codes[known] = number[place.ravel()]
    words = (
        " / ".join(column.values[code] for column, code in zip(columns, row, strict=True))
        for row in combinations[shared].tolist()
    )
    return Attribute(codes, tuple(words))
