"""Checks that the disk of the state directory has the free space that orders want."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kiosk import paths
from kiosk.config import Mistake, Read, Severity, StoreConfig
from kiosk.store.payments.space.disk_floor import DiskFloor, DiskSpace


def disk_space(config: StoreConfig) -> DiskSpace:
    """The disk of the state directory, which may not exist yet."""
    state = paths.state_place("store", config.state)
    return DiskFloor(_there(state), config.payments.min_free_mb).look()


def space_mistakes(read: Read[StoreConfig], config: StoreConfig) -> Iterator[Mistake]:
    """A note where the store would take no orders on this computer."""
    space = disk_space(config)
    if space.low:
        what = f"{space.folder} has {space.free_mb} MB of free space, less than {space.floor_mb}: no orders are taken"
        yield read.mistake(("payments", "min_free_mb"), what, Severity.NOTE)


def _there(place: Path) -> Path:
    return next((parent for parent in (place, *place.parents) if parent.is_dir()), Path("/"))
