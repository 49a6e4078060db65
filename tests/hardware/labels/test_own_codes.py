"""Which scanned texts may be a shop's own code of an article."""

from __future__ import annotations

import pytest

from hardware.labels.own_codes import MAX_LENGTH, own_code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("SHIRT-7/M", "SHIRT-7/M"),
        (" 4711 \r\n", "4711"),
        ("]C0SHIRT-7", "SHIRT-7"),
        ("]A0SHIRT-7", "SHIRT-7"),
        ("Größe M", "Größe M"),
        ("x" * MAX_LENGTH, "x" * MAX_LENGTH),
        ("x" * (MAX_LENGTH + 1), ""),
        ("", ""),
        ("https://house.example/01/1", ""),
        ("]C1019521234", ""),
        ("A\x1dB", ""),
        ("A\nB", ""),
    ],
)
def test_texts_that_may_be_codes(text: str, code: str) -> None:
    assert own_code(text) == code
