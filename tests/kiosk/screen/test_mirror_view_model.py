"""Touching a control on a page sends the right touch event to the mirror."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from kiosk.core.domain.fit_feedback import FitArea, FitRating
from kiosk.core.domain.ids import ArticleId, ItemId, PieceId, RequestId
from kiosk.core.domain.promise.values import DeliveryWay
from kiosk.core.domain.service_request import RequestKind
from kiosk.core.domain.texts import LANGUAGES
from kiosk.core.visit.delivery.delivery_touches import DeliveryOpened, DeliveryWayChosen, DeliveryZoneChosen
from kiosk.core.visit.pairing import PairingKey
from kiosk.core.visit.touches import (
    AllPiecesChosen,
    AsideRequested,
    AsideWithdrawn,
    BackPressed,
    BasketToggled,
    ColourChosen,
    Destination,
    FitAnswered,
    FitField,
    FitFieldChanged,
    FitQuestionOpened,
    FitRated,
    GarmentOpened,
    LanguageChosen,
    MessageClosed,
    MessageOpened,
    PageOpened,
    PairingKeyPressed,
    PaymentCancelRequested,
    PaymentConfirmed,
    PaymentRequested,
    PieceConfirmed,
    PreparedOpened,
    ReceiptPrintRequested,
    RequestWithdrawn,
    ScreenDarkened,
    ScreenWoken,
    ServiceRequested,
    SizeChosen,
    SizesOpened,
    SuggestionDismissed,
    SuggestionOpened,
    Touch,
    VisitClosed,
)
from kiosk.screen.tools.sample_scenes import sample_scenes
from tests.kiosk.screen.screen_harness import ScreenHarness

OpenScreen = Callable[..., ScreenHarness]
NOW = 7
_GTIN = ArticleId("09521234000013")

TOUCHES: list[tuple[str, str, Touch]] = [
    ("rest", "wake", ScreenWoken(NOW)),
    ("away", "wake", ScreenWoken(NOW)),
    ("still-there", "wake", ScreenWoken(NOW)),
    ("still-there", "stay", ScreenWoken(NOW)),
    ("still-there-request", "start-anew", VisitClosed(NOW)),
    ("dark", "wake", ScreenWoken(NOW)),
    ("wardrobe-three", "piece-E1", GarmentOpened(NOW, PieceId("E1"))),
    ("wardrobe-three", "looks", PageOpened(NOW, Destination.LOOK)),
    ("wardrobe-three", "look-I3", SuggestionOpened(NOW, ItemId("I3"))),
    ("wardrobe-chosen", "basket", PageOpened(NOW, Destination.BASKET)),
    ("wardrobe-three", "take-E1", BasketToggled(NOW, PieceId("E1"), wanted=True)),
    ("wardrobe-chosen", "take-E1", BasketToggled(NOW, PieceId("E1"), wanted=False)),
    ("wardrobe-three", "take-all", AllPiecesChosen(NOW)),
    ("garment-true", "action", BasketToggled(NOW, PieceId("E0"), wanted=True)),
    ("garment-taken", "action", PageOpened(NOW, Destination.BASKET)),
    ("garment-taken", "take-out", BasketToggled(NOW, PieceId("E1"), wanted=False)),
    ("wardrobe-three", "help", PageOpened(NOW, Destination.ASK)),
    ("wardrobe-three", "just-mirror", ScreenDarkened(NOW)),
    ("wardrobe-three", "language", LanguageChosen(NOW, "de")),
    ("wardrobe-faint", "mine-E4", PieceConfirmed(NOW, PieceId("E4"), mine=True)),
    ("wardrobe-faint", "not-mine-E4", PieceConfirmed(NOW, PieceId("E4"), mine=False)),
    ("wardrobe-unknown", "piece-EX", PageOpened(NOW, Destination.ASK)),
    ("wardrobe-request", "request-r1", PageOpened(NOW, Destination.REQUESTS)),
    ("garment", "action", ServiceRequested(NOW, RequestKind.SIZE, _GTIN)),
    ("garment", "at-door", ServiceRequested(NOW, RequestKind.SIZE, _GTIN, at_door=True)),
    ("garment", "size-S", SizeChosen(NOW, "S")),
    ("garment", "colour-C2", ColourChosen(NOW, "C2")),
    ("garment", "all-sizes", SizesOpened(NOW)),
    ("garment", "back", BackPressed(NOW)),
    ("feel", "feel-just-right", FitRated(NOW, FitRating.RIGHT)),
    ("feel", "feel-a-little-tight", FitRated(NOW, FitRating.TIGHT)),
    ("feel", "feel-a-little-loose", FitRated(NOW, FitRating.LOOSE)),
    ("feel-where", "spot-shoulder", FitRated(NOW, FitRating.TIGHT, FitArea.SHOULDER)),
    ("feel-where", "spot-length", FitRated(NOW, FitRating.TIGHT, FitArea.LENGTH)),
    ("feel-tight", "feel-again", FitRated(NOW, None)),
    ("feel-tight", "action", ServiceRequested(NOW, RequestKind.SIZE, _GTIN)),
    ("feel-taken-up", "pinned", ServiceRequested(NOW, RequestKind.ALTERATION)),
    ("feel-no-other", "pinned", ServiceRequested(NOW, RequestKind.ALTERATION)),
    ("garment-open", "ask-fit", FitQuestionOpened(NOW)),
    ("fit", "height-more", FitFieldChanged(NOW, FitField.HEIGHT, 1)),
    ("fit", "height-far-less", FitFieldChanged(NOW, FitField.HEIGHT, -10)),
    ("fit-feet", "height-far-more", FitFieldChanged(NOW, FitField.HEIGHT, 6)),
    ("fit", "weight-less", FitFieldChanged(NOW, FitField.WEIGHT, -1)),
    ("fit", "units", FitFieldChanged(NOW, FitField.UNITS, 1)),
    ("fit", "way", FitFieldChanged(NOW, FitField.WAY, 1)),
    ("fit-label", "system-less", FitFieldChanged(NOW, FitField.SYSTEM, -1)),
    ("fit-label", "size-more", FitFieldChanged(NOW, FitField.SIZE, 1)),
    ("fit", "action", FitAnswered(NOW)),
    ("fit", "skip", FitAnswered(NOW, said=False)),
    ("garment-asked", "action", PageOpened(NOW, Destination.REQUESTS)),
    ("garment-nobody", "action", ServiceRequested(NOW, RequestKind.HELP)),
    ("garment-elsewhere", "action", ServiceRequested(NOW, RequestKind.HELP)),
    ("sizes-ten", "size-50", SizeChosen(NOW, "50")),
    ("look", "look-I3", SuggestionOpened(NOW, ItemId("I3"))),
    ("look", "not-this-I3", SuggestionDismissed(NOW, ItemId("I3"))),
    ("ask", "ask-help", ServiceRequested(NOW, RequestKind.HELP)),
    ("ask", "ask-alteration", ServiceRequested(NOW, RequestKind.ALTERATION)),
    ("ask", "ask-drink", ServiceRequested(NOW, RequestKind.DRINK)),
    (
        "garment-both",
        "bring-both",
        ServiceRequested(NOW, RequestKind.SIZE, _GTIN, second=ArticleId("09521234000020")),
    ),
    ("ask-six", "ask-gift-wrap", ServiceRequested(NOW, RequestKind.SERVICE, service="gift-wrap")),
    ("ask", "ask-size", PageOpened(NOW, Destination.WARDROBE)),
    ("request-three", "withdraw-r2", RequestWithdrawn(NOW, RequestId("r2"))),
    ("request-claimed", "to-wardrobe", PageOpened(NOW, Destination.WARDROBE)),
    ("message-both", "message", MessageOpened(NOW, "m1")),
    ("message-garment", "message", MessageOpened(NOW, "m1")),
    ("message-look-six", "message-piece-4", MessageOpened(NOW, "m1", ArticleId("4"))),
    ("message-look-two", "close-message", MessageClosed(NOW, "m1")),
    ("prepared-empty-hands", "prepared-0", PreparedOpened(NOW, ArticleId("0"))),
    ("prepared-with-three", "prepared", PageOpened(NOW, Destination.PREPARED)),
    ("basket-can-send", "delivery", DeliveryOpened(NOW)),
    ("delivery-one", "way-bag", DeliveryWayChosen(NOW, DeliveryWay.BAG)),
    ("delivery-mixed", "piece-p1", DeliveryWayChosen(NOW, DeliveryWay.BAG, PieceId("p1"))),
    ("delivery-zones", "zone-abroad", DeliveryZoneChosen(NOW, "abroad")),
    ("delivery-one", "action", PaymentRequested(NOW)),
    ("garment-put-aside", "put-aside", AsideRequested(NOW, _GTIN)),
    ("request-put-aside", "aside-r1", AsideRequested(NOW, ArticleId("1"))),
    ("aside-asked", "take-back-a0", AsideWithdrawn(NOW, "a0")),
    ("wardrobe-aside", "asides", PageOpened(NOW, Destination.REQUESTS)),
    ("message-line", "close-message", MessageClosed(NOW, "m1")),
    ("message-long", "close-message", MessageClosed(NOW, "m1")),
    ("basket", "line-E1", BasketToggled(NOW, PieceId("E1"), wanted=False)),
    ("basket", "line-E2", BasketToggled(NOW, PieceId("E2"), wanted=True)),
    ("basket", "take-all", AllPiecesChosen(NOW)),
    ("basket-left", "line-E2", BasketToggled(NOW, PieceId("E2"), wanted=False)),
    ("basket", "action", PaymentRequested(NOW)),
    ("pay-ready", "action", PaymentRequested(NOW)),
    ("pay-ready", "drop", PaymentCancelRequested(NOW)),
    ("pay-confirm", "action", PaymentConfirmed(NOW)),
    ("pay-tap", "drop", PaymentCancelRequested(NOW)),
    ("pay-declined", "action", PaymentRequested(NOW)),
    ("receipt-number", "print", ReceiptPrintRequested(NOW)),
    ("receipt-not-printed", "print", ReceiptPrintRequested(NOW)),
    ("pay-parked", "action", ServiceRequested(NOW, RequestKind.HELP)),
    ("pay-unpriced", "action", ServiceRequested(NOW, RequestKind.HELP)),
    ("receipt", "finish", VisitClosed(NOW)),
    ("pairing-first", "key-7", PairingKeyPressed(NOW, PairingKey.SEVEN)),
    ("pairing-typing", "key-erase", PairingKeyPressed(NOW, PairingKey.ERASE)),
    ("pairing-closed", "pairing-open", PairingKeyPressed(NOW, PairingKey.OPEN)),
]


def test_each_control_sends_its_touch_event(open_screen: OpenScreen) -> None:
    screen = open_screen()
    scenes = sample_scenes("en")
    for scene, name, touch in TOUCHES:
        screen.show(scenes[scene])
        screen.touches.clear()
        screen.touch(name)
        assert screen.touches == [touch], f"{name} on {scene}"
    assert screen.qt_messages == []


def test_every_touch_event_has_a_control() -> None:
    made = {type(touch) for _, _, touch in TOUCHES}
    assert made == set(Touch.__args__)


def test_while_a_payment_is_resolved_it_cannot_be_paid_or_cancelled(open_screen: OpenScreen) -> None:
    screen = open_screen()
    screen.show(sample_scenes("en")["pay-resolving"])
    names = {item.objectName() for item in screen.items()}
    assert not names & {"action", "drop"}
    assert "You will not be charged twice" in screen.all_text()


def test_each_of_many_languages_is_two_touches_away(open_screen: OpenScreen) -> None:
    screen = open_screen()
    screen.show(replace(sample_scenes("en")["wardrobe-three"], languages=LANGUAGES))
    screen.touch("language")
    screen.wait_until_idle()
    assert screen.touches == []
    screen.touch("speak-ar")
    assert screen.touches == [LanguageChosen(NOW, "ar")]


@pytest.mark.parametrize(
    "name", ["wardrobe-twelve", "garment", "pay-tap", "receipt", "request-three", "basket-twelve"]
)
def test_help_language_and_the_plain_mirror_are_on_every_page(name: str, open_screen: OpenScreen) -> None:
    screen = open_screen()
    screen.show(sample_scenes("en")[name])
    for item in ("help", "language", "just-mirror"):
        screen.touch(item)
    assert screen.touches == [
        PageOpened(NOW, Destination.ASK),
        LanguageChosen(NOW, "de"),
        ScreenDarkened(NOW),
    ]


def test_suggestions_are_shown_three_at_a_time(open_screen: OpenScreen) -> None:
    screen = open_screen()
    screen.show(sample_scenes("en")["look"])
    assert "Tote bag" in screen.all_text()
    screen.touch("others")
    screen.wait_until_idle()
    assert "Silk square" in screen.all_text()
    assert "Tote bag" not in screen.all_text()


def test_a_touch_beside_the_language_list_only_closes_it(open_screen: OpenScreen) -> None:
    screen = open_screen()
    screen.show(replace(sample_scenes("en")["wardrobe-three"], languages=LANGUAGES))
    screen.touch("language")
    screen.wait_until_idle()
    assert "Français" in screen.all_text()
    screen.touch("stage")
    screen.wait_until_idle()
    assert "Français" not in screen.all_text()
    assert screen.touches == []
