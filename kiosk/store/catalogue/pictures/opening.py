"""Opens the catalogue's pictures of a store."""

from __future__ import annotations

from pathlib import Path

from kiosk.config.limits import PictureLimits
from kiosk.store.catalogue.pictures.cache import PictureCache
from kiosk.store.catalogue.pictures.placeholder import placeholder
from kiosk.store.catalogue.pictures.scaling import ScalingProcesses

_MB = 1_000_000


def open_pictures(folder: Path | None, limits: PictureLimits, disk: Path) -> PictureCache:
    """The pictures below a folder; scaled ones are kept in the folder `disk`. Starts no thread and no process yet."""
    processes = ScalingProcesses(limits.decoded_mb * _MB)
    return PictureCache(folder, limits, processes.scaled, placeholder, disk, processes.close)
