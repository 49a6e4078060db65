"""Chooses the driver of a payment terminal by the scheme of its address. A driver is imported when it is named."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from kiosk.connectors.payments.place import TerminalPlace
from kiosk.connectors.payments.port import NoTerminalDriverError, PaymentTerminal


def open_terminal(place: TerminalPlace | str) -> PaymentTerminal:
    """The driver of a terminal; nothing is sent yet. Raises NoTerminalDriverError."""
    if isinstance(place, str):
        place = TerminalPlace(place)
    scheme = place.parts.scheme
    if scheme not in DRIVERS:
        known = ", ".join(DRIVERS)
        raise NoTerminalDriverError(f"no driver for {scheme or place.uri[:40]}:// (known: {known})")
    if place.parts.fragment:
        raise NoTerminalDriverError("`#` does not belong in the address of a terminal")
    return DRIVERS[scheme](place)


def _sim(place: TerminalPlace) -> PaymentTerminal:
    from kiosk.connectors.payments.sim import open_sim

    return open_sim(place)


def _attended(place: TerminalPlace) -> PaymentTerminal:
    from kiosk.connectors.payments.attended import open_attended

    return open_attended(place)


def _nexo(place: TerminalPlace) -> PaymentTerminal:
    from kiosk.connectors.payments.nexo.addresses import open_nexo

    return open_nexo(place)


def _adyen(place: TerminalPlace) -> PaymentTerminal:
    from kiosk.connectors.payments.nexo.addresses import open_adyen

    return open_adyen(place)


def _stripe(place: TerminalPlace) -> PaymentTerminal:
    from kiosk.connectors.payments.stripe_terminal.driver import open_stripe

    return open_stripe(place)


DRIVERS: Mapping[str, Callable[[TerminalPlace], PaymentTerminal]] = MappingProxyType(
    {"attended": _attended, "nexo": _nexo, "adyen+https": _adyen, "sim": _sim, "stripe": _stripe}
)
