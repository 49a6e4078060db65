"""Sends receipts by e-mail from the outbox: kept over restarts, repeated for a day, at least once.

A message that the server took just before the store was killed is sent a second time, with the same Message-ID. The
address is in the outbox alone, encrypted, and is erased as soon as the message is sent or given up.

Waits and ages are those of a clock that nobody sets while the store runs (`Clocks.of_run`): a clock that is set ahead
gives no message up. After a restart a message is tried at least once, however old the clock says it is.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Lock
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from hardware.threads.fault_log import LimitedLog
from hardware.threads.supervised import Loop, ThreadState
from kiosk.clock import US
from kiosk.connectors.messages.port import MailAddress, MailLostError, MailRefusedError, MailSender
from kiosk.core.domain.ids import OrderId
from kiosk.core.domain.texts import LANGUAGES
from kiosk.store.errors import NotFoundError, TooManyMailsError
from kiosk.store.pages.receipt_mail import receipt_mail
from kiosk.store.payments.receipts.links import DAY_US, ReceiptLinks
from kiosk.store.payments.receipts.sales import ReceiptSales
from kiosk.store.receipts.message_ids import new_message_id
from kiosk.store.receipts.outbox_table import MailState, OutboxEntry, OutboxTable
from kiosk.store.receipts.sealing import AddressSeal
from kiosk.store.settings import ShopSettings

log = logging.getLogger(__name__)
MAX_OF_ORDER: Final = 5
"""Messages for one order within `KEPT_US`."""
MAX_WAITING: Final = 1000
FIRST_RETRY_US, MAX_RETRY_US = 30 * US, 3600 * US
"""Waits between two tries, doubled each time."""
MAX_AGE_US: Final = DAY_US
MAX_TRIES: Final = 40
"""Ends the tries even if the clock is set back again and again."""
REGISTER_US: Final = 5 * US
"""Wait until a receipt is looked at again that the law's cash register has not signed."""
KEPT_US: Final = 2 * DAY_US
"""An entry without its address is kept so long, to answer how it went and to limit what is sent."""
SWEEP_S: Final = 30.0
LATE_S: Final = 3600.0
"""A sweep that takes longer is late; it may have hundreds of messages to send."""


class MailOutbox:
    """The outbox. Safe to use from any thread; `sender` is used by its own thread alone."""

    def __init__(
        self, table: OutboxTable, seal: AddressSeal, sender: MailSender, sales: ReceiptSales, links: ReceiptLinks,
        shop: ShopSettings, now_us: Callable[[], int], *, sweep_s: float = SWEEP_S,
    ) -> None:  # fmt: skip
        """`now_us`: microseconds since 1970 of a clock that is not set while this runs."""
        self._table, self._seal, self._sender, self._sales = table, seal, sender, sales
        self._links, self._shop, self._now = links, shop, now_us
        self._loop = Loop(
            "receipt-mail",
            self.sweep,
            sweep_s,
            late_s=LATE_S,
            at_once=True,
            expected=(OSError, SQLAlchemyError),
        )
        self._why, self._lines, self._adding = "", LimitedLog(log), Lock()

    def start(self) -> None:
        """Sends what the last run left, then what comes."""
        self._loop.start()

    @property
    def state(self) -> ThreadState:
        """The state of its thread."""
        return self._loop.thread.state

    def close(self) -> None:
        """Ends the thread after the message that is being sent; the others stay for the next start."""
        self._loop.close()

    def add(self, order_id: OrderId, address: MailAddress, language: str) -> OutboxEntry:
        """Puts the receipt of a paid order into the outbox; it is kept when this returns.

        Raises NotFoundError for an order without receipt, TooManyMailsError.
        """
        self._sales.of_order(order_id)
        with self._adding:
            return self._added(order_id, address, language)

    def _added(self, order_id: OrderId, address: MailAddress, language: str) -> OutboxEntry:
        """Counts and adds, one at a time: so that the limits hold for what is asked for at the same moment."""
        earlier = self._table.of_order(order_id)
        if len(earlier) >= MAX_OF_ORDER or self._table.waiting() >= MAX_WAITING:
            raise TooManyMailsError
        message_id, now_us = new_message_id(self._sender.domain), self._now()
        entry = OutboxEntry(
            message_id, order_id, language if language in LANGUAGES else self._shop.language,
            self._seal.sealed(address, message_id), MailState.WAITING, 0, now_us, now_us,
        )  # fmt: skip
        self._table.add(entry)
        self._loop.wake()
        return entry

    def of_order(self, order_id: OrderId) -> tuple[OutboxEntry, ...]:
        """What was asked for lately for an order, the oldest first."""
        return self._table.of_order(order_id)

    def sweep(self) -> None:
        """Sends everything that is due, once; deletes old entries."""
        now_us = self._now()
        self._table.delete_ended_before(now_us - KEPT_US)
        for entry in self._table.due(now_us, now_us + MAX_RETRY_US):
            if self._loop.stopping:
                return
            self._apart(entry)

    def _apart(self, entry: OutboxEntry) -> None:
        """Sends one; a fault of it keeps no other waiting. Without the database the sweep ends."""
        try:
            self._one(entry)
        except SQLAlchemyError:
            raise
        except Exception as error:  # noqa: BLE001 the border between messages: those behind this one are sent
            # its text may contain the address
            log.error("the receipt of order %s: %s", entry.order_id, type(error).__name__)
            self._again(entry, type(error).__name__)

    def _one(self, entry: OutboxEntry) -> None:
        address = self._seal.opened(entry.sealed, entry.message_id)
        try:
            sale = self._sales.of_order(entry.order_id)
        except NotFoundError:
            address = None
        if address is None:
            self._table.end(entry.message_id, MailState.FAILED, "it cannot be read any more")
            return
        if sale.registration is not None and sale.registration.signature is None:
            self._later(entry, entry.tries, REGISTER_US, "the cash register has not signed it")
            return
        link = self._links.for_phone(sale.receipt)
        try:
            self._sender.send(receipt_mail(sale, self._shop, entry.language, link, address, entry.message_id))
        except MailRefusedError as error:
            log.info("the receipt of order %s was not sent: %s", entry.order_id, error)
            self._table.end(entry.message_id, MailState.FAILED, str(error)[:64])
        except MailLostError as error:
            self._note(str(error))
            self._again(entry, str(error))
        else:
            self._note("")
            self._table.end(entry.message_id, MailState.SENT)

    def _again(self, entry: OutboxEntry, why: str) -> None:
        wait_us = min(FIRST_RETRY_US << min(entry.tries, 16), MAX_RETRY_US)
        self._later(entry, entry.tries + 1, wait_us, why)

    def _later(self, entry: OutboxEntry, tries: int, wait_us: int, why: str) -> None:
        if self._now() - entry.made_us >= MAX_AGE_US or tries >= MAX_TRIES:
            log.warning("the receipt of order %s is given up: %s", entry.order_id, why)
            self._table.end(entry.message_id, MailState.FAILED, why[:64])
        else:
            self._table.later(entry.message_id, tries=tries, next_us=self._now() + wait_us, why=why[:64])

    def _note(self, why: str) -> None:
        """One line when the server begins to fail, and when it works again."""
        if why and why != self._why:
            self._lines.log(logging.WARNING, "lost", "receipts wait for the mail server: %s", why)
        elif self._why and not why:
            self._lines.log(logging.INFO, "back", "the mail server works again")
        self._why = why
