"""What associates ask of the store: their session, the floor, and the moves on requests."""

from enum import Enum, unique
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from kiosk.core.domain.ids import AssociateId, RequestId
from kiosk.core.domain.service_request import AssociateReply, RequestAction, ServiceRequest
from kiosk.store.api.auth import OPEN_TO_ALL, SESSION_COOKIE, AssociateAuth, AssociateSession
from kiosk.store.api.openapi import speaks
from kiosk.store.api.streaming import EventStreamResponse
from kiosk.store.api.wire_bodies import json_answer, wire_answer
from kiosk.store.floor.event_hub import FLOOR_TOPIC, EventHub
from kiosk.store.service import Service
from kiosk.store.staff.associates import Associate, Associates, token_hash


class SignInBody(BaseModel):
    """Who signs in."""

    model_config = ConfigDict(extra="forbid")
    associate_id: str = Field(max_length=64)
    pin: str = Field(max_length=64)


class MoveBody(BaseModel):
    """What an associate says with a move; both may be left out."""

    answer: AssociateReply | None = None
    minutes: Annotated[int, Field(ge=0, le=120)] = 0
    """Minutes promised; 0 lets the store say them when claiming."""


@unique
class FloorMove(Enum):
    """The moves of an associate."""

    CLAIM = RequestAction.CLAIM.value
    ANSWER = RequestAction.ANSWER.value
    ARRIVE = RequestAction.ARRIVE.value
    FINISH = RequestAction.FINISH.value
    DECLINE = RequestAction.DECLINE.value
    RELEASE = RequestAction.RELEASE.value


def floor_router(service: Service, associates: Associates, auth: AssociateAuth, hub: EventHub) -> APIRouter:
    """The routes of the associates' page."""
    router = APIRouter(prefix="/api/v1", tags=["associates"])
    _session(router, service, associates, auth, hub)
    _floor(router, service, auth, hub)
    return router


def _session(
    router: APIRouter, service: Service, associates: Associates, auth: AssociateAuth, hub: EventHub
) -> None:
    @router.get("/associates", summary="Who may sign in", response_class=Response, dependencies=[OPEN_TO_ALL])
    def names() -> Response:
        """Ids and first names for the sign-in page."""
        return json_answer([{"id": a.associate_id, "name": a.name} for a in associates.all()])

    @router.post("/session", summary="Sign in", response_class=Response, dependencies=[OPEN_TO_ALL])
    def sign_in(who: SignInBody, request: Request) -> Response:
        """A session as a cookie and as a token. Five wrong PINs lock the name for a while."""
        token, associate = associates.sign_in(AssociateId(who.associate_id), who.pin, service.now_us())
        service.floor.seen(associate)
        answer = json_answer({"token": token, "associate": _told(associate)})
        secure = request.url.scheme == "https"
        answer.set_cookie(SESSION_COOKIE, token, httponly=True, samesite="strict", secure=secure, path="/")
        return answer

    @router.delete("/session", summary="Sign out", status_code=204)
    def sign_out(me: Annotated[AssociateSession, Depends(auth)]) -> Response:
        """Ends the session and its open streams."""
        associates.sign_out(me.token)
        hub.close_owned_by(token_hash(me.token))
        service.floor.left(me.associate)
        answer = Response(status_code=204)
        answer.delete_cookie(SESSION_COOKIE, path="/")
        return answer

    @router.get("/session", summary="Who is signed in", response_class=Response)
    def session(me: Annotated[AssociateSession, Depends(auth)]) -> Response:
        """The associate of this session."""
        return json_answer({"associate": _told(me.associate)})


def _floor(router: APIRouter, service: Service, auth: AssociateAuth, hub: EventHub) -> None:
    @router.get("/floor", summary="The floor now", response_class=Response)
    def floor(me: Annotated[AssociateSession, Depends(auth)]) -> Response:
        """Open requests, all rooms, who is here, which readers answer, alarms nobody has seen to."""
        del me
        return json_answer(service.floor.floor())

    @router.get("/floor/stream", summary="The floor as it changes", response_class=Response)
    def stream(me: Annotated[AssociateSession, Depends(auth)]) -> Response:
        """Server-sent events: first `Floor`, then `RequestChanged`, `RoomChanged`, `StaffChanged`, `MoneyMoved`,
        `CloneAlarm`, `AlarmSeen`."""
        return EventStreamResponse(
            hub, FLOOR_TOPIC, token_hash(me.token),
            lambda: service.floor.page(me.associate, +1), lambda: service.floor.page(me.associate, -1),
        )  # fmt: skip

    @router.post("/alarms/{alarm_id}/seen", summary="An alarm was seen to", status_code=204)
    def seen(alarm_id: str, me: Annotated[AssociateSession, Depends(auth)]) -> Response:
        """A copied card was shown in a room and somebody has looked; the alarm leaves every page."""
        service.acknowledge_alarm(me.associate, alarm_id)
        return Response(status_code=204)

    @router.post(
        "/requests/{request_id}/{move}", summary="RequestAction a request", openapi_extra=speaks(None, ServiceRequest),
    )  # fmt: skip
    def move(
        request_id: RequestId,
        move: FloorMove,
        me: Annotated[AssociateSession, Depends(auth)],
        words: MoveBody | None = None,
    ) -> Response:
        """Claim, answer, bring to the door, finish, decline, release. Refused (409) where another has it."""
        said = words or MoveBody()
        moved = service.move_request(
            me.associate, request_id, RequestAction(move.value), said.answer, said.minutes
        )
        return wire_answer(moved)


def _told(associate: Associate) -> dict[str, object]:
    return {
        "id": associate.associate_id,
        "name": associate.name,
        "languages": list(associate.languages),
        "role": associate.role.value,
    }
