"""Imports a retailer's feed into the store's database: only what changed, in slices; large losses wait for a yes."""

from __future__ import annotations

from kiosk.store.feed_import.importer import FeedImporter, ImportSettings
from kiosk.store.feed_import.limits import ImportLimits
from kiosk.store.feed_import.report import (
    HeldLoss,
    ImportReport,
    KindReport,
    Loss,
    PriceChange,
    Yes,
    revision_of,
)

__all__ = [
    "FeedImporter",
    "HeldLoss",
    "ImportLimits",
    "ImportReport",
    "ImportSettings",
    "KindReport",
    "Loss",
    "PriceChange",
    "Yes",
    "revision_of",
]
