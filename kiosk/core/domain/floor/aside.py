"""A piece that is put aside for a shopper, as a state machine. It is fetched with a code; no shopper is named."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum, unique

from kiosk.core.domain.ids import ArticleId, AssociateId, PieceId, RoomId, Ticket
from kiosk.core.domain.texts import NO_TEXT, LocalizedText

IN_ROOM = "room"
"""`Aside.lies` of a piece that hangs in the shopper's room."""


@unique
class AsideOffer(Enum):
    """When a mirror offers to put a piece aside."""

    NEVER = "never"
    NOBODY = "nobody"
    """While nobody is there, or free, to bring it."""
    ALWAYS = "always"


@unique
class AsideState(Enum):
    """SENDING and REFUSED are the mirror's own."""

    SENDING = "sending"
    REFUSED = "refused"
    ASKED = "asked"
    """It is to be put aside."""
    TAKEN = "taken"
    """An associate has put it aside."""
    HANG_BACK = "hang-back"
    """It was put aside and is not any more: it is to be hung back."""
    ENDED = "ended"

    @property
    def waits_for_her(self) -> bool:
        """She may count on it, or will know soon."""
        return self in (AsideState.SENDING, AsideState.ASKED, AsideState.TAKEN)


@unique
class AsideMove(Enum):
    """What associates, the shopper (WITHDRAW) and the store (SELL, EXPIRE) do with it."""

    TAKE = "take"
    HAND_OVER = "hand-over"
    RELEASE = "release"
    HUNG = "hung"
    WITHDRAW = "withdraw"
    SELL = "sell"
    EXPIRE = "expire"


@dataclass(frozen=True, slots=True)
class Aside:
    """One piece for one shopper. The mirror makes `aside_id`; the store fills in everything but the ids."""

    aside_id: str
    room: RoomId
    ticket: Ticket
    article: ArticleId
    state: AsideState = AsideState.SENDING
    piece: PieceId | None = None
    """The piece that hangs in the room; None: one of the shop's stock."""
    name: LocalizedText = NO_TEXT
    size: str = ""
    colour: LocalizedText = NO_TEXT
    picture: str = ""
    lies: str = ""
    """"room", "floor" or "stockroom": where it is to be taken from."""
    rail: str = ""
    """The rail on which it hangs, by the plan of the floor; empty where that is not known."""
    code: str = field(default="", repr=False)
    made_us: int = 0
    until_us: int = 0
    until: str = ""
    """The same in the shop's time zone: `2026-12-01T19:00`."""
    associate_id: AssociateId | None = None
    by: str = field(default="", repr=False)
    """First name of the associate who has put it aside."""
    revision: int = 0
    """Counts the changes that the store has written."""


_FROM: dict[AsideMove, frozenset[AsideState]] = {
    AsideMove.TAKE: frozenset({AsideState.ASKED}),
    AsideMove.HUNG: frozenset({AsideState.HANG_BACK}),
    AsideMove.SELL: frozenset({AsideState.ASKED, AsideState.TAKEN, AsideState.HANG_BACK}),
}
_WAITING = frozenset({AsideState.ASKED, AsideState.TAKEN})


def moved(
    aside: Aside, move: AsideMove, *, associate_id: AssociateId | None = None, by: str = ""
) -> Aside | None:
    """The piece after a move; None where its state does not allow it.

    What nobody has taken hangs where it hung: it need not be hung back.
    """
    if aside.state not in _FROM.get(move, _WAITING):
        return None
    after = replace(aside, revision=aside.revision + 1)
    match move:
        case AsideMove.TAKE:
            return replace(after, state=AsideState.TAKEN, associate_id=associate_id, by=by)
        case AsideMove.RELEASE | AsideMove.WITHDRAW | AsideMove.EXPIRE:
            taken = aside.state is AsideState.TAKEN
            return replace(after, state=AsideState.HANG_BACK if taken else AsideState.ENDED)
        case AsideMove.HAND_OVER | AsideMove.HUNG | AsideMove.SELL:
            return replace(after, state=AsideState.ENDED)
