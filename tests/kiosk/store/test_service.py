"""The service of a store: what it refuses, and what of a visit, a request and an item it stores."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from hardware.rooms.changes import TagArrived
from kiosk.core.domain.fit_feedback import FitFeedback, FitRating
from kiosk.core.domain.ids import (
    ArticleId,
    ItemId,
    OrderId,
    RequestId,
    RoomId,
    ScannedId,
    ShopperId,
    StyleId,
    Ticket,
)
from kiosk.core.domain.payment import PaymentMeans, PaymentState
from kiosk.core.domain.service_request import RequestKind, RequestState, ServiceRequest
from kiosk.core.visit.effects import (
    AdviseSize,
    CollectPayment,
    PriceOrder,
    RecordItemEvent,
    ReportVisit,
    SaveFitFeedback,
    TogglePiece,
)
from kiosk.store.db.tables import ITEM_EVENT
from kiosk.store.errors import NotFoundError, RefusedError
from kiosk.store.lifecycle import Store
from kiosk.store.service import MAX_ID_LENGTH
from tests.kiosk.store.sample_shop import START_US, gtin_of, piece_of

ROOM, T1, T2 = RoomId("1"), Ticket("t1"), Ticket("t2")
ASK = ServiceRequest(RequestId("r1"), ROOM, T1, RequestKind.SIZE, START_US)
SHIRT = piece_of("S1", "WHI", "M"), gtin_of("S1", "WHI", "M")


def begin(store: Store, ticket: Ticket) -> None:
    store.service.report_visit(ROOM, ReportVisit(ticket, began=True, at_us=START_US))


def end(store: Store, ticket: Ticket) -> None:
    store.service.report_visit(ROOM, ReportVisit(ticket, began=False, at_us=START_US))


def item_events(store: Store) -> list[tuple[str, str, str]]:
    with store.resources.database.reading() as connection:
        rows = connection.execute(select(ITEM_EVENT.c.kind, ITEM_EVENT.c.item, ITEM_EVENT.c.size))
        return sorted((row.kind, row.item, row.size) for row in rows)


@pytest.mark.parametrize(
    ("request_id", "ticket", "room"),
    [
        ("", T1, ROOM),
        ("x" * (MAX_ID_LENGTH + 1), T1, ROOM),
        ("r1", Ticket("t" * 200), ROOM),
        ("r1", T1, RoomId("2")),
    ],
    ids=["no id", "long id", "long ticket", "another room"],
)
def test_a_request_with_a_wrong_id_is_refused(
    store: Store, request_id: str, ticket: Ticket, room: RoomId
) -> None:
    with pytest.raises(RefusedError):
        store.service.submit_request(
            ROOM, replace(ASK, request_id=RequestId(request_id), ticket=ticket, room=room)
        )


def test_a_request_for_a_size_is_counted_once_as_asked_or_as_lacking(store: Store) -> None:
    wanted = replace(ASK, article=gtin_of("S1", "WHI", "L"))
    for _ in range(2):
        assert store.service.submit_request(ROOM, wanted).state is RequestState.RECEIVED
    store.service.submit_request(ROOM, replace(ASK, request_id=RequestId("r2"), kind=RequestKind.HELP))
    store.service.submit_request(
        ROOM, replace(ASK, request_id=RequestId("r3"), article=ArticleId("00000000000000"))
    )
    (found,) = item_events(store)
    assert found[0] in ("asked", "lacking")
    assert found[1:] == ("S1-WHI", "L")


def test_the_end_of_a_visit_cancels_its_requests_and_refuses_new_ones(store: Store) -> None:
    begin(store, T1)
    store.service.submit_request(ROOM, ASK)
    end(store, T1)
    assert store.service.requests.open_requests.all() == ()
    with pytest.raises(RefusedError, match="this visit is over"):
        store.service.submit_request(ROOM, replace(ASK, request_id=RequestId("r2")))
    with pytest.raises(RefusedError, match="this visit is over"):
        store.service.toggle_piece(ROOM, TogglePiece(T1, ScannedId(SHIRT[0])))
    begin(store, T1)
    assert store.service.floor.room(ROOM).visit is None, "a late report does not open it again"


def test_another_visit_ends_the_one_before(store: Store) -> None:
    begin(store, T1)
    basket = store.service.floor.basket_id_of(ROOM, T1)
    begin(store, T2)
    visit = store.service.floor.room(ROOM).visit
    assert visit is not None
    assert visit.ticket == T2
    assert store.service.floor.basket_id_of(ROOM, T2) != basket


@pytest.mark.parametrize(("kind", "stored"), [("not-this", 1), ("opened", 1), ("bought", 0), ("hat", 0)])
def test_a_visit_stores_only_its_own_kinds_of_item_events(store: Store, kind: str, stored: int) -> None:
    store.service.record_item_event(ROOM, RecordItemEvent(T1, ItemId("S1-WHI"), kind))
    assert item_events(store) == [(kind, "S1-WHI", "")] * stored


def test_fit_feedback_is_bounded_and_of_a_guest_not_stored(store: Store) -> None:
    feedback = FitFeedback(StyleId("S1"), "M", FitRating.RIGHT)
    begin(store, T1)
    store.service.save_fit_feedback(ROOM, SaveFitFeedback(T1, ShopperId("s1"), feedback))
    assert store.service.fit_feedback_store.of_shopper(ShopperId("s1")) == ()
    for wrong in (replace(feedback, style_id=StyleId("x" * 65)), replace(feedback, size="x" * 33)):
        with pytest.raises(RefusedError, match="too long"):
            store.service.save_fit_feedback(ROOM, SaveFitFeedback(T1, ShopperId("s1"), wrong))


def test_there_is_no_size_for_a_garment_that_is_not_in_the_catalogue(store: Store) -> None:
    question = AdviseSize(T1, ArticleId("00000000000000"), None)
    assert store.service.advise_size(ROOM, question) is None


def test_without_a_proved_card_the_stored_means_is_not_used(store: Store) -> None:
    begin(store, T1)
    store.service.floor.rooms_changed([TagArrived("1", SHIRT[0], True, 1.0, START_US)])
    store.service.price_order(ROOM, PriceOrder(T1, OrderId("o1"), (SHIRT,), None))
    answer = store.service.collect_payment(ROOM, CollectPayment(T1, OrderId("o1"), PaymentMeans.STORED, 1))
    assert (answer.state, answer.why) == (PaymentState.DECLINED, "not-proved")


def test_unknown_rooms_and_requests_are_not_found(store: Store) -> None:
    with pytest.raises(NotFoundError):
        store.service.report_visit(RoomId("9"), ReportVisit(T1, began=True, at_us=1))
    with pytest.raises(NotFoundError):
        store.service.withdraw_request(ROOM, RequestId("none"))
