"""Puts the events for other systems together: the log, its streams, who may read them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy.exc import SQLAlchemyError

from kiosk.clock import US, Clocks
from kiosk.store.db.database import Database
from kiosk.store.event_log.feed import EventFeed
from kiosk.store.event_log.room_log import RoomLog
from kiosk.store.event_log.trimming import trim
from kiosk.store.integrators.accounts import Integrators
from kiosk.store.integrators.digital_link import DigitalLinks
from kiosk.store.integrators.hooks.delivery import HookSource
from kiosk.store.integrators.hooks.hook_rows import HookRows
from kiosk.store.integrators.hooks.web_hooks import WebHooks
from kiosk.store.integrators.streams import LogStreams
from kiosk.store.settings import StoreSettings

DEAD_LETTER_DAYS: Final = 30
_DAY_US: Final = 86_400 * US


@dataclass(frozen=True, slots=True)
class EventServices:
    """The log of events and its readers. `zone`: the shop's."""

    settings: StoreSettings
    database: Database
    feed: EventFeed
    rooms: RoomLog
    integrators: Integrators
    streams: LogStreams
    links: DigitalLinks
    hooks: WebHooks
    hook_rows: HookRows
    zone: ZoneInfo
    now_us: Callable[[], int]

    def tick(self) -> None:
        """Writes and publishes what happened since the last tick. Raises SQLAlchemyError."""
        self.rooms.write()
        self.feed.publish()

    def trim(self, trusted_us: int) -> None:
        """Deletes old events. Raises SQLAlchemyError."""
        kept = self.settings.events
        trim(self.database, trusted_us - kept.keep_days * _DAY_US, kept.max_events)
        self.hooks.clean()
        self.hook_rows.delete_dead_before(trusted_us - DEAD_LETTER_DAYS * _DAY_US)

    def close(self) -> None:
        """Ends the streams; writes what waits, if the database takes it."""
        self.hooks.close()
        self.streams.close()
        with suppress(SQLAlchemyError):
            self.tick()


def compose_events(settings: StoreSettings, database: Database, clocks: Clocks) -> EventServices:
    """The services; nothing is started. Raises SQLAlchemyError, OSError."""
    feed = EventFeed(database, settings.state)
    links = DigitalLinks(settings.events.digital_link.rstrip("/"), settings.events.gln or "")
    streams = LogStreams(feed, links)
    rows = HookRows(database)
    return EventServices(
        settings=settings, database=database, feed=feed, rooms=RoomLog(database, clocks, feed.renew),
        integrators=Integrators(database, clocks.now_us, streams.end), streams=streams, links=links,
        hooks=WebHooks(settings.events, HookSource(feed, rows, links, clocks)), hook_rows=rows,
        zone=ZoneInfo(settings.shop.time_zone), now_us=clocks.now_us,
    )  # fmt: skip
