"""A shopper's request to the associates, as a state machine: which action is allowed in which state."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum, unique

from kiosk.core.domain.floor.alteration import TailorNote
from kiosk.core.domain.floor.second_size import SecondSize
from kiosk.core.domain.floor.services import AskedService
from kiosk.core.domain.ids import ArticleId, AssociateId, PieceId, RequestId, RoomId, Ticket
from kiosk.core.domain.texts import NO_TEXT, LocalizedText


@unique
class RequestKind(Enum):
    """What is asked for: another size or another piece, help, an alteration, a drink, another service of the shop."""

    SIZE = "size"
    PIECE = "piece"
    HELP = "help"
    ALTERATION = "alteration"
    DRINK = "drink"
    SERVICE = "service"
    """`ServiceRequest.service` says which."""


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


_OPEN = frozenset({
    RequestState.SENDING, RequestState.RECEIVED, RequestState.CLAIMED, RequestState.AT_THE_DOOR, RequestState.UNSENT,
})  # fmt: skip


@unique
class AssociateReply(Enum):
    """The replies that an associate can choose from; the mirror shows each in the shopper's language."""

    COMING = "coming"
    TWO_MINUTES = "two-minutes"
    FIVE_MINUTES = "five-minutes"
    LAST_ONE_SOLD = "last-one-sold"
    OTHER_COLOUR = "other-colour"
    PLEASE_COME_OUT = "please-come-out"

    @property
    def promised_minutes(self) -> int:
        """The minutes that the reply itself names; 0 for none."""
        return {AssociateReply.TWO_MINUTES: 2, AssociateReply.FIVE_MINUTES: 5}.get(self, 0)


@unique
class Reached(Enum):
    """Who was asked last to take a request that waits."""

    TEAM = "team"
    """Everybody on the floor."""
    ASSOCIATE = "associate"
    MANAGER = "manager"
    NOBODY = "nobody"
    """There is nobody, or nobody else, to ask."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The outcome of an escalation. `associate_id` is None where nobody is on the floor."""

    reached: Reached
    associate_id: AssociateId | None = None
    name: str = field(default="", repr=False)


NOBODY_ASKED = Asked(Reached.NOBODY)
MAX_ESCALATIONS = 2
"""`ServiceRequest.escalated` counts no further: from then on somebody is asked again and again."""


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
    """JSON's name for the stock place of the piece: "floor" or "stockroom"; empty if no piece is asked for."""
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
    """How many times no associate claimed it in time, at most `MAX_ESCALATIONS`. `reached` says who was asked by it."""
    instead_of: PieceId | None = None
    """A paid piece of the shopper that is changed for this size, at no charge, when it is handed over."""
    usual: int = 0
    """Minutes that such a request usually took, when it was received; 0: not known."""
    lost_by: str = field(default="", repr=False)
    """First name of the associate who had it last and has it no more, while it waits."""
    reached: Reached = Reached.TEAM
    asked_id: AssociateId | None = None
    """Whose device rings for it; None: every device."""
    asked: str = field(default="", repr=False)
    """The first name to `asked_id`."""
    rung: int = 0
    """How many times a device was rung by an escalation."""
    revision: int = 0
    """Counts the changes that the store has written: of two states the one with the larger number is the later."""
    received_us: int = 0
    """When the store received it, by the store's clock; `made_us` is by the mirror's. 0: one of an earlier version."""
    service: AskedService | None = None
    """Of the shop's list of services; `name` is its label then. None for garments, and for what needs no entry."""
    note: TailorNote | None = None
    second: SecondSize | None = None
    """Asked for together with `size`, since either may fit: the associate brings one of them or both."""

    @property
    def since_us(self) -> int:
        """Since when it is asked for: by the store's clock, where the store has received it."""
        return self.received_us or self.made_us

    @property
    def kind_key(self) -> str:
        """The kind for measurements and plans: the key of a service, else the name of the kind."""
        return self.service.key if self.service is not None else self.kind.value

    @property
    def is_brought(self) -> bool:
        """A thing is brought; otherwise a person comes."""
        if self.service is not None:
            return self.service.brought
        return self.kind in (RequestKind.SIZE, RequestKind.PIECE, RequestKind.DRINK)

    @property
    def is_offer(self) -> bool:
        """One associate is asked before everybody is."""
        return self.state is RequestState.RECEIVED and self.rung == 0 and self.asked_id is not None

    @property
    def was_brought(self) -> bool:
        """A thing stands at the door: it stays there when the associate is gone."""
        return self.is_brought and self.state is RequestState.AT_THE_DOOR


@unique
class RequestAction(Enum):
    """What an associate, the shopper (CANCEL) or the store (RECEIVE, RELEASE, ESCALATE) does with a request.

    TAKE_OVER is a manager's, whoever has claimed it.
    """

    RECEIVE = "receive"
    CLAIM = "claim"
    ANSWER = "answer"
    ARRIVE = "at-the-door"
    FINISH = "done"
    DECLINE = "decline"
    CANCEL = "cancel"
    RELEASE = "release"
    ESCALATE = "escalate"
    TAKE_OVER = "take-over"


_FROM: dict[RequestAction, frozenset[RequestState]] = {
    RequestAction.RECEIVE: frozenset({RequestState.SENDING, RequestState.UNSENT}),
    RequestAction.CLAIM: frozenset({RequestState.RECEIVED}),
    RequestAction.ANSWER: frozenset({RequestState.CLAIMED}),
    RequestAction.ARRIVE: frozenset({RequestState.CLAIMED}),
    RequestAction.FINISH: frozenset({RequestState.CLAIMED, RequestState.AT_THE_DOOR}),
    RequestAction.DECLINE: frozenset({RequestState.RECEIVED, RequestState.CLAIMED}),
    RequestAction.CANCEL: _OPEN,
    RequestAction.RELEASE: frozenset({RequestState.CLAIMED, RequestState.AT_THE_DOOR}),
    RequestAction.ESCALATE: frozenset({RequestState.RECEIVED}),
    RequestAction.TAKE_OVER: _OPEN - {RequestState.SENDING, RequestState.UNSENT},
}
_TO: dict[RequestAction, RequestState] = {
    RequestAction.RECEIVE: RequestState.RECEIVED, RequestAction.CLAIM: RequestState.CLAIMED,
    RequestAction.ARRIVE: RequestState.AT_THE_DOOR, RequestAction.FINISH: RequestState.DONE,
    RequestAction.DECLINE: RequestState.DECLINED, RequestAction.CANCEL: RequestState.CANCELLED,
    RequestAction.RELEASE: RequestState.RECEIVED, RequestAction.ESCALATE: RequestState.RECEIVED,
}  # fmt: skip


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
    asked: Asked = NOBODY_ASKED,
) -> ServiceRequest:
    """The request after an action. Raises ActionRefusedError if it is not allowed.

    CLAIM and TAKE_OVER need `associate_id`, ESCALATE takes `asked`. A claimed request accepts other actions of the
    associate who claimed it only; an action without `associate_id` is the store's or the shopper's own.
    """
    if request.state not in _FROM[action]:
        raise ActionRefusedError(action, request)
    is_others = request.associate_id and associate_id not in (None, request.associate_id)
    if is_others and action is not RequestAction.TAKE_OVER:
        raise ActionRefusedError(action, request)
    after = replace(request, state=_TO.get(action, request.state), changed_us=at_us)
    match action:
        case RequestAction.CLAIM | RequestAction.TAKE_OVER:
            return _claimed(request, after, associate_id, by, answer or AssociateReply.COMING, minutes)
        case RequestAction.ANSWER | RequestAction.DECLINE:
            return replace(after, answer=answer, minutes=minutes, by=by or request.by)
        case RequestAction.RELEASE:
            return _released(request, after)
        case RequestAction.ESCALATE:
            return _escalated(after, asked)
        case _:
            return after


def offered(request: ServiceRequest, asked: Asked, *, alone: bool = False) -> ServiceRequest:
    """A new request for which one associate is asked first; `alone`: nobody else before it is escalated."""
    return replace(_asked_of(request, asked), rung=int(alone))


def offered_to_all(request: ServiceRequest, at_us: int) -> ServiceRequest:
    """A request for which everybody is asked from now on."""
    return replace(_asked_of(request, Asked(Reached.TEAM)), changed_us=at_us)


def _claimed(
    request: ServiceRequest, after: ServiceRequest, associate_id: AssociateId | None, by: str,
    answer: AssociateReply, minutes: int,
) -> ServiceRequest:  # fmt: skip
    """What stands at the door already stays there when a manager takes it over."""
    state = request.state if request.state is RequestState.AT_THE_DOOR else RequestState.CLAIMED
    return replace(
        _asked_of(after, Asked(Reached.TEAM)), state=state, associate_id=associate_id, by=by, answer=answer,
        minutes=minutes, lost_by="",
    )  # fmt: skip


def _released(request: ServiceRequest, after: ServiceRequest) -> ServiceRequest:
    """It waits again. A thing that was brought stays at the door; any associate may close the request then."""
    free = replace(after, associate_id=None, by="", answer=None, minutes=0)
    if request.was_brought:
        return replace(free, state=RequestState.AT_THE_DOOR)
    return _asked_of(replace(free, lost_by=request.by), Asked(Reached.TEAM))


def _escalated(after: ServiceRequest, asked: Asked) -> ServiceRequest:
    rung = after.rung + (asked.associate_id is not None)
    escalated = min(after.escalated + 1, MAX_ESCALATIONS)
    return replace(_asked_of(after, asked), escalated=escalated, rung=rung)


def _asked_of(request: ServiceRequest, asked: Asked) -> ServiceRequest:
    return replace(request, reached=asked.reached, asked_id=asked.associate_id, asked=asked.name)
