"""Chooses the driver of a payment terminal by its URI in the configuration."""

from __future__ import annotations

from urllib.parse import urlsplit

from kiosk.connectors.payments.port import NoTerminalDriverError, PaymentTerminal
from kiosk.connectors.payments.sim import SimTerminalDriver


def open_terminal(uri: str) -> PaymentTerminal:
    """The driver of a terminal; nothing is sent yet. Raises NoTerminalDriverError."""
    try:
        parts = urlsplit(uri)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise NoTerminalDriverError("is not the address of a terminal; write sim://HOST:PORT") from error
    if parts.scheme != "sim":
        raise NoTerminalDriverError(f"no driver for {parts.scheme or uri}:// (known: sim)")
    if not host or not port:
        raise NoTerminalDriverError(f"{uri}: write sim://HOST:PORT")
    if parts.username is not None or parts.path.strip("/") or parts.query or parts.fragment:
        raise NoTerminalDriverError("nothing may stand beside host and port; write sim://HOST:PORT")
    return SimTerminalDriver(host, port)
