"""A shopper's request from the glass to the door: who may move it where. The request loop is the product."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, unique

from kiosk.core.domain.ids import AssociateId, Gtin, RequestId, RoomId, Ticket
from kiosk.core.domain.texts import NO_WORDS, Words


@unique
class RequestKind(Enum):
    SIZE = "size"
    PIECE = "piece"
    HELP = "help"
    ALTERATION = "alteration"
    DRINK = "drink"


@unique
class RequestState(Enum):
    """RECEIVED by the store, CLAIMED by a named associate, on its way, AT_THE_DOOR, DONE; or answered otherwise."""

    SENDING = "sending"
    RECEIVED = "received"
    CLAIMED = "claimed"
    AT_THE_DOOR = "at-the-door"
    DONE = "done"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    UNSENT = "unsent"

    @property
    def open(self) -> bool:
        return self in _OPEN


_OPEN = frozenset(
    {
        RequestState.SENDING,
        RequestState.RECEIVED,
        RequestState.CLAIMED,
        RequestState.AT_THE_DOOR,
        RequestState.UNSENT,
    }
)


@unique
class Answer(Enum):
    """An associate's answers, each a template in the shopper's language."""

    COMING = "coming"
    TWO_MINUTES = "two-minutes"
    FIVE_MINUTES = "five-minutes"
    LAST_ONE_SOLD = "last-one-sold"
    OTHER_COLOUR = "other-colour"
    PLEASE_COME_OUT = "please-come-out"


@dataclass(frozen=True, slots=True)
class ServiceRequest:
    """One request of one visit. `request_id` is made by the mirror, so that sending twice asks once."""

    request_id: RequestId
    room: RoomId
    ticket: Ticket
    kind: RequestKind
    made_us: int
    state: RequestState = RequestState.SENDING
    gtin: Gtin | None = None
    name: Words = NO_WORDS
    size: str = ""
    colour: Words = NO_WORDS
    picture: str = ""
    language: str = "en"
    """The shopper's language."""
    lies: str = ""
    """Where the piece lies: floor, stockroom."""
    at_door: bool = False
    """The shopper wishes it left at the door."""
    associate_id: AssociateId | None = None
    by: str = ""
    """The associate's first name."""
    answer: Answer | None = None
    minutes: int = 0
    """Minutes promised; 0 where none were."""
    changed_us: int = 0
    escalated: int = 0
    """How many times nobody came in time: 1 told the next associate, 2 the manager."""


@unique
class Move(Enum):
    """What an associate, the shopper or the store does with a request."""

    RECEIVE = "receive"
    CLAIM = "claim"
    ANSWER = "answer"
    ARRIVE = "at-the-door"
    FINISH = "done"
    DECLINE = "decline"
    CANCEL = "cancel"
    RELEASE = "release"
    ESCALATE = "escalate"


_FROM: dict[Move, frozenset[RequestState]] = {
    Move.RECEIVE: frozenset({RequestState.SENDING, RequestState.UNSENT}),
    Move.CLAIM: frozenset({RequestState.RECEIVED}),
    Move.ANSWER: frozenset({RequestState.CLAIMED}),
    Move.ARRIVE: frozenset({RequestState.CLAIMED}),
    Move.FINISH: frozenset({RequestState.CLAIMED, RequestState.AT_THE_DOOR}),
    Move.DECLINE: frozenset({RequestState.RECEIVED, RequestState.CLAIMED}),
    Move.CANCEL: _OPEN,
    Move.RELEASE: frozenset({RequestState.CLAIMED}),
    Move.ESCALATE: frozenset({RequestState.RECEIVED, RequestState.CLAIMED}),
}
_TO: dict[Move, RequestState] = {
    Move.RECEIVE: RequestState.RECEIVED,
    Move.CLAIM: RequestState.CLAIMED,
    Move.ARRIVE: RequestState.AT_THE_DOOR,
    Move.FINISH: RequestState.DONE,
    Move.DECLINE: RequestState.DECLINED,
    Move.CANCEL: RequestState.CANCELLED,
    Move.RELEASE: RequestState.RECEIVED,
    Move.ESCALATE: RequestState.RECEIVED,
}


class MoveRefusedError(Exception):
    """A move that the request's state does not allow, e.g. claiming what another has claimed."""

    def __init__(self, move: Move, request: ServiceRequest) -> None:
        self.move, self.request = move, request
        super().__init__(f"request {request.request_id} is {request.state.value}, cannot {move.value}")


def moved(
    request: ServiceRequest,
    move: Move,
    at_us: int,
    *,
    associate_id: AssociateId | None = None,
    by: str = "",
    answer: Answer | None = None,
    minutes: int = 0,
) -> ServiceRequest:
    """The request after a move; raises MoveRefusedError where its state does not allow it.

    CLAIM needs the associate; only the one who claimed may answer, arrive, finish or decline afterwards
    (an associate given here is held against it).
    """
    if request.state not in _FROM[move]:
        raise MoveRefusedError(move, request)
    if request.associate_id and associate_id not in (None, request.associate_id):
        raise MoveRefusedError(move, request)
    state = _TO.get(move, request.state)
    after = replace(request, state=state, changed_us=at_us)
    if move is Move.CLAIM:
        return replace(
            after, associate_id=associate_id, by=by, answer=answer or Answer.COMING, minutes=minutes
        )
    if move in (Move.ANSWER, Move.DECLINE):
        return replace(after, answer=answer, minutes=minutes, by=by or request.by)
    if move is Move.RELEASE:
        return replace(after, associate_id=None, by="", answer=None, minutes=0)
    if move is Move.ESCALATE:
        return replace(
            after, associate_id=None, by="", answer=None, minutes=0, escalated=request.escalated + 1
        )
    return after
