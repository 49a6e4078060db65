"""All addresses of readers with their options, as text: made from the declarations of the drivers."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable

from hardware.drivers.card_reader import CARD_DRIVERS
from hardware.drivers.label_reader import LABEL_DRIVERS
from hardware.drivers.tag_reader import DRIVERS
from hardware.drivers.uri.address import Driver

_WIDTH = 110
_INDENT = 29
_OPTIONS = (
    "Options follow a question mark: ?NAME=VALUE&NAME=VALUE. Write the address in quotes. In values and passwords,"
    " %, &, #, ? and blanks are written as %25, %26, %23, %3F and %20."
)


def describe_addresses() -> str:
    """Each form of an address with its options: `readers` of the store, then `cards` and `scanner` of a mirror."""
    parts = [
        "Addresses of `readers` in the store's file, and of `cheval listen`:",
        *_drivers(DRIVERS.values()),
        "Addresses of `cards` in a mirror's file:",
        *_drivers(CARD_DRIVERS.values()),
        "Addresses of `scanner` in a mirror's file:",
        *_drivers(LABEL_DRIVERS.values()),
        _OPTIONS,
    ]
    return "\n\n".join(part if part.startswith("  ") else textwrap.fill(part, _WIDTH) for part in parts)


def _drivers(drivers: Iterable[Driver[Callable[..., object]]]) -> Iterable[str]:
    for driver in drivers:
        lines = [f"  {driver.form}", f"      {driver.about}"]
        for option in driver.options:
            about = textwrap.wrap(option.about, _WIDTH - _INDENT)
            lines.append(f"      {option.name + '=':{_INDENT - 7}} {about[0]}")
            lines += [" " * _INDENT + line for line in about[1:]]
        yield "\n".join(lines)
