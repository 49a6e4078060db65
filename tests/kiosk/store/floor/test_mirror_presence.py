"""A mirror dies in a member's visit: the visit ends by itself, nothing of her stays, and no late report revives it."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest

from kiosk.core.domain.ids import PieceId, RequestId, RoomId, ShopperId, Ticket
from kiosk.core.domain.service_request import RequestKind, ServiceRequest
from kiosk.core.domain.shopper import Shopper, Tier
from kiosk.core.visit.effects import ReportBasket, ReportVisit
from kiosk.core.visit.events import MemberErased
from kiosk.mirror.event_stream import RoomSnapshot, StoreEventStream
from kiosk.mirror.store_client import StoreClient
from kiosk.store.errors import VisitOverError
from kiosk.store.floor.event_hub import room_topic
from kiosk.store.floor.rooms.store_visit import StoreVisit
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.http_clients import mirror_token
from tests.kiosk.store.sample_shop import START_US, ManualClock, sample_store

ROOM, TICKET, LATER = RoomId("1"), Ticket("1.aa.1"), Ticket("1.bb.1")
NAME, CARD = "Clarimonde", "c4rd-mac"
LOST_S = 300


@pytest.fixture
def shop(store: Store) -> Store:
    begin(store, TICKET, START_US)
    with store.service.writer:
        member = Shopper(ShopperId("m-9"), Tier.PROVED, NAME, stored_means="**** 42")
        store.service.visits.identify(ROOM, TICKET, member, CARD)
    return store


def begin(store: Store, ticket: Ticket, at_us: int) -> None:
    store.service.report_visit(ROOM, ReportVisit(ticket, began=True, at_us=at_us))


def visit_of(store: Store) -> StoreVisit | None:
    return store.service.floor.room(ROOM).visit


def left_of_her(store: Store) -> list[Any]:
    """Visits in the memory of this process that have her name or her card."""
    gc.collect()
    found = [one for one in gc.get_objects() if isinstance(one, StoreVisit)]
    return [one for one in found if one.uid_mac == CARD or (one.shopper and one.shopper.first_name == NAME)]


def test_a_visit_without_a_stream_ends_by_itself_and_nothing_of_her_stays(
    shop: Store, clock: ManualClock
) -> None:
    shop.presence.opened(ROOM, TICKET, START_US)
    shop.tick(clock.pass_s(3600))
    assert visit_of(shop) is not None, "she stays as long as she likes"
    shop.presence.closed(ROOM)
    shop.tick(clock.pass_s(1))
    shop.tick(clock.pass_s(LOST_S - 1))
    assert visit_of(shop) is not None
    assert left_of_her(shop)
    shop.tick(clock.pass_s(1))
    assert visit_of(shop) is None
    assert left_of_her(shop) == []
    rooms: Any = shop.service.floor.floor_snapshot()["rooms"]
    assert rooms[0]["occupied_since_us"] is None


def test_planted_fault_no_one_follows_the_streams(shop: Store, clock: ManualClock) -> None:
    """The planted fault: the same without the periodic work that ends such visits."""
    shop.presence.opened(ROOM, TICKET, START_US)
    shop.presence.closed(ROOM)
    for name, work in shop.tasks_at(clock.pass_s(24 * 3600), clock()):
        if name != "visits":
            work()
    assert left_of_her(shop)


def ask(shop: Store) -> RequestId:
    request = ServiceRequest(RequestId("r1"), ROOM, TICKET, RequestKind.HELP, START_US)
    return shop.service.submit_request(ROOM, request).request_id


def test_under_an_open_request_it_goes_on_without_her_until_that_is_closed(
    shop: Store, clock: ManualClock
) -> None:
    """The associate still comes, and nothing of the shopper stays: a request has no name."""
    request = ask(shop)
    shop.tick(clock.pass_s(1))
    assert left_of_her(shop)
    shop.tick(clock.pass_s(LOST_S))
    assert left_of_her(shop) == []
    shop.tick(clock.pass_s(12 * 3600))
    assert [r.request_id for r in shop.service.requests.open_requests.all()] == [request]
    assert visit_of(shop) is not None
    shop.service.withdraw_request(ROOM, request)
    shop.tick(clock.pass_s(1))
    assert visit_of(shop) is None


def test_its_requests_end_at_once_when_the_mirror_was_started_again(shop: Store, clock: ManualClock) -> None:
    ask(shop)
    shop.presence.opened(ROOM, LATER, clock())
    shop.tick(clock.pass_s(1))
    assert (shop.service.requests.open_requests.all(), visit_of(shop)) == ((), None)


def test_a_mirror_whose_question_nobody_answers_makes_the_store_forget_her(shop: Store) -> None:
    begin(shop, TICKET, START_US)
    assert left_of_her(shop), "the report of a mirror whose stream was lost"
    shop.service.report_visit(ROOM, ReportVisit(TICKET, began=True, at_us=START_US, unattended=True))
    assert left_of_her(shop) == []
    assert visit_of(shop) is not None


def test_a_short_loss_ends_nothing(shop: Store, clock: ManualClock) -> None:
    for _ in range(20):
        shop.presence.opened(ROOM, TICKET, clock())
        shop.tick(clock.pass_s(LOST_S))
        shop.presence.closed(ROOM)
        shop.tick(clock.pass_s(LOST_S - 1))
    assert left_of_her(shop)


def test_a_late_report_does_not_revive_it(shop: Store, clock: ManualClock) -> None:
    shop.tick(clock.pass_s(1))
    shop.tick(clock.pass_s(LOST_S))
    begin(shop, TICKET, START_US)
    assert visit_of(shop) is None
    with pytest.raises(VisitOverError):
        shop.service.report_basket(ROOM, ReportBasket(TICKET, (PieceId("p"),)))


def test_the_mirror_that_comes_back_with_it_goes_on_with_it_but_her_card_must_be_proved_again(
    shop: Store, clock: ManualClock
) -> None:
    shop.tick(clock.pass_s(1))
    shop.tick(clock.pass_s(LOST_S))
    shop.presence.opened(ROOM, TICKET, clock())
    begin(shop, TICKET, clock())
    visit = visit_of(shop)
    assert visit is not None
    assert (visit.ticket, visit.shopper, visit.uid_mac) == (TICKET, None, "")


def test_a_mirror_that_was_started_again_ends_it_at_once(shop: Store, clock: ManualClock) -> None:
    shop.presence.opened(ROOM, TICKET, START_US)
    shop.presence.opened(ROOM, LATER, START_US + 10)
    shop.presence.closed(ROOM)
    shop.tick(clock.pass_s(1))
    assert visit_of(shop) is None
    assert left_of_her(shop) == []
    begin(shop, LATER, START_US + 20)
    begin(shop, TICKET, START_US)
    visit = visit_of(shop)
    assert visit is not None
    assert visit.ticket == LATER


def test_after_a_restart_of_the_store_an_old_report_begins_nothing(
    settings: StoreSettings, clock: ManualClock
) -> None:
    """The store that was started again knows of no ended visit; the mirror's stream says what is old."""
    with sample_store(settings, clock) as store:
        store.presence.opened(ROOM, LATER, START_US + 50)
        begin(store, TICKET, START_US + 40)
        assert visit_of(store) is None
        begin(store, Ticket("1.bb.2"), START_US + 60)
        assert visit_of(store) is not None


def test_the_running_visit_of_an_erased_shopper_is_emptied(shop: Store) -> None:
    shop.presence.forget_erased()
    visit = visit_of(shop)
    assert visit is not None
    assert visit.ticket == TICKET, "it goes on until the mirror reports its end"
    assert left_of_her(shop) == []


def ends_of(store: Store, act: Callable[[], None]) -> list[Ticket]:
    """The visits that the room's mirror has to end, as it gets to know them while `act` runs."""
    subscription = store.hub.open(room_topic(ROOM), lambda: None)
    with closing(subscription):
        subscription.take()
        act()
        told = b"".join(subscription.take()).decode()
    return [
        Ticket(found)
        for found in re.findall(r'event: MemberErased\nid: \d+\ndata: .*"ticket":"([^"]*)"', told)
    ]


def test_the_mirror_of_an_erased_shopper_has_to_end_her_visit(shop: Store, clock: ManualClock) -> None:
    assert ends_of(shop, lambda: shop.tick(clock.pass_s(5))) == []
    assert ends_of(shop, shop.presence.forget_erased) == [TICKET]
    assert ends_of(shop, lambda: shop.tick(clock.pass_s(5))) == [], "it has no stream"
    shop.presence.opened(ROOM, TICKET, clock())
    assert ends_of(shop, lambda: shop.tick(clock.pass_s(5))) == [TICKET], (
        "it may not have got the first message"
    )
    with shop.service.writer:
        shop.service.visits.identify(ROOM, TICKET, Shopper(ShopperId("m-10"), Tier.PROVED, "Bea"), "other")
    assert ends_of(shop, lambda: shop.tick(clock.pass_s(5))) == [], "another member goes on with it"


def test_a_real_mirror_receives_the_end_of_an_erased_shoppers_visit(
    shop: Store, url: str, settings: StoreSettings
) -> None:
    with closing(StoreClient(url, "1", mirror_token(settings.state, "1"))) as client:
        here: list[object] = []
        stream = StoreEventStream(client, here.append, lambda: (TICKET, START_US))
        stream.start()
        while not any(isinstance(message, RoomSnapshot) for message in here):
            assert stream.thread.running
        shop.presence.forget_erased()
        while not any(isinstance(message, MemberErased) for message in here):
            assert stream.thread.running
        stream.close()
    (ended,) = (message for message in here if isinstance(message, MemberErased))
    assert ended.ticket == TICKET


def test_a_real_mirror_says_its_visit_and_its_end_is_noticed(
    store: Store, url: str, settings: StoreSettings, clock: ManualClock
) -> None:
    begin(store, TICKET, START_US)
    with closing(StoreClient(url, "1", mirror_token(settings.state, "1"))) as client:
        here: list[object] = []
        stream = StoreEventStream(client, here.append, lambda: (TICKET, START_US))
        stream.start()
        while not any(isinstance(message, RoomSnapshot) for message in here):
            assert stream.thread.running
        store.tick(clock.pass_s(2 * LOST_S))
        store.tick(clock.pass_s(2 * LOST_S))
        assert visit_of(store) is not None
        assert store.service.floor.room(ROOM).connected_with == TICKET
        stream.close()
        while store.service.floor.room(ROOM).streams:
            assert store.service.floor.room(ROOM).visit is not None
        store.tick(clock.pass_s(1))
        store.tick(clock.pass_s(LOST_S))
        assert visit_of(store) is None
