"""A shop's own service from the mirror to the associates' page and the stockroom, over HTTP."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.core.domain.floor.service_icons import ICON_PATHS, ServiceIcon
from kiosk.core.domain.floor.services import HELP, AnsweredBy, AskedService, ServiceKind
from kiosk.core.domain.ids import AssociateId, RequestId, RoomId, Ticket
from kiosk.core.domain.service_request import RequestKind, ServiceRequest
from kiosk.core.domain.texts import LocalizedText
from kiosk.core.wire import from_json
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.roles import Role
from kiosk.store.staff.staff_desk import StaffDesk
from tests.kiosk.store.http_clients import HttpClient, associate, read_stream
from tests.kiosk.store.sample_shop import START_US, settings_in

GIFT = ServiceKind(
    "gift-wrap", LocalizedText((("en", "Gift wrapping"), ("de", "Als Geschenk"))), icon=ServiceIcon.GIFT,
    minutes=6, answered_by=AnsweredBy.BACK_OF_HOUSE,
)  # fmt: skip
ASK = ServiceRequest(
    RequestId("t1.r1"),
    RoomId("1"),
    Ticket("t1"),
    RequestKind.SERVICE,
    START_US,
    service=AskedService("gift-wrap"),
)
STOCK = AssociateId("s-stock")


@pytest.fixture
def settings(tmp_path: Path) -> StoreSettings:
    return settings_in(tmp_path, services=(HELP, GIFT))


def test_a_service_goes_from_the_mirror_to_page_and_stockroom(
    store: Store, url: str, room: HttpClient, ines: HttpClient
) -> None:
    StaffDesk(store.resources.database, store.resources.associates.checks, store.clock).add(
        "test", "Sam", Role.BACK_OF_HOUSE, "4711", associate_id=STOCK
    )
    with read_stream(room, "/api/v1/rooms/1/stream") as glass:
        offered = from_json(tuple[ServiceKind, ...], glass.named("Snapshot")["services"])
    assert offered == (HELP, GIFT)
    assert room.ask("GET", "/api/v1/shop")[1]["services"][1]["key"] == "gift-wrap"

    status, answer = room.of_room("PUT", "/requests/t1.r1", ASK)
    assert (status, answer["state"], answer["usual"]) == (200, "received", 6)
    (shown,) = ines.ask("GET", "/api/v1/floor")[1]["requests"]
    assert shown["name"]["by_language"] == [["en", "Gift wrapping"], ["de", "Als Geschenk"]]
    assert shown["sign"] == ICON_PATHS[ServiceIcon.GIFT]
    assert ines.move("t1.r1", "claim")[1]["minutes"] == 6
    with associate(url, STOCK, "4711") as sam:
        (prepared,) = sam.ask("GET", "/api/v1/stockroom")[1]["requests"]
        assert (prepared["service"]["key"], prepared["actions"]) == ("gift-wrap", [])


def test_an_unknown_service_is_refused_with_those_that_there_are(room: HttpClient, ines: HttpClient) -> None:
    status, problem = room.of_room("PUT", "/requests/t1.r1", replace(ASK, service=AskedService("hat")))
    assert (status, problem["detail"]) == (
        409, "this shop does not offer the service `hat`; it offers help, gift-wrap",
    )  # fmt: skip
    assert (
        room.of_room("PUT", "/requests/t1.r1", replace(ASK, kind=RequestKind.DRINK, service=None))[0] == 409
    )
    assert ines.ask("GET", "/api/v1/floor")[1]["requests"] == []
