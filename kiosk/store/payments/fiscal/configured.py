"""The law's cash register of the configuration, and the queue of what it must register."""

from __future__ import annotations

import logging
from collections.abc import Callable

from kiosk.connectors.fiscal.drivers import open_register
from kiosk.connectors.fiscal.port import FiscalRegister
from kiosk.store.payments.fiscal.fiscal_book import FiscalBook
from kiosk.store.payments.fiscal.fiscal_queue import FiscalQueue
from kiosk.store.settings import FiscalSettings

log = logging.getLogger(__name__)


def open_register_of(configured: FiscalSettings | None) -> FiscalRegister | None:
    """The configured register; None if there is none. Raises NoRegisterDriverError: without it no sale may be made."""
    if configured is None:
        return None
    return open_register(
        configured.uri, name=configured.register, key_file=configured.key_file, ca_file=configured.ca_file,
        timeout_s=configured.timeout_s,
    )  # fmt: skip


def queue_of(
    book: FiscalBook,
    register: FiscalRegister | None,
    configured: FiscalSettings | None,
    now_us: Callable[[], int],
) -> FiscalQueue | None:
    """The queue of a register; None without one.

    What waits for a register that is not configured any more stays in the ledger, and the log says so.
    """
    if register is None:
        if not book.closed and (waiting := len(book.open_entries())):
            log.warning("%d sale(s) and refund(s) wait for a cash register, and `fiscal` names none", waiting)
        return None
    return FiscalQueue(book, register, now_us, replaced=configured.replaces if configured else ())
