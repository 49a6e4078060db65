"""Chooses the driver of a payment terminal by the scheme of its address. A driver is imported when it is named."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Protocol

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


def device_of(terminal: PaymentTerminal) -> str:
    """The device behind a terminal's identity: one device of Adyen can be reached on two ways."""
    scheme, _, rest = terminal.identity.casefold().partition(":")
    return f"adyen:{rest.rpartition('/')[2]}" if scheme in ("nexo", "adyen") else f"{scheme}:{rest}"


class ListedTerminal(Protocol):
    """A terminal that a provider lists for a key. `address`: how the configuration names it."""

    @property
    def address(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def model(self) -> str: ...
    @property
    def serial(self) -> str: ...
    @property
    def online(self) -> bool | None: ...


def list_terminals(place: TerminalPlace) -> Sequence[ListedTerminal]:
    """The terminals that the provider lists for a terminal's keys; empty where it has no list.

    Raises NoTerminalDriverError, TerminalLostError.
    """
    listing = LISTINGS.get(place.parts.scheme)
    return listing(place) if listing is not None else ()


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


def _stripe_readers(place: TerminalPlace) -> Sequence[ListedTerminal]:
    from kiosk.connectors.payments.stripe_terminal.probing import list_stripe_readers

    return list_stripe_readers(place)


DRIVERS: Mapping[str, Callable[[TerminalPlace], PaymentTerminal]] = MappingProxyType(
    {"attended": _attended, "nexo": _nexo, "adyen+https": _adyen, "sim": _sim, "stripe": _stripe}
)
LISTINGS: Mapping[str, Callable[[TerminalPlace], Sequence[ListedTerminal]]] = MappingProxyType(
    {"stripe": _stripe_readers}
)
"""Providers that list the terminals of a key."""
