"""Over the real API: what comes too late starts no terminal, and what costs nothing needs none."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.core.domain.ids import OrderId, Ticket
from kiosk.core.domain.payment import PaymentMeans
from kiosk.core.visit.effects import CollectPayment, PriceOrder, ReportVisit
from tests.kiosk.store.http_clients import HttpClient, associate, mirror, read_stream
from tests.kiosk.store.payments.payment_steps import (
    COAT,
    SHIRT,
    TICKET,
    collect,
    ended,
    ends,
    price,
    refund,
)
from tests.kiosk.store.sample_shop import (
    PIN,
    InProcessTerminal,
    ManualClock,
    gtin_of,
    piece_of,
    sample_store,
    served,
    settings_in,
)

SCARF = (piece_of("A1", "RED", "one"), gtin_of("A1", "RED", "one"))
ASKED_US = 1_000_000


@pytest.fixture
def shop(tmp_path: Path, terminal: InProcessTerminal) -> Iterator[tuple[HttpClient, HttpClient]]:
    """A mirror and an associate of a shop whose scarf costs nothing."""
    settings = settings_in(tmp_path)
    styles = tmp_path / "feed" / "styles.jsonl"
    lines = [json.loads(line) for line in styles.read_text("utf-8").splitlines()]
    lines = [{**s, "price": {"currency": "EUR", "minor": 0}} if s["style_id"] == "A1" else s for s in lines]
    styles.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    fast = replace(settings, timeouts=replace(settings.timeouts, first_query_us=1000))
    with (
        sample_store(fast, ManualClock(), terminal) as store,
        served(store) as url,
        mirror(url, settings.state, "1") as room,
        associate(url, "a-ines", PIN) as ines,
    ):
        yield room, ines


def charges(terminal: InProcessTerminal) -> int:
    return len(list(terminal.book.entries()))


def test_a_collect_that_was_away_too_long_is_refused(
    shop: tuple[HttpClient, HttpClient], terminal: InProcessTerminal
) -> None:
    room, _ = shop
    assert price(room, "o1", (SHIRT,))[0] == 200
    late = CollectPayment(TICKET, OrderId("o1"), PaymentMeans.TERMINAL, 1, ASKED_US, ASKED_US + 290_000_000)
    status, told = room.of_room("PUT", "/orders/o1/payment", late)
    assert (status, told["state"], told["why"]) == (202, "declined", "too-late")
    assert charges(terminal) == 0
    assert collect(room, "o1", attempt=2)[1]["state"] in ("keyed", "sent"), "a new touch pays"


def test_nothing_is_priced_or_collected_for_a_visit_that_is_over(
    shop: tuple[HttpClient, HttpClient], terminal: InProcessTerminal
) -> None:
    room, _ = shop
    assert price(room, "o1", (SHIRT,))[0] == 200
    room.of_room("PUT", "/visit", ReportVisit(TICKET, began=True, at_us=0))
    room.of_room("PUT", "/visit", ReportVisit(TICKET, began=False, at_us=0))
    status, problem = collect(room, "o1")
    assert (status, problem["code"]) == (409, "visit-over")
    status, problem = price(room, "o2", (COAT,))
    assert (status, problem["code"]) == (409, "visit-over")
    other = CollectPayment(Ticket("next"), OrderId("o1"), PaymentMeans.TERMINAL, 1)
    assert room.of_room("PUT", "/orders/o1/payment", other)[0] == 409, "not by the next visit either"
    assert charges(terminal) == 0


def test_an_order_that_was_dropped_is_not_collected(
    shop: tuple[HttpClient, HttpClient], terminal: InProcessTerminal
) -> None:
    room, _ = shop
    assert price(room, "o1", (SHIRT,))[0] == 200
    assert room.of_room("DELETE", "/orders/o1/payment")[1]["why"] == "dropped"
    status, told = collect(room, "o1")
    assert (status, told["state"], told["why"]) == (202, "declined", "dropped")
    assert charges(terminal) == 0


@pytest.mark.parametrize("ended_as", ["declined", "abandoned"])
def test_an_order_that_is_given_up_after_its_attempts_is_not_collected_later(
    shop: tuple[HttpClient, HttpClient], terminal: InProcessTerminal, ended_as: str
) -> None:
    room, _ = shop
    assert price(room, "o1", (SHIRT,))[0] == 200
    with read_stream(room, "/api/v1/rooms/1/stream") as stream:
        collect(room, "o1")
        if ended_as == "declined":
            terminal.tap(good=False)
        else:
            assert room.of_room("DELETE", "/orders/o1/payment")[1]["why"] != "dropped", "it is still open"
        ends(stream, ended_as)
    told = room.of_room("DELETE", "/orders/o1/payment")[1]
    assert (told["state"], told["why"]) == ("abandoned", "dropped")
    status, told = collect(room, "o1", attempt=2)
    assert (status, told["state"], told["why"]) == (202, "declined", "dropped")
    assert charges(terminal) == 1


def test_a_cancel_while_an_attempt_is_open_leaves_the_order_to_the_next_attempt(
    shop: tuple[HttpClient, HttpClient], terminal: InProcessTerminal
) -> None:
    room, _ = shop
    assert price(room, "o1", (SHIRT,))[0] == 200
    with read_stream(room, "/api/v1/rooms/1/stream") as stream:
        collect(room, "o1")
        room.of_room("DELETE", "/orders/o1/payment")
        ends(stream, "abandoned")
        assert collect(room, "o1", attempt=2)[1]["state"] in ("keyed", "sent")
        terminal.tap()
        ends(stream, "paid")
    told = room.of_room("DELETE", "/orders/o1/payment")[1]
    assert told["state"] == "paid", "what is paid is not given up"


def test_a_piece_of_price_0_is_bought_and_returned_without_a_terminal(
    shop: tuple[HttpClient, HttpClient], terminal: InProcessTerminal
) -> None:
    room, ines = shop
    terminal.silent = True
    status, order = room.of_room("PUT", "/orders/o1", PriceOrder(TICKET, OrderId("o1"), (SCARF,), None))
    assert (status, order["total"]["minor"]) == (200, 0)
    assert collect(room, "o1")[1]["state"] == "paid"
    begun = refund(ines, SCARF[0])
    assert ended(ines.url, ines, begun)["state"] == "done"
    assert charges(terminal) == 0
