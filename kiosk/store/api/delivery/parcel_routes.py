"""Routes of the associates' list of what is to be sent or kept."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response
from pydantic import Field, StringConstraints

from kiosk.core.domain.promise.parcels import Parcel, ParcelMove
from kiosk.store.api.auth import AssociateAuth, AssociateSession
from kiosk.store.api.body_limit import LimitedRoute
from kiosk.store.api.wire_types import JsonObject, Wire
from kiosk.store.payments.promises.address_rows import MAX_LINE, MAX_LINES
from kiosk.store.payments.promises.parcel_desk import ListedParcel, ParcelDesk

_Line = Annotated[str, StringConstraints(max_length=MAX_LINE)]


class AddressBody(JsonObject):
    """The lines of an address."""

    lines: Annotated[list[_Line], Field(min_length=1, max_length=MAX_LINES)]


_Key = Annotated[str, Path(min_length=1, max_length=160, description="Of a parcel, as in the list.")]


def parcel_router(desk: ParcelDesk, auth: AssociateAuth) -> APIRouter:
    """The routes below /api/v1/parcels."""
    router = APIRouter(prefix="/api/v1/parcels", tags=["associates"], route_class=LimitedRoute)

    @router.get("", summary="What is to be sent or kept", dependencies=[Depends(auth)])
    def parcels(response: Response) -> Wire[tuple[ListedParcel, ...]]:
        """By the promised day. `late`: that day is over; `credit`: the state of the refund
        of its fee, which a missed day of a member begins by itself."""
        response.headers["Cache-Control"] = "no-store"
        return desk.listed()

    @router.put(
        "/{key}/address",
        summary="Take the address of a parcel down",
        status_code=204,
        response_class=Response,
    )
    def take_address_down(
        key: _Key, body: AddressBody, session: Annotated[AssociateSession, Depends(auth)]
    ) -> None:
        """As it is written on the parcel, name first. Stored encrypted, and erased when the parcel is handed over."""
        desk.take_down(session.associate, key, tuple(body.lines))

    @router.post("/{key}/{move}", summary="Move a parcel")
    def move_parcel(
        key: _Key, move: ParcelMove, session: Annotated[AssociateSession, Depends(auth)]
    ) -> Wire[Parcel]:
        """`ship`: the carrier has it; `hand-over`: she has it, delivered or collected. Done twice, it is done once."""
        return desk.move(session.associate, key, move)

    return router
