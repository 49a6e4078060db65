"""A shop in Paris with a warehouse, a second shop and two carriers, for the tests of the decision."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from kiosk.core.domain.hours.opening_hours import Holidays, OpeningHours, Span, Spans
from kiosk.core.domain.promise.rules import HERE, Carrier, DeliveryRules, Fee, Place, Service, Transit
from kiosk.core.domain.promise.values import DeliveryWay, DeliveryZone, PlaceKind
from kiosk.core.domain.promise.working_days import WorkingDays
from kiosk.core.domain.sales.payment_means import PaymentMeans

PARIS = "Europe/Paris"
CHRISTMAS = Holidays(yearly=(((12, 25), ()), ((1, 1), ())))


def hours(days: str, begin: int, end: int, zone: str = PARIS) -> OpeningHours:
    """Open from and to these hours on the days that are marked with `x`, Monday first."""
    week: list[Spans] = [(Span(begin * 60, end * 60),) if mark == "x" else () for mark in days]
    return OpeningHours(ZoneInfo(zone), tuple(week), CHRISTMAS)


SHOP = Place(HERE, PlaceKind.SHOP, hours("xxxxxx.", 10, 19), PARIS, 15 * 60)
WAREHOUSE = Place("warehouse", PlaceKind.WAREHOUSE, hours("xxxxx..", 6, 22), PARIS, 20 * 60)
LYON = Place("lyon", PlaceKind.OTHER_SHOP, hours(".xxxxx.", 10, 19), PARIS, 12 * 60, handling_days=1)
OFF = frozenset({(12, 25), (1, 1)})
POST = Carrier(
    "post", WorkingDays((True,) * 6 + (False,), frozenset({date(2026, 12, 26)}), OFF),
    (Transit("home", 1, 2), Transit("abroad", 3, 5)),
)  # fmt: skip
VAN = Carrier("van", WorkingDays(yearly=OFF), (Transit("shop", 1, 2), Transit("home", 1, 1)))
RULES = DeliveryRules(
    (SHOP, WAREHOUSE, LYON),
    (
        Service(
            "express", DeliveryWay.SEND, ("warehouse",), "van", zones=("home",), means=(PaymentMeans.STORED,),
            fees=(Fee(1290), Fee(690, members=True)),
        ),
        Service(
            "standard", DeliveryWay.SEND, (HERE, "warehouse", "lyon"), "post",
            fees=(Fee(590, 10_000), Fee(290, 5_000, members=True), Fee(0, promotion="free-delivery")),
        ),
        Service("desk", DeliveryWay.BAG),
        Service("later", DeliveryWay.COLLECT, (HERE, "warehouse", "lyon"), "van", to_zone="shop"),
    ),
    (POST, VAN),
    (DeliveryZone("home"), DeliveryZone("abroad")),
    200_000,
)  # fmt: skip
