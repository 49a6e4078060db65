"""Chooses the connector of an address."""

from __future__ import annotations

from kiosk.connectors.commerce.errors import NoConnectorError
from kiosk.connectors.commerce.mapped.mapped_system import MappedSystem
from kiosk.connectors.commerce.place import SystemPlace
from kiosk.connectors.commerce.port import CommerceSystem
from kiosk.connectors.commerce.vendure.vendure_system import VendureSystem


def open_system(place: SystemPlace) -> CommerceSystem:
    """The system at a place. Contacts nothing. Raises NoConnectorError."""
    if place.driver == "mapped":
        return MappedSystem(place)
    if place.driver == "vendure":
        return VendureSystem(place)
    raise NoConnectorError(f"`{place.driver}` is no kind of system that can be read")
