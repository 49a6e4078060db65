"""The display rules hold for any suggestions in any order and at any price."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.core.domain.advice import LookReason, Suggestion
from kiosk.core.domain.money import Money
from kiosk.store.advice.display_rules import DisplayedGarment, DisplayList
from tests.kiosk.core.garments import garment

KINDS = ("coats", "shirts", "shoes", "bags")


def piece(style: int, kind: int) -> Suggestion:
    """A garment whose price band is its style's number, modulo five."""
    made = replace(garment(f"S{style}"), category=KINDS[kind])
    return Suggestion(made, LookReason.BOUGHT_TOGETHER)


def band(made: DisplayedGarment) -> int:
    return int(made.style_id[1:]) % 5


def listed(room: list[Any], offered: list[Any], wanted: int = 6) -> list[Any]:
    display = DisplayList[Suggestion]([g.garment for g in room], wanted, band)
    for suggestion in offered:
        display.offer(suggestion)
    display.fill()
    return display.shown


def broken(room: list[Any], shown: list[Any]) -> list[Any]:
    """The rules that a list breaks."""
    wrong = []
    kinds = Counter(s.garment.category for s in shown)
    if len(shown) > 6 or len({s.garment.style_id for s in shown}) < len(shown):
        wrong.append("one of a style")
    if kinds and max(kinds.values()) > 2:
        wrong.append("two of a category")
    if room:
        middle = sorted(band(s.garment) for s in room)[len(room) // 2]
        steps = [band(s.garment) - middle for s in shown]
        if any(step <= 0 for step in steps):
            if max(steps) > 1:
                wrong.append("one band up")
            # a third of six; in a shorter list no more than the others
            if sum(step > 0 for step in steps) > max(2, sum(step <= 0 for step in steps)):
                wrong.append("not mostly dearer")
    return wrong


pieces = st.builds(piece, st.integers(0, 40), st.integers(0, 3))


@settings(max_examples=300)
@given(room=st.lists(pieces, max_size=3), offered=st.lists(pieces, max_size=30))
def test_no_list_breaks_a_rule(room: list[Any], offered: list[Any]) -> None:
    assert broken(room, listed(room, offered)) == []


@settings(max_examples=300)
@given(room=st.lists(pieces, min_size=1, max_size=3), offered=st.lists(pieces, max_size=30))
def test_no_list_has_dearer_garments_only_if_others_were_offered(room: list[Any], offered: list[Any]) -> None:
    middle = sorted(band(s.garment) for s in room)[len(room) // 2]
    if any(band(s.garment) <= middle for s in offered):
        assert any(band(s.garment) <= middle for s in listed(room, offered))


@settings(max_examples=200)
@given(room=st.lists(pieces, min_size=1, max_size=3), offered=st.lists(pieces, min_size=1, max_size=30))
def test_no_list_is_empty_if_something_may_be_shown(room: list[Any], offered: list[Any]) -> None:
    assert listed(room, offered)


def test_planted_fault_the_first_six_without_rules_are_caught() -> None:
    room = [piece(0, 0)]
    offered = [piece(style, 1) for style in (6, 5, 11, 8, 8, 16)]
    assert set(broken(room, offered)) == {
        "one of a style",
        "two of a category",
        "one band up",
        "not mostly dearer",
    }


def priced(style: int, kind: int, minor: int) -> Suggestion:
    found = piece(style, kind)
    return replace(found, garment=replace(found.garment, price=Money(minor, "EUR")))


@pytest.mark.parametrize("own_bands", [True, False])
@pytest.mark.parametrize(
    ("minor", "shown"), [(58_000, True), (116_000, True), (116_001, False), (185_000, False)]
)
def test_one_band_up_is_at_most_twice_the_price(minor: int, shown: bool, own_bands: bool) -> None:
    """A room of 580; the suggestion is one band up, which may be the last one, without a limit."""
    offered = [priced(5, 1, 50_000), priced(1, 2, minor)]
    display = DisplayList[Suggestion]([priced(0, 0, 58_000).garment], 6, band, lambda _: own_bands)
    for suggestion in offered:
        display.offer(suggestion)
    display.fill()
    assert (offered[1] in display.shown) is shown


@pytest.mark.parametrize(("own_bands", "shown"), [(True, True), (False, False)])
def test_the_same_band_of_the_whole_shop_is_no_reason_for_any_price(own_bands: bool, shown: bool) -> None:
    """A belt of 80 may be shown with a coat of 600, each in the middle of its category; 580 and 1,850 are both dear."""
    dear = priced(5, 2, 185_000)
    display = DisplayList[Suggestion]([priced(0, 0, 58_000).garment], 6, band, lambda _: own_bands)
    for suggestion in (priced(10, 1, 50_000), dear):
        display.offer(suggestion)
    display.fill()
    assert (dear in display.shown) is shown


def test_planted_fault_bands_without_a_ratio_are_caught() -> None:
    """Planted fault: what the band alone allows."""
    room, dear = priced(0, 0, 58_000), priced(1, 2, 185_000)
    assert band(dear.garment) - band(room.garment) == 1
    assert dear not in listed([room], [priced(5, 1, 50_000), dear])


def test_a_stylists_suggestion_may_have_any_price() -> None:
    room, dear = [piece(0, 0)], replace(piece(4, 1), reason=LookReason.STYLIST)
    assert listed(room, [dear, piece(3, 2), piece(5, 3)]) == [dear, piece(5, 3)]


def test_a_room_cheaper_than_the_stock_gets_the_nearest_prices() -> None:
    found = listed([piece(0, 0)], [piece(4, 1), piece(2, 2), piece(3, 3)])
    assert [band(s.garment) for s in found] == [2, 3, 4]
