"""The resources that a store keeps open: database, ledger, catalogue, associates; and the import of feeds into them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from argon2 import PasswordHasher

from kiosk.connectors.feeds import read_folder
from kiosk.store.advice.assortment.index import AssortmentIndex
from kiosk.store.advice.stylist_looks import StylistLooks
from kiosk.store.catalogue.catalogue import Catalogue
from kiosk.store.catalogue.feed_import import ImportResult, import_feed
from kiosk.store.db.database import Database
from kiosk.store.db.store_hold import StoreHold
from kiosk.store.errors import ImportRefusedError, LedgerDamagedError
from kiosk.store.payments.ledger import Ledger
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.associates import AssociateAccounts
from kiosk.store.staff.tokens import card_mac, store_key

log = logging.getLogger(__name__)
MAX_LOGGED_MISTAKES = 20


@dataclass(frozen=True, slots=True)
class Resources:
    """The store's open files and what is read through them."""

    hold: StoreHold
    database: Database
    ledger: Ledger
    catalogue: Catalogue
    associates: AssociateAccounts
    stylist_looks: StylistLooks
    assortment: AssortmentIndex
    mac: Callable[[str], str]
    payments_closed: bool = False
    """The ledger is damaged: everything but payments works until it is repaired."""

    def close(self) -> None:
        self.ledger.close()
        self.database.close()
        self.hold.close()

    def import_feed(self, folder: Path, now_us: int) -> ImportResult | None:
        """Imports a folder of feeds. Returns None and logs one line if the feed is refused."""
        try:
            feed = read_folder(folder)
        except OSError as error:
            log.warning("feed: catalogue.feed: %s: %s; the catalogue stays as it is", folder, error.strerror)
            return None
        for mistake in feed.mistakes[:MAX_LOGGED_MISTAKES]:
            log.warning("feed: %s", mistake)
        if len(feed.mistakes) > MAX_LOGGED_MISTAKES:
            log.warning("feed: %d more mistakes", len(feed.mistakes) - MAX_LOGGED_MISTAKES)
        try:
            result = import_feed(self.database, feed, self.mac, now_us)
        except ImportRefusedError as refused:
            log.warning("feed refused: %s", refused)
            return None
        if feed.associates is not None:
            self.associates.import_associates(feed.associates)
        self.catalogue.invalidate()
        self.stylist_looks.invalidate()
        self.assortment.rebuild()
        log.info(
            "feed imported: %s", ", ".join(f"{n} {kind}" for kind, n in result.imported.items()) or "nothing"
        )
        return result


def open_resources(settings: StoreSettings, hasher: PasswordHasher | None = None) -> Resources:
    """Opens the resources. Raises StoreHeldError, LedgerBusyError, sqlalchemy.exc.SQLAlchemyError or OSError."""
    settings.state.mkdir(mode=0o700, parents=True, exist_ok=True)
    with ExitStack() as opened:
        hold = StoreHold(settings.state, settings.database_url)
        opened.callback(hold.close)
        key = store_key(settings.state)
        ledger, closed = _ledger(settings.ledger_path)
        opened.callback(ledger.close)
        database = Database(settings.database_url, hold)
        opened.callback(database.close)
        catalogue, assortment = Catalogue(database), AssortmentIndex(database)
        catalogue.listen(assortment.changed)
        resources = Resources(
            hold=hold,
            database=database,
            ledger=ledger,
            catalogue=catalogue,
            associates=AssociateAccounts(database, settings.timeouts.session_us, hasher),
            stylist_looks=StylistLooks(database, settings.stylist_looks),
            assortment=assortment,
            mac=lambda uid: card_mac(key, uid),
            payments_closed=closed,
        )
        opened.pop_all()
    return resources


def _ledger(path: Path) -> tuple[Ledger, bool]:
    """The ledger; or an empty one in memory and True if it is damaged, so that mirrors work without payments."""
    try:
        return Ledger(path), False
    except LedgerDamagedError as damaged:
        log.error("%s", damaged)
        return Ledger(None), True
