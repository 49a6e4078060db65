"""A shopper's request to the associates, as a state machine: which action is allowed in which state."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum, unique

from kiosk.core.domain.ids import ArticleId, AssociateId, PieceId, RequestId, RoomId, Ticket
from kiosk.core.domain.texts import NO_TEXT, LocalizedText


@unique
class RequestKind(Enum):
    """What is asked for: another size or another piece, help, an alteration, a drink."""

    SIZE = "size"
    PIECE = "piece"
    HELP = "help"
    ALTERATION = "alteration"
    DRINK = "drink"


@unique
class RequestState(Enum):
    """SENDING and UNSENT are the mirror's own: not received by the store yet, or not reachable."""

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
        """Neither done nor declined nor cancelled."""
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
class AssociateReply(Enum):
    """The replies that an associate can choose from; the mirror shows each in the shopper's language."""

    COMING = "coming"
    TWO_MINUTES = "two-minutes"
    FIVE_MINUTES = "five-minutes"
    LAST_ONE_SOLD = "last-one-sold"
    OTHER_COLOUR = "other-colour"
    PLEASE_COME_OUT = "please-come-out"


@dataclass(frozen=True, slots=True)
class ServiceRequest:
    """One request of one visit. The mirror makes `request_id`, so sending it twice makes one request."""

    request_id: RequestId
    room: RoomId
    ticket: Ticket
    kind: RequestKind
    made_us: int
    state: RequestState = RequestState.SENDING
    article: ArticleId | None = None
    name: LocalizedText = NO_TEXT
    size: str = ""
    colour: LocalizedText = NO_TEXT
    picture: str = ""
    language: str = "en"
    """The shopper's language."""
    lies: str = ""
    """Stock place of the piece: "floor" or "stockroom"; empty if no piece is asked for. The name is that of the JSON
    field."""
    at_door: bool = False
    """The shopper wants it left at the door."""
    associate_id: AssociateId | None = None
    by: str = field(default="", repr=False)
    """The associate's first name."""
    answer: AssociateReply | None = None
    minutes: int = 0
    """Promised minutes; 0 for no promise."""
    changed_us: int = 0
    escalated: int = 0
    """How many times no associate claimed it in time: 1 goes to another associate, 2 to the manager."""
    instead_of: PieceId | None = None
    """A paid piece of the shopper that is changed for this size, at no charge, when it is handed over."""


@unique
class RequestAction(Enum):
    """What an associate, the shopper (CANCEL) or the store (RECEIVE, RELEASE, ESCALATE) does with a request."""

    RECEIVE = "receive"
    CLAIM = "claim"
    ANSWER = "answer"
    ARRIVE = "at-the-door"
    FINISH = "done"
    DECLINE = "decline"
    CANCEL = "cancel"
    RELEASE = "release"
    ESCALATE = "escalate"


_FROM: dict[RequestAction, frozenset[RequestState]] = {
    RequestAction.RECEIVE: frozenset({RequestState.SENDING, RequestState.UNSENT}),
    RequestAction.CLAIM: frozenset({RequestState.RECEIVED}),
    RequestAction.ANSWER: frozenset({RequestState.CLAIMED}),
    RequestAction.ARRIVE: frozenset({RequestState.CLAIMED}),
    RequestAction.FINISH: frozenset({RequestState.CLAIMED, RequestState.AT_THE_DOOR}),
    RequestAction.DECLINE: frozenset({RequestState.RECEIVED, RequestState.CLAIMED}),
    RequestAction.CANCEL: _OPEN,
    RequestAction.RELEASE: frozenset({RequestState.CLAIMED}),
    RequestAction.ESCALATE: frozenset({RequestState.RECEIVED, RequestState.CLAIMED}),
}
_TO: dict[RequestAction, RequestState] = {
    RequestAction.RECEIVE: RequestState.RECEIVED,
    RequestAction.CLAIM: RequestState.CLAIMED,
    RequestAction.ARRIVE: RequestState.AT_THE_DOOR,
    RequestAction.FINISH: RequestState.DONE,
    RequestAction.DECLINE: RequestState.DECLINED,
    RequestAction.CANCEL: RequestState.CANCELLED,
    RequestAction.RELEASE: RequestState.RECEIVED,
    RequestAction.ESCALATE: RequestState.RECEIVED,
}


def allowed_actions(state: RequestState) -> frozenset[RequestAction]:
    """What can be done with a request in this state."""
    return frozenset(action for action, states in _FROM.items() if state in states)


class ActionRefusedError(Exception):
    """The request's state, or the associate who claimed it, does not allow the action."""

    def __init__(self, action: RequestAction, request: ServiceRequest) -> None:
        self.action, self.request = action, request
        super().__init__(f"request {request.request_id} is {request.state.value}, cannot {action.value}")


def apply_action(
    request: ServiceRequest,
    action: RequestAction,
    at_us: int,
    *,
    associate_id: AssociateId | None = None,
    by: str = "",
    answer: AssociateReply | None = None,
    minutes: int = 0,
) -> ServiceRequest:
    """The request after an action. Raises ActionRefusedError if it is not allowed.

    CLAIM needs `associate_id`. A claimed request accepts actions of the associate who claimed it only; an action
    without `associate_id` is the store's or the shopper's own.
    """
    if request.state not in _FROM[action]:
        raise ActionRefusedError(action, request)
    if request.associate_id and associate_id not in (None, request.associate_id):
        raise ActionRefusedError(action, request)
    state = _TO.get(action, request.state)
    after = replace(request, state=state, changed_us=at_us)
    if action is RequestAction.CLAIM:
        return replace(
            after, associate_id=associate_id, by=by, answer=answer or AssociateReply.COMING, minutes=minutes
        )
    if action in (RequestAction.ANSWER, RequestAction.DECLINE):
        return replace(after, answer=answer, minutes=minutes, by=by or request.by)
    if action is RequestAction.RELEASE:
        return replace(after, associate_id=None, by="", answer=None, minutes=0)
    if action is RequestAction.ESCALATE:
        return replace(
            after, associate_id=None, by="", answer=None, minutes=0, escalated=request.escalated + 1
        )
    return after
