"""Routes of the pieces that are put aside: of a mirror, and of the associates' page."""

from enum import Enum, unique
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response

from kiosk.core.domain.floor.aside import Aside, AsideMove
from kiosk.core.domain.ids import RoomId
from kiosk.core.exchanges import ROOM_PREFIX
from kiosk.core.visit.effects import PutAside
from kiosk.core.wire import WireError
from kiosk.store.api.auth import AssociateAuth, AssociateSession, MirrorAuth
from kiosk.store.api.body_limit import LimitedRoute
from kiosk.store.api.wire_types import Wire
from kiosk.store.asides.aside_desk import MAX_ID, AsideDesk

_AsideId = Annotated[
    str, Path(min_length=1, max_length=MAX_ID, description="Made by the mirror for one piece.")
]


@unique
class AssociateAsideMove(Enum):
    """What associates do with a piece that is put aside."""

    TAKE = AsideMove.TAKE.value
    HAND_OVER = AsideMove.HAND_OVER.value
    RELEASE = AsideMove.RELEASE.value
    HUNG = AsideMove.HUNG.value


def mirror_aside_router(desk: AsideDesk, auth: MirrorAuth) -> APIRouter:
    """The routes below /api/v1/rooms/{room}; `auth` finds the room by the mirror's token."""
    router = APIRouter(prefix=ROOM_PREFIX, tags=["mirror"], route_class=LimitedRoute)

    @router.put("/asides/{aside_id}", summary="Put a piece aside")
    def put_aside(
        aside_id: _AsideId, room: Annotated[RoomId, Depends(auth)], body: Wire[PutAside]
    ) -> Wire[Aside]:
        """May be sent again: the answer is its present state. 409 where the shop does not offer it, and for a piece
        that is not in the room, is sold or is put aside already, or an article of which all in the shop are."""
        if body.aside_id != aside_id:
            raise WireError("$.aside_id: is not the one in the address")
        return desk.put(room, body)

    @router.delete("/asides/{aside_id}", summary="Do not put a piece aside any more")
    def take_back(aside_id: _AsideId, room: Annotated[RoomId, Depends(auth)]) -> Wire[Aside]:
        """Nothing changes where it has ended already."""
        return desk.withdraw(room, aside_id)

    return router


def aside_router(desk: AsideDesk, auth: AssociateAuth) -> APIRouter:
    """The routes below /api/v1/asides."""
    router = APIRouter(prefix="/api/v1/asides", tags=["associates"], route_class=LimitedRoute)

    @router.get("", summary="Pieces that are put aside", dependencies=[Depends(auth)])
    def asides(response: Response) -> Wire[tuple[Aside, ...]]:
        """Those to be put aside, those that are, and those to be hung back; the oldest first. No shopper: the piece is
        handed over to whoever knows its `code`."""
        response.headers["Cache-Control"] = "no-store"
        return desk.listed()

    @router.post("/{aside_id}/{move}", summary="Move a piece that is put aside")
    def move_aside(
        aside_id: _AsideId, move: AssociateAsideMove, session: Annotated[AssociateSession, Depends(auth)]
    ) -> Wire[Aside]:
        """`take`: it is put aside now; `hand-over`: she has it; `release`: it need not be kept; `hung`: it hangs where
        it belongs. 404 for one that has ended, 409 if another associate has taken it."""
        return desk.move(session.associate, aside_id, AsideMove(move.value))

    return router
