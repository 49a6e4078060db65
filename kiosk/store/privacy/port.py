"""The port of a place that holds data of members. Connectors to other systems implement it too, when there are any."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from kiosk.core.domain.ids import ShopperId


@dataclass(frozen=True, slots=True)
class Held:
    """What one place holds of a member: rows as they are stored, in plain JSON values."""

    place: str
    rows: tuple[Mapping[str, Any], ...] = field(repr=False)


class PersonalData(Protocol):
    """A place that holds data of members. Safe from any thread.

    Promises: after `erase` has returned, `held` is empty for this member; `erase` may be repeated, and then counts 0.
    """

    def held(self, member: ShopperId) -> tuple[Held, ...]:
        """What is held of a member, a value for each place that holds something. Raises SQLAlchemyError."""
        ...

    def erase(self, member: ShopperId) -> Mapping[str, int]:
        """Erases it; the number of erased rows for each place. Raises SQLAlchemyError."""
        ...
