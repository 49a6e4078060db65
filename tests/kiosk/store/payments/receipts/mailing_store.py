"""A store that sends receipts by e-mail, and outboxes of it with other senders and clocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import select

from kiosk.connectors.messages.port import MailSender
from kiosk.store.db.tables import OUTBOX
from kiosk.store.receipt_settings import MailSettings, ReceiptSettings
from kiosk.store.receipts.outbox import MailOutbox
from kiosk.store.receipts.outbox_table import MailState, OutboxTable
from kiosk.store.receipts.sealing import AddressSeal
from tests.kiosk.connectors.messages.mail_server import MailServer, mail_server
from tests.kiosk.store.payments.receipts.paid_store import ORDER, Paid, paid
from tests.optional_values import present

ADDRESS = "clara.secret@example.com"


@contextmanager
def mailing(
    folder: Path, *, server: MailServer | None = None, **more: Any
) -> Iterator[tuple[Paid, MailServer]]:
    """A store that has sold one piece and has a mail server; the outbox is swept by hand."""
    with mail_server() as own:
        used = server or own
        mail = MailSettings(f"smtp://127.0.0.1:{used.port}", "receipts@shop.example")
        with paid(folder, receipts=ReceiptSettings(mail=mail), **more) as sold:
            yield sold, used


def outbox(sold: Paid) -> MailOutbox:
    return present(sold.store.receipts.mail)


def box_with(sold: Paid, sender: MailSender, clock: Callable[[], int] | None = None) -> MailOutbox:
    """An outbox of the store with another sender, and another clock."""
    services, table = sold.store.receipts, OutboxTable(sold.store.resources.database)
    seal, shop = AddressSeal(b"k" * 32), sold.store.settings.shop
    return MailOutbox(table, seal, sender, services.sales, services.links, shop, clock or sold.clock)


def states(sold: Paid) -> list[MailState]:
    return [entry.state for entry in outbox(sold).of_order(ORDER)]


def sealed(sold: Paid) -> list[bytes]:
    with sold.store.resources.database.reading() as connection:
        return [bytes(row.sealed) for row in connection.execute(select(OUTBOX))]
