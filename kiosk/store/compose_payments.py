"""Puts the payment services of a store together: context, settlement, collector, till, refunds, desk."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.exc import SQLAlchemyError

from hardware.threads.supervised import ThreadState
from kiosk.clock import US, Clocks, monotonic_us
from kiosk.connectors.fiscal.port import FiscalRegister
from kiosk.connectors.payments.port import PaymentTerminal
from kiosk.core.domain.ids import RoomId
from kiosk.core.domain.payment import Order
from kiosk.store.errors import PaymentsClosedError
from kiosk.store.floor.event_hub import EventHub
from kiosk.store.floor.shop_floor import ShopFloor
from kiosk.store.insights.item_events import ItemEvents
from kiosk.store.payments.attended.attended_desk import AttendedDesk
from kiosk.store.payments.bagging.bag_book import BagBook
from kiosk.store.payments.collector import PaymentCollector
from kiosk.store.payments.context import PaymentContext, ShopTerminals
from kiosk.store.payments.desk import PaymentDesk
from kiosk.store.payments.exchange.exchanges import Exchanges
from kiosk.store.payments.fiscal.configured import open_register_of, queue_of
from kiosk.store.payments.fiscal.fiscal_book import FiscalBook
from kiosk.store.payments.fiscal.fiscal_queue import FiscalQueue
from kiosk.store.payments.follow_ups import FollowUps
from kiosk.store.payments.identities import PendingIdentities
from kiosk.store.payments.ledger import Condition, LedgerState
from kiosk.store.payments.order_book import OrderBook
from kiosk.store.payments.pricing.basket_prices import BasketPrices
from kiosk.store.payments.pricing.order_prices import OrderPrices
from kiosk.store.payments.promises.address_rows import AddressRows
from kiosk.store.payments.promises.parcel_desk import ParcelDesk, parcel_desk
from kiosk.store.payments.receipts.links import ReceiptLinks
from kiosk.store.payments.receipts.sales import ReceiptSales
from kiosk.store.payments.refund_book import RefundBook
from kiosk.store.payments.refund_service import RefundService
from kiosk.store.payments.restocking import Restocking
from kiosk.store.payments.sales_events import SalesEvents
from kiosk.store.payments.settlement import Settlement
from kiosk.store.payments.sold_pieces import SoldPieces
from kiosk.store.payments.space.disk_floor import DiskFloor
from kiosk.store.payments.sweep import Sweep
from kiosk.store.payments.taken_back.take_backs import TakeBacks
from kiosk.store.payments.tasks import DeskTasks
from kiosk.store.payments.terminal_worker import TerminalWorker
from kiosk.store.payments.terminals.terminal_desk import TerminalDesk
from kiosk.store.payments.till import Till
from kiosk.store.payments.transactions.confirmation import Confirmations
from kiosk.store.payments.transactions.late_entries import LateEntries
from kiosk.store.payments.transactions.payments import PaymentTransactions
from kiosk.store.payments.transactions.refunds import RefundTransactions
from kiosk.store.resources import Resources
from kiosk.store.sales_out.composing import compose_sales_out
from kiosk.store.sales_out.destinations import SalesDestinations
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.tokens import store_key

CHECKED_EACH_TIME = 200
"""Entries of the ledger that are checked at each tick (0.2 s), in some 2 ms."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentServices:
    """The payment services of a store, resumed, ticked and closed together.

    `lock`: every change of a payment is made under it. Lock order: this one, then that of the rooms' state.
    """

    lock: AbstractContextManager[Any]
    identities: PendingIdentities
    disk: DiskFloor
    book: OrderBook
    settlement: Settlement
    late_entries: LateEntries
    collector: PaymentCollector
    till: Till
    baskets: BasketPrices
    restocking: Restocking
    take_backs: TakeBacks
    refunds: RefundService
    exchanges: Exchanges
    follow_ups: FollowUps
    sweep: Sweep
    terminals: ShopTerminals
    tasks: DeskTasks
    desk: PaymentDesk
    attended: AttendedDesk
    confirmations: Confirmations
    terminal_desk: TerminalDesk
    bags: BagBook
    parcels: ParcelDesk
    receipt_sales: ReceiptSales
    links: ReceiptLinks
    sales_out: SalesDestinations
    fiscal: FiscalQueue | None = None
    """Registers sales at the law's cash register; None if none is configured."""

    def resume(self) -> None:
        """After a start: finishes what the last run left and queries every transaction with an unknown result.

        While the ledger takes no entries, only what terminals still wait for is cancelled.
        """
        self.bags.resume()
        self.sales_out.start()
        if self.book.ledger.state.closed:
            log.error("payments are closed; what is open stays as it is until the ledger is repaired")
            self.sweep.start()
            return
        self.take_backs.resume()
        self.settlement.resume()
        self.exchanges.resume()
        self.restocking.resume()
        if self.fiscal is not None:
            self.fiscal.start()
        self.parcels.start()
        for worker in self._workers:
            count = worker.resume()
            if count:
                log.warning(
                    "%d %s(s) were open when the store stopped; their terminals are queried",
                    count,
                    worker.kind,
                )
        self.sweep.start()

    def finish_pending(self) -> None:
        """Marks as sold and restocks what the database has not accepted yet, and checks some entries of the ledger."""
        self.disk.look()
        self.bags.tick()
        ledger = self.book.ledger
        self.sales_out.wake(ledger.head.seq)
        with self.lock:
            self.identities.write()
        if self.ledger_state().condition in (Condition.OK, Condition.REMOVED):
            self.late_entries.take()
            self.settlement.settle_pending()
            self.exchanges.settle_pending()
            self.restocking.restock_pending()
            self.take_backs.return_pending()
            if self.fiscal is not None:
                self.fiscal.wake()
            ledger.check_some(CHECKED_EACH_TIME)

    def ledger_state(self) -> LedgerState:
        """The ledger's condition now; asks whether it is still there."""
        with suppress(PaymentsClosedError, SQLAlchemyError):
            self.book.ledger.check()
        return self.book.ledger.state

    def close(self) -> None:
        """Ends the workers; unknown results stay in the ledger for the next start."""
        self.parcels.close()
        for worker in self._workers:
            worker.stop()
        self.terminals.close()
        self.sweep.close()
        for worker in self._workers:
            worker.join()
        if self.fiscal is not None:
            self.fiscal.close()
        self.sales_out.close()

    def thread_states(self) -> tuple[ThreadState, ...]:
        """The states of their threads."""
        of_fiscal = (self.fiscal.state,) if self.fiscal is not None else ()
        return (self.sweep.state, self.parcels.state, *of_fiscal, *self.sales_out.thread_states())

    @property
    def _workers(self) -> tuple[TerminalWorker[Any], ...]:
        return self.collector.worker, self.refunds.worker, self.follow_ups.worker


def compose_payments(
    settings: StoreSettings, resources: Resources, floor: ShopFloor, hub: EventHub, item_events: ItemEvents, *,
    now_us: Callable[[], int], base_url: Callable[[], str], terminals: Mapping[str, PaymentTerminal],
    register: FiscalRegister | None = None, settled: Callable[[Order], None] = lambda _order: None,
) -> PaymentServices:  # fmt: skip
    """The payment services; nothing is started. `base_url` gives the address under which receipts are reached.

    `register`: the law's cash register; by default the configured one. `settled` is called for each order that is
    settled.
    """
    of_room = {room.room: room.terminal for room in settings.rooms}
    of_room |= {RoomId(name): stand.terminal or "" for name, stand in settings.stands.items()}
    writer = resources.database.new_lock()
    context = PaymentContext(
        book=OrderBook(resources.ledger, resources.catalogue.identity),
        refund_book=RefundBook(resources.ledger),
        terminals=ShopTerminals(terminals, of_room),
        hub=hub,
        writer=writer,
        now_us=now_us,
        timeouts=settings.timeouts,
        give_way=writer.give_way,
        is_busy=lambda: writer.is_busy,
        until_quiet=writer.until_quiet,
    )
    catalogue = resources.catalogue
    sales = SalesEvents(catalogue, floor, item_events, now_us)
    sales.sold = settled
    bags = BagBook(context, resources.ledger, floor.bags)
    sales.paid, sales.pieces_changed = bags.paid, bags.pieces_changed
    links = ReceiptLinks(base_url, now_us, settings.receipts.link_days)
    settlement = Settlement(context, catalogue, sales, base_url, links)
    sold = SoldPieces(resources.database, catalogue, context.book, context.refund_book)
    take_backs = TakeBacks(context, sold, sales)
    settlement.returned_first = take_backs.return_pending
    sold.marked_first = settlement.settle_put_off
    attempts = PaymentTransactions(context, settlement, take_backs)
    timeouts = settings.timeouts
    sweep = Sweep(timeouts.first_query_us / US, timeouts.sweep_us / US)
    collector = PaymentCollector(context, attempts, sweep)
    follow_ups = FollowUps(context, attempts, sweep)
    floor_of_disk = DiskFloor(settings.state, settings.min_free_mb)
    prices = OrderPrices(settings.shop, catalogue, resources.promotions.all, now_us)
    till = Till(
        context, settings.shop, catalogue, prices, collector, settlement, resources.identities, floor_of_disk
    )
    restocking = Restocking(context, sold, sales)
    paid_back = RefundTransactions(context, attempts, restocking)
    refunds = RefundService(
        context,
        paid_back,
        sold,
        attempts,
        collector.worker.ask,
        sweep,
    )
    exchanges = Exchanges(context, catalogue, till, sold, sales, refunds)
    tasks = DeskTasks(context, floor, follow_ups)
    take_backs.on_paid_out = tasks.paid_out
    settlement.on_foreign_sale = exchanges.on_foreign_sale = tasks.foreign_sale
    fiscal_book = FiscalBook(context.book, context.refund_book, settings.shop.language)
    register = register or open_register_of(settings.fiscal)
    receipt_sales = ReceiptSales(context.book, context.refund_book, fiscal_book.shown_on)
    desk = PaymentDesk(
        context, floor, till, collector, refunds, follow_ups, tasks, exchanges, receipt_sales, links
    )
    attended = AttendedDesk(
        context, floor, resources.associates, second_person_above=settings.second_person_above,
        query=desk.query, zone=ZoneInfo(settings.shop.time_zone),
    )  # fmt: skip
    desk.answers.attended_word, desk.needs_second = attended.word, attended.needs_second
    fiscal = queue_of(fiscal_book, register, settings.fiscal, now_us)
    addresses = AddressRows(resources.database, store_key(settings.state))
    parcels = parcel_desk(context, addresses, settings.shop.delivery, refunds.begin)
    sales.paid = parcels.after(bags.paid)
    return PaymentServices(
        lock=context.writer,
        identities=resources.identities,
        disk=floor_of_disk,
        book=context.book,
        settlement=settlement,
        late_entries=LateEntries(context, settlement, sales, take_backs),
        collector=collector,
        till=till,
        baskets=BasketPrices(floor, prices, now_us, resources.database.lock),
        restocking=restocking,
        take_backs=take_backs,
        refunds=refunds,
        exchanges=exchanges,
        follow_ups=follow_ups,
        sweep=sweep,
        terminals=context.terminals,
        tasks=tasks,
        desk=desk,
        bags=bags,
        parcels=parcels,
        receipt_sales=receipt_sales,
        links=links,
        confirmations=Confirmations(context, attempts, paid_back, follow_ups.transactions),
        terminal_desk=TerminalDesk(context, collector, settings.shop.currency),
        attended=attended,
        sales_out=compose_sales_out(
            settings, resources.ledger, resources.database, Clocks(now_us, monotonic_us)
        ),
        fiscal=fiscal,
    )
