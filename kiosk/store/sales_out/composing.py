"""Puts the destinations of sales documents together."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from kiosk.clock import Clocks
from kiosk.store.db.database import Database
from kiosk.store.payments.ledger.reader import LedgerReader
from kiosk.store.sales_out.delivery import DeliverySource
from kiosk.store.sales_out.destinations import SalesDestinations
from kiosk.store.sales_out.reading import DocumentReader
from kiosk.store.sales_out.state_rows import StateRows
from kiosk.store.settings import StoreSettings


def compose_sales_out(
    settings: StoreSettings, ledger: LedgerReader, database: Database, clocks: Clocks
) -> SalesDestinations:
    """The destinations; nothing is started."""
    source = DeliverySource(DocumentReader(ledger), StateRows(database), clocks)
    return SalesDestinations(settings.sales_out, source, ZoneInfo(settings.shop.time_zone))
