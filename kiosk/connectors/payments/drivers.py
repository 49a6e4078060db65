"""Chooses the driver of a payment terminal by its URI in the configuration."""

from __future__ import annotations

from urllib.parse import urlsplit

from kiosk.connectors.payments.port import NoTerminalDriverError, PaymentTerminal
from kiosk.connectors.payments.sim import SimTerminalDriver


def open_terminal(uri: str) -> PaymentTerminal:
    """The driver of a terminal; nothing is sent yet. Raises NoTerminalDriverError."""
    parts = urlsplit(uri)
    if parts.scheme != "sim":
        raise NoTerminalDriverError(f"no driver for {parts.scheme or uri}:// (known: sim)")
    if parts.hostname is None or parts.port is None:
        raise NoTerminalDriverError(f"{uri}: write sim://HOST:PORT")
    return SimTerminalDriver(parts.hostname, parts.port)
