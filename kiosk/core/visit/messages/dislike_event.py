"""The events that state dislikes and end them."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.core.clues.dislikes import Dislike
from kiosk.core.domain.ids import Ticket


@dataclass(frozen=True, slots=True)
class DislikesStated:
    """The shopper does not want to be offered these; an associate has said so for her."""

    at_us: int
    ticket: Ticket
    dislikes: tuple[Dislike, ...]


@dataclass(frozen=True, slots=True)
class DislikesWithdrawn:
    """These were wrong: what they mean may be offered to the shopper again."""

    at_us: int
    ticket: Ticket
    dislikes: tuple[Dislike, ...]
