"""The order of a line's runs: right-to-left lines with numbers and Latin words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.pictures.slips.runs import visual_runs

ALEF, BET = "\u0627", "\u0628"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Visa 4242", [("Visa 4242", False)]),
        (f"{ALEF} 12.50", [("12.50", False), (f"{ALEF} ", True)]),
        (f"{ALEF} 2026-03-29 {BET}", [(f" {BET}", True), ("2026-03-29", False), (f"{ALEF} ", True)]),
        (f"{ALEF} 19%", [("19%", False), (f"{ALEF} ", True)]),
        (f"{ALEF} Visa 42 {BET}", [(f" {BET}", True), ("Visa 42", False), (f"{ALEF} ", True)]),
        ("\u200f12,50 €", [(" €", True), ("12,50", False), ("\u200f", True)]),
        ("", []),
    ],
)  # fmt: skip
def test_runs_stand_in_the_order_in_which_they_are_seen(text: str, seen: list[tuple[str, bool]]) -> None:
    assert [(run.text, run.rtl) for run in visual_runs(text)] == seen


@given(st.text(st.sampled_from(f"ab12 .,-%€{ALEF}{BET}()\u200f"), max_size=30))
def test_no_letter_is_lost(text: str) -> None:
    assert sorted("".join(run.text for run in visual_runs(text))) == sorted(text)
