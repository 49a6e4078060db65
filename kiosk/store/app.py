"""Builds a store from its settings and serves it: the composition root of the store.

Changes come from any thread: tag readers, payments, API requests, housekeeping, the timer (every 0.2 s, `lifecycle`).
Those of rooms and requests are made under `Database.lock`, those of payments under `PaymentServices.lock`. Order of
locks: the radio's, the payments', the rooms', the database's turn; the ledger's and the event hub's are last.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from zoneinfo import ZoneInfo

from argon2 import PasswordHasher
from sqlalchemy.exc import SQLAlchemyError

from hardware.clock import now_us as steady_us
from hardware.regular_files import MAX_KEY_BYTES, read_regular
from kiosk.clock import Clocks, now_us
from kiosk.connectors.payments.port import PaymentTerminal
from kiosk.core.domain.service_request import ServiceRequest
from kiosk.store.advice.learned import LearnedModels
from kiosk.store.advice.model_ranking import ModelRanking, open_ranking
from kiosk.store.advice.model_sizes import ModelSizeSource, open_sizes
from kiosk.store.advice.size_tables import SizeTables
from kiosk.store.advice.suggestions import LookSuggestions
from kiosk.store.alarms.composing import compose_alarms
from kiosk.store.appointments.appointment import ShopDays
from kiosk.store.appointments.appointment_book import AppointmentBook
from kiosk.store.appointments.prepared_visits import PreparedVisits
from kiosk.store.asides.composing import compose_asides
from kiosk.store.catalogue.pictures.opening import open_pictures
from kiosk.store.catalogue.tag_lookup import TagLookup
from kiosk.store.clock.clock_watch import ClockWatch
from kiosk.store.clues.asked_at_mirrors import AskedAtMirrors
from kiosk.store.compose_access import compose_access
from kiosk.store.compose_housekeeping import FirstImport, compose_housekeeping, first_import
from kiosk.store.compose_http import http_of
from kiosk.store.compose_payments import PaymentServices, compose_payments
from kiosk.store.compose_receipts import compose_receipts, open_printers
from kiosk.store.connected.connected_systems import ConnectedSystems
from kiosk.store.customers.book.asked import AskedItems
from kiosk.store.customers.card_authentication import CardAuthentication
from kiosk.store.customers.card_book import CardBook
from kiosk.store.customers.card_keys import CardKeys
from kiosk.store.customers.customers import Customers
from kiosk.store.customers.fit_feedback import FitFeedbackStore
from kiosk.store.errors import StoreError
from kiosk.store.feed_import import ImportReport
from kiosk.store.feed_imports import FEED_CHANGED, FeedImports
from kiosk.store.fleet.composing import compose_fleet
from kiosk.store.floor.dispatch import Dispatch
from kiosk.store.floor.event_hub import FLOOR_TOPIC, EventHub
from kiosk.store.floor.hand_scans import HandScans
from kiosk.store.floor.offers.categories import Categories
from kiosk.store.floor.offers.goods_places import GoodsPlaces
from kiosk.store.floor.offers.service_offer import ServiceOffer
from kiosk.store.floor.open_requests import OpenRequests
from kiosk.store.floor.picking.picking import Picking
from kiosk.store.floor.request_desk import RequestDesk
from kiosk.store.floor.shop_floor import ShopFloor
from kiosk.store.floor.visits import RoomVisits
from kiosk.store.insights.item_events import ItemEvents
from kiosk.store.integrators.composing import compose_events
from kiosk.store.lifecycle import PublicAddress, Store
from kiosk.store.measuring.compose_insights import InsightServices, compose_insights
from kiosk.store.mirror_presence import MirrorPresence
from kiosk.store.payments.spending_limit import SpendingLimit
from kiosk.store.payments.terminals.configured import open_terminals
from kiosk.store.push.bell import ShopFacts
from kiosk.store.push.notifications import Notifications
from kiosk.store.radio.reader_report import REPORT_FILE as READERS
from kiosk.store.radio.reference_tags import REPORT_FILE as REFERENCES
from kiosk.store.radio.room_radio import RoomRadio
from kiosk.store.radio.set_up import RadioSettings
from kiosk.store.resources import Resources, open_resources
from kiosk.store.service import Service
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.devices import DeviceTokens
from kiosk.store.staff.kept_breaks import KeptBreaks

log = logging.getLogger(__name__)
Clock = Callable[[], int]
Terminals = Mapping[str, PaymentTerminal]


def build_store(
    settings: StoreSettings, *, clock: Clock = now_us, terminals: Mapping[str, PaymentTerminal] | None = None,
    hasher: PasswordHasher | None = None, with_http: bool = True, steady: Clock | None = None,
) -> Store:  # fmt: skip
    """Builds a store without starting a thread; `with_http`: also the application that answers HTTP requests.

    `clock` is the time of day, `steady` measures durations: by default the computer's, or `clock` if that is given.

    Raises StoreHeldError, LedgerBusyError, SQLAlchemyError or OSError.
    """
    clocks = Clocks(clock, steady or (steady_us if clock is now_us else clock))
    resources = open_resources(settings, hasher, clocks.of_run())
    try:
        first = first_import(settings, resources, clock)
        opened = open_terminals(settings.terminals) if terminals is None else terminals
        store = _store(settings, resources, clocks, opened, first)
        store.alarms = compose_alarms(settings, store.faults, clocks)
        if with_http:
            store.http = http_of(store)
        return store
    except BaseException:
        resources.close()
        raise


def _store(
    settings: StoreSettings,
    resources: Resources,
    clocks: Clocks,
    terminals: Terminals,
    first: FirstImport | None,
) -> Store:
    clock = clocks.now_us
    hub, item_events = EventHub(resources.database.lock), ItemEvents(resources.database)
    address = PublicAddress(settings.public_url.rstrip("/"))
    open_requests = OpenRequests(ServiceOffer(settings.services).promised)
    tags = TagLookup(resources.catalogue, settings.company_prefixes)
    events = compose_events(settings, resources.database, clocks)
    insights = compose_insights(settings, resources.database, clocks)
    floor = ShopFloor(
        settings, hub=hub, tags=tags, open_requests=open_requests, item_events=item_events,
        writer=resources.database.lock, clocks=clocks, breaks=KeptBreaks(resources.database), note=events.rooms.note,
    )  # fmt: skip
    shown = ShopFacts(floor.staff.breaks, floor.title, resources.associates.clock)
    notifications = Notifications(
        settings, resources.database, shown, clocks, DeviceTokens(settings.state).has
    )
    requests = _request_desk(settings, resources, open_requests, floor, clocks, notifications)
    payments = compose_payments(
        settings, resources, floor, hub, item_events,
        now_us=clock, base_url=lambda: address.url, terminals=terminals, settled=insights.sold,
    )  # fmt: skip
    receipts = compose_receipts(
        settings, hub, payments.receipt_sales, payments.links, open_printers(settings.receipts.printers),
        resources.database, resources.ledger, clocks,
    )  # fmt: skip
    payments.settlement.room_prints = receipts.room_prints
    ranking = _ranking(settings, resources)

    def feed_changed(report: ImportReport | None) -> None:
        if report is not None and report.changed:
            floor.catalogue_changed()
            with suppress(SQLAlchemyError):  # a visit ends all the same
                presence.forget_erased()
        hub.publish(FLOOR_TOPIC, {"is": FEED_CHANGED}, FEED_CHANGED)

    feed = FeedImports(
        resources.importer, resources.database, settings.feeds, settings.state, changed=feed_changed, now_us=clock
    )  # fmt: skip
    service = _service(
        settings, resources, floor, requests, payments, item_events, clocks, ranking, feed, insights
    )
    watch = ClockWatch(clocks, settings.state)
    asides = compose_asides(
        settings, resources.database, resources.catalogue, service.visits, hub, clocks, watch.trusted_us
    )
    presence = MirrorPresence(service, hub, settings.state, settings.timeouts.overstay_minutes)
    radio_settings = RadioSettings(
        readers=settings.readers, rooms=settings.rooms, calibration_file=settings.calibration, site_file=settings.site,
        references_file=settings.state / REFERENCES, report_file=settings.state / READERS, is_ours=tags.is_ours,
    )  # fmt: skip
    radio = RoomRadio(
        radio_settings, floor, service.hand_scans,
        known=resources.catalogue.sold_here, own_codes=resources.catalogue.article_of_code,
    )  # fmt: skip
    access = compose_access(settings, hub, resources.associates, service, clock)

    def trim(trusted_us: int) -> None:
        events.trim(trusted_us)
        notifications.book.delete_before(trusted_us)

    housekeeping = compose_housekeeping(
        first, resources, feed, requests, item_events, clocks, ranking.refresh, watch.trusted_us,
        access.keep_certificates, trim, lambda: insights.keep(watch.trusted_us()),
    )  # fmt: skip
    return Store(
        settings=settings, resources=resources, hub=hub, service=service, presence=presence,
        radio=radio, payments=payments, asides=asides,
        receipts=receipts, insights=insights, address=address, clock=clock, steady=clocks.steady_us, clock_watch=watch,
        housekeeping=housekeeping, access=access, events=events, notifications=notifications,
        connected=ConnectedSystems(settings, clocks),
        fleet=compose_fleet(
            settings, floor, access.devices, payments.terminals.drivers, payments.book.unfinished, clocks
        ),
        pictures=open_pictures(settings.pictures, settings.limits.pictures, settings.state / "pictures"),
        models=LearnedModels(
            ranking, settings.looks_model, settings.sizes_model, settings.stale_after_days, clock,
            sizes_in_use=isinstance(service.sizes, ModelSizeSource),
        ),
    )  # fmt: skip


def _request_desk(
    settings: StoreSettings, resources: Resources, open_requests: OpenRequests, floor: ShopFloor, clocks: Clocks,
    notifications: Notifications,
) -> RequestDesk:  # fmt: skip
    rooms, plan = tuple(room.room for room in settings.rooms), settings.floor_plan
    services = ServiceOffer(settings.services)
    dispatch = Dispatch(floor.staff.on_floor, open_requests, rooms, floor.staff.is_gone, plan, services)

    categories = Categories(resources.catalogue.garment)
    resources.catalogue.listen(categories.changed)
    places = GoodsPlaces(plan, categories, categories.learn) if plan else None
    picking = Picking(floor.staff.on_floor, open_requests, places, clocks.steady_us) if places else None

    asked = AskedAtMirrors(floor, resources.catalogue, AskedItems(resources.database), clocks.now_us)

    def changed(request: ServiceRequest) -> None:
        dispatch.noted(request)
        if picking is not None:
            picking.noted(request)
        floor.request_changed(request)
        asked.noted(request)
        notifications.noted(request)

    desk = RequestDesk(
        resources.database, open_requests, changed, settings.timeouts.escalate_us, clocks, settings.shop.hours,
        zone=ZoneInfo(settings.shop.time_zone), escalation=dispatch, first_asked=picking,
        services=services,
    )  # fmt: skip
    notifications.begin(open_requests.all())
    return desk


def _service(
    settings: StoreSettings, resources: Resources, floor: ShopFloor, requests: RequestDesk,
    payments: PaymentServices, item_events: ItemEvents, clocks: Clocks, ranking: ModelRanking, feed: FeedImports,
    insights: InsightServices,
) -> Service:  # fmt: skip
    clock = clocks.now_us
    customers = Customers(
        resources.database, CardBook(resources.database, resources.mac), CardKeys(settings.keys).now
    )
    size_tables = SizeTables.shipped()
    spending_limit = SpendingLimit(
        customers.book, payments.book, settings.day_limit_minor, settings.shop.time_zone, clock
    )
    prepared = PreparedVisits(
        AppointmentBook(resources.database), resources.catalogue, resources.associates,
        ShopDays(ZoneInfo(settings.shop.time_zone), clock), settings.floor_plan,
    )  # fmt: skip
    return Service(
        floor=floor,
        visits=RoomVisits(
            floor,
            settings.timeouts.proof_us,
            clock,
            clocks.steady_us,
            settings.timeouts.lost_mirror_us,
            insights.visits,
        ),
        requests=requests,
        till=payments.till,
        baskets=payments.baskets,
        spending_limit=spending_limit,
        desk=payments.desk,
        bags=payments.bags,
        catalogue=resources.catalogue,
        customers=customers,
        card_authentication=CardAuthentication(customers, clocks.steady_us),
        alarms=floor.alarms,
        hand_scans=HandScans(floor, clocks.steady_us, resources.catalogue.sold),
        advice=LookSuggestions(
            resources.catalogue,
            resources.assortment,
            ranking,
            resources.stylist_looks,
            clock,
            size_tables,
        ),
        sizes=open_sizes(settings.sizes_model, size_tables),
        fit_feedback_store=FitFeedbackStore(resources.database),
        item_events=item_events,
        feed=feed,
        prepared=prepared,
        writer=resources.database.lock,
        database=resources.database,
        now_us=clock,
    )


def _ranking(settings: StoreSettings, resources: Resources) -> ModelRanking:
    try:
        key = read_regular(settings.model_key, MAX_KEY_BYTES) if settings.model_key else None
    except OSError as error:
        raise StoreError(f"recommender.key_file: {settings.model_key}: {error.strerror}") from error
    ranking = open_ranking(
        settings.looks_model, resources.database, resources.assortment, resources.stylist_looks, key
    )
    ranking.prepare()
    return ranking
