"""Roles of the shop's staff."""

from __future__ import annotations

from enum import Enum, unique


@unique
class Role(Enum):
    """Permissions of an associate."""

    ASSOCIATE = "associate"
    MANAGER = "manager"
