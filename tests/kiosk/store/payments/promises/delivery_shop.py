"""A shop that puts into bags, keeps and sends, and the steps of an order there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from kiosk.core.domain.hours.opening_hours import OpeningHours, Span
from kiosk.core.domain.ids import OrderId
from kiosk.core.domain.promise.rules import HERE, Carrier, DeliveryRules, Fee, Place, Service, Transit
from kiosk.core.domain.promise.values import DeliveryWay, DeliveryZone, PlaceKind
from kiosk.core.visit.effects import FindDelivery, PriceOrder
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.http_clients import EventStreamReader, HttpClient
from tests.kiosk.store.payments.payment_steps import COAT, SHIRT, TICKET, collect
from tests.kiosk.store.sample_shop import InProcessTerminal, settings_in
from tests.kiosk.store.shop_cards import key_file

ZONE = "Europe/Paris"
OPEN = OpeningHours(ZoneInfo(ZONE), tuple((Span(0, 1440),) for _ in range(7)))
RULES = DeliveryRules(
    (Place(HERE, PlaceKind.SHOP, OPEN, ZONE),),
    (
        Service("standard", DeliveryWay.SEND, carrier="post", fees=(Fee(595, 200_000), Fee(200, members=True))),
        Service("desk", DeliveryWay.BAG), Service("later", DeliveryWay.COLLECT),
    ),
    (Carrier("post", transits=(Transit("home", 1, 3),)),), (DeliveryZone("home"),), 190_000,
)  # fmt: skip
SEND = ((SHIRT[0], DeliveryWay.SEND),)


def delivering(folder: Path) -> StoreSettings:
    """The settings of the shop."""
    plain = settings_in(folder, keys=key_file(folder))
    shop = replace(plain.shop, delivery=RULES, time_zone=ZONE)
    return replace(plain, timeouts=replace(plain.timeouts, first_query_us=1000), shop=shop)


def ask(room: HttpClient, *, zone: str = "") -> dict[str, dict[str, Any]]:
    question = FindDelivery(TICKET, 1, (SHIRT, COAT), zone)
    status, body = room.of_room("POST", "/delivery", question)
    assert status == 200, body
    return {one["way"]: one for one in body["promises"]}


def price(room: HttpClient, ways: tuple[Any, ...] = SEND, order: str = "o1") -> tuple[int, dict[str, Any]]:
    asked = PriceOrder(TICKET, OrderId(order), (SHIRT, COAT), None, ways, "home")
    return room.of_room("PUT", f"/orders/{order}", asked)


def pay(room: HttpClient, stream: EventStreamReader, terminal: InProcessTerminal) -> dict[str, Any]:
    collect(room)
    terminal.tap()
    return stream.wait(lambda n, b: n == "PaymentMoved" and b["state"] == "paid")
