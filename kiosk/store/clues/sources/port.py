"""The port of a source of facts about a member, and how a garment is named in a statement."""

from __future__ import annotations

from typing import Protocol

from kiosk.core.clues.clue import ClueValue
from kiosk.core.clues.fact import Fact
from kiosk.core.domain.garment import Garment, displayed_size
from kiosk.core.domain.ids import ShopperId
from kiosk.core.domain.texts import LocalizedText


class FactSource(Protocol):
    """What one place knows of members. Safe from any thread.

    Promises: nothing about anybody else; it is asked only for a member with the consents in `needs`, and with `clues`.
    """

    @property
    def needs(self) -> frozenset[str]:
        """Consents, besides `clues`, without which it may not be used."""
        ...

    def facts(self, member: ShopperId, now_us: int) -> tuple[Fact, ...]:
        """What it knows of a member. Raises SQLAlchemyError, OSError."""
        ...


def named(garment: Garment, size: str = "") -> tuple[ClueValue, ...]:
    """The values that name a garment: its name, its colour, and the size where there is more than one."""
    values = (ClueValue("name", garment.name), ClueValue("colour", garment.colourway.name))
    shown = displayed_size(size)
    return (*values, plain("size", shown)) if shown else values


def plain(name: str, text: str) -> ClueValue:
    """A value that is the same in every language."""
    return ClueValue(name, LocalizedText.of(text))
