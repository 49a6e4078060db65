"""Converts files of other systems (shops, spreadsheets, Google Merchant) into files of the feed, by a mapping."""

from __future__ import annotations

from kiosk.connectors.mapping.conversion import Conversion, Shop, convert
from kiosk.connectors.mapping.loading import load_mapping, preset_names
from kiosk.connectors.mapping.model import MappingFile

__all__ = ["Conversion", "MappingFile", "Shop", "convert", "load_mapping", "preset_names"]
