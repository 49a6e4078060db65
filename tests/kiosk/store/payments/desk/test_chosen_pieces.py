"""What the shopper has chosen at the mirror, as the associate who takes her basket over sees it."""

from __future__ import annotations

from kiosk.core.domain.ids import PieceId, Ticket
from kiosk.core.visit.effects import ReportBasket, ReportVisit
from kiosk.store.lifecycle import Store
from kiosk.store.payments.till import MAX_ORDER_LINES
from tests.kiosk.store.http_clients import EventStreamReader, HttpClient
from tests.kiosk.store.payments.payment_steps import COAT, SHIRT, TICKET, price
from tests.kiosk.store.payments.test_desk import baskets, floor, hang

__all__ = ["floor"]


def chooses(room: HttpClient, *pieces: str, ticket: Ticket = TICKET) -> int:
    report = ReportBasket(ticket, tuple(PieceId(piece) for piece in pieces))
    return room.of_room("PUT", "/basket", report)[0]


def test_the_associate_begins_with_what_the_shopper_has_chosen(
    ines: HttpClient, room: HttpClient, store: Store, floor: EventStreamReader
) -> None:
    hang(store, COAT[0])
    hang(store, SHIRT[0])
    one = baskets(ines)["1"]
    assert (len(one["lines"]), one["chosen"], one["total"]["minor"]) == (2, [], 0), (
        "nothing is chosen for her"
    )
    assert chooses(room, COAT[0]) == 204
    floor.wait(lambda n, b: n == "RoomChanged" and b["chosen"] == [COAT[0]])
    one = baskets(ines)["1"]
    assert (one["chosen"], one["total"]["minor"]) == ([COAT[0]], 98_000)
    assert chooses(room) == 204
    assert baskets(ines)["1"]["chosen"] == []


def test_her_latest_choice_goes_before_an_order_that_she_did_not_pay(
    ines: HttpClient, room: HttpClient, store: Store
) -> None:
    hang(store, COAT[0])
    price(room)
    assert baskets(ines)["1"]["chosen"] == [SHIRT[0]], "a mirror of an earlier version reports no choice"
    assert chooses(room, COAT[0]) == 204
    one = baskets(ines)["1"]
    assert ([li["piece"] for li in one["lines"]], one["chosen"]) == ([COAT[0]], [COAT[0]])


def test_what_she_chose_and_took_out_of_the_room_is_on_the_list(
    ines: HttpClient, room: HttpClient, store: Store
) -> None:
    assert chooses(room, COAT[0]) == 204
    assert baskets(ines)["1"]["chosen"] == [COAT[0]]
    assert chooses(room, "no piece", "00000000000000.1") == 204
    assert baskets(ines) == {}, "what is no piece of this shop is not listed"


def test_the_end_of_a_visit_forgets_what_was_chosen(ines: HttpClient, room: HttpClient, store: Store) -> None:
    hang(store, COAT[0])
    room.of_room("PUT", "/visit", ReportVisit(TICKET, began=True, at_us=1))
    assert chooses(room, COAT[0]) == 204
    room.of_room("PUT", "/visit", ReportVisit(TICKET, began=False, at_us=2))
    assert baskets(ines)["1"]["chosen"] == []
    assert chooses(room, COAT[0]) == 409, "this visit is over"
    assert chooses(room, *[COAT[0]] * (MAX_ORDER_LINES + 1), ticket=Ticket("t2")) == 409
