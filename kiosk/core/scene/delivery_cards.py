"""Cards about delivery: the ways that are offered, which piece gets which, and what is promised for an order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kiosk.core.domain.garment import Piece, displayed_size
from kiosk.core.domain.ids import PieceId
from kiosk.core.domain.promise.values import DeliveryPromise, DeliveryWay
from kiosk.core.scene.outline import Outline, outline_of
from kiosk.core.visit.navigation import Page
from kiosk.core.visit.settings import SECOND_US
from kiosk.core.visit.state import Visit

_MINUTE_US = 60 * SECOND_US
_SHOWN_MINUTES = 24 * 60
"""A countdown is shown within a day."""


@dataclass(frozen=True, slots=True)
class WayCard:
    """A way, with the day and the fee that are promised. `guaranteed`: on that day; else from that day on."""

    way: DeliveryWay
    count: int
    """Pieces that get it."""
    chosen: bool
    """All of them do."""
    fee: str
    """Empty for a way without a fee."""
    ahead: int
    """Days from today; -1 where no day is promised."""
    weekday: int
    """0 for Monday."""
    day: int
    month: int
    guaranteed: bool
    minutes: int
    """Minutes left in which this day can be promised; 0: it is not counted down."""


@dataclass(frozen=True, slots=True)
class DeliveryLineCard:
    """A piece of the basket and its way."""

    piece: PieceId
    name: str
    size: str
    colour: str
    picture: str
    way: DeliveryWay
    next_way: DeliveryWay
    """What a touch changes it to."""
    outline: Outline = Outline.HANGER


@dataclass(frozen=True, slots=True)
class ZoneCard:
    """Where it can be sent to."""

    zone: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class DeliveryCard:
    """The page of the ways. `unknown`: the store does not say what can be promised."""

    lines: tuple[DeliveryLineCard, ...]
    ways: tuple[WayCard, ...]
    zones: tuple[ZoneCard, ...]
    """Empty where there is no choice."""
    searching: bool
    unknown: bool
    sends: bool
    """Something is to be sent, so that an address is needed."""


def delivery_card(visit: Visit) -> DeliveryCard | None:
    """The page of the ways while it is open; else None."""
    if visit.page is not Page.DELIVERY:
        return None
    choices = visit.delivery
    counts = [choices.way_of(piece.piece_id) for piece in visit.basket]
    return DeliveryCard(
        tuple(_line(visit, piece) for piece in visit.basket if piece.garment),
        tuple(_way(visit, one, counts.count(one.way), len(counts)) for one in choices.offers),
        tuple(
            ZoneCard(zone.key, zone.label.in_language(visit.language) or zone.key, zone.key == choices.zone)
            for zone in choices.zones
            if len(choices.zones) > 1
        ),
        choices.searching and not choices.offers,
        not choices.searching and not choices.offers,
        DeliveryWay.SEND in counts,
    )


def parcel_cards(visit: Visit, promises: Iterable[DeliveryPromise]) -> tuple[WayCard, ...]:
    """What is promised for an order."""
    return tuple(_way(visit, one, len(one.pieces), len(one.pieces)) for one in promises)


def _line(visit: Visit, piece: Piece) -> DeliveryLineCard:
    garment = piece.garment
    assert garment is not None  # pieces without a garment cannot be bought
    way = visit.delivery.way_of(piece.piece_id)
    return DeliveryLineCard(
        piece.piece_id, garment.name.in_language(visit.language), displayed_size(garment.size),
        garment.colourway.name.in_language(visit.language), garment.colourway.picture,
        way, _after(way, [one.way for one in visit.delivery.offers]), outline_of(garment.category),
    )  # fmt: skip


def _after(way: DeliveryWay, offered: list[DeliveryWay]) -> DeliveryWay:
    return offered[(offered.index(way) + 1) % len(offered)] if way in offered else way


def _way(visit: Visit, promise: DeliveryPromise, count: int, of: int) -> WayCard:
    day = promise.date
    left = max(0, promise.order_by_us - visit.now_us) // _MINUTE_US
    return WayCard(
        promise.way,
        count,
        count == of,
        promise.fee.formatted(visit.language) if promise.fee and promise.fee.minor else "",
        (day - date.fromisoformat(promise.ordered_day)).days if day else -1,
        day.weekday() if day else 0,
        day.day if day else 0,
        day.month if day else 0,
        promise.guaranteed,
        int(left) if promise.way is DeliveryWay.SEND and left < _SHOWN_MINUTES else 0,
    )
