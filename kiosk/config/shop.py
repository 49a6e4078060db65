"""Configuration of the shop: name, languages, currency, time zone, hours, taxes, and the law's cash register."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, model_validator

from kiosk.config.hours import DAY_KEYS, DayHours, DayKey, Hours, holidays_of, machine_zone
from kiosk.config.types import (
    Currency,
    Key,
    KeyPlace,
    Language,
    Name,
    Place,
    Section,
    TimeZone,
    uri,
    web_address,
)
from kiosk.core.domain.currency_digits import digits_of
from kiosk.core.domain.hours.opening_hours import OpeningHours


def _four_decimals(rate: Decimal) -> Decimal:
    if rate != round(rate, 4):
        raise ValueError(f"`{rate}` has more than four decimals")
    return rate


Percent = Annotated[Decimal, Field(ge=0, le=50), AfterValidator(_four_decimals)]


class TaxRate(Section):
    """A rate for some pieces. Of several rates that fit a piece, the first one of the list is taken."""

    percent: Percent
    """Percent with at most four decimals, for instance 7.25 or 8.875."""
    category: Annotated[str, Field(min_length=1, max_length=128)] | None = None
    """Pieces of this category, as it is written in the feed; upper and lower case are alike."""
    tax_class: Annotated[str, Field(min_length=1, max_length=64)] | None = None
    """Pieces with this `tax_class` in the feed; upper and lower case are alike."""
    price_below: Annotated[Decimal, Field(gt=0)] | None = None
    """Pieces that cost less than this, in the shop's currency;
    for instance 110 in New York, where cheaper clothing is free of tax."""

    @model_validator(mode="after")
    def _for_some_pieces(self) -> TaxRate:
        if self.category is None and self.tax_class is None and self.price_below is None:
            raise ValueError(
                "needs category, tax_class or price_below; the rate of all other pieces is tax_percent"
            )
        return self


class Shop(Section):
    """Name, languages, currency, time zone, opening hours and taxes of the shop."""

    name: Name = "Cheval"
    language: Language = "en"
    """Language of a mirror until a shopper chooses another."""
    languages: tuple[Language, ...] = ("en", "de")
    """Languages that a shopper can choose."""
    currency: Currency = "EUR"
    """ISO 4217 code of all prices."""
    time_zone: TimeZone | None = None
    """IANA name such as Europe/Paris, for receipts, exports and opening hours. Default: that of this computer."""
    hours: Hours | None = None
    """Opening hours. Default: always open."""
    holidays: dict[DayKey, DayHours] = Field(
        default_factory=dict, max_length=1000, json_schema_extra=DAY_KEYS
    )
    """Days with other hours, or `closed`: `2026-12-24: 10:00-14:00`; `12-25: closed` is every year. A date goes before
    a day of every year, and both before `hours`."""
    tax_percent: Percent = Decimal(19)
    """Rate of the pieces for which `tax_rates` has none; percent with at most four decimals."""
    tax_rates: tuple[TaxRate, ...] = ()
    """Other rates, by category, tax class or price."""
    tax_included: bool = True
    """Whether the prices contain the tax. `false`: it is added on top, as in the United States; the mirror shows prices
    without it, and the total with it before the card is asked for."""

    @model_validator(mode="after")
    def _prices_of_rates(self) -> Shop:
        digits = digits_of(self.currency)
        for rate in self.tax_rates:
            if rate.price_below is not None and rate.price_below != round(rate.price_below, digits):
                raise ValueError(
                    f"tax_rates: `{rate.price_below}` has more decimals than {self.currency} has ({digits})"
                )
        return self


def zone_of(shop: Shop) -> str:
    """The shop's time zone, an IANA name."""
    return shop.time_zone or machine_zone()


def opening_hours(shop: Shop) -> OpeningHours:
    """When the shop is open."""
    week = shop.hours.week if shop.hours is not None else None
    return OpeningHours(ZoneInfo(zone_of(shop)), week, holidays_of(shop.holidays))


class Fiscal(Section):
    """The law's cash register (a signing service, or the retailer's till), which registers each sale before its receipt
    is given. Without it the shop's own till registers the sales, and the receipt page says so."""

    uri: Annotated[str, uri("http", "https"), web_address]
    """`https://HOST:PORT/PATH`; what it must answer is described in the guide for retailers."""
    register_name: Key | None = None
    """Name of the register in the ledger; keep it when the address changes. Default: the address."""
    replaces: tuple[str, ...] = ()
    """Names (or addresses) of earlier registers that are gone. A sale that one of them did not confirm is given to this
    one; so look there first whether it has it, or it is counted twice."""
    key_file: KeyPlace | None = None
    """File with `token: VALUE`, mode 0600."""
    ca_file: Place | None = None
    """Certificates (PEM) of which the register must show one. Default: those of the system."""
    timeout_s: Annotated[float, Field(ge=0.5, le=60)] = 10.0
    """Seconds that one try may take; a sale that is not registered is kept and tried again."""
