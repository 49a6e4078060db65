"""Imports feeds into a test's database, as the store does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from kiosk.store.db.database import Database
from kiosk.store.feed_import import FeedImporter, ImportReport, ImportSettings
from kiosk.store.staff.associates import AssociateAccounts
from tests.kiosk.store.sample_shop import CHEAP, START_US


def plain_mac(uid: str) -> str:
    """A stand-in for the keyed hash of a card's UID."""
    return f"mac-{uid}"


def importer_of(database: Database, mac: Callable[[str], str] = plain_mac, **settings: Any) -> FeedImporter:
    """An importer of the sample shop."""
    accounts = AssociateAccounts(database, 10**12, CHEAP)
    return FeedImporter(
        database, accounts, mac, ImportSettings(**{"currency": "EUR", "key": b"test", **settings})
    )


def take(
    database: Database, folder: Path, now_us: int = START_US, mac: Callable[[str], str] = plain_mac
) -> ImportReport:
    """Imports a folder."""
    return importer_of(database, mac).run(folder, now_us, alone=True)
