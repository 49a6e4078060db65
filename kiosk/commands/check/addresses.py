"""Checks one address of a reader or scanner by its driver's own parser, and the files that it names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from hardware.drivers.uri.address import Address, Driver, parse
from hardware.drivers.uri.named_files import file_mistakes, place_mistake
from hardware.errors import HardwareError, MissingDriverError, UriError
from hardware.supervision.closing import Closable
from kiosk.config import Mistake, Read, Severity
from kiosk.config.mistakes import Place

AnyDriver = Driver[Callable[..., Closable]]
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
    if not found:
        found += _opened(read, place, driver, address)
    if address.password:
        what = "contains a password; password_file=FILE keeps it out of this file"
        found.append(read.mistake(place, what, Severity.NOTE))
    return CheckedAddress(tuple(found), driver, address)


def _opened(read: Read[Any], place: Place, driver: AnyDriver, address: Address) -> Iterator[Mistake]:
    """Mistakes that a driver finds only when it makes its reader, such as options that exclude each other."""
    try:
        reader = driver.open(address, "check")
    except MissingDriverError as error:
        yield read.mistake(place, str(error), Severity.WITHOUT)
    except UriError as error:
        yield from (read.mistake(place, what) for what in error.mistakes)
    except (HardwareError, OSError) as error:
        yield read.mistake(place, str(error), Severity.WITHOUT)
    else:
        # it was never started, so this frees what it holds
        reader.close()


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
