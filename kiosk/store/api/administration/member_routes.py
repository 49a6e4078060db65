"""Routes for managers: export and erasure of a member. Her id is never part of an address, which may be logged."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Response
from pydantic import ConfigDict, Field

from kiosk.core.domain.ids import AssociateId, ShopperId
from kiosk.store.api.auth import AssociateAuth, AssociateSession
from kiosk.store.api.body_limit import LimitedRoute
from kiosk.store.api.wire_types import JsonObject
from kiosk.store.privacy.member_desk import MemberDesk, Second

_Id = Annotated[str, Field(min_length=1, max_length=64, repr=False)]
_NO_STORE = {"Cache-Control": "no-store", "Content-Disposition": 'attachment; filename="member.zip"'}


class ExportBody(JsonObject):
    """The member's id in the retailer's system, and the language of the page."""

    model_config = ConfigDict(extra="forbid")
    member: _Id
    language: Literal["en", "de", "fr", "es", "it", "ja", "zh", "ar"] = "en"


class SecondBody(JsonObject):
    """Another associate, who confirms the erasure."""

    model_config = ConfigDict(extra="forbid")
    associate_id: Annotated[str, Field(min_length=1, max_length=128)]
    pin: Annotated[str, Field(min_length=1, max_length=64, repr=False)]


class EraseBody(JsonObject):
    """The member's id in the retailer's system, and who confirms it."""

    model_config = ConfigDict(extra="forbid")
    member: _Id
    second: SecondBody | None = None


class ProofAnswer(JsonObject):
    """The proof of an erasure; its file in the state directory has the same content."""

    number: str
    proof: dict[str, Any]


def member_router(desk: MemberDesk, auth: AssociateAuth) -> APIRouter:
    """The two routes."""
    router = APIRouter(prefix="/api/v1/members", tags=["associates"], route_class=LimitedRoute)

    @router.post("/export", summary="Export what is held of a member", response_class=Response)
    def export(body: ExportBody, session: Annotated[AssociateSession, Depends(auth)]) -> Response:
        """A zip file with JSON and a page. 404 if nothing is held."""
        packed = desk.export(ShopperId(body.member), body.language, session.associate)
        return Response(packed, media_type="application/zip", headers=_NO_STORE)

    @router.post("/erase", summary="Erase a member")
    def erase(body: EraseBody, session: Annotated[AssociateSession, Depends(auth)]) -> ProofAnswer:
        """Everywhere, for good: a feed that lists this id does not bring her back. A second associate confirms it with
        a PIN (409, code "second-person"). May be repeated."""
        second = (
            None if body.second is None else Second(AssociateId(body.second.associate_id), body.second.pin)
        )
        proof = desk.erase(ShopperId(body.member), session.associate, second)
        return ProofAnswer(number=proof.number, proof=dict(proof.body))

    return router
