"""A finger on the glass becomes the right wish, through Qt's own mouse events."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from kiosk.core.domain.fit_feedback import Felt, Spot
from kiosk.core.domain.ids import Epc, Gtin, ItemId, RequestId
from kiosk.core.domain.service_request import RequestKind
from kiosk.core.domain.texts import LANGUAGES
from kiosk.core.visit.touches import (
    Asked,
    BasketToggled,
    ColourChosen,
    Dial,
    FeltSaid,
    FitAsked,
    FitDialled,
    FitTold,
    GarmentOpened,
    JustMirror,
    LanguageChosen,
    NotThis,
    PayConfirmed,
    PayDropped,
    PayWished,
    Place,
    RequestWithdrawn,
    SaidMine,
    SizeChosen,
    SizesOpened,
    SuggestionOpened,
    VisitClosed,
    WentBack,
    WentTo,
    Wish,
    Woken,
)
from kiosk.screen.tools.contact_sheet_scenes import gallery_scenes
from tests.kiosk.screen.hall import Hall

Open = Callable[..., Hall]
NOW = 7
_GTIN = Gtin("09521234000013")

TOUCHES: list[tuple[str, str, Wish]] = [
    ("rest", "wake", Woken(NOW)),
    ("away", "wake", Woken(NOW)),
    ("dark", "wake", Woken(NOW)),
    ("wardrobe-three", "piece-E1", GarmentOpened(NOW, Epc("E1"))),
    ("wardrobe-three", "looks", WentTo(NOW, Place.LOOK)),
    ("wardrobe-three", "look-I3", SuggestionOpened(NOW, ItemId("I3"))),
    ("wardrobe-three", "basket", WentTo(NOW, Place.BASKET)),
    ("wardrobe-three", "help", WentTo(NOW, Place.ASK)),
    ("wardrobe-three", "just-mirror", JustMirror(NOW)),
    ("wardrobe-three", "language", LanguageChosen(NOW, "de")),
    ("wardrobe-faint", "mine-E4", SaidMine(NOW, Epc("E4"), mine=True)),
    ("wardrobe-faint", "not-mine-E4", SaidMine(NOW, Epc("E4"), mine=False)),
    ("wardrobe-unknown", "piece-EX", WentTo(NOW, Place.ASK)),
    ("wardrobe-request", "request-r1", WentTo(NOW, Place.REQUESTS)),
    ("garment", "action", Asked(NOW, RequestKind.SIZE, _GTIN)),
    ("garment", "at-door", Asked(NOW, RequestKind.SIZE, _GTIN, at_door=True)),
    ("garment", "size-S", SizeChosen(NOW, "S")),
    ("garment", "colour-C2", ColourChosen(NOW, "C2")),
    ("garment", "all-sizes", SizesOpened(NOW)),
    ("garment", "back", WentBack(NOW)),
    ("feel", "feel-just-right", FeltSaid(NOW, Felt.RIGHT)),
    ("feel", "feel-a-little-tight", FeltSaid(NOW, Felt.TIGHT)),
    ("feel", "feel-a-little-loose", FeltSaid(NOW, Felt.LOOSE)),
    ("feel-where", "spot-shoulder", FeltSaid(NOW, Felt.TIGHT, Spot.SHOULDER)),
    ("feel-where", "spot-length", FeltSaid(NOW, Felt.TIGHT, Spot.LENGTH)),
    ("feel-tight", "feel-again", FeltSaid(NOW, None)),
    ("feel-tight", "action", Asked(NOW, RequestKind.SIZE, _GTIN)),
    ("feel-taken-up", "pinned", Asked(NOW, RequestKind.ALTERATION)),
    ("feel-no-other", "pinned", Asked(NOW, RequestKind.ALTERATION)),
    ("garment-open", "ask-fit", FitAsked(NOW)),
    ("fit", "height-more", FitDialled(NOW, Dial.HEIGHT, 1)),
    ("fit", "height-far-less", FitDialled(NOW, Dial.HEIGHT, -10)),
    ("fit-feet", "height-far-more", FitDialled(NOW, Dial.HEIGHT, 6)),
    ("fit", "weight-less", FitDialled(NOW, Dial.WEIGHT, -1)),
    ("fit", "units", FitDialled(NOW, Dial.UNITS, 1)),
    ("fit", "way", FitDialled(NOW, Dial.WAY, 1)),
    ("fit-label", "system-less", FitDialled(NOW, Dial.SYSTEM, -1)),
    ("fit-label", "size-more", FitDialled(NOW, Dial.SIZE, 1)),
    ("fit", "action", FitTold(NOW)),
    ("fit", "skip", FitTold(NOW, said=False)),
    ("garment-asked", "action", WentTo(NOW, Place.REQUESTS)),
    ("garment-between", "action", WentTo(NOW, Place.BASKET)),
    ("garment-nobody", "action", Asked(NOW, RequestKind.HELP)),
    ("garment-elsewhere", "action", Asked(NOW, RequestKind.HELP)),
    ("sizes-ten", "size-50", SizeChosen(NOW, "50")),
    ("look", "look-I3", SuggestionOpened(NOW, ItemId("I3"))),
    ("look", "not-this-I3", NotThis(NOW, ItemId("I3"))),
    ("ask", "ask-help", Asked(NOW, RequestKind.HELP)),
    ("ask", "ask-alteration", Asked(NOW, RequestKind.ALTERATION)),
    ("ask", "ask-drink", Asked(NOW, RequestKind.DRINK)),
    ("ask", "ask-size", WentTo(NOW, Place.WARDROBE)),
    ("request-three", "withdraw-r2", RequestWithdrawn(NOW, RequestId("r2"))),
    ("request-claimed", "to-wardrobe", WentTo(NOW, Place.WARDROBE)),
    ("basket", "line-E1", BasketToggled(NOW, Epc("E1"))),
    ("basket", "action", PayWished(NOW)),
    ("pay-ready", "action", PayWished(NOW)),
    ("pay-ready", "drop", PayDropped(NOW)),
    ("pay-confirm", "action", PayConfirmed(NOW)),
    ("pay-tap", "drop", PayDropped(NOW)),
    ("pay-declined", "action", PayWished(NOW)),
    ("pay-parked", "action", Asked(NOW, RequestKind.HELP)),
    ("pay-unpriced", "action", Asked(NOW, RequestKind.HELP)),
    ("receipt", "finish", VisitClosed(NOW)),
]


def test_each_touch_sends_its_wish(hall: Open) -> None:
    glass = hall()
    scenes = gallery_scenes("en")
    for scene, name, wish in TOUCHES:
        glass.show(scenes[scene])
        glass.wishes.clear()
        glass.touch(name)
        assert glass.wishes == [wish], f"{name} on {scene}"
    assert glass.complaints == []


def test_every_wish_can_be_made_on_the_glass() -> None:
    made = {type(wish) for _, _, wish in TOUCHES}
    assert made == set(Wish.__args__)


def test_while_the_answer_is_asked_for_nothing_can_be_paid_or_dropped(hall: Open) -> None:
    glass = hall()
    glass.show(gallery_scenes("en")["pay-resolving"])
    names = {item.objectName() for item in glass.items()}
    assert not names & {"action", "drop"}
    assert "You will not be charged twice" in glass.said()


def test_of_many_languages_one_is_two_touches_away(hall: Open) -> None:
    glass = hall()
    glass.show(replace(gallery_scenes("en")["wardrobe-three"], languages=LANGUAGES))
    glass.touch("language")
    glass.settle()
    assert glass.wishes == []
    glass.touch("speak-ar")
    assert glass.wishes == [LanguageChosen(NOW, "ar")]


@pytest.mark.parametrize(
    "name", ["wardrobe-twelve", "garment", "pay-tap", "receipt", "request-three", "basket-twelve"]
)
def test_help_language_and_the_plain_mirror_are_one_touch_away_everywhere(name: str, hall: Open) -> None:
    glass = hall()
    glass.show(gallery_scenes("en")[name])
    for item in ("help", "language", "just-mirror"):
        glass.touch(item)
    assert glass.wishes == [WentTo(NOW, Place.ASK), LanguageChosen(NOW, "de"), JustMirror(NOW)]


def test_more_suggestions_than_three_are_turned_over(hall: Open) -> None:
    glass = hall()
    glass.show(gallery_scenes("en")["look"])
    assert "Tote bag" in glass.said()
    glass.touch("others")
    glass.settle()
    assert "Silk square" in glass.said()
    assert "Tote bag" not in glass.said()


def test_a_touch_beside_the_languages_closes_them_and_does_nothing_else(hall: Open) -> None:
    glass = hall()
    glass.show(replace(gallery_scenes("en")["wardrobe-three"], languages=LANGUAGES))
    glass.touch("language")
    glass.settle()
    assert "Français" in glass.said()
    glass.touch("stage")
    glass.settle()
    assert "Français" not in glass.said()
    assert glass.wishes == []
