"""The payment terminals of the configuration."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from kiosk.connectors.payments.drivers import open_terminal
from kiosk.connectors.payments.place import TerminalPlace
from kiosk.connectors.payments.port import PaymentError, PaymentTerminal
from kiosk.store.settings import TerminalSettings

log = logging.getLogger(__name__)


def open_terminals(configured: Sequence[TerminalSettings]) -> dict[str, PaymentTerminal]:
    """The configured terminals by name; one that cannot be used is left out with a warning, and so is a second name
    for a terminal that has one: payments and refunds of both would be mixed up."""
    opened: dict[str, PaymentTerminal] = {}
    names: dict[str, str] = {}
    for terminal in configured:
        try:
            driver = open_terminal(TerminalPlace(terminal.uri, terminal.key_file, terminal.ca_file))
        except PaymentError as error:
            log.warning("terminal %s cannot be used: %s", terminal.name, error)
            continue
        first = names.setdefault(driver.identity.casefold(), terminal.name)
        if first == terminal.name:
            opened[terminal.name] = driver
        else:
            driver.close()
            log.error("terminal %s is left out: it is the terminal %s already", terminal.name, first)
    return opened
