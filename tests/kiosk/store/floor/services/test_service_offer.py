"""What a shop offers: which requests it takes, who is asked for them, and which minutes it promises."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.clock import US
from kiosk.core.domain.floor.service_icons import ServiceIcon
from kiosk.core.domain.floor.services import BUILT_IN, DRINK, HELP, AnsweredBy, AskedService, ServiceKind
from kiosk.core.domain.ids import ArticleId, AssociateId, RequestId, RoomId, Ticket
from kiosk.core.domain.service_request import Reached, RequestAction, RequestKind, ServiceRequest
from kiosk.core.domain.texts import LocalizedText
from kiosk.store.db.database import Database
from kiosk.store.errors import RefusedError
from kiosk.store.floor.answer_times import MIN_MEASUREMENTS
from kiosk.store.floor.dispatch import Dispatch
from kiosk.store.floor.offers.service_offer import ServiceOffer
from kiosk.store.floor.open_requests import OpenRequests
from kiosk.store.floor.request_desk import RequestDesk
from kiosk.store.insights.request_kinds import kind_of_body
from kiosk.store.staff.associates import Associate
from kiosk.store.staff.roles import Role
from tests.kiosk.store.sample_shop import START_US

GIFT = ServiceKind("gift-wrap", LocalizedText.of("Gift wrapping"), icon=ServiceIcon.GIFT, minutes=6)
COMPLAINT = ServiceKind("complaint", LocalizedText.of("A word"), answered_by=AnsweredBy.MANAGER)
OFFER = ServiceOffer((HELP, replace(DRINK, minutes=4), GIFT, COMPLAINT))
ASK = ServiceRequest(RequestId("r"), RoomId("1"), Ticket("t"), RequestKind.HELP, START_US)
ANA = Associate(AssociateId("ana"), "ana", ("en",), Role.ASSOCIATE)
MEI = Associate(AssociateId("mei"), "mei", ("en",), Role.MANAGER)
LI = Associate(AssociateId("li"), "li", ("en",), Role.MANAGER)


def own(key: str, number: int = 1, label: str = "") -> ServiceRequest:
    return replace(
        ASK, request_id=RequestId(f"r{number}"), kind=RequestKind.SERVICE, service=AskedService(key),
        name=LocalizedText.of(label),
    )  # fmt: skip


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(f"sqlite:///{tmp_path / 'store.db'}")
    yield opened
    opened.close()


def desk_of(database: Database, *people: Associate, offer: ServiceOffer = OFFER) -> RequestDesk:
    requests = OpenRequests(offer.promised)
    dispatch = Dispatch(lambda: people, requests, (RoomId("1"),), services=offer)
    return RequestDesk(database, requests, lambda _: None, 60 * US, escalation=dispatch, services=offer)


def test_name_and_sign_of_a_service_are_the_shops_and_not_the_mirrors() -> None:
    taken = OFFER.taken(own("gift-wrap", label="Free coats"))
    assert taken.name == GIFT.label
    assert taken.service == AskedService("gift-wrap", ServiceIcon.GIFT)


def test_words_and_garment_of_a_mirror_do_not_come_with_help() -> None:
    dressed = replace(
        ASK, name=LocalizedText.of("Free coats"), article=ArticleId("a"), size="M", picture="p", lies="floor"
    )
    assert OFFER.taken(dressed) == ASK


@pytest.mark.parametrize("kind", list(RequestKind))
def test_a_service_that_the_shop_does_not_offer_is_refused_by_its_key(kind: RequestKind) -> None:
    request = replace(ASK, kind=kind, service=AskedService("hat") if kind is RequestKind.SERVICE else None)
    if kind in (RequestKind.SIZE, RequestKind.PIECE, RequestKind.HELP, RequestKind.DRINK):
        assert OFFER.taken(request).kind is kind
        return
    key = "hat" if kind is RequestKind.SERVICE else kind.value
    with pytest.raises(
        RefusedError, match=f"does not offer the service `{key}`; it offers help, drink, gift-wrap"
    ):
        OFFER.taken(request)


@pytest.mark.parametrize("key", ["", *BUILT_IN, "size"])
def test_a_service_is_not_asked_for_under_another_kind(key: str) -> None:
    with pytest.raises(RefusedError):
        OFFER.taken(own(key))


def test_minutes_are_promised_until_enough_answers_of_the_kind_were_measured(database: Database) -> None:
    desk = desk_of(database)
    for number in range(MIN_MEASUREMENTS):
        received = desk.receive(own("gift-wrap", number), START_US)
        assert received.usual == 6
        at_us = START_US + 9 * 60 * US
        desk.apply(received.request_id, RequestAction.CLAIM, at_us, ANA.associate_id, ANA.name)
        desk.apply(received.request_id, RequestAction.FINISH, at_us, ANA.associate_id, ANA.name)
    assert desk.receive(own("gift-wrap", 100), START_US).usual == 9
    assert desk.receive(replace(ASK, kind=RequestKind.DRINK), START_US).usual == 4, "each kind for itself"
    again = desk_of(database)
    assert again.receive(own("gift-wrap", 101), START_US).usual == 9, "also after a restart"


def test_what_managers_answer_rings_at_a_manager_alone_then_at_the_next_then_at_the_others(
    database: Database,
) -> None:
    desk = desk_of(database, ANA, MEI, LI)
    received = desk.receive(own("complaint"), START_US)
    assert (received.reached, received.asked) == (Reached.MANAGER, "li")
    desk.tick(START_US + 30 * US)
    assert desk.open_requests.all()[0].asked == "li", "everybody is not asked after ten seconds"
    rung = []
    for minute in (1, 2):
        desk.tick(START_US + minute * 60 * US)
        rung.append((desk.open_requests.all()[0].reached, desk.open_requests.all()[0].asked))
    assert rung == [(Reached.MANAGER, "mei"), (Reached.ASSOCIATE, "ana")]


def test_without_a_manager_on_the_floor_everybody_is_asked(database: Database) -> None:
    received = desk_of(database, ANA).receive(own("complaint"), START_US)
    assert (received.reached, received.asked_id) == (Reached.TEAM, None)


def test_planted_fault_a_desk_that_does_not_know_the_role_asks_everybody(database: Database) -> None:
    class Forgetful(ServiceOffer):
        def answered_by(self, request: ServiceRequest) -> AnsweredBy:
            del request
            return AnsweredBy.ASSOCIATE

    offer = Forgetful((HELP, COMPLAINT))
    received = desk_of(database, ANA, MEI, offer=offer).receive(own("complaint"), START_US)
    assert received.reached is Reached.TEAM


def test_a_stored_request_keeps_its_name_and_sign_when_the_shop_offers_it_no_more(database: Database) -> None:
    desk_of(database).receive(own("gift-wrap"), START_US)
    later = desk_of(database, ANA, offer=ServiceOffer())
    (kept,) = later.open_requests.all()
    assert (kept.name, kept.service) == (GIFT.label, AskedService("gift-wrap", ServiceIcon.GIFT))
    later.tick(START_US + 60 * US)
    assert later.open_requests.all()[0].asked == "ana"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ('{"kind": "drink"}', "drink"),
        ('{"kind": "drink", "service": null}', "drink"),
        ('{"kind": "service", "service": {"is": "AskedService", "key": "gift-wrap"}}', "gift-wrap"),
        ('{"kind": "service"}', "service"),
        ('{"kind": 3}', ""),
        ("[]", ""),
        ("nothing", ""),
        ('{"service": "x"}', ""),
    ],
)
def test_the_kind_of_a_stored_request(body: str, kind: str) -> None:
    assert kind_of_body(body) == kind
