"""From a URI in the configuration to a terminal's driver."""

from __future__ import annotations

from urllib.parse import urlsplit

from kiosk.connectors.payments.port import PaymentTerminal, TerminalUnknownError
from kiosk.connectors.payments.sim import SimTerminalDriver


def open_terminal(uri: str) -> PaymentTerminal:
    """The driver of a terminal; nothing is sent yet. Errors: TerminalUnknownError."""
    parts = urlsplit(uri)
    if parts.scheme != "sim":
        raise TerminalUnknownError(f"no driver for {parts.scheme or uri}:// (known: sim)")
    if parts.hostname is None or parts.port is None:
        raise TerminalUnknownError(f"{uri}: write sim://HOST:PORT")
    return SimTerminalDriver(parts.hostname, parts.port)
