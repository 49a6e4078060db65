"""Puts housekeeping together: the import of the feed at the start and when it changes, old records, new models."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kiosk.clock import Clocks
from kiosk.store.alterations.alteration_rows import AlterationRows
from kiosk.store.appointments.appointment_book import AppointmentBook
from kiosk.store.asides.aside_rows import AsideRows
from kiosk.store.catalogue import stock_counts
from kiosk.store.customers.book.asked import AskedItems
from kiosk.store.customers.book.entries import ClientBook
from kiosk.store.db.overwriting import overwrite_deleted
from kiosk.store.db.salvage import delete_old_copies
from kiosk.store.feed_import import ImportReport
from kiosk.store.feed_imports import FeedImports
from kiosk.store.file_stamp import FolderStamp
from kiosk.store.floor.request_desk import RequestDesk
from kiosk.store.housekeeping import REQUEST_RETENTION_US, FeedTask, Housekeeping, feed_stamp
from kiosk.store.insights.item_events import ItemEvents
from kiosk.store.payments.promises.address_rows import delete_addresses_before
from kiosk.store.resources import Resources
from kiosk.store.sales_out.state_rows import StateRows
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.staff_desk import delete_log_before

Clock = Callable[[], int]


@dataclass(frozen=True, slots=True)
class FirstImport:
    """The import at the store's start: the folder, its stamp before the import, and whether it need not be repeated."""

    folder: Path
    stamp: FolderStamp
    complete: bool


def first_import(settings: StoreSettings, resources: Resources, clock: Clock) -> FirstImport | None:
    """Imports the feed before the store answers requests; None if there is no feed.

    A feed that cannot be imported does not keep the store from its start: it opens with what it knows.
    """
    if settings.feeds is None:
        return None
    if settings.feeds.is_relative_to(settings.state):
        settings.feeds.mkdir(mode=0o700, exist_ok=True)
    stamp = feed_stamp(settings.feeds)
    report = resources.import_feed(settings.feeds, clock(), alone=True)
    return FirstImport(settings.feeds, stamp, _is_complete(report))


def compose_housekeeping(
    first: FirstImport | None, resources: Resources, imports: FeedImports, requests: RequestDesk,
    item_events: ItemEvents, clocks: Clocks, refresh: Callable[[], object], trusted_us: Clock,
    keep_certificates: Callable[[], object], trim_events: Callable[[int], object], add_up_weeks: Callable[[], object],
) -> Housekeeping:  # fmt: skip
    """The store's housekeeping. `refresh` looks for newly published models, `keep_certificates` renews those of TLS,
    `add_up_weeks` the sums of the insights; `trusted_us`: the time that ages count to; `trim_events` deletes old events
    for other systems."""

    def run(folder: Path) -> bool:
        report = resources.import_feed(folder, clocks.now_us())
        if report is not None:
            imports.imported(report)
        return _is_complete(report)

    def delete_before(requests_before_us: int, item_events_before_us: int) -> None:
        requests.delete_before(requests_before_us)
        delete_log_before(resources.database, requests_before_us)
        StateRows(resources.database).delete_decisions_before(requests_before_us)
        item_events.delete_before(item_events_before_us)
        AskedItems(resources.database).delete_before(requests_before_us)
        ClientBook(resources.database).delete_expired(requests_before_us + REQUEST_RETENTION_US)
        AppointmentBook(resources.database).delete_expired(requests_before_us + REQUEST_RETENTION_US)
        AsideRows(resources.database).delete_before(requests_before_us)
        AlterationRows(resources.database).delete_before(requests_before_us)
        delete_addresses_before(resources.database, requests_before_us)
        trim_events(trusted_us())
        if resources.database.engine.dialect.name == "sqlite":
            # what a feed or a withdrawn consent has deleted leaves the write-ahead log too
            overwrite_deleted(resources.database.engine)

    def delete_movements(before_us: int) -> None:
        with resources.database.writing() as connection:
            stock_counts.delete_movements(connection, before_us)

    feed = None
    if first is not None:
        feed = FeedTask(first.folder, run, resources.importer.accepted, first.stamp, first.complete)
    return Housekeeping(
        feed,
        delete_before=delete_before,
        delete_movements=delete_movements,
        delete_copies=partial(delete_old_copies, str(resources.database.engine.url)),
        reload_models=refresh,
        keep_certificates=keep_certificates,
        add_up_weeks=add_up_weeks,
        now_us=clocks.steady_us,
        trusted_us=trusted_us,
    )


def _is_complete(report: ImportReport | None) -> bool:
    """Whether an import need not be tried again."""
    return report is not None and not report.failed
