"""The configuration takes the addresses that a driver stands behind, and no other."""

from __future__ import annotations

import pytest

from hardware.drivers.card_reader import open_card_reader
from hardware.drivers.tag_reader import DRIVERS as READERS
from hardware.errors import UriError
from kiosk.config.mirror import CARD_SCHEMES
from kiosk.config.store import READER_SCHEMES, TERMINAL_SCHEMES
from kiosk.connectors.payments.drivers import DRIVERS, open_terminal
from kiosk.connectors.payments.port import NoTerminalDriverError


def test_every_reader_driver_can_be_named() -> None:
    assert set(READER_SCHEMES) == set(READERS)


@pytest.mark.parametrize("scheme", CARD_SCHEMES)
def test_every_card_scheme_has_a_driver(scheme: str) -> None:
    open_card_reader(f"{scheme}://127.0.0.1:1", "mirror").close()


TERMINALS = {
    "adyen+https": "adyen+https://Shop_POS/V400m-324688179",
    "attended": "attended://desk",
    "nexo": "nexo://192.0.2.7/V400m-324688179",
    "sim": "sim://127.0.0.1:1",
    "stripe": "stripe://tmr_FDOt2wlRZEdpd7",
}
"""An address of each scheme."""
WITH_KEYS = frozenset({"adyen+https", "nexo", "stripe"})


def test_every_terminal_driver_can_be_named() -> None:
    assert set(TERMINAL_SCHEMES) == set(DRIVERS) == set(TERMINALS)


@pytest.mark.parametrize("scheme", TERMINAL_SCHEMES)
def test_every_terminal_scheme_has_a_driver(scheme: str) -> None:
    if scheme in WITH_KEYS:
        with pytest.raises(NoTerminalDriverError, match="`key_file` is missing"):
            open_terminal(TERMINALS[scheme])
        return
    open_terminal(TERMINALS[scheme]).close()


def test_a_scheme_without_a_driver_is_refused_by_the_drivers_too() -> None:
    with pytest.raises(UriError):
        open_card_reader("nfc://x", "mirror")
    with pytest.raises(NoTerminalDriverError):
        open_terminal("bank://x:1")
