"""Configuration files: one YAML file for the store, one for each mirror. No other package of `kiosk` reads YAML."""

from __future__ import annotations

from kiosk.config.load import (
    Read,
    load_floor_plan,
    load_mirror,
    load_store,
    parse_mirror,
    parse_store,
    read_mirror,
    read_store,
)
from kiosk.config.mirror import MirrorConfig, Screen
from kiosk.config.mistakes import ConfigError, Mistake, Severity
from kiosk.config.schema import schema
from kiosk.config.shop import Fiscal, Shop
from kiosk.config.store import Reader, Room, StoreConfig

__all__ = [
    "ConfigError",
    "Fiscal",
    "MirrorConfig",
    "Mistake",
    "Read",
    "Reader",
    "Room",
    "Screen",
    "Severity",
    "Shop",
    "StoreConfig",
    "load_floor_plan",
    "load_mirror",
    "load_store",
    "parse_mirror",
    "parse_store",
    "read_mirror",
    "read_store",
    "schema",
]
