"""Configuration of the store: shop, readers, rooms, catalogue, models, payments, cards, associates."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from kiosk.config.alarms import Alarms, Metrics, Push
from kiosk.config.backup import Backup
from kiosk.config.clues import Clues
from kiosk.config.connectors.connector import Connector
from kiosk.config.delivery.section import Delivery
from kiosk.config.events import Events
from kiosk.config.floor_plan import FloorPlanSection
from kiosk.config.limits import Limits
from kiosk.config.listen import Listen as Listen
from kiosk.config.offers.put_aside import PutAside
from kiosk.config.offers.services import Services
from kiosk.config.receipts import Receipts
from kiosk.config.sales.sales_out import SalesOut
from kiosk.config.shop import Fiscal, Shop
from kiosk.config.stands import Stand
from kiosk.config.types import (
    SCANNER_SCHEMES,
    Key,
    KeyPlace,
    Log,
    MinorUnits,
    Place,
    Section,
    shaped,
    text,
    uri,
    web_address,
    with_port,
)

READER_SCHEMES = (
    "llrp", "llrps", "impinj+https", "impinj+mqtt", "impinj+mqtts", "impinj+hook",
    "zebra+https", "zebra+mqtt", "zebra+mqtts", "zebra+hook", "pcsc", *SCANNER_SCHEMES, "replay", "sim",
)  # fmt: skip
TERMINAL_SCHEMES = ("adyen+https", "attended", "nexo", "sim", "stripe")


CompanyPrefix = Annotated[
    str,
    BeforeValidator(text),
    shaped(r"[0-9]{6,12}", "a GS1 company prefix: 6 to 12 digits; write it in quotes"),
]


class Reader(Section):
    """A tag reader or scanner and its address."""

    name: Key
    uri: Annotated[str, uri(*READER_SCHEMES)]
    """`llrp://HOST` with options such as `?antennas=1,2&power_dbm=24`; `cheval schema addresses` prints every form with
    its options. An unknown option or a wrong value is a mistake."""


def _antenna(given: str) -> str:
    found = re.fullmatch(r"(?:([A-Za-z0-9][A-Za-z0-9_-]{0,39})/)?([0-9]+)", given, re.ASCII)
    if found is None:
        raise ValueError(f"`{given}` is not an antenna; write reader/port, or the port")
    # 16 bits in LLRP (1.1, clause 17.2.1.1); ports are numbered from 1
    port = int(found[2]) if len(found[2]) <= 5 else 0
    if not 1 <= port <= 65535:
        raise ValueError(
            f"`{given}` is not an antenna: ports are numbered from 1 to at most 65535; see the reader's case"
        )
    return f"{found[1]}/{port}" if found[1] else str(port)


Antenna = Annotated[str, BeforeValidator(text), AfterValidator(_antenna)]


class Room(Section):
    """A fitting room, its antennas, and its payment terminal."""

    title: str = ""
    """Name shown to associates. Default: the room's key."""
    antennas: tuple[Antenna, ...] = ()
    """`READER/PORT`, or `PORT` if there is only one reader; ports are numbered from 1. A label scanner or card reader
    has `NAME/1`. An antenna may serve several rooms if `radio.calibration` tells them apart."""
    terminal: Key | None = None
    """Name of its payment terminal; not needed if the shop has only one."""
    printer: Key | None = None
    """Name of its receipt printer (`receipts.printers`), at which its mirror offers to print. Default: none."""


class Radio(Section):
    """Files made by `cheval survey`."""

    calibration: Place | None = None
    """Calibration file. Without it, or if it was made for other rooms, default signal levels are used to tell rooms
    apart."""
    site: Place | None = None
    """Site file. With it, the reference tags in the rooms are checked once a day. Rooms whose antennas have changed
    since the survey are left out."""


class Catalogue(Section):
    """Source of styles, prices, stock and pictures."""

    feed: Place | None = None
    """Directory with the retailer's feed files."""
    pictures: Place | None = None
    """Directory to which picture paths in the feed are relative."""
    company_prefixes: tuple[CompanyPrefix, ...] = ()
    """GS1 company prefixes of this retailer; other tags are ignored. Empty: accept every tag."""
    max_loss_percent: Annotated[int, Field(ge=0, le=100)] = 20
    """How much of a kind (styles, items, stock, looks, associates) a feed may lose without a yes. Up to two rows, or
    one associate, may always go. Shoppers who are gone from the feed are erased at once."""
    max_price_change_percent: Annotated[int, Field(ge=1, le=1000)] = 40
    """How far a price may move up or down without a yes."""


class OutfitCategory(Section):
    """What garments of a category are in an outfit, where its name does not say so."""

    category: Annotated[str, Field(min_length=1, max_length=128)]
    """The category as it is written in the feed; upper and lower case are alike."""
    slot: Literal[
        "dress", "top", "bottom", "outer", "shoes", "accessory", "underwear", "nightwear", "nightwear-top",
        "nightwear-bottom", "dressing-gown", "swimwear", "swimwear-top", "swimwear-bottom", "none",
    ]  # fmt: skip
    """Garments of one slot, other than tops and accessories, complete no outfit together; nor do a dress and a bottom.
    `none` excludes nothing."""
    season: Literal["summer", "winter"] | None = None
    """Garments of different seasons complete no outfit together, unless they are often bought together."""


class Recommender(Section):
    """Recommender models, each a directory."""

    model: Place | None = None
    """Looks: the folder into which `cheval train` publishes models, or one trained model. Without it, stylists' looks
    and best-selling items are suggested."""
    fit_model: Place | None = None
    """Sizes. Without it, a size is advised from the usual size, a label, height and weight, or feedback on the fit."""
    stylist: Place | None = None
    """YAML file with looks written by stylists, in addition to the feed's `looks`; read again when it changes."""
    history: Place | None = None
    """The retailer's own events for `cheval train`, in addition to this shop's: a Parquet file or folder with columns
    `basket_id, shopper_id, item_id, at, kind, channel`."""
    outfit: tuple[OutfitCategory, ...] = ()
    """Categories whose slot in an outfit is not recognised by the words of their names, or wrongly."""
    max_loss_percent: Annotated[int, Field(ge=0, le=100)] = 20
    """How much of the items, events or baskets of the served looks model may be missing or unusable when it is
    retrained. If more is lost, or more of the events name an item that is not in the catalogue, `cheval train`
    refuses the data and the served model stays; `cheval train --accept-loss` accepts a loss that is intended."""
    stale_after_days: Annotated[int, Field(ge=0, le=3650)] = 3
    """The store's health and `cheval doctor` warn if the looks model was last retrained so many days ago. 0: never."""
    key_file: KeyPlace | None = None
    """Key file for sealed looks models. If set, models without a valid seal are not served, and the store does not
    start without the file."""


class Terminal(Section):
    """A payment terminal; only it reads bank cards."""

    name: Key
    uri: Annotated[str, uri(*TERMINAL_SCHEMES)]
    """`attended://NAME` (an associate takes the payment at the shop's own terminal and enters its number),
    `stripe://READER_ID` (Stripe Terminal; `secret_key` in `key_file`), `nexo://HOST/MODEL-SERIAL` (Adyen on the local
    network), `adyen+https://MERCHANT/MODEL-SERIAL` (Adyen's cloud), `sim://HOST:PORT` (simulated)"""
    key_file: KeyPlace | None = None
    """File with the terminal's keys, lines of `NAME: VALUE`, mode 0600. Keys never stand in the address."""
    ca_file: Place | None = None
    """Certificates (PEM) of which the terminal must show one, where its driver uses TLS."""


class Payments(Section):
    """Payment terminals. Without any, the mirror sends the shopper to the till."""

    terminals: tuple[Terminal, ...] = ()
    ledger: Literal["file", "database"] = "file"
    """Where orders, payments and refunds are written: in `ledger.db` of the state directory, or in the store's
    PostgreSQL database (`database`). After a change `cheval ledger reopen` continues the former one."""
    ledger_timeout_s: Annotated[int, Field(ge=1, le=60)] = 5
    """Seconds that the database of the ledger may take for an answer (`ledger: database`). After that payments are
    closed until it answers."""
    wait_for_card_s: Annotated[int, Field(ge=10, le=600)] = 120
    """Seconds that a terminal waits for the card."""
    min_free_mb: Annotated[int, Field(ge=0, le=1_000_000)] = 100
    """Free space in MB on the disk of the state directory below which no new order is begun; what was begun is
    finished. 0: never."""
    second_person_above: MinorUnits | None = None
    """Amount in minor units (cents) above which a payment or refund that an associate enters by hand needs the PIN of a
    second associate. Default: never."""


class Cards(Section):
    """The retailer's own member cards and rings."""

    keys_file: Place | None = None
    """File with the master keys of signed cards; readable by the store's user only."""
    link_base: Annotated[str, uri("http", "https"), web_address] | None = None
    """Start of the link that `cheval cards enrol` writes to a card; it must lead to the store's /m. Default:
    `listen.public_url` + /m. A card keeps the link it was made with."""
    day_limit_minor: MinorUnits | None = None
    """Daily spending limit of a card or ring with stored means of payment, in minor units (cents); `cheval cards limit`
    sets another for one card. Default: no limit."""
    proof_s: Annotated[int, Field(ge=30, le=3600)] = 300
    """Seconds for which a card's proof allows payment with stored means."""


class Associates(Section):
    """Sessions of associates and escalation of requests."""

    escalate_after_s: Annotated[int, Field(ge=5, le=3600)] = 60
    """Seconds after which an unclaimed request escalates; again after twice this time."""
    session_hours: Annotated[int, Field(ge=1, le=24)] = 12
    """Hours after which an associate must sign in again."""
    idle_minutes: Annotated[int, Field(ge=0, le=720)] = 15
    """Minutes without a touch after which the page signs an associate out, because devices are shared. 0: never."""
    sign_in_from: Literal["paired", "any"] = "paired"
    """`paired`: associates sign in on devices that were paired (`cheval pair --device NAME`, or the page of managers),
    and on the store's computer. `any`: on every device that reaches the store."""
    present_s: Annotated[int, Field(ge=10, le=3600)] = 90
    """Seconds for which an associate without an open page counts as present."""
    overstay_minutes: Annotated[int, Field(ge=0, le=480)] | None = None
    """Minutes after which associates see the hint that a room is in use for long. 0: never. Default: longer than 95 %
    of the visits measured in this shop (40 until 100 are measured), and only while all rooms are in use."""


class StoreConfig(Section):
    """All settings of the store."""

    shop: Shop = Shop()
    listen: Listen = Listen()
    state: Place | None = None
    """Directory for persistent files. Default: the user's state directory."""
    database: Annotated[str, uri("sqlite", "postgresql", "postgresql+psycopg"), with_port] | None = None
    """SQLAlchemy URL. Default: an SQLite file in the state directory."""
    readers: tuple[Reader, ...] = ()
    rooms: dict[Key, Room] = Field(default_factory=dict)
    stands: dict[Key, Stand] = Field(default_factory=dict)
    """Card readers at one garment, where a tap buys it (`cheval stand`)."""
    floor_plan: FloorPlanSection | None = None
    """Where rooms, rails and stock are. Without it, rooms are near each other as they are written in `rooms`."""
    services: Services | None = None
    """What a shopper can ask for at the mirror besides garments, in this order; at most six with help, which is always
    offered. Default: help, an alteration, a drink."""
    put_aside: PutAside = PutAside()
    """Pieces that the shop keeps for a shopper until she fetches them."""
    delivery: Delivery = Delivery()
    """How paid pieces reach their shopper: sent, kept for her, or in a bag at the desk."""
    radio: Radio = Radio()
    catalogue: Catalogue = Catalogue()
    connectors: dict[Key, Connector] = Field(default_factory=dict, max_length=4)
    """Systems from which the store reads catalogue and stock by itself (`cheval connect`), by name."""
    recommender: Recommender = Recommender()
    payments: Payments = Payments()
    fiscal: Fiscal | None = None
    receipts: Receipts = Receipts()
    cards: Cards = Cards()
    associates: Associates = Associates()
    lost_mirror_s: Annotated[int, Field(ge=30, le=3600)] = 300
    """Seconds after which a visit ends by itself if its mirror is not connected. It ends at once when the mirror is
    started again. Under an open request it goes on until that is closed, but the shopper is forgotten."""
    limits: Limits = Limits()
    backup: Backup = Backup()
    alarms: Alarms = Alarms()
    push: Push = Push()
    events: Events = Events()
    sales_out: SalesOut = SalesOut()
    metrics: Metrics = Metrics()
    clues: Clues = Clues()
    log: Log = Log()
