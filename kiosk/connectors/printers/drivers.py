"""Chooses the driver of a receipt printer by the scheme of its address."""

from __future__ import annotations

from pathlib import Path

from kiosk import paths
from kiosk.connectors.printers.addresses import parse_printer
from kiosk.connectors.printers.escpos_printer import EscposPrinter
from kiosk.connectors.printers.port import ReceiptPrinter


def open_printer(uri: str, fonts: Path | None = None) -> ReceiptPrinter:
    """The driver of a printer; nothing is connected yet. Raises NoPrinterDriverError."""
    return EscposPrinter(parse_printer(uri), fonts or paths.assets() / "fonts")
