"""Which items match each other by the columns of the catalogue."""

import numpy as np
import pytest

from recommender.inputs.tables import Items, TextColumn
from recommender.looks.serving.column_roles import served_roles
from recommender.looks.serving.matching import matching_items, shades


def items(**columns: list[int]) -> Items:
    count = len(next(iter(columns.values())))
    texts = tuple(
        TextColumn(name, np.array(codes, np.int32), tuple(f"{name} {code}" for code in range(max(codes) + 1)))
        for name, codes in columns.items()
    )
    ids = tuple(map(str, range(count)))
    return Items(ids, np.arange(count, dtype=np.int32), ids, np.full(count, np.nan), texts)


SHOP = items(
    colour=[0, 0, 0, 1, 1, -1, 0, 2],
    graphical_appearance_name=[0, 0, 1, 0, 0, 0, 0, 0],
    collection=[0, 0, 0, 0, 0, 0, 1, 0],
)


def groups(codes: np.ndarray) -> list[list[int]]:
    return [np.flatnonzero(codes == code).tolist() for code in range(int(codes.max()) + 1)]


def test_items_match_if_colour_pattern_and_department_are_equal() -> None:
    found = matching_items(SHOP)
    assert found is not None
    assert groups(found.codes) == [[0, 1], [3, 4]]
    assert found.values == (
        "colour 0 / graphical_appearance_name 0 / collection 0",
        "colour 1 / graphical_appearance_name 0 / collection 0",
    )


def test_a_shade_is_colour_and_pattern_of_any_department() -> None:
    found = shades(SHOP)
    assert found is not None
    assert groups(found.codes) == [[0, 1, 6], [3, 4]]


@pytest.mark.parametrize("column", ["colour", "graphical_appearance_name", "collection"])
def test_an_item_with_an_unknown_cell_matches_none(column: str) -> None:
    cells = {text.name: text.codes.tolist() for text in SHOP.texts}
    cells[column][0] = -1
    found = matching_items(items(**cells))
    assert found is not None
    assert found.codes[0] == found.codes[1] == -1


def test_without_a_colour_nothing_is_said_and_with_a_colour_alone_only_the_shade() -> None:
    assert matching_items(items(pattern=[0, 0], department=[0, 0])) is None
    assert shades(items(pattern=[0, 0], department=[0, 0])) is None
    only = items(colour=[0, 0, 1])
    assert matching_items(only) is None
    found = shades(only)
    assert found is not None
    assert found.codes.tolist() == [0, 0, -1]


def test_both_are_served_where_the_catalogue_states_them() -> None:
    assert {"match", "shade"} <= set(served_roles(SHOP))
    assert not {"match", "shade"} & set(served_roles(items(category=[0, 1, 2])))


def test_a_catalogue_without_items_or_known_cells_has_no_matches() -> None:
    found = matching_items(items(colour=[-1, -1], pattern=[-1, -1]))
    assert found is not None
    assert (found.codes.tolist(), found.values) == ([-1, -1], ())
