"""JSON of readers: what the standard allows, and what must be refused before it does harm."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.json_text import MAX_DEPTH, json_object, json_values, parse_json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=20,
)


@given(VALUES)
def test_every_value_is_read(value: object) -> None:
    assert parse_json(json.dumps(value).encode()) == value


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"nonsense",
        b"NaN",
        b'{"a":Infinity}',
        b"[-Infinity]",
        b"\xff\xfe\xfd",
        b"[" * 60_000,
        b"[" * (MAX_DEPTH + 2) + b"]" * (MAX_DEPTH + 2),
        b'{"a":' * (MAX_DEPTH + 2) + b"1" + b"}" * (MAX_DEPTH + 2),
        b"9" * 10_000,
    ],
)
def test_other_texts_are_refused(raw: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_json(raw)


def test_the_deepest_allowed_nesting_is_read() -> None:
    assert parse_json(b"[" * MAX_DEPTH + b"]" * MAX_DEPTH)


@pytest.mark.parametrize(
    ("raw", "values", "whole"),
    [
        (b"", [], True),
        (b" {} \n[1]\t2", [{}, [1], 2], True),
        (b'{"a":1}{"b":2}', [{"a": 1}, {"b": 2}], True),
        (b'\xef\xbb\xbf{"a":1}', [{"a": 1}], True),
        (b'{"a":1}{"b":', [{"a": 1}], False),
        (b"{} NaN", [{}], False),
        (b"1 " + b"[" * 60_000, [1], False),
        (b"1 " + b"[" * (MAX_DEPTH + 2) + b"]" * (MAX_DEPTH + 2), [1], False),
        (b"\xff", [], False),
        ("{}x", [{}], False),
    ],
)
def test_values_that_follow_each_other_are_read_up_to_a_mistake(
    raw: bytes, values: list[object], whole: bool
) -> None:
    assert json_values(raw) == (values, whole)


def test_only_an_object_is_an_object() -> None:
    assert json_object(b'{"a":1}') == {"a": 1}
    with pytest.raises(ValueError, match="not a JSON object"):
        json_object(b"[1]")
