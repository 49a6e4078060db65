"""Chooses the driver of the law's cash register by the scheme of its address."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from kiosk.connectors.ca_files import ca_file_mistake
from kiosk.connectors.fiscal.http_register import HttpRegister
from kiosk.connectors.fiscal.port import FiscalRegister, NoRegisterDriverError
from kiosk.connectors.payments.place import TerminalPlace
from kiosk.connectors.payments.port import NoTerminalDriverError

SCHEMES = ("http", "https")


def open_register(
    uri: str,
    *,
    name: str = "",
    key_file: Path | None = None,
    ca_file: Path | None = None,
    timeout_s: float = 10.0,
) -> FiscalRegister:
    """The driver of a register; nothing is sent yet. `name` is its identity, by default its address.

    Raises NoRegisterDriverError.
    """
    parts = urlsplit(uri)
    if parts.scheme not in SCHEMES or not parts.hostname:
        raise NoRegisterDriverError(
            f"no driver for {parts.scheme or uri[:40]}:// (known: {', '.join(SCHEMES)})"
        )
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise NoRegisterDriverError(
            "no user name, `?` or `#` belongs in the address; a token stands in `key_file`"
        )
    token = ""
    if key_file is not None:
        try:
            token = TerminalPlace(uri, key_file).keys("token")["token"]
        except NoTerminalDriverError as error:
            raise NoRegisterDriverError(str(error)) from None
    if what := ca_file_mistake(ca_file):
        raise NoRegisterDriverError(what)
    return HttpRegister(uri.rstrip("/"), name or uri, token, ca_file, timeout_s)
