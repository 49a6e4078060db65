"""Records of feed files: JSON lists, long lines, files that cannot be read, nested CSV columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.connectors.feeds.feed_file import FeedMistake
from kiosk.connectors.feeds.records import MAX_LINE_CHARS, Record, records


def read(folder: Path, name: str, content: str) -> list[Record | FeedMistake]:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return list(records(path))


def test_a_json_list_gives_its_objects_by_position(tmp_path: Path) -> None:
    assert read(tmp_path, "stock.json", '[{"a": 1}, 2, {"a": 3}]') == [
        Record(1, {"a": 1}),
        FeedMistake("stock.json", 2, "not an object"),
        Record(3, {"a": 3}),
    ]


def test_the_first_list_of_a_json_object_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, "stock.json", '{"version": 1, "items": [{"a": 1}]}') == [Record(1, {"a": 1})]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("7", "contains no list"),
        ('{"error": "away"}', "contains no list"),
        ("{}", "contains no list"),
        ("[1", "not JSON"),
        ("[NaN]", "NaN is not a JSON number"),
    ],
)
def test_a_json_file_without_a_list_is_one_mistake(tmp_path: Path, content: str, what: str) -> None:
    (mistake,) = read(tmp_path, "stock.json", content)
    assert isinstance(mistake, FeedMistake)
    assert (mistake.line, str(mistake).startswith("stock.json: ")) == (0, True)
    assert what in mistake.what


def test_a_line_too_long_is_a_mistake_and_the_next_is_read(tmp_path: Path) -> None:
    long, good = read(tmp_path, "stock.jsonl", "x" * (MAX_LINE_CHARS + 1) + '\n{"a": 1}\n')
    assert str(long) == f"stock.jsonl:1: longer than {MAX_LINE_CHARS} characters"
    assert good == Record(2, {"a": 1})


def test_a_file_that_cannot_be_read_is_one_mistake(tmp_path: Path) -> None:
    (tmp_path / "stock.jsonl").mkdir()
    (mistake,) = records(tmp_path / "stock.jsonl")
    assert str(mistake) == "stock.jsonl: cannot be read: Is a directory"


def test_columns_with_dots_are_nested_and_empty_cells_left_out(tmp_path: Path) -> None:
    rows = read(tmp_path, "styles.csv", "\ufeffname.en,name.de,size,\nCoat,,M,\n\n")
    assert rows == [Record(2, {"name": {"en": "Coat"}, "size": "M"})]
    assert read(tmp_path, "styles.csv", "name,name.en\nCoat,Coat\n") == [Record(2, {"name": "Coat"})]
