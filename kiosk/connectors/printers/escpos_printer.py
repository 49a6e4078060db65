"""The driver for ESC/POS printers: asks for the state, sends the receipt, and waits until it is printed.

State: DLE EOT n is answered at once, also while the printer is stopped. GS r 1 is answered in the sequence of what was
sent, so that its answer means that all before it is printed (Epson, ESC/POS Command Reference).
"""

from __future__ import annotations

from contextlib import closing, suppress
from pathlib import Path
from time import monotonic
from typing import Final

from kiosk.connectors.printers.addresses import PrinterAddress
from kiosk.connectors.printers.commands import slip_commands
from kiosk.connectors.printers.links import FileLink, Link, TcpLink, UsbLink
from kiosk.connectors.printers.port import PrinterNotReadyError, PrinterTrouble, PrintLostError
from kiosk.core.domain.slips.slip import Slip

PRINT_S: Final = 20.0
"""Time limit of one receipt; a long picture takes some 5 s."""
ANSWER_S: Final = 2.0
_ASK: Final = b"\x10\x04"
_WHEN_DONE: Final = b"\x1dr\x01"
_OFFLINE, _COVER_OPEN, _PAPER_END = 0x08, 0x04, 0x60


class EscposPrinter:
    """`ReceiptPrinter` for an ESC/POS printer. Each receipt has a connection of its own: others may print too."""

    def __init__(
        self, address: PrinterAddress, fonts: Path, *, print_s: float = PRINT_S, answer_s: float = ANSWER_S
    ) -> None:
        self._address, self._fonts, self._print_s, self._answer_s = address, fonts, print_s, answer_s
        self._link: Link | None = None

    def print_slip(self, slip: Slip) -> None:
        content = slip_commands(slip, self._address, self._fonts)
        with closing(self._open()) as link:
            self._link = link
            self._check(link)
            until = monotonic() + self._print_s
            try:
                link.send(content, until)
                if self._address.status:
                    link.send(_WHEN_DONE, until)
                    link.read(until)
            except OSError:
                raise PrintLostError(self._trouble(link)) from None
            finally:
                self._link = None

    def probe(self) -> None:
        with closing(self._open()) as link:
            self._check(link)

    def close(self) -> None:
        link = self._link
        if link is not None:
            link.close()

    def _open(self) -> Link:
        match self._address.scheme:
            case "escpos+tcp":
                return TcpLink(self._address.place, self._address.port)
            case "escpos+file":
                return FileLink(self._address.place)
            case _:
                return UsbLink(self._address.place)

    def _check(self, link: Link) -> None:
        """Raises PrinterNotReadyError."""
        if self._address.status and (trouble := self._state(link)) is not None:
            raise PrinterNotReadyError(trouble)

    def _state(self, link: Link) -> PrinterTrouble | None:
        """What keeps the printer from printing; None if nothing does."""
        try:
            if self._asked(link, 4) & _PAPER_END:
                return PrinterTrouble.PAPER_OUT
            if not self._asked(link, 1) & _OFFLINE:
                return None
            return PrinterTrouble.COVER_OPEN if self._asked(link, 2) & _COVER_OPEN else PrinterTrouble.OFFLINE
        except OSError:
            return PrinterTrouble.SILENT

    def _asked(self, link: Link, question: int) -> int:
        until = monotonic() + self._answer_s
        link.send(_ASK + bytes((question,)), until)
        return link.read(until)[0]

    def _trouble(self, link: Link) -> PrinterTrouble:
        """Why a receipt was lost."""
        with suppress(OSError):
            if self._address.status:
                return self._state(link) or PrinterTrouble.SILENT
        return PrinterTrouble.SILENT
