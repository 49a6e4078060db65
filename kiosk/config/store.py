"""The store's configuration: the shop, its readers and rooms, its catalogue, models and keys."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from kiosk.config.mistakes import nearest
from kiosk.config.types import (
    SCANNER_SCHEMES,
    Currency,
    Key,
    Language,
    Log,
    Name,
    Place,
    Section,
    TimeZone,
    shaped,
    text,
    uri,
)

READER_SCHEMES = ("llrp", "llrps", "impinj+https", "pcsc", *SCANNER_SCHEMES, "replay", "sim")
TERMINAL_SCHEMES = ("sim",)


def _one_decimal(rate: Decimal) -> Decimal:
    if rate != round(rate, 1):
        raise ValueError(f"`{rate}` has more than one decimal")
    return rate


CompanyPrefix = Annotated[
    str,
    BeforeValidator(text),
    shaped(r"[0-9]{6,12}", "a GS1 company prefix: 6 to 12 digits; write it in quotes"),
]


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
    port: Annotated[int, Field(ge=0, le=65535)] = 8075
    """0 takes a free one; the store says which."""
    public_url: Annotated[str, uri("http", "https")] | None = None
    """Under which address a shopper's phone reaches receipts (/r) and the links of cards (/m); the store's own where
    nothing is written."""


class Reader(Section):
    """An RFID reader and how to reach it."""

    name: Key
    uri: Annotated[str, uri(*READER_SCHEMES)]
    """`llrp://HOST` with options such as `?power_dbm=24`; `replay://FILE` plays recorded reads."""


Antenna = Annotated[
    str,
    BeforeValidator(text),
    shaped(
        r"([A-Za-z0-9][A-Za-z0-9_-]{0,39}/)?[1-9][0-9]{0,4}", "an antenna; write reader/port, or the port"
    ),
]


class Room(Section):
    """A fitting room, the antennas that listen in it, and the terminal that stands there."""

    title: str = ""
    """What people call it; its name where nothing is written."""
    antennas: tuple[Antenna, ...] = ()
    terminal: Key | None = None
    """Its payment terminal by name; not needed where the shop has one for all."""


class Radio(Section):
    """What is known of how the rooms sound."""

    calibration: Place | None = None
    """The file of `cheval survey`. Without it rooms are told apart as in any shop."""
    site: Place | None = None
    """The site file of `cheval survey`: with it the reference tags fixed in the rooms are checked once a day."""


class Catalogue(Section):
    """Where styles, prices, stock and pictures come from."""

    feed: Place | None = None
    """Directory with the retailer's files."""
    pictures: Place | None = None
    """Directory the feed's pictures count from."""
    company_prefixes: tuple[CompanyPrefix, ...] = ()
    """GS1 company prefixes of this house; tags of others are nobody's business. None takes every tag."""


class Recommender(Section):
    """The published models, each a directory."""

    model: Place | None = None
    """Looks: the folder in which `cheval train` publishes them, or one trained model. Without it what sells best is
    suggested."""
    fit_model: Place | None = None
    """Sizes. Without it no size is advised."""
    stylist: Place | None = None
    """YAML file of looks that stylists write by hand; taken over when it changes, beside the feed's `looks`."""
    history: Place | None = None
    """The retailer's own events for `cheval train`, beside what this shop sees: a file or a folder of Parquet with
    `basket_id, shopper_id, item_id, at, kind, channel`."""
    key_file: Place | None = None
    """Key that models of looks are sealed with. With it no other model is served."""


class Terminal(Section):
    """A payment terminal; bank cards are read by it alone."""

    name: Key
    uri: Annotated[str, uri(*TERMINAL_SCHEMES)]
    """`sim://HOST:PORT`"""


class Payments(Section):
    """The terminals. Without one the mirror offers the till instead."""

    terminals: tuple[Terminal, ...] = ()
    wait_for_card_s: Annotated[int, Field(ge=10, le=600)] = 120
    """How long a terminal waits for the tap."""


class Cards(Section):
    """The retailer's own cards and rings."""

    keys_file: Place | None = None
    """Master keys of signed cards; readable by the store's user alone."""
    link_base: Annotated[str, uri("http", "https")] | None = None
    """Beginning of the link that `cheval cards enrol` writes to a card, and that must lead to the store's /m; where
    nothing is written it is `listen.public_url` + /m. A card keeps the link of the day it was made."""
    day_limit_minor: Annotated[int, Field(ge=0)] | None = None
    """What one card or ring may pay in a day with the stored means, in minor units of the shop's currency (cents);
    `cheval cards limit` sets another for one card. No limit where nothing is written."""
    proof_s: Annotated[int, Field(ge=30, le=3600)] = 300
    """How long a fresh proof lets its shopper pay with the stored means."""


class Associates(Section):
    """Who answers, and how long nobody is forgotten."""

    escalate_after_s: Annotated[int, Field(ge=5, le=3600)] = 60
    """An unclaimed request goes one step further after this, and again after twice this."""
    session_hours: Annotated[int, Field(ge=1, le=24)] = 12
    """After this an associate signs in anew."""
    present_s: Annotated[int, Field(ge=10, le=3600)] = 90
    """How long an associate without an open page counts as on the floor."""


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
    radio: Radio = Radio()
    catalogue: Catalogue = Catalogue()
    recommender: Recommender = Recommender()
    payments: Payments = Payments()
    cards: Cards = Cards()
    associates: Associates = Associates()
    log: Log = Log()

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        wrong = [
            *_twice("readers", self.readers),
            *_twice("payments.terminals", self.payments.terminals),
            *_strange_antennas(self),
            *_shared_scanners(self),
            *_strange_terminals(self),
        ]
        if self.shop.language not in self.shop.languages:
            wrong.append(f"shop.language: `{self.shop.language}` is not among shop.languages")
        if wrong:
            raise ValueError("\n".join(wrong))
        return self


def _twice(place: str, named: tuple[Reader | Terminal, ...]) -> list[str]:
    names = [one.name for one in named]
    return [
        f"{place}[{position}].name: `{name}` is written twice"
        for position, name in enumerate(names)
        if name in names[:position]
    ]


def _strange_terminals(config: StoreConfig) -> list[str]:
    known = {terminal.name for terminal in config.payments.terminals}
    return [
        f"rooms.{name}.terminal: no terminal is called `{room.terminal}`{nearest(room.terminal, known)}"
        for name, room in config.rooms.items()
        if room.terminal is not None and room.terminal not in known
    ]


def _shared_scanners(config: StoreConfig) -> list[str]:
    """Scanners that stand in two rooms: a piece is in one."""
    scanners = {reader.name for reader in config.readers if urlsplit(reader.uri).scheme in SCANNER_SCHEMES}
    place: dict[str, str] = {}
    wrong = []
    for name, room in config.rooms.items():
        for reader in sorted(scanners & {antenna.rpartition("/")[0] for antenna in room.antennas}):
            first = place.setdefault(reader, name)
            if first != name:
                wrong.append(f"rooms.{name}.antennas: the scanner `{reader}` is in room {first} already")
    return wrong


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
