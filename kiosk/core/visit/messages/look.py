"""The look that an associate shows: its pieces without those that the shopper does not want."""

from __future__ import annotations

from kiosk.core.clues.dislikes import is_unwanted
from kiosk.core.domain.floor.staff_message import LookPiece
from kiosk.core.visit.state import Visit


def look_of(visit: Visit) -> tuple[LookPiece, ...]:
    """The pieces that are shown now. One that a dislike means leaves at once, and comes back if it was withdrawn."""
    message, looks = visit.messages.shown, visit.looks
    if message is None:
        return ()
    return tuple(
        one
        for one in message.look
        if one.garment.item not in looks.dismissed and not is_unwanted(one.garment, looks.unwanted)
    )
