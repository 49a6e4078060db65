"""Content features: values of short columns, words of long ones, and what is left out."""

import numpy as np
import pytest

from recommender.inputs.features import is_free_text, item_features
from recommender.inputs.tables import Items, TextColumn
from tests.recommender.small_history import items


def with_texts(cells: list[str]) -> Items:
    words = tuple(dict.fromkeys(cells))
    column = TextColumn("text", np.array([words.index(cell) for cell in cells], np.int32), words)
    ids = tuple(map(str, range(len(cells))))
    return Items(ids, np.arange(len(cells), dtype=np.int32), ids, np.full(len(cells), np.nan), (column,))


def test_a_value_of_three_items_or_more_is_a_feature() -> None:
    found = item_features(items([0] * 8, colour=[0, 0, 0, 1, 1, 2, 2, 2]))
    assert found.names == ("colour=colour 0", "colour=colour 2")
    assert found.matrix.toarray().tolist() == [[1, 0]] * 3 + [[0, 0]] * 2 + [[0, 1]] * 3


def test_empty_cells_have_no_feature_and_a_constant_column_is_left_out() -> None:
    found = item_features(items([0] * 7, colour=[0, 0, 0, 1, 1, 1, -1], brand=[0] * 7))
    assert found.names == ("colour=colour 0", "colour=colour 1")
    assert found.matrix[6].nnz == 0


def test_a_column_with_the_grouping_of_an_earlier_one_is_left_out() -> None:
    found = item_features(items([0] * 6, colour=[0, 0, 0, 1, 1, 1], code=[1, 1, 1, 0, 0, 0]))
    assert {name.split("=")[0] for name in found.names} == {"colour"}
    assert item_features(items([0, 0])).matrix.shape == (2, 0)


def test_the_words_of_free_text_have_length_one_together() -> None:
    cells = ["a warm knitted wool jumper", "the cool linen shirt here", "that wool coat with linen"]
    rest = [f"nothing but filler text number {chr(97 + n)}" for n in range(17)]
    table = with_texts([cells[0]] * 3 + [cells[1]] * 3 + cells[2:] + rest)
    assert is_free_text(table.texts[0])
    found = item_features(table)
    names = {name.removeprefix("text=") for name in found.names}
    assert {"wool", "linen"} <= names
    assert "filler" not in names, "more than a quarter of the items have this word"
    assert "a" not in names
    lengths = np.sqrt(np.asarray(found.matrix.multiply(found.matrix).sum(axis=1)).ravel())
    assert lengths[:7].tolist() == pytest.approx([1] * 7)
