"""Routes of the associates' page: session, floor, alarms, and the moves on requests."""

import secrets
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request, Response
from pydantic import ConfigDict, Field

from kiosk.clock import monotonic_us
from kiosk.config.limits import SignInLimits
from kiosk.core.domain.ids import AssociateId, OrderId, RequestId, RoomId
from kiosk.core.domain.service_request import AssociateReply, RequestAction, ServiceRequest
from kiosk.core.visit.events import StaffChanged
from kiosk.store.api.access.page_parts import parts_of
from kiosk.store.api.administration.cookies import (
    delete_session_cookie,
    set_session_cookie,
    set_sign_in_cookie,
    sign_in_cookie,
)
from kiosk.store.api.auth import OPEN_TO_ALL, AssociateAuth, AssociateSession
from kiosk.store.api.body_limit import LimitedRoute
from kiosk.store.api.connections.sign_in_tries import SignInTries
from kiosk.store.api.streaming import BEAT, EventStreamResponse
from kiosk.store.api.wire_types import JsonObject, Wire, WireForm
from kiosk.store.floor.bag_tasks import BagTask
from kiosk.store.floor.clone_alarms import CloneAlarm
from kiosk.store.floor.event_hub import FLOOR_TOPIC, EventHub
from kiosk.store.floor.request_view import AssociateAction, RequestStatus, request_for_page
from kiosk.store.floor.room_state import RoomBoard
from kiosk.store.floor.stand_notices import StandNotice
from kiosk.store.service import Service
from kiosk.store.staff.associates import Associate, AssociateAccounts, Role
from kiosk.store.staff.token_hash import token_hash

PageRequest = Annotated[ServiceRequest, WireForm(request_for_page, RequestStatus)]
"""A request with the fields that the page shows and offers."""


class SignInBody(JsonObject):
    """Name and PIN of an associate. `new_pin` replaces the PIN: needed once after the store has made one."""

    model_config = ConfigDict(extra="forbid")
    associate_id: str = Field(max_length=64)
    pin: str = Field(max_length=64, repr=False)
    new_pin: str = Field(default="", max_length=64, repr=False)


class MoveBody(JsonObject):
    """An associate's answer and promised minutes; both are optional."""

    answer: AssociateReply | None = None
    minutes: Annotated[int, Field(ge=0, le=120)] = 0
    """Minutes promised; with 0 the store computes them when an associate claims."""
    key: str = Field(default="", max_length=64)
    """Made by the page for one action. Sent again with the same key, it is not done again: the answer is the request
    as it is now."""


class BreakBody(JsonObject):
    """Whether a break begins, or ends."""

    model_config = ConfigDict(extra="forbid")
    on_break: bool


class AssociateName(JsonObject):
    """An associate as the sign-in page shows them."""

    id: str
    name: str


class SessionAssociate(AssociateName):
    """The associate of a session."""

    languages: tuple[str, ...]
    role: Role
    parts: tuple[str, ...] = ()
    """The parts of the page for this role: `floor`, `stockroom`, `lookup`, `desk`, `status`, `insights`, `feed`,
    `devices`, `staff`."""


class SessionAnswer(JsonObject):
    """The associate who is signed in."""

    associate: SessionAssociate
    on_break: bool = False
    break_since_us: int | None = None
    """Time of day; null without a break."""


class SignInAnswer(SessionAnswer):
    """A new session: its token and its associate."""

    token: str


class FloorAnswer(JsonObject):
    """Open requests, all rooms, the present associates, the readers that answer, and alarms that wait."""

    class_name: Annotated[Literal["Floor"], Field(alias="is")]
    now_us: int
    """The store's clock, by which the page shows ages."""
    requests: tuple[PageRequest, ...]
    rooms: Wire[tuple[RoomBoard, ...]]
    staff: Wire[StaffChanged]
    radio: dict[str, bool]
    alarms: Wire[tuple[CloneAlarm, ...]]
    bags: Wire[tuple[BagTask, ...]]
    stand_titles: dict[str, str]
    stands: Wire[tuple[StandNotice, ...]]
    """Refused taps at stands that no associate has confirmed."""


def floor_router(
    service: Service, associates: AssociateAccounts, auth: AssociateAuth, hub: EventHub,
    sign_in: SignInLimits,
) -> APIRouter:  # fmt: skip
    """The routes of the associates' page."""
    router = APIRouter(prefix="/api/v1", tags=["associates"], route_class=LimitedRoute)
    _session(router, service, associates, auth, hub, SignInTries(sign_in, monotonic_us))
    _floor(router, service, auth, hub)
    return router


def _session(
    router: APIRouter, service: Service, associates: AssociateAccounts, auth: AssociateAuth, hub: EventHub,
    tries: SignInTries,
) -> None:  # fmt: skip
    @router.get("/associates", summary="Who may sign in", dependencies=[OPEN_TO_ALL])
    def names() -> list[AssociateName]:
        """Ids and first names for the sign-in page."""
        return [AssociateName(id=a.associate_id, name=a.name) for a in associates.all()]

    @router.post("/session", summary="Sign in", dependencies=[OPEN_TO_ALL])
    def sign_in(body: SignInBody, request: Request, response: Response) -> SignInAnswer:
        """A session as a cookie and as a token. Five wrong PINs lock the name for a while, but not on devices on which
        this associate has signed in before (a second cookie); these have a count of their own. 429 also for too many
        tries from one address or in total. 403 with the code `pin-due` where `new_pin` is needed; 409 for one that
        breaks a rule. Who signs in is back from a break."""
        auth.device_of(request)
        named, device = AssociateId(body.associate_id), sign_in_cookie(request)
        if not associates.knows(device, named):
            tries.count(request.client.host if request.client else "")
        if not associates.knows(device):
            device = secrets.token_urlsafe(32)
        token, associate = associates.sign_in(
            named, body.pin, associates.clock(), device, body.new_pin, stamp_us=service.now_us()
        )
        service.floor.staff.active(associate, token_hash(token))
        service.floor.staff.end_break(associate.associate_id)
        set_session_cookie(request, response, token)
        set_sign_in_cookie(request, response, device)
        return SignInAnswer(token=token, associate=_session_associate(associate))

    @router.delete("/session", summary="Sign out", status_code=204, response_class=Response)
    def sign_out(
        session: Annotated[AssociateSession, Depends(auth)], request: Request, response: Response
    ) -> None:
        """Ends the session and its open streams. Without another session, what the associate has claimed is open again
        at once."""
        associates.sign_out(session.token)
        hub.close_owned_by(session.owner)
        service.floor.staff.signed_out(session.associate.associate_id, session.name)
        service.release_claims_of_absent()
        delete_session_cookie(request, response)

    @router.post("/session/used", summary="Somebody uses the page", status_code=204, response_class=Response)
    def used(session: Annotated[AssociateSession, Depends(auth)]) -> None:
        """A page that is touched says so each minute; a session that nobody uses ends (`associates.idle_minutes`)."""
        del session  # its last use is noted when it is let in

    @router.get("/session", summary="Who is signed in")
    def session(session: Annotated[AssociateSession, Depends(auth)]) -> SessionAnswer:
        """The associate of this session."""
        return _session_answer(service, session.associate)

    @router.put("/session/break", summary="Begin or end a break")
    def set_break(body: BreakBody, session: Annotated[AssociateSession, Depends(auth)]) -> SessionAnswer:
        """While on a break, the associate is not on the floor: what she has claimed is open again at once, and nothing
        rings for her. It lasts until she ends it, claims a request, signs in, or signs out of her last device; a
        restart of the store does not end it."""
        staff, associate_id = service.floor.staff, session.associate.associate_id
        if body.on_break:
            staff.begin_break(associate_id, service.now_us())
        else:
            staff.end_break(associate_id)
        service.release_claims_of_absent()
        return _session_answer(service, session.associate)


def _session_answer(service: Service, associate: Associate) -> SessionAnswer:
    since_us = service.floor.staff.breaks().get(associate.associate_id)
    return SessionAnswer(
        associate=_session_associate(associate), on_break=since_us is not None, break_since_us=since_us
    )


def _floor(router: APIRouter, service: Service, auth: AssociateAuth, hub: EventHub) -> None:
    @router.get("/floor", summary="The present state of the floor", dependencies=[Depends(auth)])
    def floor() -> FloorAnswer:
        """Open requests, all rooms, who is here, which readers answer, alarms that no associate has confirmed."""
        return FloorAnswer.model_validate(service.floor.floor_snapshot())

    @router.get(
        "/floor/stream", summary="Changes of the floor", status_code=200, response_class=EventStreamResponse
    )
    def stream(session: Annotated[AssociateSession, Depends(auth)]) -> Response:
        """Server-sent events: first `Floor`, then `RequestChanged`, `RoomChanged`, `StaffChanged`, `MoneyMoved`,
        `CloneAlarm`, `AlarmSeen`, `BagTask`, `BagDone`, `StandNotice`, `StandNoticeEnded`, `FeedChanged`
        (for managers: ask `/feed` again), `AppointmentsChanged`, `AsidesChanged`, `AlterationsChanged`,
        `ParcelsChanged` (ask `/appointments`, `/asides`, `/alterations`, `/parcels` again).
        `Beat` comes after 2 s without another event: after 6 s without any, the connection is lost."""
        return EventStreamResponse(
            hub.opener(FLOOR_TOPIC, session.owner),
            opened=lambda: service.floor.staff.page_opened(session.associate, session.name),
            closed=lambda: service.floor.staff.page_closed(session.associate, session.name),
            heartbeat=BEAT,
        )

    @router.post(
        "/alarms/{alarm_id}/seen", summary="Confirm an alarm", status_code=204, response_class=Response
    )
    def acknowledge_alarm(alarm_id: str, session: Annotated[AssociateSession, Depends(auth)]) -> None:
        """An associate looked after a copied card; the alarm disappears from every page."""
        service.acknowledge_alarm(session.associate, alarm_id)

    @router.post("/bags/{order_id}/done", summary="Bagged", status_code=204, response_class=Response)
    def bagged(order_id: OrderId, session: Annotated[AssociateSession, Depends(auth)]) -> None:
        """The paid pieces of an order are bagged; the task disappears from every page."""
        service.bagged(session.associate, order_id)

    @router.post(
        "/stand-notices/{stand}/seen", summary="Confirm a notice", status_code=204, response_class=Response
    )
    def confirm_stand(stand: RoomId, session: Annotated[AssociateSession, Depends(auth)]) -> None:
        """An associate looked after a refused tap at a stand; the notice disappears from every page."""
        with service.writer:
            service.floor.stands.confirm(stand, session.associate.associate_id)

    @router.post("/requests/{request_id}/{move}", summary="Move a request")
    def move_request(
        request_id: RequestId,
        move: AssociateAction,
        session: Annotated[AssociateSession, Depends(auth)],
        body: MoveBody | None = None,
    ) -> PageRequest:
        """Actions: `claim`, `answer`, `at-the-door`, `done`, `decline`, `release`, and `take-over` for managers. 409 if
        another associate has claimed it, and for a key that was used for another action. A claim ends by itself: see
        the associates' guide. Who claims a request is back from a break."""
        said = body or MoveBody()
        if move in (AssociateAction.CLAIM, AssociateAction.TAKE_OVER):
            service.floor.staff.end_break(session.associate.associate_id)
        return service.apply_request_action(
            session.associate, request_id, RequestAction(move.value), said.answer, said.minutes, said.key
        )


def _session_associate(associate: Associate) -> SessionAssociate:
    return SessionAssociate(
        id=associate.associate_id,
        name=associate.name,
        languages=associate.languages,
        role=associate.role,
        parts=parts_of(associate.role),
    )
