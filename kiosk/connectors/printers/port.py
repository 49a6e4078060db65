"""The port of receipt printers.

Promises of a driver, tested in `tests/contracts/test_receipt_printers.py`:
- `print_slip` returns only if the printer has taken the whole receipt (and, where it can say so, printed it).
- PrinterNotReadyError means that nothing was printed. PrintLostError: it may be printed in whole or in part.
- A printer that falls silent, or takes no bytes, ends a call within its time limit.
"""

from __future__ import annotations

from enum import Enum, unique
from typing import Protocol

from kiosk.core.domain.slips.slip import Slip


@unique
class PrinterTrouble(Enum):
    """Why a printer does not print."""

    UNREACHABLE = "unreachable"
    SILENT = "silent"
    """It is connected and does not answer."""
    OFFLINE = "offline"
    PAPER_OUT = "paper-out"
    COVER_OPEN = "cover-open"


class PrinterError(Exception):
    """Base of the errors of this package.

    PrinterError
    |-- NoPrinterDriverError   the address cannot be used; permanent
    |-- PrinterNotReadyError   nothing was printed; the same may be printed again
    `-- PrintLostError         it may be printed in whole or in part
    """


class NoPrinterDriverError(PrinterError):
    """The address of a printer cannot be used; the text says what is wrong with it."""


class PrinterNotReadyError(PrinterError):
    """The printer cannot print now; nothing was printed."""

    def __init__(self, trouble: PrinterTrouble, detail: str = "") -> None:
        self.trouble = trouble
        super().__init__(f"{trouble.value}: {detail}" if detail else trouble.value)


class PrintLostError(PrinterError):
    """The printer stopped answering while it printed."""

    def __init__(self, trouble: PrinterTrouble) -> None:
        self.trouble = trouble
        super().__init__(f"it may be printed in part: {trouble.value}")


class ReceiptPrinter(Protocol):
    """A printer. One thread prints at a time."""

    def print_slip(self, slip: Slip) -> None:
        """Prints a receipt and cuts the paper. Raises PrinterNotReadyError, PrintLostError."""
        ...

    def probe(self) -> None:
        """Asks for its state, prints nothing. Raises PrinterNotReadyError."""
        ...

    def close(self) -> None:
        """Ends a call that waits."""
        ...
