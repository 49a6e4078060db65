"""Kinds of callers of the HTTP API."""

from __future__ import annotations

from enum import Enum, unique

from kiosk.store.staff.roles import Role


@unique
class Caller(Enum):
    """What a caller has proved to be. The roles of the staff have the names of `Role`."""

    ANYBODY = "anybody"
    """No proof is asked for."""
    MIRROR = "mirror"
    """The mirror of a room, by its token."""
    STAND = "stand"
    """The card reader of a stand, by its token."""
    ASSOCIATE = "associate"
    BACK_OF_HOUSE = "back-of-house"
    ANALYST = "analyst"
    MANAGER = "manager"
    COMMAND = "command"
    """A command of the store's computer."""
    MONITOR = "monitor"
    """A program that reads the metrics."""
    INTEGRATOR = "integrator"
    """A program of another system, by its token."""


Callers = frozenset[Caller]
OF_ROLE: dict[Role, Caller] = {role: Caller(role.value) for role in Role}
STAFF: Callers = frozenset(OF_ROLE.values())
"""Everybody who signs in."""
