"""Configuration files: one YAML file for the store, one for each mirror. No other package of `kiosk` reads YAML."""

from __future__ import annotations

from kiosk.config.load import load_mirror, load_store, parse_mirror, parse_store
from kiosk.config.mirror import MirrorConfig, Screen
from kiosk.config.mistakes import ConfigError, Mistake
from kiosk.config.schema import schema
from kiosk.config.store import Reader, Room, Shop, StoreConfig

__all__ = [
    "ConfigError",
    "MirrorConfig",
    "Mistake",
    "Reader",
    "Room",
    "Screen",
    "Shop",
    "StoreConfig",
    "load_mirror",
    "load_store",
    "parse_mirror",
    "parse_store",
    "schema",
]
