"""Routes of the staff, for managers and for commands of this computer: people, PINs, roles, and who changed them."""

from collections.abc import Callable, Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from pydantic import ConfigDict, Field

from kiosk.core.domain.ids import AssociateId
from kiosk.core.domain.texts import LANGUAGES
from kiosk.store.api.auth import Administrator, AdministratorAuth
from kiosk.store.api.body_limit import LimitedRoute
from kiosk.store.api.wire_types import JsonObject
from kiosk.store.errors import RefusedError
from kiosk.store.staff.roles import Role
from kiosk.store.staff.staff_desk import COMMAND, MAX_NAME, Change, Member, StaffDesk

Breaks = Callable[[], Mapping[AssociateId, int]]
StaffId = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[!-~]+$")]
Pin = Annotated[str, Field(max_length=64, repr=False)]
By = Annotated[str, Query(max_length=64, pattern=r"^[A-Za-z0-9._-]*$")]
"""The user of a command; a manager is known by the session."""


class MemberAnswer(JsonObject):
    """A person who has access."""

    id: str
    name: str
    role: Role
    by_feed: bool
    """Brought by the retailer's feed, which may end the access."""
    signs_in: bool
    """Has a PIN."""
    blocked: bool
    """The PIN was tried too often in all; another one must be set."""
    break_since_us: int | None
    """On a break since this time of day; null without one."""

    @classmethod
    def of(cls, member: Member, breaks: Mapping[AssociateId, int]) -> "MemberAnswer":
        """The wire form. `breaks`: who is on a break, and since when."""
        return cls(
            id=member.associate_id,
            name=member.name,
            role=member.role,
            by_feed=member.by_feed,
            signs_in=member.signs_in,
            blocked=member.blocked,
            break_since_us=breaks.get(member.associate_id),
        )


class AddBody(JsonObject):
    """A new person. Without `pin` the store makes one. `id`: of the feed, or of somebody whose access has ended."""

    model_config = ConfigDict(extra="forbid")
    name: Annotated[str, Field(min_length=1, max_length=MAX_NAME)]
    role: Role = Role.ASSOCIATE
    pin: Pin = ""
    languages: Annotated[tuple[str, ...], Field(max_length=8)] = ()
    id: StaffId | None = None


class PinBody(JsonObject):
    """A PIN; empty: the store makes one."""

    model_config = ConfigDict(extra="forbid")
    pin: Pin = ""


class RoleBody(JsonObject):
    """A role."""

    model_config = ConfigDict(extra="forbid")
    role: Role


class PinAnswer(JsonObject):
    """The PIN that the store has made, which is shown this once; empty if it was given."""

    pin: str = Field("", repr=False)


class AddedAnswer(PinAnswer):
    """The new person."""

    member: MemberAnswer


class LogAnswer(JsonObject):
    """Who changed what about whom, by ids; `who` is `command/USER` for a command of the store's computer."""

    at_us: int
    who: str
    what: Change
    about: str
    role: Role


def staff_router(desk: StaffDesk, auth: AdministratorAuth, breaks: Breaks) -> APIRouter:
    """The routes of the staff. `breaks`: who is on a break, and since when."""
    router = APIRouter(
        prefix="/api/v1/staff", tags=["managers"], dependencies=[Depends(auth)], route_class=LimitedRoute
    )
    _shown(router, desk, breaks)
    _changed(router, desk, auth, breaks)
    return router


def _shown(router: APIRouter, desk: StaffDesk, breaks: Breaks) -> None:
    @router.get("", summary="The staff")
    def members() -> list[MemberAnswer]:
        """Everybody who has access, by name."""
        on_break = breaks()
        return [MemberAnswer.of(member, on_break) for member in desk.all()]

    @router.get("/log", summary="Who changed the staff")
    def log() -> list[LogAnswer]:
        """The last 200 entries, newest first."""
        return [
            LogAnswer(at_us=e.at_us, who=e.who, what=e.what, about=e.about, role=e.role) for e in desk.log()
        ]


def _changed(router: APIRouter, desk: StaffDesk, auth: AdministratorAuth, breaks: Breaks) -> None:
    @router.post("", summary="Add a person")
    def add(body: AddBody, who: Annotated[Administrator, Depends(auth)], by: By = "") -> AddedAnswer:
        """The PIN is shown this once. 409 for a PIN or name that cannot be taken."""
        if not set(body.languages) <= set(LANGUAGES):
            raise RefusedError(f"languages are of {', '.join(LANGUAGES)}")
        own = AssociateId(body.id) if body.id is not None else None
        member, pin = desk.add(
            _name(who, by), body.name, body.role, body.pin, languages=body.languages, associate_id=own
        )
        return AddedAnswer(member=MemberAnswer.of(member, breaks()), pin=pin)

    @router.put("/{staff_id}/pin", summary="Set a PIN")
    def pin(
        staff_id: StaffId, body: PinBody, who: Annotated[Administrator, Depends(auth)], by: By = ""
    ) -> PinAnswer:
        """All sessions of the person end. The PIN is shown this once. 409 for a PIN that breaks a rule."""
        return PinAnswer(pin=desk.set_pin(_name(who, by), AssociateId(staff_id), body.pin))

    @router.put("/{staff_id}/role", summary="Set a role", status_code=204, response_class=Response)
    def role(
        staff_id: StaffId, body: RoleBody, who: Annotated[Administrator, Depends(auth)], by: By = ""
    ) -> None:
        """All sessions of the person end. 409 for the last manager who can sign in."""
        desk.set_role(_name(who, by), AssociateId(staff_id), body.role)

    @router.delete("/{staff_id}", summary="End a person's access", status_code=204, response_class=Response)
    def remove(staff_id: StaffId, who: Annotated[Administrator, Depends(auth)], by: By = "") -> None:
        """Sessions and streams end within seconds, claimed requests wait again. 409 for the last manager."""
        desk.remove(_name(who, by), AssociateId(staff_id))


def _name(who: Administrator, by: str) -> str:
    return f"{COMMAND}/{by}" if who.local else who.name
