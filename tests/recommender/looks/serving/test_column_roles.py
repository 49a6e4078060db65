"""Which columns hold category, material, colour and designer."""

import numpy as np

from recommender.inputs.tables import Items, TextColumn
from recommender.looks.serving.column_roles import detect_roles


def items(*columns: tuple[str, list[int]]) -> Items:
    count = len(columns[0][1])
    texts = tuple(
        TextColumn(name, np.array(codes, np.int32), tuple(f"{name} {code}" for code in range(max(codes) + 1)))
        for name, codes in columns
    )
    ids = tuple(map(str, range(count)))
    return Items(ids, np.arange(count, dtype=np.int32), ids, np.full(count, np.nan), texts)


def test_known_names_are_found_in_order_of_preference_and_in_any_case() -> None:
    roles = detect_roles(items(("type", [0, 1, 2]), ("Category", [0, 0, 1]), ("designer", [0, 0, 1])))
    assert sorted(roles) == ["category", "hand"]
    assert roles["category"].values == ("Category 0", "Category 1")


def test_without_a_known_name_the_column_with_the_highest_entropy_is_the_category() -> None:
    skewed, even, two = [0] * 10 + [1, 2], [0, 1, 2] * 4, [0, 1] * 6
    roles = detect_roles(items(("a", skewed), ("b", even), ("c", two), ("colour", even)))
    assert roles["category"].values[0] == "b 0"
    assert roles["colour"].values[0] == "colour 0"


def test_a_named_category_column_is_taken_and_a_missing_one_leaves_no_category() -> None:
    table = items(("section", [0, 1]), ("category", [1, 0]))
    assert detect_roles(table, "Section")["category"].values == ("section 0", "section 1")
    assert "category" not in detect_roles(table, "nothing")
