"""The events of pieces that are put aside."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.core.domain.floor.aside import Aside
from kiosk.core.domain.ids import ShopperId, Ticket


@dataclass(frozen=True, slots=True)
class AsideChanged:
    """A piece of this visit that is put aside, as the store has it now; REFUSED: the store does not put it aside."""

    at_us: int
    ticket: Ticket
    aside: Aside


@dataclass(frozen=True, slots=True)
class AsidesStated:
    """All that is put aside since earlier visits for a member who has proved her card in this one."""

    at_us: int
    ticket: Ticket
    shopper_id: ShopperId = field(repr=False)
    asides: tuple[Aside, ...] = field(repr=False)
