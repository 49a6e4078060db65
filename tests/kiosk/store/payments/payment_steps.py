"""Steps of payments and refunds over HTTP, shared by the payment tests: price, collect, wait, find, refund."""

from __future__ import annotations

from kiosk.core.domain.ids import OrderId, Ticket
from kiosk.core.domain.payment import PaymentMeans
from kiosk.core.visit.effects import CollectPayment, PriceOrder
from tests.kiosk.store.http_clients import read_stream
from tests.kiosk.store.sample_shop import gtin_of, tag

TICKET, CLARA = Ticket("visit-1"), "04A1B2C3D4E501"
SHIRT = (tag("S1", "WHI", "M"), gtin_of("S1", "WHI", "M"))
COAT = (tag("C1", "NVY", "38"), gtin_of("C1", "NVY", "38"))


def price(room, order="o1", pieces=(SHIRT,), ticket=TICKET):
    return room.of_room("PUT", f"/orders/{order}", PriceOrder(ticket, OrderId(order), pieces, None))


def collect(room, order="o1", attempt=1, means=PaymentMeans.TERMINAL):
    return room.of_room(
        "PUT", f"/orders/{order}/payment", CollectPayment(TICKET, OrderId(order), means, attempt)
    )


def ends(stream, state):
    return stream.wait(lambda name, body: name == "PaymentMoved" and body["state"] == state)


def buy(room, stream, terminal, order="o1", pieces=(SHIRT, COAT)):
    price(room, order=order, pieces=pieces)
    collect(room, order=order)
    terminal.tap()
    return stream.wait(lambda n, b: n == "PaymentMoved" and b["state"] == "paid" and b["order_id"] == order)


def find(ines, label):
    return ines.ask("GET", "/api/v1/sales", params={"label": label})


def refund(ines, epc=SHIRT[0], order="o1"):
    return ines.ask("POST", "/api/v1/refunds", {"order_id": order, "epc": epc})


def ended(url, ines, begun):
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
