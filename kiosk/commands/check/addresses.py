"""Checks one address of a reader or scanner by its driver's own parser, and the files that it names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hardware.drivers.address import Address, Driver, file_mistakes, parse, place_mistake
from hardware.errors import UriError
from kiosk.config import Mistake, Read, Severity
from kiosk.config.mistakes import Place

AnyDriver = Driver[Callable[..., object]]
Choose = Callable[[str], AnyDriver]


@dataclass(frozen=True, slots=True)
class CheckedAddress:
    """An address with its driver, both None if the address has mistakes."""

    mistakes: tuple[Mistake, ...]
    driver: AnyDriver | None = None
    address: Address | None = None


def checked_address(read: Read[Any], place: Place, uri: object, choose: Choose) -> CheckedAddress:
    """The address at a place of the file. `choose` gives the driver of a URI, or raises UriError."""
    if not isinstance(uri, str) or any(mistake.place == place for mistake in read.mistakes):
        # the file's own check has named it
        return CheckedAddress(())
    try:
        driver = choose(uri)
        address = parse(uri, driver)
    except UriError as error:
        return CheckedAddress(tuple(read.mistake(place, what) for what in error.mistakes))
    found = [
        read.mistake(place, f"{what}; it is not opened until this is corrected", Severity.WITHOUT)
        for what in file_mistakes(address, driver)
    ]
    if what := place_mistake(address, driver):
        found.append(read.mistake(place, f"{what}; it is opened as soon as it is there", Severity.WITHOUT))
    if address.password:
        what = "contains a password; password_file=FILE keeps it out of this file"
        found.append(read.mistake(place, what, Severity.NOTE))
    return CheckedAddress(tuple(found), driver, address)


def raw_value(read: Read[Any], *steps: str | int) -> object:
    """The value at a place as YAML gives it; None if there is none."""
    value = read.text.value
    for step in steps:
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value
