"""The resources that a store keeps open: database, ledger, catalogue, associates; and the import of feeds into them."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from argon2 import PasswordHasher
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from hardware.clock import now_us as steady_us
from hardware.threads.supervised import ThreadState
from kiosk.clock import now_us
from kiosk.core.domain.ids import ArticleId, PieceId, StyleId
from kiosk.store.advice.assortment.index import AssortmentIndex
from kiosk.store.advice.room_outfit import outfit_reader
from kiosk.store.advice.stylist_looks import StylistLooks
from kiosk.store.catalogue.catalogue import Catalogue
from kiosk.store.catalogue.promotion_rules import PromotionRules
from kiosk.store.catalogue.tax_rates import warn_of_classes_without_rate
from kiosk.store.db.database import Database, migrate
from kiosk.store.db.restore_mark import require_restored
from kiosk.store.db.salvage import salvage_if_damaged
from kiosk.store.db.store_hold import StoreHold
from kiosk.store.db.tables import SOLD
from kiosk.store.errors import ImportBusyError, ImportStoppedError
from kiosk.store.feed_import import FeedImporter, ImportLimits, ImportReport, ImportSettings
from kiosk.store.payments.identities import PendingIdentities
from kiosk.store.payments.ledger import Ledger, SqliteLedger
from kiosk.store.payments.ledger.archives import LedgerPlace
from kiosk.store.payments.ledger.chain import ChainKey
from kiosk.store.payments.ledger.heads import DatabaseHead, FileHead, HeadKeeper, HeadStore
from kiosk.store.payments.ledger.opening import open_ledger
from kiosk.store.payments.ledger.sql_ledger import SqlLedger
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.associates import AssociateAccounts
from kiosk.store.staff.tokens import card_mac, store_key

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Resources:
    """The store's open files and what is read through them."""

    hold: StoreHold
    database: Database
    ledger: SqlLedger
    catalogue: Catalogue
    associates: AssociateAccounts
    stylist_looks: StylistLooks
    promotions: PromotionRules
    assortment: AssortmentIndex
    importer: FeedImporter
    mac: Callable[[str], str]
    head_keeper: HeadKeeper
    identities: PendingIdentities
    check_taxes: Callable[[], None]
    """Logs which articles cannot be sold because their tax class has no rate."""

    def close(self) -> None:
        self.importer.stop()
        self.head_keeper.close()
        self.ledger.close()
        self.database.close()
        self.hold.close()

    def thread_states(self) -> tuple[ThreadState, ...]:
        """The states of their threads."""
        return (self.head_keeper.state, *self.hold.thread_states())

    def import_feed(self, folder: Path, now_us: int, *, alone: bool = False) -> ImportReport | None:
        """Imports what has changed in a folder of feeds; None while another import runs or if the store is closed.

        Never raises because of the feed or the database: what is known stays, and the report says what failed.
        `alone`: no request is answered yet.
        """
        try:
            report = self.importer.run(folder, now_us, alone=alone)
            if report.changed:
                with suppress(SQLAlchemyError):
                    self.check_taxes()
            return report
        except (ImportBusyError, ImportStoppedError) as error:
            log.info("feed: %s", error)
            return None


def open_resources(
    settings: StoreSettings, hasher: PasswordHasher | None = None, run_clock: Callable[[], int] = steady_us
) -> Resources:
    """Opens the resources. `run_clock`: as in `AssociateAccounts`.

    Raises StoreHeldError, LedgerBusyError, BackupError, SQLAlchemyError or OSError.
    """
    settings.state.mkdir(mode=0o700, parents=True, exist_ok=True)
    require_restored(settings.state)
    with ExitStack() as opened:
        hold = StoreHold(settings.state, settings.database_url)
        opened.callback(hold.close)
        key = store_key(settings.state)
        salvage_if_damaged(settings.database_url, migrate)
        database = Database(settings.database_url, hold)
        opened.callback(database.close)
        kept = head_store(settings, database)
        ledger = open_ledger(ledger_place(settings), ChainKey(key), kept.read())
        opened.callback(ledger.close)
        if isinstance(ledger, SqliteLedger) and ledger.is_of_earlier_version:
            _take_over_identities(ledger, database)
        catalogue = Catalogue(database)
        assortment = AssortmentIndex(database, outfit_reader(settings.outfit_categories))
        catalogue.listen(assortment.changed)
        identities = PendingIdentities(ledger, now_us)
        catalogue.on_identified(identities.add)
        stylist_looks = StylistLooks(database, settings.stylist_looks)
        promotions = PromotionRules(database, now_us)
        associates = AssociateAccounts(
            database, settings.timeouts.session_us, hasher, settings.limits.sign_in, run_clock
        )

        def mac(uid: str) -> str:
            return card_mac(key, uid)

        def changed(styles: frozenset[str], articles: frozenset[str], kinds: frozenset[str]) -> None:
            catalogue.changed({StyleId(s) for s in styles}, {ArticleId(a) for a in articles})
            if "stock" in kinds:
                # the time of the file is the time of every count that has none of its own
                catalogue.invalidate()
            if "looks" in kinds:
                stylist_looks.invalidate()
            if "promotions" in kinds:
                promotions.invalidate()

        check_taxes = partial(warn_of_classes_without_rate, database, settings.shop.tax)
        check_taxes()
        resources = Resources(
            hold=hold,
            database=database,
            ledger=ledger,
            catalogue=catalogue,
            associates=associates,
            stylist_looks=stylist_looks,
            promotions=promotions,
            assortment=assortment,
            importer=FeedImporter(database, associates, mac, import_settings(settings, key), changed),
            mac=mac,
            head_keeper=HeadKeeper(ledger, kept),
            identities=identities,
            check_taxes=check_taxes,
        )
        opened.pop_all()
    return resources


def head_store(settings: StoreSettings, database: Database) -> HeadStore:
    """Where the head of the ledger is kept: not where the ledger is."""
    return FileHead(settings.state) if settings.ledger_in_database else DatabaseHead(database)


def ledger_place(settings: StoreSettings) -> LedgerPlace:
    """Where the store's ledger is."""
    postgres = settings.database_url if settings.database_url.startswith("postgresql") else ""
    return LedgerPlace(settings.ledger_path, postgres, settings.ledger_in_database, settings.ledger_timeout_s)


def import_settings(settings: StoreSettings, key: bytes) -> ImportSettings:
    """What the import of feeds depends on. `key`: the store's key."""
    return ImportSettings(
        currency=settings.shop.currency,
        zone=ZoneInfo(settings.shop.time_zone),
        key=hmac.digest(key, b"lines of feeds", "sha256"),
        limits=ImportLimits(
            loss_percent=settings.max_loss_percent, price_percent=settings.max_price_change_percent
        ),
        state=settings.state,
    )


def _take_over_identities(ledger: Ledger, database: Database) -> None:
    """Tells a ledger of an earlier version which sold pieces were scanned without serial and identified later."""
    with database.reading() as connection:
        rows = connection.execute(
            select(SOLD.c.ordered_as, SOLD.c.piece).where(SOLD.c.ordered_as != SOLD.c.piece)
        )
        found = [(PieceId(row.ordered_as), PieceId(row.piece)) for row in rows]
    with ledger.transaction():
        for scanned, piece in found:
            ledger.identify(scanned, piece, now_us())
