"""The event of a piece that is put aside."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.core.domain.floor.aside import Aside
from kiosk.core.domain.ids import Ticket


@dataclass(frozen=True, slots=True)
class AsideChanged:
    """A piece of this visit that is put aside, as the store has it now; REFUSED: the store does not put it aside."""

    at_us: int
    ticket: Ticket
    aside: Aside
