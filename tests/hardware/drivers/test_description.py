"""The list of all addresses names every driver and every option."""

from __future__ import annotations

from typing import Any

from hardware.drivers.card_reader import CARD_DRIVERS
from hardware.drivers.description import describe_addresses
from hardware.drivers.label_reader import LABEL_DRIVERS
from hardware.drivers.tag_reader import DRIVERS
from hardware.drivers.uri.address import Driver


def test_every_form_and_every_option_is_listed() -> None:
    text = describe_addresses()
    drivers: list[Driver[Any]] = [*DRIVERS.values(), *CARD_DRIVERS.values(), *LABEL_DRIVERS.values()]
    for driver in drivers:
        assert f"  {driver.form}\n      {driver.about}" in text
        assert all(f"      {option.name}=" in text for option in driver.options)
    assert max(map(len, text.splitlines())) <= 120
