"""Steps of payments and refunds over HTTP, shared by the payment tests: price, collect, wait, find, refund."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kiosk.core.domain.ids import ArticleId, OrderId, PieceId, Ticket
from kiosk.core.domain.payment import PaymentMeans
from kiosk.core.visit.effects import CollectPayment, PriceOrder
from tests.kiosk.store.http_clients import EventStreamReader, HttpClient, read_stream
from tests.kiosk.store.sample_shop import InProcessTerminal, gtin_of, piece_of

TICKET, CLARA = Ticket("visit-1"), "04A1B2C3D4E501"
SHIRT = (piece_of("S1", "WHI", "M"), gtin_of("S1", "WHI", "M"))
COAT = (piece_of("C1", "NVY", "38"), gtin_of("C1", "NVY", "38"))


def price(
    room: HttpClient,
    order: str = "o1",
    pieces: Sequence[tuple[PieceId, ArticleId]] = (SHIRT,),
    ticket: Ticket = TICKET,
) -> tuple[int, dict[str, Any]]:
    return room.of_room("PUT", f"/orders/{order}", PriceOrder(ticket, OrderId(order), tuple(pieces), None))


def collect(
    room: HttpClient, order: str = "o1", attempt: int = 1, means: PaymentMeans = PaymentMeans.TERMINAL
) -> tuple[int, dict[str, Any]]:
    return room.of_room(
        "PUT", f"/orders/{order}/payment", CollectPayment(TICKET, OrderId(order), means, attempt)
    )


def ends(stream: EventStreamReader, state: str) -> dict[str, Any]:
    return stream.wait(lambda name, body: name == "PaymentMoved" and body["state"] == state)


def buy(
    room: HttpClient,
    stream: EventStreamReader,
    terminal: InProcessTerminal,
    order: str = "o1",
    pieces: Sequence[tuple[PieceId, ArticleId]] = (SHIRT, COAT),
) -> dict[str, Any]:
    price(room, order=order, pieces=pieces)
    collect(room, order=order)
    terminal.tap()
    return stream.wait(lambda n, b: n == "PaymentMoved" and b["state"] == "paid" and b["order_id"] == order)


def find(ines: HttpClient, label: str) -> tuple[int, dict[str, Any]]:
    return ines.ask("GET", "/api/v1/sales", params={"label": label})


def refund(ines: HttpClient, piece: str = SHIRT[0], order: str = "o1") -> tuple[int, dict[str, Any]]:
    return ines.ask("POST", "/api/v1/refunds", {"order_id": order, "piece": piece})


def ended(url: str, ines: HttpClient, begun: tuple[int, dict[str, Any]]) -> dict[str, Any]:
    """The refund once it is done, refused or parked."""
    key = begun[1]["key"]
    with read_stream(ines, "/api/v1/floor/stream") as floor:
        floor.named("Floor")
        now = ines.ask("GET", f"/api/v1/refunds/{key}")[1]
        if now["state"] in ("keyed", "unsure"):
            floor.wait(
                lambda n, b: n == "MoneyMoved" and b["key"] == key and b["state"] not in ("keyed", "unsure")
            )
    return ines.ask("GET", f"/api/v1/refunds/{key}")[1]
