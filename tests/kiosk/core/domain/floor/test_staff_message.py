"""What an associate may write to a mirror, and in which direction it is shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.domain.floor.staff_message import MAX_TEXT, TextMistake, is_right_to_left, mistake_in
from tests.faults.strangers.values import HOSTILE_TEXTS

SHOWN = (
    "The navy one, 30 °C, -20 %, €120 (№ 4): “yes”!", "Größe 38 für Sie", "L’été c’est ici…", "シャツをお持ちします。",
    "我马上过来", "وصلت القطعة", "می‌خواهم", "Размер М", "μπλε", "เสื้อสีน้ำเงิน", "कमीज़", "<b>not markup</b>", "שלום",
    "בְּרֵאשִׁ֖ית", "ที่นี่", "葛\U000e0100城", "\u200fשלום",
)  # fmt: skip
NOT_SHOWN = {
    "line break": "a\nb", "line separator": "a\u2028b", "tab": "a\tb", "NUL": "a\0", "override": "a\u202egnp.exe",
    "isolate": "\u2067a", "emoji": "Hello 😀", "heart": "for you ♥", "half": "\ud800", "private": "\ue000",
    "tag": "a\U000e0041",
    "zero width": "a\ufeffb", "marks": "a" + "\u0301" * 5, "marks with joiners": "a" + "\u0301\u200d" * 5,
    "enclosing marks": "a" + "\u20dd" * 5,
}  # fmt: skip


@pytest.mark.parametrize("text", SHOWN)
def test_texts_of_every_script_are_shown(text: str) -> None:
    assert mistake_in(text) is None


@pytest.mark.parametrize("kind", NOT_SHOWN)
def test_what_no_mirror_can_show_is_refused(kind: str) -> None:
    assert mistake_in(NOT_SHOWN[kind]) is TextMistake.SIGN


def test_length_and_blanks() -> None:
    assert mistake_in("x" * MAX_TEXT) is None
    assert mistake_in("x" * (MAX_TEXT + 1)) is TextMistake.LONG
    assert mistake_in(" \u3000") is TextMistake.EMPTY


@pytest.mark.parametrize(
    "text", ["\u200e", "\u200f \u200d", "\u3164", "\u115f\u1160", "\uffa0 \uffa0", "\u0301"]
)
def test_a_text_of_which_nothing_is_seen_is_empty(text: str) -> None:
    assert mistake_in(text) is TextMistake.EMPTY


@given(st.one_of(st.text(), st.sampled_from(HOSTILE_TEXTS)))
def test_what_is_shown_has_one_line_and_no_control_characters(text: str) -> None:
    if mistake_in(text) is None:
        assert 0 < len(text) <= MAX_TEXT
        assert len(text.splitlines()) == 1
        assert all(
            sign.isprintable() or sign.isspace() or sign in "\u200c\u200d\u200e\u200f\u061c" for sign in text
        )


@pytest.mark.parametrize(
    ("text", "right_to_left"),
    [("abc", False), ("عربي", True), ("12 عربي abc", True), ("(M) عربي", False),
     ("שלום", True), ("123", False), ("", False)],
)  # fmt: skip
def test_a_text_has_the_direction_of_its_first_letter(text: str, right_to_left: bool) -> None:
    assert is_right_to_left(text) is right_to_left
