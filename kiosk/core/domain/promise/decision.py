"""The decision: who asks, when, and where each piece lies -> way, place, promised day, fee, and the reasons.

Pure and total: the same question always has the same answer, so that an order can be decided again from the ledger.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kiosk.core.domain.hours.wall_clock import closes_us, local_date
from kiosk.core.domain.ids import PieceId
from kiosk.core.domain.money import Money
from kiosk.core.domain.promise.fees import cost
from kiosk.core.domain.promise.rules import HERE, DeliveryRules, Place, Service, Transit
from kiosk.core.domain.promise.values import (
    DeliveryOffers,
    DeliveryPromise,
    DeliveryWay,
    NotPromised,
    PromiseReason,
)
from kiosk.core.domain.promise.working_days import SEARCH_DAYS, IsWorking, first_from, working_days_after
from kiosk.core.domain.sales.payment_means import PaymentMeans
from kiosk.core.domain.shopper import Tier

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks, and for what basket. `goods`: the sum of the prices of all its pieces. `zone`: where her address is;
    empty: not known. `promotions`: those that the basket has."""

    at_us: int
    goods: Money
    tier: Tier = Tier.GUEST
    means: PaymentMeans = PaymentMeans.TERMINAL
    zone: str = ""
    promotions: frozenset[str] = frozenset()

    @property
    def member(self) -> bool:
        """A member who has proved who she is."""
        return self.tier >= Tier.PROVED


@dataclass(frozen=True, slots=True)
class Wanted:
    """A piece, the way that was chosen for it, and the places in which it (or one like it) lies."""

    piece: PieceId
    way: DeliveryWay
    places: tuple[str, ...] = (HERE,)


@dataclass(frozen=True, slots=True)
class Decision:
    """The promises of a basket, in the order of its pieces; `refused`: pieces whose way is not possible, and why."""

    promises: tuple[DeliveryPromise, ...]
    refused: tuple[tuple[PieceId, NotPromised], ...] = ()


def decide(rules: DeliveryRules, asked: Asked, wanted: Sequence[Wanted]) -> Decision:
    """The promises of a basket. Pieces with one way make one parcel, if one place has them all."""
    promises: list[DeliveryPromise] = []
    refused: list[tuple[PieceId, NotPromised]] = []
    for way in dict.fromkeys(one.way for one in wanted):
        group = [one for one in wanted if one.way is way]
        found = promise_for(rules, asked, way, _common(group))
        if isinstance(found, DeliveryPromise):
            promises.append(replace(found, pieces=tuple(one.piece for one in group)))
            continue
        parcels: dict[DeliveryPromise, list[PieceId]] = {}
        for one in group:
            alone = promise_for(rules, asked, way, one.places)
            if isinstance(alone, DeliveryPromise):
                parcels.setdefault(alone, []).append(one.piece)
            else:
                refused.append((one.piece, alone))
        promises += [replace(promise, pieces=tuple(pieces)) for promise, pieces in parcels.items()]
    return Decision(tuple(promises), tuple(refused))


def _common(group: Sequence[Wanted]) -> tuple[str, ...]:
    return tuple(place for place in group[0].places if all(place in one.places for one in group))


def promise_for(
    rules: DeliveryRules, asked: Asked, way: DeliveryWay, places: Collection[str]
) -> DeliveryPromise | NotPromised:
    """What is promised for pieces that lie in these places; `pieces` is empty in it."""
    if way is DeliveryWay.TAKE:
        here = HERE in places
        return DeliveryPromise(way, place=HERE, decided_us=asked.at_us) if here else NotPromised.NOT_THERE
    services = [one for one in rules.services if one.way is way]
    why = NotPromised.NO_SERVICE
    for service in services:
        found = _of_service(rules, asked, service, places)
        if isinstance(found, DeliveryPromise):
            return found
        why = found if why is NotPromised.NO_SERVICE else why
    return why


def _of_service(
    rules: DeliveryRules, asked: Asked, service: Service, places: Collection[str]
) -> DeliveryPromise | NotPromised:
    if service.means and asked.means not in service.means:
        return NotPromised.MEANS
    from_places = [rules.place(key) for key in service.places if key in places]
    found = [_from_place(rules, asked, service, place) for place in from_places if place is not None]
    days = [one for one in found if isinstance(one, DeliveryPromise)]
    if days:
        return _with_fee(min(days, key=lambda one: one.day), asked, service)
    return next((one for one in found if isinstance(one, NotPromised)), NotPromised.NOT_THERE)


def _with_fee(promise: DeliveryPromise, asked: Asked, service: Service) -> DeliveryPromise:
    minor, why = cost(service.fees, asked.goods.minor, member=asked.member, promotions=asked.promotions)
    return replace(
        promise,
        fee=Money(minor, asked.goods.currency),
        reasons=(*promise.reasons, why),
        decided_us=asked.at_us,
    )


def _from_place(
    rules: DeliveryRules, asked: Asked, service: Service, place: Place
) -> DeliveryPromise | NotPromised:
    carried = service.way is DeliveryWay.SEND or place.key != HERE
    begun = _begins(place, asked.at_us, place.cut_off_min if carried else None)
    if begun is None:
        return NotPromised.NEVER
    start, until_us, why = begun
    today = local_date(asked.at_us, place.hours.zone).isoformat()
    elsewhere = () if place.key == HERE else (PromiseReason.OTHER_PLACE,)
    base = DeliveryPromise(
        service.way, service=service.key, place=place.key, place_kind=place.kind, time_zone=place.time_zone,
        ordered_day=today, order_by_us=until_us, reasons=(why, *elsewhere),
    )  # fmt: skip
    if not carried:
        return _dated(base, start, asked)
    if service.way is DeliveryWay.BAG:
        return NotPromised.NOT_THERE
    zone = asked.zone if service.way is DeliveryWay.SEND else service.to_zone
    if service.way is DeliveryWay.SEND and service.zones and zone not in service.zones:
        return NotPromised.NO_ZONE
    return _carried(rules, asked, service, place, replace(base, zone=zone), start)


def _begins(place: Place, at_us: int, cut_off_min: int | None) -> tuple[date, int, PromiseReason] | None:
    """The day on which an order of now is worked on, until when it would be that day, and why."""
    today = local_date(at_us, place.hours.zone)
    why = PromiseReason.BEFORE_CUT_OFF
    for ahead in range(SEARCH_DAYS):
        day = today + ahead * _ONE_DAY
        spans = place.hours.spans_of(day)
        if not spans:
            why = PromiseReason.PLACE_CLOSED if why is PromiseReason.BEFORE_CUT_OFF else why
            continue
        last_min = spans[-1].to_min if cut_off_min is None else min(cut_off_min, spans[-1].to_min)
        until_us = closes_us(day, last_min, place.hours.zone)
        if at_us < until_us:
            return day, until_us, why
        why = PromiseReason.AFTER_CUT_OFF if why is PromiseReason.BEFORE_CUT_OFF else why
    return None


def _carried(
    rules: DeliveryRules, asked: Asked, service: Service, place: Place, promise: DeliveryPromise, start: date
) -> DeliveryPromise | NotPromised:
    """By the carrier: from the day on which it is ready, over its working days."""
    carrier = rules.carrier(service.carrier)
    transit = carrier.transit(promise.zone) if carrier is not None else None
    if carrier is None or transit is None:
        return NotPromised.NO_ZONE
    ready = working_days_after(start, place.handling_days, _is_open(place))
    leaves = first_from(ready, _is_open(place), carrier.days.is_working) if ready else None
    count = _days(transit, asked)
    arrives = working_days_after(leaves, count, carrier.days.is_working) if leaves else None
    if arrives is None or leaves is None or ready is None:
        return NotPromised.NEVER
    if leaves > ready or arrives - leaves > count * _ONE_DAY:
        promise = replace(promise, reasons=(*promise.reasons, PromiseReason.CARRIER_RESTS))
    here = rules.place(HERE)
    if service.way is DeliveryWay.COLLECT and here is not None:
        opened = first_from(arrives, _is_open(here))
        if opened is None:
            return NotPromised.NEVER
        promise, arrives = replace(promise, time_zone=here.time_zone), opened
    return _dated(promise, arrives, asked)


def _days(transit: Transit, asked: Asked) -> int:
    """A member is promised the day on which it is there for certain, a guest is told the first possible one."""
    return transit.at_most if asked.member else transit.at_least


def _is_open(place: Place) -> IsWorking:
    return lambda day: bool(place.hours.spans_of(day))


def _dated(promise: DeliveryPromise, day: date, asked: Asked) -> DeliveryPromise:
    why = PromiseReason.MEMBER_DAY if asked.member else PromiseReason.GUEST_DAY
    return replace(promise, day=day.isoformat(), guaranteed=asked.member, reasons=(*promise.reasons, why))


def offers(rules: DeliveryRules, asked: Asked, places: Collection[str] = (HERE,)) -> DeliveryOffers:
    """What can be promised for a basket of which all pieces lie in these places, one promise for each way."""
    zones = [zone.key for zone in rules.zones]
    zone = asked.zone if asked.zone in zones else next(iter(zones), "")
    found = [promise_for(rules, replace(asked, zone=zone), way, places) for way in DeliveryWay]
    return DeliveryOffers(tuple(one for one in found if isinstance(one, DeliveryPromise)), zone, rules.zones)
