"""The parts of the associates' page that a role may use: those whose first route the table gives to it."""

from __future__ import annotations

from typing import Final

from kiosk.store.api.access.callers import OF_ROLE
from kiosk.store.api.access.table import ROUTES, Operation
from kiosk.store.staff.roles import Role

PARTS: Final[dict[str, Operation]] = {
    "floor": ("GET", "/api/v1/floor/stream"),
    "stockroom": ("GET", "/api/v1/stockroom/stream"),
    "appointments": ("GET", "/api/v1/appointments"),
    "lookup": ("GET", "/api/v1/products"),
    "desk": ("GET", "/api/v1/money"),
    "status": ("GET", "/api/v1/fleet"),
    "insights": ("GET", "/api/v1/insights/models"),
    "feed": ("GET", "/api/v1/feed"),
    "devices": ("GET", "/api/v1/devices"),
    "staff": ("GET", "/api/v1/staff"),
}
"""Each part with the route that it asks first."""


def parts_of(role: Role) -> tuple[str, ...]:
    """The parts for a role, in the order of the page."""
    return tuple(part for part, operation in PARTS.items() if OF_ROLE[role] in ROUTES[operation])
