"""Routes of the associates' list of what is to be sent or kept."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response

from kiosk.core.domain.promise.parcels import Parcel, ParcelMove
from kiosk.store.api.auth import AssociateAuth, AssociateSession
from kiosk.store.api.body_limit import LimitedRoute
from kiosk.store.api.wire_types import Wire
from kiosk.store.payments.promises.parcel_desk import ListedParcel, ParcelDesk

_Key = Annotated[str, Path(min_length=1, max_length=160, description="Of a parcel, as in the list.")]


def parcel_router(desk: ParcelDesk, auth: AssociateAuth) -> APIRouter:
    """The routes below /api/v1/parcels."""
    router = APIRouter(prefix="/api/v1/parcels", tags=["associates"], route_class=LimitedRoute)

    @router.get("", summary="What is to be sent or kept", dependencies=[Depends(auth)])
    def parcels(response: Response) -> Wire[tuple[ListedParcel, ...]]:
        """By the promised day. No shopper and no address. `late`: that day is over; `credit`: the state of the refund
        of its fee, which a missed day of a member begins by itself."""
        response.headers["Cache-Control"] = "no-store"
        return desk.listed()

    @router.post("/{key}/{move}", summary="Move a parcel")
    def move_parcel(
        key: _Key, move: ParcelMove, session: Annotated[AssociateSession, Depends(auth)]
    ) -> Wire[Parcel]:
        """`ship`: the carrier has it; `hand-over`: she has it, delivered or collected. Done twice, it is done once."""
        return desk.move(session.associate, key, move)

    return router
