"""The route by which an associate finds an appointment by the card of its member."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response
from pydantic import ConfigDict, Field

from kiosk.core.domain.floor.aside import Aside, AsideState
from kiosk.core.domain.texts import LocalizedText
from kiosk.store.api.auth import AssociateAuth
from kiosk.store.api.body_limit import LimitedRoute
from kiosk.store.api.wire_types import JsonObject, Wire
from kiosk.store.appointments.card_desk import MAX_LINK, CardDesk, CardOutcome


class CardBody(JsonObject):
    """The link that the card showed; a reader types it, or a phone reads it."""

    model_config = ConfigDict(extra="forbid")
    link: Annotated[str, Field(min_length=1, max_length=MAX_LINK, repr=False)]


class AsideOfCard(JsonObject):
    """A piece that is put aside for her. `taken`: an associate has put it aside; else it is still to be done."""

    code: str = Field(repr=False)
    name: Wire[LocalizedText]
    colour: Wire[LocalizedText]
    size: str
    taken: bool


class CardFoundAnswer(JsonObject):
    """`appointment_id`: hers of today, the nearest to now, with `others` more; `room`: whose mirror shows it; else
    `free_room`: one that nobody is in. `at_us`: her next appointment, where it is on another day. `asides`: what is put
    aside for her, whatever the outcome."""

    outcome: CardOutcome
    appointment_id: str
    others: int
    at_us: int
    room: str
    free_room: str
    asides: tuple[AsideOfCard, ...]


def appointment_card_router(desk: CardDesk, auth: AssociateAuth) -> APIRouter:
    """Below /api/v1/appointments."""
    router = APIRouter(
        prefix="/api/v1/appointments",
        tags=["associates"],
        route_class=LimitedRoute,
        dependencies=[Depends(auth)],
    )

    @router.post("/card", summary="Find today's appointment by a card")
    def card(body: CardBody, response: Response) -> CardFoundAnswer:
        """The link is used up, and the appointment has an arrival. `none` where there is none, and where the member has
        not agreed to be known by associates."""
        response.headers["Cache-Control"] = "no-store"
        found = desk.read(body.link)
        return CardFoundAnswer(
            outcome=found.outcome, appointment_id=found.appointment_id, others=found.others, at_us=found.at_us,
            room=found.room or "", free_room=found.free_room or "",
            asides=tuple(_aside(one) for one in found.asides),
        )  # fmt: skip

    return router


def _aside(one: Aside) -> AsideOfCard:
    taken = one.state is AsideState.TAKEN
    return AsideOfCard(code=one.code, name=one.name, colour=one.colour, size=one.size, taken=taken)
