"""Where the store's feed is."""

from __future__ import annotations

from pathlib import Path

from kiosk.config.store import StoreConfig

OWN_FEED = "mapped"
"""Folder in the state folder for what connectors read, where no feed is configured."""


def feed_folder(config: StoreConfig, state: Path) -> Path | None:
    """The folder from which the store imports; None if there is no feed and no connector."""
    return config.catalogue.feed or (state / OWN_FEED if config.connectors else None)
