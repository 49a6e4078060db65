"""Texts of readers: whatever characters come, a message shows one short line."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hardware.printable_text import MAX_TEXT, printable


def test_control_characters_become_spaces_and_long_texts_are_cut() -> None:
    assert printable("a\nb\x1b[31m\tc") == "a b [31m c"
    assert len(printable("x" * 10_000, 200)) == 200
    assert printable("x" * 10_000, 200).endswith("…")


@given(st.text(max_size=5_000))
def test_a_text_is_one_short_printable_line(text: str) -> None:
    line = printable(text)
    assert len(line) <= MAX_TEXT
    assert not line or line.isprintable()
    assert line == line.strip()
