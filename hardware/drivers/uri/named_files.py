"""Opens the files and devices that the URI of a reader names, as its driver does, and names what is wrong with them."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

from hardware.drivers.uri.address import Address, Driver, Local, LocalKind
from hardware.errors import HardwareError

# /dev/null and others (Linux, Documentation/admin-guide/devices.txt)
_MEMORY_DEVICES = 1


def file_mistakes(address: Address, driver: Driver[Callable[..., object]]) -> list[str]:
    """What is wrong with the files that the options of an address name; opens each as the driver does."""
    found = [
        _file_mistake(f"{option.name}={place}", option.check_file, place)
        for option in driver.options
        if option.check_file is not None and (place := address.options[option]) is not None
    ]
    return [mistake for mistake in found if mistake]


def place_mistake(address: Address, driver: Driver[Callable[..., object]]) -> str:
    """What is wrong with the file or device that a local address is; empty if nothing. A reader waits for it."""
    if not isinstance(driver.place, Local):
        return ""
    check = driver.place.check or (_check_device if driver.place.kind is LocalKind.DEVICE else None)
    return _file_mistake(address.path, check, Path(address.path)) if check is not None else ""


def _check_device(place: Path) -> None:
    """Raises OSError for a missing device, ValueError for what is no device of a scanner. Opens nothing."""
    status = place.stat()
    memory = stat.S_ISCHR(status.st_mode) and os.major(status.st_rdev) == _MEMORY_DEVICES
    # a pipe may stand in place of a device
    if memory or not (stat.S_ISCHR(status.st_mode) or stat.S_ISFIFO(status.st_mode)):
        raise ValueError("is no serial port and no keyboard")


def _file_mistake(what: str, check: Callable[[Path], object], place: Path) -> str:
    try:
        check(place)
    except OSError as error:
        return f"{what}: {(error.strerror or str(error)).lower()}"
    except (HardwareError, ValueError) as error:
        return f"{what}: {error}"
    return ""
