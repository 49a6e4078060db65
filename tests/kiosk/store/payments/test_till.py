"""Orders at the till: priced from the catalogue, collected once, settled once, published to their room."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from kiosk.core.domain.ids import OrderId, RoomId
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import Attempt, PaymentMeans
from kiosk.core.domain.payment_transitions import attempt_after
from kiosk.core.domain.terminal_events import Approved
from kiosk.core.visit.effects import IdentifyShopper, PriceOrder, ReportVisit
from kiosk.core.visit.events import CardTapped
from kiosk.store.app import build_store
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.http_clients import EventStreamReader, HttpClient, mirror
from tests.kiosk.store.payments.payment_steps import COAT, SHIRT, TICKET, collect, ends, price
from tests.kiosk.store.sample_shop import (
    InProcessTerminal,
    ManualClock,
    gtin_of,
    piece_of,
    sample_store,
    served,
    settings_in,
)
from tests.optional_values import present


def test_prices_come_from_the_catalogue_and_contain_the_tax(room: HttpClient) -> None:
    status, order = price(room, pieces=(SHIRT, COAT))
    assert status == 200
    assert [line["price"]["minor"] for line in order["lines"]] == [12_900, 98_000]
    assert (order["total"]["minor"], order["tax"]["minor"], order["tax_permille"]) == (110_900, 18_483, 200)


def test_the_same_question_is_one_order_and_another_is_refused(room: HttpClient) -> None:
    assert price(room) == price(room)
    status, problem = price(room, pieces=(COAT,))
    assert (status, problem["title"]) == (409, "Refused")


def test_an_order_that_cannot_be_is_refused(room: HttpClient) -> None:
    """No piece, one twice, another article's tag, no tag, an article that is not in the catalogue."""
    other, no_tag, unknown = (SHIRT[0], COAT[1]), ("30AA", SHIRT[1]), (SHIRT[0], "04012345000009")
    orders: list[tuple[Any, ...]] = [(), (SHIRT, SHIRT), (other,), (no_tag,), (unknown,)]
    assert [price(room, pieces=pieces)[0] for pieces in orders] == [409] * len(orders)


def test_a_tap_pays_and_the_room_gets_every_state(
    room: HttpClient, stream: EventStreamReader, terminal: InProcessTerminal, store: Store
) -> None:
    price(room)
    status, started = collect(room)
    assert (status, started["state"]) == (202, "keyed")
    ends(stream, "sent")
    terminal.tap()
    paid = ends(stream, "paid")
    assert [b["state"] for n, b in stream.messages if n == "PaymentMoved"] == ["sent", "paid"]
    assert paid["receipt"]["total"] == {"is": "Money", "minor": 12_900, "currency": "EUR"}
    assert paid["receipt"]["number"] == "000001"
    link = present(store.payments.book.receipt(OrderId("o1"))).link
    assert re.fullmatch(rf"{store.address.url}/r/[\w-]{{24}}", link)
    assert terminal.collected() == [1]
    garment = store.resources.catalogue.garment(SHIRT[1])
    assert present(present(garment).stock_of(SHIRT[1]))[1].here == 3, "one of four is gone"


def test_sending_collect_again_collects_nothing_more(
    room: HttpClient, stream: EventStreamReader, terminal: InProcessTerminal
) -> None:
    price(room)
    collect(room)
    assert collect(room)[1]["state"] in ("keyed", "sent")
    terminal.tap()
    ends(stream, "paid")
    for attempt in (1, 2, 3):
        status, told = collect(room, attempt=attempt)
        assert (status, told["state"]) == (202, "paid")
        assert told["receipt"]["number"] == "000001"
    assert terminal.collected() == [1]


def test_while_an_attempt_is_open_a_new_one_does_not_begin(
    room: HttpClient, stream: EventStreamReader, terminal: InProcessTerminal
) -> None:
    price(room)
    collect(room)
    ends(stream, "sent")
    assert collect(room, attempt=2)[1]["state"] == "sent"
    terminal.tap()
    ends(stream, "paid")
    assert terminal.collected() == [1]


def test_after_a_declined_card_another_may_be_tried(
    room: HttpClient, stream: EventStreamReader, terminal: InProcessTerminal
) -> None:
    price(room)
    collect(room)
    terminal.tap(good=False)
    assert ends(stream, "declined")["why"] == "declined"
    assert collect(room)[1]["state"] == "declined", "the old try sent again is the old try"
    collect(room, attempt=2)
    terminal.tap()
    ends(stream, "paid")
    assert terminal.collected() == [0, 1]


def test_giving_up_ends_the_wait(
    room: HttpClient, stream: EventStreamReader, terminal: InProcessTerminal
) -> None:
    price(room)
    collect(room)
    ends(stream, "sent")
    assert room.of_room("DELETE", "/orders/o1/payment")[0] == 202
    ends(stream, "abandoned")
    assert terminal.collected() == [0]


def test_giving_up_an_order_that_was_never_tried_is_simple(room: HttpClient) -> None:
    price(room)
    status, told = room.of_room("DELETE", "/orders/o1/payment")
    assert (status, told["state"]) == (202, "abandoned")


def test_the_end_of_the_visit_gives_its_payment_up(room: HttpClient, stream: EventStreamReader) -> None:
    room.of_room("PUT", "/visit", ReportVisit(TICKET, began=True, at_us=1))
    price(room)
    collect(room)
    ends(stream, "sent")
    room.of_room("PUT", "/visit", ReportVisit(TICKET, began=False, at_us=2))
    ends(stream, "abandoned")


def test_a_lost_answer_is_asked_for_and_never_collected_twice(
    room: HttpClient, stream: EventStreamReader, terminal: InProcessTerminal
) -> None:
    price(room)
    collect(room)
    ends(stream, "sent")
    terminal.lose_next_answer()
    terminal.tap()
    ends(stream, "unsure")
    ends(stream, "paid")
    assert terminal.collected() == [1]


def test_a_payment_stays_open_while_the_terminal_is_unreachable(
    room: HttpClient, stream: EventStreamReader, terminal: InProcessTerminal
) -> None:
    price(room)
    terminal.silent = True
    collect(room)
    ends(stream, "unsure")
    terminal.silent = False
    ends(stream, "abandoned")
    assert sum(terminal.collected()) == 0


def test_a_terminal_that_stays_away_is_parked_for_a_person(
    room: HttpClient, stream: EventStreamReader, terminal: InProcessTerminal, store: Store
) -> None:
    price(room)
    terminal.silent = True
    collect(room)
    ends(stream, "parked")
    assert store.health().payments_parked == 1
    assert collect(room, attempt=2)[1]["state"] == "parked", "nothing new begins over what is not known"


def test_a_piece_is_sold_once(
    room: HttpClient, stream: EventStreamReader, terminal: InProcessTerminal
) -> None:
    price(room)
    price(room, order="o2")
    collect(room)
    terminal.tap()
    ends(stream, "paid")
    status, told = collect(room, order="o2")
    assert (status, told["state"], told["why"]) == (202, "declined", "sold")
    assert price(room, order="o3")[0] == 409


def test_two_rooms_share_a_terminal_one_after_the_other(
    room: HttpClient,
    stream: EventStreamReader,
    url: str,
    settings: StoreSettings,
    terminal: InProcessTerminal,
) -> None:
    with mirror(url, settings.state, "2") as other:
        price(room)
        price(other, order="p1", pieces=(COAT,))
        collect(room)
        ends(stream, "sent")
        assert collect(other, order="p1")[1]["why"] == "busy"
        terminal.tap()
        ends(stream, "paid")
        assert collect(other, order="p1", attempt=2)[1]["state"] == "keyed"


def test_orders_of_another_room_are_not_mine(room: HttpClient, url: str, settings: StoreSettings) -> None:
    price(room)
    with mirror(url, settings.state, "2") as other:
        assert collect(other)[0] == 403
        assert other.of_room("DELETE", "/orders/o1/payment")[0] == 403
        assert price(other)[0] == 409
    assert collect(room, order="o9")[0] == 404


def test_stored_means_want_a_fresh_proof_in_this_visit(
    room: HttpClient, clock: ManualClock, store: Store, stream: EventStreamReader
) -> None:
    price(room)
    assert collect(room, means=PaymentMeans.STORED)[1]["why"] == "not-proved"
    room.of_room("POST", "/identify", IdentifyShopper(TICKET, CardTapped(1, "uid", "04A1B2C3D4E501")))
    assert collect(room, means=PaymentMeans.STORED, attempt=2)[1]["why"] == "not-proved", (
        "a number can be copied"
    )


def test_a_shop_without_a_terminal_refuses_with_a_reason(tmp_path: Path, clock: ManualClock) -> None:
    bare = settings_in(tmp_path / "bare")
    store = build_store(bare, clock=clock, terminals={})
    try:
        with served(store) as address, mirror(address, bare.state, "1") as client:
            price(client)
            assert collect(client)[1]["why"] == "no-terminal"
    finally:
        store.close()


def paid_event(stream: EventStreamReader, order: str) -> dict[str, Any]:
    """The event that says that this order is paid."""
    return stream.wait(lambda n, b: n == "PaymentMoved" and b["state"] == "paid" and b["order_id"] == order)


def test_receipts_are_numbered_without_a_gap(
    room: HttpClient, stream: EventStreamReader, terminal: InProcessTerminal
) -> None:
    for number, piece in enumerate(
        [SHIRT, COAT, (piece_of("A1", "RED", "one"), gtin_of("A1", "RED", "one"))], 1
    ):
        price(room, order=f"o{number}", pieces=(piece,))
        collect(room, order=f"o{number}")
        terminal.tap()
        paid = paid_event(stream, f"o{number}")
        assert paid["receipt"]["number"] == f"{number:06d}"


def test_a_paid_order_that_was_not_settled_is_settled_at_the_next_start(
    tmp_path: Path, clock: ManualClock, terminal: InProcessTerminal
) -> None:
    settings = settings_in(tmp_path / "cut")
    with sample_store(settings, clock, terminal) as store:
        order = store.service.price_order(RoomId("1"), PriceOrder(TICKET, OrderId("o1"), (SHIRT,), None))
        attempt = Attempt(
            "KEY0000001", order.order_id, PaymentMeans.TERMINAL, Money(12_900, "EUR"), changed_us=clock()
        )
        store.payments.book.put_key(attempt, 1)
        store.payments.book.put_paid(attempt_after(attempt, Approved(clock(), "ref")), order, "http://shop")
    with sample_store(settings, clock, terminal) as store:
        assert store.resources.catalogue.sold([SHIRT[0]]) == frozenset()
        store.payments.resume()
        store.payments.resume()
        assert store.resources.catalogue.sold([SHIRT[0]]) == {SHIRT[0]}
        assert present(present(store.resources.catalogue.garment(SHIRT[1])).stock_of(SHIRT[1]))[1].here == 3
