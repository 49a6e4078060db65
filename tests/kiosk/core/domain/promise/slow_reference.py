"""The decision once more, day by day and by the clock on the wall, to compare the fast one with."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from kiosk.core.domain.promise.rules import HERE, Carrier, DeliveryRules, Place, Service
from kiosk.core.domain.promise.values import DeliveryWay
from kiosk.core.domain.sales.payment_means import PaymentMeans

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Answer:
    """Empty texts where nothing is promised."""

    service: str = ""
    place: str = ""
    day: str = ""
    fee: int | None = None


NOTHING = Answer()


def answer(
    rules: DeliveryRules, at_us: int, way: DeliveryWay, lies: Collection[str], *, member: bool, zone: str,
    goods: int, promotion: str = "", means: PaymentMeans = PaymentMeans.TERMINAL,
) -> Answer:  # fmt: skip
    """Service, place, day and fee for one piece."""
    if way is DeliveryWay.TAKE:
        return Answer(place=HERE) if HERE in lies else NOTHING
    for service in rules.services:
        if service.way is not way or (service.means and means not in service.means):
            continue
        days = []
        for key in service.places:
            place = next(one for one in rules.places if one.key == key)
            found = _day(rules, service, place, at_us, zone, member=member) if key in lies else None
            if found is not None:
                days.append((found, service.places.index(key), key))
        if days:
            day, _, key = min(days)
            return Answer(service.key, key, day.isoformat(), _fee(service, goods, promotion, member=member))
    return NOTHING


def _fee(service: Service, goods: int, promotion: str, *, member: bool) -> int:
    amounts = []
    for fee in service.fees:
        if fee.members and not member:
            continue
        if fee.promotion and fee.promotion != promotion:
            continue
        amounts.append(0 if fee.free_from is not None and goods >= fee.free_from else fee.minor)
    return min(amounts) if amounts else 0


def _day(
    rules: DeliveryRules, service: Service, place: Place, at_us: int, zone: str, *, member: bool
) -> date | None:
    stays = place.key == HERE and service.way is not DeliveryWay.SEND
    day = begins(place, at_us, None if stays else place.cut_off_min)
    if day is None or stays:
        return day
    if service.way is DeliveryWay.BAG:
        return None
    to = zone if service.way is DeliveryWay.SEND else service.to_zone
    if service.way is DeliveryWay.SEND and service.zones and to not in service.zones:
        return None
    carrier = next((one for one in rules.carriers if one.key == service.carrier), None)
    transit = next((one for one in carrier.transits if one.zone == to), None) if carrier else None
    if carrier is None or transit is None:
        return None
    arrives = _arrives(place, carrier, day, transit.at_most if member else transit.at_least)
    if arrives is None or service.way is DeliveryWay.SEND:
        return arrives
    here = next(one for one in rules.places if one.key == HERE)
    while not here.hours.spans_of(arrives):
        arrives += DAY
    return arrives


def _arrives(place: Place, carrier: Carrier, day: date, left: int) -> date | None:
    for _ in range(place.handling_days):
        day += DAY
        while not place.hours.spans_of(day):
            day += DAY
    ready = day
    while not (place.hours.spans_of(day) and _works(carrier, day)):
        day += DAY
        if day - ready >= 60 * DAY:
            return None
    while left:
        day += DAY
        left -= _works(carrier, day)
    return day


def begins(place: Place, at_us: int, cut_off_min: int | None) -> date | None:
    wall = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=at_us)).astimezone(place.hours.zone)
    for ahead in range(60):
        day = wall.date() + ahead * DAY
        spans = place.hours.spans_of(day)
        if not spans:
            continue
        last = spans[-1].to_min if cut_off_min is None else min(cut_off_min, spans[-1].to_min)
        if ahead or wall.hour * 60 + wall.minute < last:
            return day
    return None


def _works(carrier: Carrier, day: date) -> bool:
    days = carrier.days
    return days.week[day.weekday()] and day not in days.dates and (day.month, day.day) not in days.yearly
