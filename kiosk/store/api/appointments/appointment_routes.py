"""Routes for associates: the list of appointments, and what is to be ready for each."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Path, Response
from pydantic import ConfigDict, Field

from kiosk.core.clues.note_rules import MAX_NOTE
from kiosk.core.domain.floor.prepared import PreparedPiece
from kiosk.core.domain.ids import ArticleId, AssociateId, ShopperId
from kiosk.core.domain.texts import LocalizedText
from kiosk.store.api.auth import AssociateAuth
from kiosk.store.api.body_limit import LimitedRoute
from kiosk.store.api.wire_types import JsonObject, Wire
from kiosk.store.appointments.appointment import MAX_LOOKS, MAX_NAME, NewAppointment
from kiosk.store.appointments.appointment_desk import AppointmentDesk, ListedAppointment

MAX_STAMP: Final = 2**62
_AppointmentId = Annotated[
    str, Path(min_length=1, max_length=32, description="Made by the page for one appointment.")
]
_Article = Annotated[str, Field(min_length=1, max_length=128)]


class AppointmentPieceAnswer(JsonObject):
    """A piece that is to be ready. `lies`: "floor" or "stockroom", empty where none is in the shop; `rail`: where it
    hangs, by the plan of the floor. `look`: pieces of one number go together; 0 for none. `ready`: it was fetched."""

    article: str
    name: Wire[LocalizedText]
    colour: Wire[LocalizedText]
    size: str
    picture: str
    look: int
    ready: bool
    lies: str
    rail: str


class AppointmentAnswer(JsonObject):
    """An appointment. `name`: the first name of a member who agreed, or what a guest gave. `member`: the shop's id,
    empty for a guest. `holder`: id of the associate, empty for nobody. `room`: the room whose mirror shows it now.
    `arrived_us`: when the member's card was read for it, 0 for not yet."""

    appointment_id: str
    name: str = Field(repr=False)
    member: str = Field(repr=False)
    at_us: int
    note: str = Field(repr=False)
    holder: str
    room: str
    arrived_us: int
    pieces: tuple[AppointmentPieceAnswer, ...]


class EnteredAppointment(JsonObject):
    """Who, when, which associate. Either `member`, as the search gives it, or the name of a `guest`."""

    model_config = ConfigDict(extra="forbid")
    at_us: Annotated[int, Field(ge=0, le=MAX_STAMP)]
    member: Annotated[str, Field(max_length=64, repr=False)] = ""
    guest: Annotated[str, Field(max_length=4 * MAX_NAME, repr=False)] = ""
    note: Annotated[str, Field(max_length=4 * MAX_NOTE, repr=False)] = ""
    holder: Annotated[str, Field(max_length=64)] = ""


class AppointmentBody(EnteredAppointment):
    """`seen`: as it was when the editing began. If it is not so any more, nothing is changed."""

    seen: EnteredAppointment | None = None


class MemberSearchBody(JsonObject):
    """The shop's id of a member, or a first name."""

    model_config = ConfigDict(extra="forbid")
    words: Annotated[str, Field(min_length=1, max_length=64, repr=False)]


class FoundMemberAnswer(JsonObject):
    """A member who agreed to be known by associates (the consent `clues`)."""

    member: str = Field(repr=False)
    first_name: str = Field(repr=False)


class AppointmentPieceBody(JsonObject):
    """A piece, its look, and whether it was fetched. What is left out stays as it is."""

    model_config = ConfigDict(extra="forbid")
    article: _Article
    look: Annotated[int, Field(ge=0, le=MAX_LOOKS)] | None = None
    ready: bool | None = None


class RemovedPieceBody(JsonObject):
    """A piece that is not to be ready any more."""

    model_config = ConfigDict(extra="forbid")
    article: _Article


def appointment_router(desk: AppointmentDesk, auth: AssociateAuth) -> APIRouter:
    """The routes below /api/v1/appointments. What is refused has a code: `appointment-day`, `appointment-who`,
    `appointment-piece`, `appointment-full`, `appointment-many`, `appointment-changed`, or that of a note."""
    router = APIRouter(
        prefix="/api/v1/appointments",
        tags=["associates"],
        route_class=LimitedRoute,
        dependencies=[Depends(auth)],
    )
    _pieces(router, desk)

    @router.get("", summary="Appointments that have not ended")
    def appointments(response: Response) -> list[AppointmentAnswer]:
        """By time. Each ends by itself with its day."""
        response.headers["Cache-Control"] = "no-store"
        return [_answer(one) for one in desk.all()]

    @router.post("/members", summary="Find a member for an appointment")
    def members(body: MemberSearchBody, response: Response) -> list[FoundMemberAnswer]:
        """At most 12, of those who agreed to be known by associates; nobody else is found."""
        response.headers["Cache-Control"] = "no-store"
        return [
            FoundMemberAnswer(member=one.member, first_name=one.first_name)
            for one in desk.find_members(body.words)
        ]

    @router.put("/{appointment_id}", summary="Keep an appointment", status_code=204, response_class=Response)
    def put(appointment_id: _AppointmentId, body: AppointmentBody) -> None:
        """Makes it, or changes it; its pieces stay. 403 if the member has not agreed, 404 for no such associate, and
        with `seen` for an appointment that was deleted meanwhile."""
        desk.put(_entered(appointment_id, body), _entered(appointment_id, body.seen) if body.seen else None)

    @router.delete(
        "/{appointment_id}", summary="Delete an appointment", status_code=204, response_class=Response
    )
    def delete(appointment_id: _AppointmentId) -> None:
        """For good; it leaves a mirror that shows it."""
        desk.delete(appointment_id)

    return router


def _pieces(router: APIRouter, desk: AppointmentDesk) -> None:
    path = "/{appointment_id}/pieces"

    @router.put(path, summary="A piece is to be ready", status_code=204, response_class=Response)
    def put_piece(appointment_id: _AppointmentId, body: AppointmentPieceBody) -> None:
        """Adds it, or changes its look and whether it was fetched. At most 12 in an appointment. With `ready` alone
        nothing is added: 404 for a piece that was taken out meanwhile."""
        desk.put_piece(appointment_id, ArticleId(body.article), body.look, body.ready)

    @router.post(path + "/remove", summary="Take a piece out", status_code=204, response_class=Response)
    def remove_piece(appointment_id: _AppointmentId, body: RemovedPieceBody) -> None:
        """Nothing happens if it is not there."""
        desk.remove_piece(appointment_id, ArticleId(body.article))


def _entered(appointment_id: str, body: EnteredAppointment) -> NewAppointment:
    return NewAppointment(
        appointment_id, body.at_us, AssociateId(body.holder), ShopperId(body.member), body.guest, body.note
    )


def _answer(one: ListedAppointment) -> AppointmentAnswer:
    new = one.made.new
    return AppointmentAnswer(
        appointment_id=new.appointment_id, name=one.name, member=new.member, at_us=new.at_us, note=new.note,
        holder=new.holder, room=one.room or "", arrived_us=one.made.arrived_us,
        pieces=tuple(_piece(piece) for piece in one.pieces),
    )  # fmt: skip


def _piece(piece: PreparedPiece) -> AppointmentPieceAnswer:
    garment = piece.garment
    return AppointmentPieceAnswer(
        article=garment.article, name=garment.name, colour=garment.colourway.name, size=garment.size,
        picture=garment.colourway.picture, look=piece.look, ready=piece.ready, lies=piece.lies, rail=piece.rail,
    )  # fmt: skip
