"""Puts the routes of a store together: the HTTP application."""

from __future__ import annotations

from fastapi import FastAPI

from kiosk.clock import Clocks
from kiosk.connectors.clues.json_lines import JsonLineRecords
from kiosk.core.domain.ids import AssociateId
from kiosk.store.advice.associate_looks import AssociateLooks
from kiosk.store.alterations.alteration_desk import AlterationDesk
from kiosk.store.alterations.alteration_rows import AlterationRows
from kiosk.store.api.administration.backup_routes import backup_router
from kiosk.store.api.administration.ledger_routes import ledger_router
from kiosk.store.api.administration.member_routes import member_router
from kiosk.store.api.administration.pairing_links import PairingLinks
from kiosk.store.api.administration.pairing_routes import pairing_router
from kiosk.store.api.administration.staff_routes import staff_router
from kiosk.store.api.alterations.alteration_routes import alteration_router
from kiosk.store.api.appointments.appointment_routes import appointment_router
from kiosk.store.api.appointments.card_routes import appointment_card_router
from kiosk.store.api.asides.aside_routes import aside_router, mirror_aside_router
from kiosk.store.api.auth import AdministratorAuth, AssociateAuth, LocalAuth, MirrorAuth
from kiosk.store.api.cards_routes import cards_router
from kiosk.store.api.clues.book_routes import book_router
from kiosk.store.api.clues.clue_routes import clue_router
from kiosk.store.api.delivery.mirror_delivery_routes import mirror_delivery_router
from kiosk.store.api.delivery.parcel_routes import parcel_router
from kiosk.store.api.desk_routes import desk_router
from kiosk.store.api.feed_routes import feed_router
from kiosk.store.api.floor_routes import floor_router
from kiosk.store.api.health.fleet_routes import fleet_router
from kiosk.store.api.health.health_routes import KnownCallers, health_router, status_router
from kiosk.store.api.health.metrics_route import metrics_router
from kiosk.store.api.http import build_http_app
from kiosk.store.api.insights.insight_routes import insights_router
from kiosk.store.api.insights.page_route import insights_page_router
from kiosk.store.api.integrators.admin_routes import integrator_router
from kiosk.store.api.integrators.event_routes import event_router
from kiosk.store.api.integrators.hook_routes import hook_router
from kiosk.store.api.links_routes import links_router
from kiosk.store.api.messages.message_routes import message_router, mirror_message_router
from kiosk.store.api.mirror_routes import mirror_router
from kiosk.store.api.picking.pick_routes import pick_router
from kiosk.store.api.products.product_routes import product_router
from kiosk.store.api.public_routes import public_router
from kiosk.store.api.push.push_routes import push_router
from kiosk.store.api.receipts.desk_receipt_routes import desk_receipt_router
from kiosk.store.api.receipts.link_routes import receipt_link_router
from kiosk.store.api.receipts.mirror_print_route import mirror_print_router
from kiosk.store.api.sales_out.sales_out_routes import sales_out_router
from kiosk.store.api.stands.stand_routes import stand_router
from kiosk.store.api.stockroom.stockroom_routes import stockroom_router
from kiosk.store.api.terminals.terminal_routes import terminal_router
from kiosk.store.appointments.appointment_desk import AppointmentDesk
from kiosk.store.appointments.card_desk import CardDesk
from kiosk.store.backup.snapshot_job import SnapshotJob
from kiosk.store.clues.composing import compose_clues
from kiosk.store.clues.sentiment.calibration_file import WrittenOpinions
from kiosk.store.compose_members import compose_members
from kiosk.store.customers.card_authentication import CardAuthentication
from kiosk.store.floor.messages.room_messages import RoomMessages
from kiosk.store.lifecycle import Store
from kiosk.store.lookup.product_search import ProductSearch
from kiosk.store.measuring.measured_advice import MeasuredAdvice
from kiosk.store.pages.page_files import PageFiles
from kiosk.store.payments.promises.promised_delivery import PromisedDelivery
from kiosk.store.payments.refund_book import RefundBook
from kiosk.store.payments.stands.earlier_taps import EarlierTaps
from kiosk.store.payments.stands.stand_desk import StandDesk
from kiosk.store.payments.stands.stand_sales import StandSales
from kiosk.store.privacy.ended_rights import EndedRights
from kiosk.store.staff.staff_desk import StaffDesk
from kiosk.version import VERSION


def http_of(store: Store, files: PageFiles | None = None) -> FastAPI:
    """The application of a built store. `files`: of the associates' page, by default those of this program."""
    service, associates = store.service, store.resources.associates
    mirror = MirrorAuth(store.access.devices, store.settings.stands)
    associate = AssociateAuth(associates, service.floor, store.access.page_devices, store.access.idle)
    administrator = AdministratorAuth(associate, store.local_access)
    ended = EndedRights(store.settings.state, store.clock)

    known = store.settings.clues
    clues = compose_clues(
        store.resources.database, store.resources.catalogue, associates, service.visits,
        (JsonLineRecords(known.records),) if known.records else (), WrittenOpinions(known.sentiment),
    )  # fmt: skip

    prepared = service.prepared
    appointments = AppointmentDesk(
        prepared.book, prepared, prepared.days, service.floor, store.hub, service.writer
    )

    def gone(who: AssociateId) -> None:
        service.floor.staff.left(who)
        clues.book.left(who)
        appointments.left(who)
        ended.person(who)

    advice = MeasuredAdvice(service, store.insights.trial, store.insights.advice)
    messages = RoomMessages(
        service.floor, service.catalogue.garment, service.writer, Clocks(store.clock, store.steady),
        store.presence.messages.tick,
    )  # fmt: skip
    alterations = AlterationDesk(
        AlterationRows(store.resources.database), service.floor, service.requests.open_requests, store.hub,
        store.settings.shop, service.writer, store.clock,
    )  # fmt: skip
    associate_looks = AssociateLooks(service.floor, service.catalogue, service.customers, service.advice)

    routers = [
        mirror_router(service, store.presence, advice, mirror, store.hub),
        mirror_message_router(messages, mirror),
        cards_router(service, mirror),
        stand_router(_stands(store), mirror),
        desk_router(service.desk, store.payments.attended, associate),
        floor_router(
            service,
            associates,
            associate,
            store.hub,
            store.settings.limits.sign_in,
        ),
        pick_router(service.requests.first_asked, associate, service.writer),
        push_router(store.notifications, associate),
        stockroom_router(service.floor.stockroom.snapshot, associate, store.hub),
        product_router(ProductSearch(store.resources.database, store.resources.catalogue), associate),
        message_router(messages, associate_looks, advice, associate),
        clue_router(clues.clues, clues.book, associate),
        book_router(clues.book, associate),
        appointment_router(appointments, associate),
        appointment_card_router(
            CardDesk(
                service.customers,
                prepared.book,
                prepared.days,
                service.floor,
                service.writer,
                store.hub,
                store.asides.of_member,
            ),
            associate,
        ),
        mirror_aside_router(store.asides, mirror),
        mirror_delivery_router(PromisedDelivery(service.till, service.visits, store.clock), mirror),
        aside_router(store.asides, associate),
        parcel_router(store.payments.parcels, associate),
        alteration_router(alterations, associate),
        feed_router(service, administrator),
        ledger_router(
            store.resources.ledger,
            store.payments.confirmations,
            administrator,
        ),
        backup_router(
            SnapshotJob(store.resources.ledger, store.settings.database_url, store.settings.state),
            LocalAuth(store.local_access),
        ),
        insights_router(
            store.insights.tables,
            store.insights.trials,
            store.models,
            administrator,
            store.settings.shop.language,
            store.clock,
        ),
        insights_page_router(
            store.insights.tables, store.insights.trials, associate, store.settings.shop, store.clock
        ),
        event_router(store.events),
        integrator_router(store.events.integrators, store.events.streams, administrator),
        hook_router(store.events.hooks, administrator),
        sales_out_router(store.payments.sales_out, store.clock, administrator),
        links_router(service.customers, store.settings.shop, store.clock, store.steady),
        member_router(compose_members(store.settings, store.resources, service, store.clock), associate),
        terminal_router(store.payments.terminal_desk, administrator),
        pairing_router(
            store.access.pairing,
            store.access.devices,
            PairingLinks(store.access.root),
            (*(str(room.room) for room in store.settings.rooms), *store.settings.stands),
            administrator,
        ),
        staff_router(
            StaffDesk(
                store.resources.database,
                associates.checks,
                store.clock,
                gone=gone,
                signed_out=service.floor.staff.left,
            ),
            administrator,
            service.floor.staff.breaks,
        ),
        public_router(store.settings.shop, store.pictures, store.settings.services, files),
        health_router(
            store.health,
            KnownCallers(store.access.devices, associate, LocalAuth(store.local_access)),
        ),
        status_router(store.fleet.reports, store.fleet.stand_reports, mirror),
        fleet_router(store.fleet, store.health, store.clock, associate),
        metrics_router(store.fleet, store.health, store.settings.metrics_token_file),
        mirror_print_router(service, store.receipts.printing, store.receipts.sales, mirror),
        desk_receipt_router(store.receipts.desk, associate),
        receipt_link_router(store.settings.shop, store.receipts.desk, store.steady),
    ]
    return build_http_app(routers, VERSION)


def _stands(store: Store) -> StandDesk:
    """The taps at the stands. They have dialogues of their own: a name may be that of a room in an old token."""
    service, book, clocks = store.service, store.payments.book, Clocks(store.clock, store.steady)
    sales = StandSales(
        store.settings.stands, service.till, book, service.spending_limit, service.customers,
        service.catalogue, EarlierTaps(book, RefundBook(book.ledger), service.spending_limit, clocks),
    )  # fmt: skip
    return StandDesk(
        sales, service.customers, CardAuthentication(service.customers, store.steady),
        service.floor.stands, service.alarms, service.writer, store.clock,
    )  # fmt: skip
