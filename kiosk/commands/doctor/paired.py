"""Checks the files of paired devices in the store's state folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kiosk.commands.doctor.finding import Finding, bad, good, note
from kiosk.store.staff.devices import DeviceTokens, unusable

_ABOUT: Final = "paired devices"


def look(state: Path) -> Iterator[Finding]:
    """One finding for each file that gives its device no access, or for all devices if every file does."""
    try:
        found = unusable(state)
    except OSError as error:
        yield bad(_ABOUT, f"{error.filename}: {error.strerror}", "Run this as root or as the store's user.")
        return
    for file, reason in found:
        if reason:
            advice = f"Pair that device again. Files of root are of no use to the store: rm {file}."
            yield bad(_ABOUT, f"{file}: {reason}; this device has no access", advice)
        else:
            yield note(_ABOUT, f"{file} is no file of a device and is ignored", "Delete it.")
    if not any(reason for _, reason in found):
        yield good(_ABOUT, f"{len(DeviceTokens(state).all())} in {state}")
