"""Section `delivery` of the store's configuration: how pieces reach their shopper, when, and for what fee."""

from __future__ import annotations

import re
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from kiosk.config.hours import DayKey
from kiosk.config.offers.services import Labels
from kiosk.config.shop import Percent
from kiosk.config.types import Key, MinorUnits, Section

_TIME: Final = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])", re.ASCII)
_DAYS: Final = re.compile(r"([0-9]{1,2})(?:-([0-9]{1,2}))?", re.ASCII)
MAX_TRANSIT_DAYS: Final = 30
_Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


def _time(given: str) -> str:
    if not _TIME.fullmatch(given):
        raise ValueError(f"`{given}` is not a time of the day; write it like 15:00, in quotes")
    return given


def transit_days(given: str) -> tuple[int, int]:
    """The working days of a text like `2` or `1-3`. Raises ValueError."""
    found = _DAYS.fullmatch(given)
    least, most = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
    if least > most or most > MAX_TRANSIT_DAYS:
        raise ValueError(
            f"`{given}` is not a number of working days; write `2`, or `1-3`, at most {MAX_TRANSIT_DAYS}"
        )
    return least, most


def _transit(given: object) -> str:
    text = str(given) if isinstance(given, int) and not isinstance(given, bool) else given
    if not isinstance(text, str):
        raise ValueError("write the working days as `2`, or in quotes as `1-3`")
    transit_days(text)
    return text


TimeOfDay = Annotated[str, AfterValidator(_time)]
TransitDays = Annotated[str, BeforeValidator(_transit)]


class Zone(Section):
    """Where something can be sent to, such as a country."""

    label: Labels | None = None
    """Its name for shoppers by language: `{en: France, de: Frankreich}`. Needed where there are several zones."""


class Carrier(Section):
    """A carrier, with the days on which it takes parcels along, is on its way and delivers."""

    working_days: tuple[_Weekday, ...] = Field(
        default=("monday", "tuesday", "wednesday", "thursday", "friday"), min_length=1
    )
    holidays: tuple[DayKey, ...] = Field(default=(), max_length=1000)
    """Days without work: `"2026-12-24"`, in quotes; `12-25` is every year."""
    days: dict[Key, TransitDays] = Field(min_length=1)
    """Working days from the shop to each zone: `2`, or `1-3`. Guests are told the first possible day, members are
    promised the last one."""


class Fee(Section):
    """What a service costs. Of several that fit a basket, the lowest counts."""

    amount: MinorUnits
    """In minor units (cents), as prices are: with the tax, unless `shop.tax_included` is false."""
    free_from: MinorUnits | None = None
    """Sum of the prices, in minor units, from which it is free."""
    members: bool = False
    """For members alone who have proved who they are."""


class DeliveryService(Section):
    """A way that shoppers can choose at the mirror."""

    way: Literal["bag", "collect", "send"]
    """`bag`: it waits in a bag at the desk; `collect`: it is kept until she collects it; `send`: a carrier brings
    it."""
    carrier: Key | None = None
    """For `send`: its carrier."""
    zones: tuple[Key, ...] = ()
    """For `send`: only to these zones. Default: all of the carrier."""
    fees: tuple[Fee, ...] = ()
    """Default: free."""


class Delivery(Section):
    """How pieces reach their shopper. Without `services`, everything is taken along."""

    services: dict[Key, DeliveryService] = Field(default_factory=dict, max_length=12)
    """Of several for one way, the first one that can be promised is offered."""
    carriers: dict[Key, Carrier] = Field(default_factory=dict, max_length=20)
    zones: dict[Key, Zone] = Field(default_factory=dict, max_length=12)
    """The first one is assumed until a shopper chooses another."""
    cut_off: TimeOfDay | None = None
    """Until when a parcel is worked on the same day, by the clock of the shop. Default: until it closes."""
    handling_days: Annotated[int, Field(ge=0, le=30)] = 0
    """Open days that the shop needs before a parcel is ready."""
    tax_percent: Percent | None = None
    """Rate of the tax of fees. Default: `shop.tax_percent`."""
    missed: Literal["fee-back", "nothing"] = "fee-back"
    """What follows by itself if the day that a member was promised is over and nobody has said that her parcel is
    delivered. `fee-back`: what she paid for delivery is paid back, once."""
