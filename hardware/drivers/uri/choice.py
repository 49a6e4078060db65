"""Chooses the driver of a URI by its scheme."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeVar

from hardware.drivers.uri.address import Driver, without_password
from hardware.drivers.uri.options import nearest, shown
from hardware.errors import UriError

Open = TypeVar("Open", bound=Callable[..., object])


def chosen(uri: str, drivers: Mapping[str, Driver[Open]], what: str) -> Driver[Open]:
    """The driver of the URI's scheme; `what` says what the drivers open. Raises UriError with the known forms."""
    forms = ", ".join(driver.form for driver in drivers.values())
    found = re.match(r"([A-Za-z][A-Za-z0-9+.-]*)://", uri)
    if found is None:
        raise UriError(f"{shown(without_password(uri))!r} is not the URI of {what}; known are {forms}")
    scheme = found[1].lower()
    if scheme not in drivers:
        similar = nearest(scheme, drivers, list_all=False) or f"; known are {forms}"
        raise UriError(f"{scheme}:// is not the URI of {what}{similar}")
    return drivers[scheme]
