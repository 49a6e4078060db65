"""Puts the services of receipts together: printers and e-mail."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from hardware.threads.supervised import ThreadState
from kiosk.clock import Clocks
from kiosk.connectors.messages.port import MailSender, NoMailDriverError
from kiosk.connectors.messages.smtp import MailAccount, SmtpSender
from kiosk.connectors.printers.drivers import open_printer
from kiosk.connectors.printers.port import NoPrinterDriverError, ReceiptPrinter
from kiosk.core.domain.ids import RoomId
from kiosk.core.visit.events import ReceiptPrintChanged
from kiosk.store.db.database import Database
from kiosk.store.floor.event_hub import EventHub, room_topic
from kiosk.store.payments.ledger import Ledger
from kiosk.store.payments.receipts.links import ReceiptLinks
from kiosk.store.payments.receipts.numbers import receipt_numbered
from kiosk.store.payments.receipts.sales import ReceiptSales
from kiosk.store.receipt_settings import MailSettings, PrinterSettings
from kiosk.store.receipts.outbox import MailOutbox
from kiosk.store.receipts.outbox_table import OutboxTable
from kiosk.store.receipts.print_desk import Print, PrintDesk
from kiosk.store.receipts.receipt_desk import ReceiptDesk
from kiosk.store.receipts.sealing import AddressSeal
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.tokens import store_key

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ReceiptServices:
    """The services of receipts, started and closed together."""

    sales: ReceiptSales
    links: ReceiptLinks
    printing: PrintDesk
    desk: ReceiptDesk
    mail: MailOutbox | None
    """None if no mail server is configured."""

    def start(self) -> None:
        self.printing.start()
        if self.mail is not None:
            self.mail.start()

    def close(self) -> None:
        self.printing.close()
        if self.mail is not None:
            self.mail.close()

    def thread_states(self) -> tuple[ThreadState, ...]:
        """The states of their threads."""
        return (*self.printing.states, *((self.mail.state,) if self.mail is not None else ()))

    def room_prints(self, room: RoomId) -> bool:
        """Whether a shopper in this room can have her receipt printed."""
        return bool(self.printing.printer_of(room))


def compose_receipts(
    settings: StoreSettings, hub: EventHub, sales: ReceiptSales, links: ReceiptLinks,
    printers: Mapping[str, ReceiptPrinter], database: Database, ledger: Ledger, clocks: Clocks,
) -> ReceiptServices:  # fmt: skip
    """The services; nothing is started."""
    of_room = {room.room: room.printer for room in settings.rooms}
    printing = PrintDesk(printers, of_room, sales, links, settings.shop)

    def changed(ended: Print) -> None:
        sale = sales.of_order(ended.order_id)
        event = ReceiptPrintChanged(sale.receipt.at_us, sale.order.ticket, ended.order_id, ended.state)
        hub.publish(room_topic(sale.order.room), event)

    printing.on_change = changed
    sender, mail = open_mail(settings.receipts.mail), None
    if sender is not None:
        seal = AddressSeal(store_key(settings.state))
        mail = MailOutbox(OutboxTable(database), seal, sender, sales, links, settings.shop, clocks.of_run())
    desk = ReceiptDesk(sales, links, printing, mail, partial(receipt_numbered, ledger))
    return ReceiptServices(sales, links, printing, desk, mail)


def open_mail(configured: MailSettings | None) -> MailSender | None:
    """The configured mail server; None, with a warning, for one that cannot be used."""
    if configured is None:
        return None
    try:
        return SmtpSender(mail_account(configured))
    except NoMailDriverError as error:
        log.warning("receipts are not sent by e-mail: %s", error)
        return None


def mail_account(configured: MailSettings) -> MailAccount:
    """The settings as the driver takes them."""
    return MailAccount(
        configured.uri, configured.sender, configured.user, configured.key_file, configured.ca_file
    )


def open_printers(configured: Sequence[PrinterSettings]) -> dict[str, ReceiptPrinter]:
    """The configured printers by name; one that cannot be used is left out with a warning."""
    opened = {}
    for printer in configured:
        try:
            opened[printer.name] = open_printer(printer.uri)
        except NoPrinterDriverError as error:
            log.warning("printer %s cannot be used: %s", printer.name, error)
    return opened
