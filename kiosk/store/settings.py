"""Settings of a store: shop, rooms, readers, terminals, timeouts and the paths of its files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kiosk import paths
from kiosk.clock import US
from kiosk.config import StoreConfig
from kiosk.config.alarms import Alarms, Push
from kiosk.config.backup import Backup
from kiosk.config.clues import Clues
from kiosk.config.connectors.connector import Connector
from kiosk.config.connectors.feed_place import feed_folder
from kiosk.config.delivery.rules import delivery_rules
from kiosk.config.events import Events
from kiosk.config.floor_plan import floor_plan_of
from kiosk.config.limits import Limits
from kiosk.config.offers.put_aside import PutAside
from kiosk.config.offers.services import service_kinds
from kiosk.config.sales.sales_out import SalesOut
from kiosk.config.shop import opening_hours, zone_of
from kiosk.config.stands import Stand
from kiosk.config.store import Listen
from kiosk.core.domain.floor.plan import FloorPlan
from kiosk.core.domain.floor.services import USUAL_SERVICES, ServiceKind
from kiosk.core.domain.hours.opening_hours import ALWAYS_OPEN, OpeningHours
from kiosk.core.domain.ids import RoomId
from kiosk.core.domain.promise.rules import DeliveryRules
from kiosk.store.receipt_settings import FiscalSettings as FiscalSettings
from kiosk.store.receipt_settings import (
    IssuerSettings,
    ReceiptSettings,
    fiscal_settings,
    issuer_settings,
    receipt_settings,
    tax_settings,
)
from kiosk.store.receipt_settings import TaxRule as TaxRule
from kiosk.store.receipt_settings import TaxSettings as TaxSettings


@dataclass(frozen=True, slots=True)
class ShopSettings:
    """The shop as shoppers see it. `time_zone` is an IANA name."""

    name: str = "Cheval"
    language: str = "en"
    languages: tuple[str, ...] = ("en", "de")
    currency: str = "EUR"
    time_zone: str = "UTC"
    tax: TaxSettings = field(default_factory=TaxSettings)
    issuer: IssuerSettings = field(default_factory=IssuerSettings)
    """Who gives the receipts."""
    hours: OpeningHours = ALWAYS_OPEN
    """When the shop is open, in its time zone."""
    delivery: DeliveryRules | None = None
    """How paid pieces reach their shopper; None: everything is taken along."""


@dataclass(frozen=True, slots=True)
class RoomSettings:
    """A fitting room: its title for associates, its antennas (`3` or `reader/3`), its payment terminal by name."""

    room: RoomId
    title: str
    antennas: tuple[str, ...] = ()
    terminal: str = ""
    printer: str = ""
    """Its receipt printer by name; empty for none."""


@dataclass(frozen=True, slots=True)
class ReaderSettings:
    """A tag reader by name and URI, e.g. `llrp://10.0.0.7:5084`."""

    name: str
    uri: str


@dataclass(frozen=True, slots=True)
class TerminalSettings:
    """A payment terminal by name and URI, e.g. `sim://127.0.0.1:9100`, and the files beside it."""

    name: str
    uri: str
    key_file: Path | None = None
    ca_file: Path | None = None


@dataclass(frozen=True, slots=True)
class OutfitCategorySettings:
    """What garments of a category are in an outfit: slot and season, each empty for none."""

    category: str
    slot: str
    season: str = ""


@dataclass(frozen=True, slots=True)
class TlsSettings:
    """How the store is reached over TLS: further names in its certificate, and the retailer's certificate and key."""

    names: tuple[str, ...] = ()
    certificate: Path | None = None
    certificate_key: Path | None = None


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Timeouts in microseconds."""

    escalate_us: int = 60 * US
    """An unclaimed request is escalated after this time, and again after twice this time."""
    idle_us: int = 15 * 60 * US
    """A session of an associates' page that nobody uses ends after this time; 0: never."""
    session_us: int = 12 * 3600 * US
    """Longest session of an associate: one working day."""
    present_us: int = 90 * US
    """An associate without an open page counts as present for this time after the last action."""
    lost_mirror_us: int = 300 * US
    """A visit ends by itself when its mirror has had no event stream for this time."""
    proof_us: int = 300 * US
    """How long the shopper may pay with the stored means after her card was proved."""
    first_query_us: int = US // 4
    """Wait before the first query after a lost reply of a terminal; it doubles up to 60 times this (15 s)."""
    sweep_us: int = 60 * US
    """Between two readings of the journal for what has no result; the first wait before a parked one is queried."""
    wait_for_card_us: int = 120 * US
    """How long a terminal waits for the card. Adyen ends a transaction by itself after 120 s."""
    overstay_minutes: int | None = None
    """After which a room is in use unusually long; 0: never, None: by what was measured."""


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """All settings. A path that is None means that the shop does not have it."""

    state: Path
    """State folder: database, ledger, keys, mirror tokens. Created with mode 0700."""
    rooms: tuple[RoomSettings, ...]
    shop: ShopSettings = field(default_factory=ShopSettings)
    host: str = "127.0.0.1"
    port: int = 8080
    tls: TlsSettings | None = None
    """None: plain HTTP."""
    public_url: str = ""
    """URL at which shoppers' phones reach receipts; empty for the store's own address."""
    database: str = ""
    """SQLAlchemy URL; empty means SQLite in the state folder."""
    feeds: Path | None = None
    connectors: Mapping[str, Connector] = field(default_factory=dict)
    max_loss_percent: int = 20
    """How much of a kind a feed may lose without a yes, in percent."""
    max_price_change_percent: int = 40
    """How far a price may move without a yes, in percent."""
    pictures: Path | None = None
    looks_model: Path | None = None
    stylist_looks: Path | None = None
    """A stylist's looks in YAML, in addition to those of the feed."""
    model_key: Path | None = None
    """File of the key that seals looks models; without it every undamaged model is accepted."""
    outfit_categories: tuple[OutfitCategorySettings, ...] = ()
    """What garments of these categories are in an outfit."""
    sizes_model: Path | None = None
    stale_after_days: int = 3
    """Age of the looks model, in days without a successful training run, from which the store warns; 0 for never."""
    day_limit_minor: int | None = None
    """Daily limit of one card for payments with the stored means, in minor units; None for no limit."""
    keys: Path | None = None
    """File of the shop's card keys."""
    company_prefixes: tuple[str, ...] = ()
    """GS1 company prefixes of this shop; tags with other prefixes are ignored. Empty accepts every tag."""
    readers: tuple[ReaderSettings, ...] = ()
    calibration: Path | None = None
    """Calibration file of the rooms, written by `cheval survey` or `python -m hardware calibrate`."""
    site: Path | None = None
    """Site file written by `cheval survey`: signal levels, and reference tags to check daily."""
    terminals: tuple[TerminalSettings, ...] = ()
    min_free_mb: int = 100
    """Free space on the disk of the state folder below which no new order is begun, in MB; 0: never."""
    second_person_above: int | None = None
    """Minor units above which an entry of an associate needs a second one; None: never."""
    ledger_in_database: bool = False
    ledger_timeout_s: int = 5
    """The ledger is in the store's PostgreSQL database; else in a file of the state folder."""
    fiscal: FiscalSettings | None = None
    """The law's cash register; None: the shop's own till registers the sales."""
    receipts: ReceiptSettings = field(default_factory=ReceiptSettings)
    limits: Limits = field(default_factory=Limits)
    """What callers may use of the store."""
    only_paired_devices: bool = True
    """Associates use the store from paired devices and from its own computer only."""
    timeouts: Timeouts = field(default_factory=Timeouts)
    backup: Backup = field(default_factory=Backup)
    alarms: Alarms = field(default_factory=Alarms)
    push: Push = field(default_factory=Push)
    events: Events = field(default_factory=Events)
    sales_out: SalesOut = field(default_factory=SalesOut)
    metrics_token_file: Path | None = None
    clues: Clues = field(default_factory=Clues)
    stands: Mapping[str, Stand] = field(default_factory=dict)
    floor_plan: FloorPlan | None = None
    services: tuple[ServiceKind, ...] = USUAL_SERVICES
    put_aside: PutAside = field(default_factory=PutAside)

    @property
    def database_url(self) -> str:
        return self.database or f"sqlite:///{self.state / 'store.db'}"

    @property
    def ledger_path(self) -> Path:
        return self.state / "ledger.db"

    def room(self, room: RoomId) -> RoomSettings | None:
        """The room of that id."""
        return next((r for r in self.rooms if r.room == room), None)


def settings_of(config: StoreConfig, state: Path | None = None) -> StoreSettings:
    """The settings of a configuration file; `state` overrides its state folder."""
    place = paths.state("store", state or config.state)
    feed = feed_folder(config, place)
    return StoreSettings(
        state=place,
        rooms=tuple(
            RoomSettings(RoomId(name), r.title or name, tuple(r.antennas), r.terminal or "", r.printer or "")
            for name, r in config.rooms.items()
        ),
        shop=ShopSettings(
            config.shop.name, config.shop.language, tuple(config.shop.languages), config.shop.currency,
            zone_of(config.shop), tax_settings(config.shop), issuer_settings(config.receipts.issuer),
            opening_hours(config.shop), delivery_rules(config.delivery, config.shop),
        ),
        host=config.listen.host, port=config.listen.port, tls=_tls_settings(config.listen), events=config.events,
        public_url=config.listen.public_url or "", database=config.database or "",
        feeds=feed, connectors=config.connectors, max_loss_percent=config.catalogue.max_loss_percent,
        max_price_change_percent=config.catalogue.max_price_change_percent,
        pictures=config.catalogue.pictures or (feed / "pictures" if feed else None),
        looks_model=config.recommender.model, stylist_looks=config.recommender.stylist,
        model_key=config.recommender.key_file,
        outfit_categories=tuple(
            OutfitCategorySettings(each.category, each.slot, each.season or "") for each in config.recommender.outfit
        ),
        sizes_model=config.recommender.fit_model, stale_after_days=config.recommender.stale_after_days,
        day_limit_minor=config.cards.day_limit_minor, keys=config.cards.keys_file,
        company_prefixes=tuple(config.catalogue.company_prefixes),
        readers=tuple(ReaderSettings(r.name, r.uri) for r in config.readers), calibration=config.radio.calibration,
        site=config.radio.site, floor_plan=floor_plan_of(config.floor_plan) if config.floor_plan else None,
        terminals=tuple(TerminalSettings(t.name, t.uri, t.key_file, t.ca_file) for t in config.payments.terminals),
        ledger_in_database=config.payments.ledger == "database",
        ledger_timeout_s=config.payments.ledger_timeout_s, min_free_mb=config.payments.min_free_mb,
        second_person_above=config.payments.second_person_above, stands=config.stands,
        fiscal=fiscal_settings(config.fiscal), receipts=receipt_settings(config.receipts), limits=config.limits,
        only_paired_devices=config.associates.sign_in_from == "paired",
        timeouts=Timeouts(
            escalate_us=config.associates.escalate_after_s * US, present_us=config.associates.present_s * US,
            idle_us=config.associates.idle_minutes * 60 * US,
            session_us=config.associates.session_hours * 3600 * US, proof_us=config.cards.proof_s * US,
            overstay_minutes=config.associates.overstay_minutes,
            lost_mirror_us=config.lost_mirror_s * US, wait_for_card_us=config.payments.wait_for_card_s * US,
        ), backup=config.backup, alarms=config.alarms, metrics_token_file=config.metrics.token_file, clues=config.clues,
        services=service_kinds(config.services), push=config.push, put_aside=config.put_aside,
        sales_out=config.sales_out,
    )  # fmt: skip


def _tls_settings(listen: Listen) -> TlsSettings | None:
    own = TlsSettings(listen.names, listen.certificate, listen.certificate_key)
    return own if listen.uses_tls else None
