"""The promise of an order: the way, the place, the day and the fee of each part of it, as they are shown and stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum, unique
from typing import Final

from kiosk.core.domain.ids import ArticleId, PieceId
from kiosk.core.domain.money import Money
from kiosk.core.domain.texts import NO_TEXT, LocalizedText


@unique
class DeliveryWay(Enum):
    """How a piece reaches the shopper."""

    TAKE = "take"
    """She takes it with her now."""
    BAG = "bag"
    """It waits in a bag at the desk, today."""
    COLLECT = "collect"
    """It waits in this shop from a day on."""
    SEND = "send"
    """A carrier brings it to her address."""


@unique
class PlaceKind(Enum):
    """Where a piece lies."""

    SHOP = "shop"
    """This shop."""
    WAREHOUSE = "warehouse"
    OTHER_SHOP = "other-shop"


@unique
class PromiseReason(Enum):
    """Why a day, a place or a fee is as it is."""

    BEFORE_CUT_OFF = "before-cut-off"
    AFTER_CUT_OFF = "after-cut-off"
    PLACE_CLOSED = "place-closed"
    """The place is closed on the day of the order."""
    CARRIER_RESTS = "carrier-rests"
    """The carrier does not work on a day between the order and the promised day."""
    OTHER_PLACE = "other-place"
    """It does not come from this shop."""
    MEMBER_DAY = "member-day"
    """A member is promised one day."""
    GUEST_DAY = "guest-day"
    """A guest is told the first possible day."""
    FEE = "fee"
    MEMBER_FEE = "member-fee"
    PROMOTION_FEE = "promotion-fee"
    FREE_FROM = "free-from"
    """Free, because the basket reaches the amount."""
    FREE = "free"


@unique
class NotPromised(Enum):
    """Why a way is not offered."""

    NO_SERVICE = "no-service"
    """The shop does not offer it."""
    NOT_THERE = "not-there"
    """The piece is not in a place from which it is offered."""
    NO_ZONE = "no-zone"
    """The address is unknown, or outside of where it is offered."""
    MEANS = "means"
    """Not for this means of payment."""
    NEVER = "never"
    """Place or carrier do not work within the time that is looked at."""


@dataclass(frozen=True, slots=True)
class DeliveryPromise:
    """One parcel, bag or handing over: what is shown to the shopper, and stored with the order as it was shown.

    `day`: in `time_zone`, as 2026-12-03; empty for what she takes with her. `guaranteed`: on that day at the latest;
    else from that day on. `order_by_us`: until when this day can be promised; 0 where it does not depend on the hour.
    """

    way: DeliveryWay
    pieces: tuple[PieceId, ...] = ()
    service: str = ""
    """Key of the service in the configuration; empty for taking along."""
    place: str = ""
    place_kind: PlaceKind = PlaceKind.SHOP
    zone: str = ""
    """Key of the zone to which it is sent."""
    day: str = ""
    guaranteed: bool = False
    time_zone: str = ""
    order_by_us: int = 0
    fee: Money | None = None
    """What the service costs, as a price of the shop: with its tax, or without where the shop adds the tax."""
    fee_piece: PieceId | None = None
    """The order's line of the fee; None where it is free."""
    reasons: tuple[PromiseReason, ...] = ()
    decided_us: int = 0
    ordered_day: str = ""
    """The day of the decision, in `time_zone`."""

    @property
    def date(self) -> date | None:
        """The promised day; None for what she takes with her."""
        return date.fromisoformat(self.day) if self.day else None

    @property
    def is_kept_later(self) -> bool:
        """Whether something is to be done for it after the payment."""
        return self.way in (DeliveryWay.COLLECT, DeliveryWay.SEND)


@dataclass(frozen=True, slots=True)
class DeliveryZone:
    """Where something can be sent to. `label`: its name for shoppers."""

    key: str
    label: LocalizedText = NO_TEXT


FEE: Final = "fee:"
"""With what the article of a fee begins. No GTIN and no SKU does (`ids.parse_article`)."""


def fee_article(way: DeliveryWay) -> ArticleId:
    """The article of the line of a fee."""
    return ArticleId(FEE + way.value)


def fee_line_id(way: DeliveryWay, number: str) -> PieceId:
    """The id of an order's line of a fee. `number`: never used for a second one."""
    return PieceId(f"{fee_article(way)}.{number}")


def is_fee(piece: str) -> bool:
    """Whether a line of an order is a fee, and no garment."""
    return piece.startswith(FEE)


@dataclass(frozen=True, slots=True)
class DeliveryOffers:
    """What can be promised for a basket: one promise for each way. `zone`: for which one it was decided."""

    promises: tuple[DeliveryPromise, ...]
    zone: str = ""
    zones: tuple[DeliveryZone, ...] = ()
