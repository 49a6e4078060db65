"""Opens the label scanner of a URI from the configuration.

serial:///dev/ttyACM0[?baud=9600]              a scanner on a serial port or USB serial port
keyboard:///dev/input/by-id/...-event-kbd      a scanner that acts as a keyboard
"""

from __future__ import annotations

import termios
from collections.abc import Callable
from typing import Final

from hardware.drivers.address import Address, Driver, Local, LocalKind, parse
from hardware.drivers.choice import chosen
from hardware.drivers.options import choice
from hardware.ports import LabelReader

OpenLabel = Callable[[Address, str], LabelReader]
_RATES: Final = sorted(
    int(name[1:]) for name in dir(termios) if name[0] == "B" and name[1:].isdecimal() and name != "B0"
)

BAUD = choice("baud", {str(rate): rate for rate in _RATES}, 9600, "speed of the serial port; default: 9600")


def _serial(address: Address, name: str) -> LabelReader:
    from hardware.labels.scanner import serial_scanner

    return serial_scanner(name, address.path, address.options[BAUD])


def _keyboard(address: Address, name: str) -> LabelReader:
    from hardware.labels.scanner import keyboard_scanner

    return keyboard_scanner(name, address.path)


SERIAL: Final[Driver[OpenLabel]] = Driver(
    "serial", "serial:///dev/ttyACM0", "a label scanner on a serial port or USB serial port",
    Local(LocalKind.DEVICE), (BAUD,), _serial,
)  # fmt: skip
KEYBOARD: Final[Driver[OpenLabel]] = Driver(
    "keyboard", "keyboard:///dev/input/by-id/...-event-kbd", "a label scanner that acts as a keyboard",
    Local(LocalKind.DEVICE), (), _keyboard,
)  # fmt: skip
LABEL_DRIVERS: Final[dict[str, Driver[OpenLabel]]] = {driver.scheme: driver for driver in (SERIAL, KEYBOARD)}


def open_label_reader(uri: str, name: str) -> LabelReader:
    """The scanner of this URI, not yet started. Raises UriError with all mistakes."""
    driver = chosen(uri, LABEL_DRIVERS, "a label scanner")
    return driver.open(parse(uri, driver), name)
