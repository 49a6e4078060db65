"""What a shop has configured about delivery: places, carriers, services and their fees."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.core.domain.hours.opening_hours import ALWAYS_OPEN, OpeningHours
from kiosk.core.domain.promise.values import DeliveryWay, DeliveryZone, PlaceKind
from kiosk.core.domain.promise.working_days import MONDAY_TO_FRIDAY, WorkingDays
from kiosk.core.domain.sales.payment_means import PaymentMeans

HERE = "shop"
"""Key of this shop among the places."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place from which pieces come. `time_zone`: the IANA name of the zone of its hours.

    What a carrier takes along is worked on the same day, if it is ordered before `cut_off_min` (minutes since midnight;
    None: closing time) and the place is open then. It is ready `handling_days` open days later.
    """

    key: str
    kind: PlaceKind = PlaceKind.SHOP
    hours: OpeningHours = ALWAYS_OPEN
    time_zone: str = "UTC"
    cut_off_min: int | None = None
    handling_days: int = 0


@dataclass(frozen=True, slots=True)
class Transit:
    """Working days of a carrier from a place's door to a zone: from `at_least` to `at_most`."""

    zone: str
    at_least: int
    at_most: int

    def __post_init__(self) -> None:
        if not 0 <= self.at_least <= self.at_most:
            raise ValueError("at least 0 days, and no more than at most")


@dataclass(frozen=True, slots=True)
class Carrier:
    """Brings parcels. `days`: on which it takes them along, is on its way and delivers."""

    key: str
    days: WorkingDays = MONDAY_TO_FRIDAY
    transits: tuple[Transit, ...] = ()

    def transit(self, zone: str) -> Transit | None:
        """How long it takes to a zone; None where it does not go."""
        return next((one for one in self.transits if one.zone == zone), None)


@dataclass(frozen=True, slots=True)
class Fee:
    """What a service costs for some shoppers; of those that fit, the lowest counts.

    `free_from`: nothing from this sum of the pieces' prices on. `members`: for members only. `promotion`: for baskets
    that have this promotion; empty for all. Amounts in minor units.
    """

    minor: int
    free_from: int | None = None
    members: bool = False
    promotion: str = ""


@dataclass(frozen=True, slots=True)
class Service:
    """A way that the shop offers. Of several for one way, the first one that can be promised is taken.

    `carrier`: for SEND, and for COLLECT of pieces from another place, whose zone is `to_zone`. `zones`: to which it is
    sent, empty for all of the carrier. `means`: only when paid by these, empty for all.
    """

    key: str
    way: DeliveryWay
    places: tuple[str, ...] = (HERE,)
    carrier: str = ""
    to_zone: str = ""
    zones: tuple[str, ...] = ()
    means: tuple[PaymentMeans, ...] = ()
    fees: tuple[Fee, ...] = ()


@dataclass(frozen=True, slots=True)
class DeliveryRules:
    """All of a shop. `places` has this shop under `HERE`. `zones`: the first one is assumed until another is chosen."""

    places: tuple[Place, ...]
    services: tuple[Service, ...] = ()
    carriers: tuple[Carrier, ...] = ()
    zones: tuple[DeliveryZone, ...] = ()
    fee_ppm: int = 0
    """Rate of the tax of fees in millionths."""
    missed_fee_back: bool = True
    """Whether the fee is paid back where a promised day is missed."""

    def place(self, key: str) -> Place | None:
        """The place of that key."""
        return next((one for one in self.places if one.key == key), None)

    def carrier(self, key: str) -> Carrier | None:
        """The carrier of that key."""
        return next((one for one in self.carriers if one.key == key), None)
