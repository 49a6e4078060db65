"""The rules of delivery of a configuration, and what in it does not fit together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kiosk.config.delivery.section import Carrier, Delivery, DeliveryService, transit_days
from kiosk.config.hours import WEEKDAYS
from kiosk.config.mistakes import Place as PlaceInFile
from kiosk.config.mistakes import nearest
from kiosk.config.shop import Shop, opening_hours, zone_of
from kiosk.core.domain.promise import rules
from kiosk.core.domain.promise.values import DeliveryWay, DeliveryZone, PlaceKind
from kiosk.core.domain.promise.working_days import WorkingDays
from kiosk.core.domain.tax import ppm_of_percent
from kiosk.core.domain.texts import NO_TEXT, LocalizedText


def delivery_rules(section: Delivery, shop: Shop) -> rules.DeliveryRules | None:
    """The rules; None for a shop in which everything is taken along."""
    if not section.services:
        return None
    here = rules.Place(
        rules.HERE, PlaceKind.SHOP, opening_hours(shop), zone_of(shop), _minutes(section.cut_off),
        section.handling_days,
    )  # fmt: skip
    return rules.DeliveryRules(
        (here,),
        tuple(_service(key, one) for key, one in section.services.items()),
        tuple(_carrier(key, one) for key, one in section.carriers.items()),
        tuple(
            DeliveryZone(key, LocalizedText(tuple(one.label.items())) if one.label else NO_TEXT)
            for key, one in section.zones.items()
        ),
        ppm_of_percent(shop.tax_percent if section.tax_percent is None else section.tax_percent),
        section.missed == "fee-back",
    )


def _service(key: str, one: DeliveryService) -> rules.Service:
    fees = tuple(rules.Fee(fee.amount, fee.free_from, fee.members) for fee in one.fees)
    return rules.Service(key, DeliveryWay(one.way), carrier=one.carrier or "", zones=one.zones, fees=fees)


def _carrier(key: str, one: Carrier) -> rules.Carrier:
    days = WorkingDays(
        tuple(day in one.working_days for day in WEEKDAYS),
        frozenset(date.fromisoformat(day) for day in one.holidays if len(day) > len("12-25")),
        frozenset((int(day[:2]), int(day[3:])) for day in one.holidays if len(day) == len("12-25")),
    )
    return rules.Carrier(
        key, days, tuple(rules.Transit(zone, *transit_days(given)) for zone, given in one.days.items())
    )


def _minutes(given: str | None) -> int | None:
    return int(given[:2]) * 60 + int(given[3:]) if given is not None else None


def delivery_mistakes(section: Delivery) -> Iterator[tuple[PlaceInFile, str]]:
    """What does not fit together: places are below the section."""
    for key, one in section.services.items():
        yield from _service_mistakes(section, key, one)
    for key, carrier in section.carriers.items():
        for zone in carrier.days:
            if zone not in section.zones:
                yield ("carriers", key, "days", zone), f"unknown zone `{zone}`{nearest(zone, section.zones)}"
    if len(section.zones) > 1:
        for key, named in section.zones.items():
            if named.label is None:
                yield ("zones", key), "needs a `label`, since there are several zones to choose from"


def _service_mistakes(section: Delivery, key: str, one: DeliveryService) -> Iterator[tuple[PlaceInFile, str]]:
    place: PlaceInFile = ("services", key)
    if one.way != "send":
        for name in ("carrier", "zones"):
            if getattr(one, name):
                yield (*place, name), f"is for `way: send`; pieces of `way: {one.way}` stay in the shop"
        return
    if one.carrier is None:
        yield place, "needs a `carrier`"
    elif one.carrier not in section.carriers:
        yield (
            (*place, "carrier"),
            f"unknown carrier `{one.carrier}`{nearest(one.carrier, section.carriers)}",
        )
    for position, zone in enumerate(one.zones):
        if zone not in section.zones:
            yield (*place, "zones", position), f"unknown zone `{zone}`{nearest(zone, section.zones)}"
