"""Prints receipts: one thread for each printer, which never keeps a sale or another printer waiting.

Prints are kept in memory: the receipt itself is in the ledger, and is printed again when somebody asks for it.
"""

from __future__ import annotations

import logging
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from threading import Condition
from typing import Final

from hardware.threads.fault_log import LimitedLog
from hardware.threads.supervised import SupervisedThread, ThreadState
from kiosk.connectors.printers.port import PrinterError, PrinterNotReadyError, PrintLostError, ReceiptPrinter
from kiosk.core.domain.ids import OrderId, RoomId
from kiosk.core.domain.slips.printing import PrintState
from kiosk.core.domain.texts import LANGUAGES
from kiosk.store.errors import NotFoundError, TryAgainError
from kiosk.store.pages.receipt_print import receipt_slip
from kiosk.store.payments.receipts.links import ReceiptLinks
from kiosk.store.payments.receipts.sales import ReceiptSales
from kiosk.store.settings import ShopSettings

log = logging.getLogger(__name__)
MAX_WAITING: Final = 50
"""Receipts that wait for one printer; more are refused for the moment."""
MAX_KEPT: Final = 500
"""Prints whose state is remembered."""
REGISTER_S: Final = 1.0
REGISTER_TRIES: Final = 60
"""How often, in `REGISTER_S`, a receipt is looked at until the law's cash register has signed it."""
_REGISTER: Final = "register"
"""The trouble of a receipt that the cash register did not sign in time; see also `PrinterTrouble`."""


@dataclass(frozen=True, slots=True)
class Print:
    """One receipt for one printer. `trouble`: why it was not printed, a value of `PrinterTrouble` or `register`."""

    order_id: OrderId
    printer: str
    language: str
    state: PrintState = PrintState.WAITING
    trouble: str = ""


class PrintDesk:
    """Printers by name, the printer of each room. Safe to use from any thread."""

    def __init__(
        self, printers: Mapping[str, ReceiptPrinter], of_room: Mapping[RoomId, str], sales: ReceiptSales,
        links: ReceiptLinks, shop: ShopSettings, *, register_s: float = REGISTER_S,
    ) -> None:  # fmt: skip
        self._printers, self._of_room, self._register_s = dict(printers), of_room, register_s
        self._sales, self._links, self._shop = sales, links, shop
        self.on_change: Callable[[Print], None] = lambda _: None
        """Called with each print that has ended, on its printer's thread."""
        self._waiting: dict[str, deque[tuple[Print, int]]] = {name: deque() for name in printers}
        self._known: OrderedDict[tuple[OrderId, str], Print] = OrderedDict()
        self._changed, self._stopped = Condition(), False
        self._silent: set[str] = set()
        self._lines = LimitedLog(log)
        self._threads = tuple(
            SupervisedThread(f"printer-{name}", partial(self._run, name)) for name in self._printers
        )

    @property
    def names(self) -> tuple[str, ...]:
        """The printers, in the order of the configuration."""
        return tuple(self._printers)

    def printer_of(self, room: RoomId) -> str:
        """The printer of a room; empty for none."""
        name = self._of_room.get(room, "")
        return name if name in self._printers else ""

    def start(self) -> None:
        """Starts the threads of the printers."""
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """Ends a print that waits; what is not printed is not kept."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()
        for printer in self._printers.values():
            printer.close()
        for thread in self._threads:
            thread.close()

    @property
    def states(self) -> tuple[ThreadState, ...]:
        """The states of its threads."""
        return tuple(thread.state for thread in self._threads)

    def print_receipt(self, order_id: OrderId, printer: str, language: str) -> Print:
        """Prints the receipt of a paid order; while it waits, asking again changes nothing.

        Raises NotFoundError for an order without receipt or an unknown printer, TryAgainError if too many wait.
        """
        if printer not in self._printers:
            raise NotFoundError("there is no such printer")
        self._sales.of_order(order_id)
        with self._changed:
            known = self._known.get((order_id, printer))
            if known is not None and known.state is PrintState.WAITING:
                return known
            if len(self._waiting[printer]) >= MAX_WAITING:
                raise TryAgainError("many receipts wait for this printer; try again in a moment")
            wanted = Print(order_id, printer, language if language in LANGUAGES else self._shop.language)
            self._keep(wanted)
            self._waiting[printer].append((wanted, 0))
            self._changed.notify_all()
            return wanted

    def state_of(self, order_id: OrderId, printer: str) -> Print | None:
        """The last print of an order at a printer; None if there was none, or long ago."""
        with self._changed:
            return self._known.get((order_id, printer))

    def _run(self, name: str) -> None:
        waiting = self._waiting[name]
        thread = next(one for one in self._threads if one.name == f"printer-{name}")
        while True:
            with self._changed:
                self._changed.wait_for(lambda: waiting or self._stopped)
                if self._stopped:
                    return
                wanted, tries = waiting.popleft()
            try:
                ended = self._printed(wanted)
            except Exception as error:  # noqa: BLE001 the border of this thread: the next receipt must be printed
                log.error("receipt of order %s: %s", wanted.order_id, type(error).__name__)
                ended = replace(wanted, state=PrintState.LOST, trouble=type(error).__name__)
            if ended is None:
                self._again(wanted, tries)
            else:
                self._end(ended)
            thread.worked()

    def _printed(self, wanted: Print) -> Print | None:
        """How a print has ended; None while the cash register has not signed the sale."""
        sale = self._sales.of_order(wanted.order_id)
        if sale.registration is not None and sale.registration.signature is None:
            return None
        slip = receipt_slip(sale, self._shop, wanted.language, self._links.for_phone(sale.receipt))
        try:
            self._printers[wanted.printer].print_slip(slip)
        except PrinterNotReadyError as error:
            self._note(wanted.printer, error)
            return replace(wanted, state=PrintState.NOT_PRINTED, trouble=error.trouble.value)
        except PrintLostError as error:
            self._note(wanted.printer, error)
            return replace(wanted, state=PrintState.LOST, trouble=error.trouble.value)
        if wanted.printer in self._silent:
            self._lines.log(logging.INFO, f"back {wanted.printer}", "printer %s prints again", wanted.printer)
            self._silent.discard(wanted.printer)
        return replace(wanted, state=PrintState.PRINTED)

    def _again(self, wanted: Print, tries: int) -> None:
        """Behind those that wait: the cash register signs it in a moment, or it is not printed now."""
        if tries >= REGISTER_TRIES:
            self._end(replace(wanted, state=PrintState.NOT_PRINTED, trouble=_REGISTER))
            return
        with self._changed:
            self._changed.wait_for(lambda: self._stopped, self._register_s)
            self._waiting[wanted.printer].append((wanted, tries + 1))

    def _end(self, ended: Print) -> None:
        with self._changed:
            self._keep(ended)
            if self._stopped:
                return
        self.on_change(ended)

    def _keep(self, found: Print) -> None:
        place = (found.order_id, found.printer)
        self._known[place] = found
        self._known.move_to_end(place)
        while len(self._known) > MAX_KEPT:
            self._known.popitem(last=False)

    def _note(self, printer: str, error: PrinterError) -> None:
        """One line when a printer begins to fail."""
        if printer not in self._silent:
            text = "printer %s: %s; its receipts are offered again"
            self._lines.log(logging.WARNING, printer, text, printer, error)
        self._silent.add(printer)
