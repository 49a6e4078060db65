"""The store's configuration: the shop, its readers and rooms, its catalogue, models and keys."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from kiosk.config.mistakes import nearest
from kiosk.config.types import (
    Currency,
    Key,
    Language,
    Log,
    Name,
    Place,
    Port,
    Section,
    TimeZone,
    shaped,
    text,
    uri,
)


def _one_decimal(rate: Decimal) -> Decimal:
    if rate != round(rate, 1):
        raise ValueError(f"`{rate}` has more than one decimal")
    return rate


class Shop(Section):
    """The shop as shoppers know it."""

    name: Name = "Cheval"
    language: Language = "en"
    """What a mirror speaks until somebody chooses."""
    languages: tuple[Language, ...] = ("en", "de")
    """What a shopper may choose."""
    currency: Currency = "EUR"
    time_zone: TimeZone = "Europe/Berlin"
    tax_percent: Annotated[Decimal, Field(ge=0, le=50), AfterValidator(_one_decimal)] = Decimal(19)
    """Tax contained in every price; percent with at most one decimal."""

    @property
    def tax_permille(self) -> int:
        """The tax rate as the ledger counts it."""
        return int(self.tax_percent * 10)


class Listen(Section):
    """Where mirrors and tablets reach the store."""

    host: Name = "127.0.0.1"
    port: Port = 8075


class Reader(Section):
    """An RFID reader and how to reach it."""

    name: Key
    uri: Annotated[str, uri("llrp", "sim")]
    """`llrp://HOST:5084`"""


Antenna = Annotated[
    str,
    BeforeValidator(text),
    shaped(r"([A-Za-z0-9][A-Za-z0-9_-]{0,39}/)?[1-9][0-9]{0,4}", "an antenna; write reader/port, or the port"),
]


class Room(Section):
    """A fitting room and the antennas that listen in it."""

    title: str = ""
    """What people call it; its name where nothing is written."""
    antennas: tuple[Antenna, ...] = ()


class Catalogue(Section):
    """Where styles, prices and stock come from."""

    feed: Place | None = None
    """Directory with the retailer's files; the store reads them again when they change."""


class Recommender(Section):
    """The published models."""

    model: Place | None = None
    """Looks: the `.npz` that `recommender train` publishes. Without it what sells best is suggested."""
    fit_model: Place | None = None
    """Sizes. Without it no size is advised."""


class Payments(Section):
    """The payment terminal; bank cards are read by it alone."""

    terminal: Annotated[str, uri("sim")] | None = None
    """`sim://HOST:PORT`. Without it the mirror offers the till instead."""


class Cards(Section):
    """The retailer's own cards and rings."""

    keys_file: Place | None = None
    """Master keys of signed cards; readable by the store's user alone."""


class Associates(Section):
    """Who answers, and how long nobody is forgotten."""

    file: Place | None = None
    """Associates with hashed PINs."""
    escalate_after_s: Annotated[int, Field(ge=5, le=3600)] = 60
    """Seconds until an unclaimed request goes one step further."""


class Privacy(Section):
    """How long the store remembers."""

    keep_requests_days: Annotated[int, Field(ge=0, le=3650)] = 90
    keep_notes_days: Annotated[int, Field(ge=0, le=3650)] = 400
    """What was tried and asked for, without persons."""


class StoreConfig(Section):
    """Everything a store is told."""

    shop: Shop = Shop()
    listen: Listen = Listen()
    state: Place | None = None
    """Directory for all the store must keep; the user's state directory where nothing is written."""
    database: Annotated[str, uri("sqlite", "postgresql", "postgresql+psycopg")] | None = None
    """SQLAlchemy URL; an SQLite file in the state directory where nothing is written."""
    readers: tuple[Reader, ...] = ()
    rooms: dict[Key, Room] = Field(default_factory=dict)
    catalogue: Catalogue = Catalogue()
    recommender: Recommender = Recommender()
    payments: Payments = Payments()
    cards: Cards = Cards()
    associates: Associates = Associates()
    privacy: Privacy = Privacy()
    log: Log = Log()

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        wrong = [*_twice(self.readers), *_strange_antennas(self)]
        if self.shop.language not in self.shop.languages:
            wrong.append(f"shop.language: `{self.shop.language}` is not among shop.languages")
        if wrong:
            raise ValueError("\n".join(wrong))
        return self


def _twice(readers: tuple[Reader, ...]) -> list[str]:
    names = [reader.name for reader in readers]
    return [
        f"readers[{position}].name: `{name}` is the name of another reader"
        for position, name in enumerate(names)
        if name in names[:position]
    ]


def _strange_antennas(config: StoreConfig) -> list[str]:
    """Antennas of readers nobody has named; a bare port is enough only where there is one reader."""
    known: set[str] = {reader.name for reader in config.readers}
    wrong = []
    for name, room in config.rooms.items():
        for position, antenna in enumerate(room.antennas):
            reader, _, _ = antenna.rpartition("/")
            place = f"rooms.{name}.antennas[{position}]"
            if reader and reader not in known:
                wrong.append(f"{place}: no reader is called `{reader}`{nearest(reader, known)}")
            elif not reader and len(known) > 1:
                wrong.append(f"{place}: write reader/port, there are {len(known)} readers")
    return wrong
