"""Roles of the shop's staff."""

from __future__ import annotations

from enum import Enum, unique
from typing import Final


@unique
class Role(Enum):
    """What a person of the staff does. Which routes a role may ask is in `kiosk/store/api/access/table.py`."""

    ASSOCIATE = "associate"
    """Serves shoppers on the floor."""
    BACK_OF_HOUSE = "back-of-house"
    """Works in the stockroom: what is to be brought, what is to be bagged. Is never on the floor."""
    MANAGER = "manager"
    """Serves shoppers, and administers the shop."""
    ANALYST = "analyst"
    """Reads the insights. Is never on the floor."""

    @property
    def is_on_floor(self) -> bool:
        """Whether such a person serves shoppers: mirrors show the name, devices ring, requests can be claimed, and a
        PIN confirms as a second person."""
        return self in ON_FLOOR


ON_FLOOR: Final = frozenset({Role.ASSOCIATE, Role.MANAGER})
"""The roles that serve shoppers."""
