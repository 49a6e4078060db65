"""JSON lists are read in pieces, whatever their form; broken ones are read up to the fault."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.connectors.feeds.limits import MAX_LINE_CHARS
from kiosk.connectors.feeds.text_files.json_records import JsonLines, JsonList
from kiosk.connectors.feeds.text_files.opening import UnreadableError
from kiosk.connectors.feeds.text_files.records import RecordError
from kiosk.connectors.feeds.text_files.text_file import TextFile


def read(
    folder: Path, content: str, form: type[JsonList | JsonLines] = JsonList
) -> tuple[list[tuple[int, Any]], str]:
    path = folder / "stock.json"
    path.write_text(content, encoding="utf-8")
    with TextFile(path) as file:
        records = form(file)
        found: list[tuple[int, Any]] = []
        for number, raw in records.records():
            try:
                found.append((number, records.fields(raw)))
            except RecordError as error:
                found.append((number, str(error)))
        return found, records.cut


def test_a_list_gives_its_objects_by_position(tmp_path: Path) -> None:
    assert read(tmp_path, '[{"a": 1}, 2, {"a": 3}]')[0] == [
        (1, {"a": 1}),
        (2, "a number where an object was expected"),
        (3, {"a": 3}),
    ]


@pytest.mark.parametrize(
    "content",
    ['{"v": 1, "items": [{"a": 1}], "more": [2]}', ' \n[\n {"a":1}\n]\n', '{"n": {"b": [9]}, "items": [{"a": 1}]}'],
)  # fmt: skip
def test_the_first_list_of_an_object_is_read(tmp_path: Path, content: str) -> None:
    assert read(tmp_path, content) == ([(1, {"a": 1})], "")


@pytest.mark.parametrize("content", ["7", '{"error": "away"}', "{}", '"text"', "{]", '{"a": tru', "nonsense"])
def test_a_file_without_a_list_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(UnreadableError, match="contains no list of records"):
        read(tmp_path, content)


@pytest.mark.parametrize(
    ("content", "cut"),
    [
        ('[{"a": 1}', "ends in the middle"),
        ('[{"a": 1}, ', "ends in the middle"),
        ('[{"a": 1}, {"a": "long te', "ends in the middle"),
        ('[{"a": 1}, {"a": "\\u00e', "ends in the middle"),
        ('[{"a": 1}, {"a": -', "ends in the middle"),
        ('[{"a": 1}, {"a": NaN}, {"a": 2}]', "after record 1 (not JSON: NaN is not a JSON number)"),
        ('[{"a": 1}, {"a": } , {"a": 2222222222}]', "after record 1 (not JSON: Expecting value)"),
    ],
)
def test_what_was_read_before_a_fault_is_kept(tmp_path: Path, content: str, cut: str) -> None:
    found, told = read(tmp_path, content)
    assert found == [(1, {"a": 1})]
    assert cut in told


def test_a_list_larger_than_a_piece_is_read_in_pieces(tmp_path: Path) -> None:
    rows = [{"n": n, "text": "ü" * (n % 50)} for n in range(20_000)]
    found, cut = read(tmp_path, json.dumps(rows, indent=1))
    assert [fields for _, fields in found] == rows
    assert cut == ""


def test_a_value_that_is_too_long_ends_the_reading(tmp_path: Path) -> None:
    found, cut = read(tmp_path, '[{"a": 1}, {"a": "' + "x" * (3 * MAX_LINE_CHARS) + '"}]')
    assert found == [(1, {"a": 1})]
    assert "cannot be read after record 1" in cut


@pytest.mark.parametrize(
    ("content", "cut"),
    [
        ('{"a": 1}\n{"a": 2}', ""),
        ('{"a": 1}\n{"a": 2', "ends in the middle"),
        ('{"a": 1}\n\n', ""),
        ('{"a": 1}\n\x00\x00', "zero"),
    ],
)
def test_a_cut_file_of_lines_is_noticed(tmp_path: Path, content: str, cut: str) -> None:
    found, told = read(tmp_path, content, JsonLines)
    assert found[0] == (1, {"a": 1})
    assert (cut in told) if cut else not told


def test_deep_nesting_is_a_mistake(tmp_path: Path) -> None:
    found, _ = read(tmp_path, "[" * 5000 + '\n{"a": 1}\n', JsonLines)
    assert "not JSON" in found[0][1]
    assert found[1] == (2, {"a": 1})


ROWS = st.lists(
    st.dictionaries(
        st.text(max_size=4), st.none() | st.booleans() | st.integers() | st.text(max_size=8), max_size=3
    )
)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS, st.sampled_from([None, 1]), st.booleans())
def test_what_was_written_is_read(
    tmp_path: Path, rows: list[dict[str, Any]], indent: int | None, ascii_only: bool
) -> None:
    text = (
        json.dumps(rows, indent=indent, ensure_ascii=True) if ascii_only else json.dumps(rows, indent=indent)
    )
    found, cut = read(tmp_path, text)
    assert [fields for _, fields in found] == rows
    assert cut == ""


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS.filter(bool), st.data())
def test_a_list_that_is_cut_anywhere_is_noticed(
    tmp_path: Path, rows: list[dict[str, Any]], data: st.DataObject
) -> None:
    text = json.dumps(rows)
    at = data.draw(st.integers(1, len(text) - 1))
    found, cut = read(tmp_path, text[:at])
    assert [fields for _, fields in found] == rows[: len(found)]
    assert cut
