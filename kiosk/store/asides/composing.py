"""Builds what puts pieces aside."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from kiosk.clock import Clocks
from kiosk.core.domain.floor.aside import AsideOffer
from kiosk.store.asides.aside_desk import AsideDesk
from kiosk.store.asides.aside_rows import AsideRows
from kiosk.store.asides.keeping import Keeping
from kiosk.store.catalogue.catalogue import Catalogue
from kiosk.store.db.database import Database
from kiosk.store.floor.event_hub import EventHub
from kiosk.store.floor.visits import RoomVisits
from kiosk.store.settings import StoreSettings


def compose_asides(
    settings: StoreSettings, database: Database, catalogue: Catalogue, visits: RoomVisits, hub: EventHub,
    clocks: Clocks, trusted_us: Callable[[], int],
) -> AsideDesk:  # fmt: skip
    """The desk of a store. Raises SQLAlchemyError."""
    zone = ZoneInfo(settings.shop.time_zone)
    return AsideDesk(
        AsideRows(database), visits.floor, catalogue, hub, writer=database.lock,
        keeping=Keeping(settings.shop.hours, zone, settings.put_aside.hours),
        offer=AsideOffer(settings.put_aside.offer), plan=settings.floor_plan,
        require_present=visits.require_not_ended, now_us=clocks.now_us, trusted_us=trusted_us,
        steady_us=clocks.steady_us,
    )  # fmt: skip
