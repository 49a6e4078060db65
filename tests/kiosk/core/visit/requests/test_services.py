"""Services of the shop on the mirror: which are offered, and what a touch sends."""

from __future__ import annotations

from dataclasses import replace

from kiosk.core.domain.floor.service_icons import ICON_PATHS, ServiceIcon
from kiosk.core.domain.floor.services import HELP, USUAL_SERVICES, AskedService, ServiceKind
from kiosk.core.domain.service_request import RequestKind, RequestState
from kiosk.core.domain.texts import LocalizedText
from kiosk.core.scene.scene_of import scene_of
from kiosk.core.visit.effects import SendRequest
from kiosk.core.visit.offers.services_event import ServicesOffered
from kiosk.core.visit.touches import LanguageChosen, ServiceRequested
from tests.kiosk.core.visit.visit_driver import SHIRT, A, VisitDriver, visit_with

GIFT = ServiceKind(
    "gift-wrap", LocalizedText((("en", "Gift wrapping"), ("de", "Als Geschenk"))), icon=ServiceIcon.GIFT,
    minutes=6, brought=True,
)  # fmt: skip
OWN = ServiceRequested(0, RequestKind.SERVICE, service="gift-wrap")


def room_with(*services: ServiceKind) -> VisitDriver:
    room = visit_with((A, SHIRT))
    room.send(ServicesOffered(0, services))
    return room


def test_a_mirror_without_a_store_offers_the_usual_services() -> None:
    shown = scene_of(visit_with((A, SHIRT)).visit).services
    assert [card.key for card in shown] == [kind.key for kind in USUAL_SERVICES]
    assert [card.kind.value for card in shown] == ["help", "alteration", "drink"]


def test_the_services_are_shown_in_the_shoppers_language() -> None:
    room = room_with(HELP, GIFT)
    room.send(LanguageChosen(0, "de"))
    gift = scene_of(room.visit).services[1]
    assert (gift.kind, gift.name, gift.icon, gift.minutes) == (
        RequestKind.SERVICE, "Als Geschenk", ICON_PATHS[ServiceIcon.GIFT], 6,
    )  # fmt: skip


def test_a_service_is_sent_once_and_shown_by_its_name() -> None:
    room = room_with(HELP, GIFT)
    room.send(OWN)
    room.send(OWN)
    (sent,) = [effect for effect in room.effects if isinstance(effect, SendRequest)]
    assert sent.request.service == AskedService("gift-wrap", ServiceIcon.GIFT, brought=True)
    (card,) = scene_of(room.visit).requests
    assert (card.name, card.brings, card.for_piece) == ("Gift wrapping", True, False)


def test_two_services_are_two_requests_and_an_unknown_one_is_none() -> None:
    room = room_with(HELP, GIFT, ServiceKind("chair", LocalizedText.of("A chair")))
    room.send(OWN)
    room.send(ServiceRequested(0, RequestKind.SERVICE, service="chair"))
    room.send(ServiceRequested(0, RequestKind.SERVICE, service="hat"))
    assert [request.kind_key for request in room.visit.requests] == ["gift-wrap", "chair"]


def test_what_the_shop_offers_outlives_the_visit() -> None:
    room = room_with(HELP, GIFT)
    assert [card.key for card in scene_of(room.visit).services] == ["help", "gift-wrap"]
    room.send(ServicesOffered(0, (HELP,)))
    room.send(OWN)
    assert room.visit.requests == ()


def test_what_did_not_reach_the_store_and_is_offered_no_more_is_declined_on_the_mirror() -> None:
    room = room_with(HELP, GIFT)
    room.send(OWN, ServiceRequested(0, RequestKind.HELP))
    assert scene_of(room.visit).alters is False
    room.send(ServicesOffered(0, (HELP,)))
    assert [request.state for request in room.visit.requests] == [RequestState.DECLINED, RequestState.SENDING]


def test_planted_fault_without_that_it_would_be_sent_for_ever() -> None:
    room = room_with(HELP, GIFT)
    room.send(OWN)
    room.visit = replace(room.visit, settings=replace(room.visit.settings, services=(HELP,)))
    assert room.visit.requests[0].state is RequestState.SENDING
