"""What a tap at a stand has led to. A stand is a card reader at one garment; a tap buys that garment."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, unique
from typing import Final

from kiosk.core.domain.ids import OrderId

STAND_PREFIX: Final = "stand-"
"""With what the ids and tickets of purchases at stands begin."""


def is_stand(own_id: str) -> bool:
    """Whether an order's id or ticket is that of a purchase at a stand, which belongs to no visit."""
    # ids of visits and their orders have full stops, also in a room whose name begins like that
    return own_id.startswith(STAND_PREFIX) and "." not in own_id


@unique
class StandSign(Enum):
    """What the reader of a stand shows.

    ACCEPTED: the purchase is in the ledger and is being charged. PAID: it is paid. REFUSED: nothing is charged.
    UNSURE: the result is not known yet; an associate has a task.
    """

    ACCEPTED = "accepted"
    PAID = "paid"
    REFUSED = "refused"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class StandAnswer:
    """The state of a purchase, or the refusal of a tap. `why`: code of the reason; `order_id`: None if none was made.

    `repeated`: the tap belongs to a purchase that was made before, and has bought nothing more.
    """

    sign: StandSign
    why: str = ""
    order_id: OrderId | None = None
    repeated: bool = False

    @property
    def is_final(self) -> bool:
        """Whether nothing more is expected."""
        return self.sign in (StandSign.PAID, StandSign.REFUSED)
