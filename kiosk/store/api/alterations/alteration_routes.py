"""Routes of the tailor's notes: what is altered, for what price, and when it is ready."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response
from pydantic import ConfigDict, Field

from kiosk.core.domain.currency_digits import digits_of
from kiosk.core.domain.floor.alteration import MAX_PRICE
from kiosk.core.domain.floor.staff_message import MAX_TEXT
from kiosk.core.domain.ids import RequestId
from kiosk.store.alterations.alteration_desk import AlterationDesk, NewNote
from kiosk.store.alterations.alteration_rows import Alteration
from kiosk.store.api.auth import AssociateAuth, AssociateSession
from kiosk.store.api.body_limit import LimitedRoute
from kiosk.store.api.wire_types import JsonObject, Wire

_Request = Annotated[RequestId, Path(min_length=1, max_length=128, description="Of the request.")]
_DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


class TailorNoteBody(JsonObject):
    """A note, new or changed."""

    model_config = ConfigDict(extra="forbid")
    what: Annotated[str, Field(min_length=1, max_length=MAX_TEXT, repr=False)]
    """What is altered: one line, shown as it is written."""
    price_minor: Annotated[int, Field(ge=0, le=MAX_PRICE, strict=True)]
    """In minor units of the shop's currency; 0: free."""
    ready: Annotated[str, Field(pattern=_DATE)]
    """The day on which it is ready, by the shop's calendar."""
    revision: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0
    """Of the note that was seen; 0: there was none."""


class AlterationsAnswer(JsonObject):
    """The notes, and what a new one may be."""

    currency: str
    digits: int
    """Of the currency's minor unit."""
    first_day: str
    """The first open day."""
    last_day: str
    titles: dict[str, str]
    """Of the rooms, by their names."""
    alterations: Wire[tuple[Alteration, ...]]


def alteration_router(desk: AlterationDesk, auth: AssociateAuth) -> APIRouter:
    """The routes below /api/v1/alterations."""
    router = APIRouter(prefix="/api/v1/alterations", tags=["associates"], route_class=LimitedRoute)

    @router.get("", summary="What is altered", dependencies=[Depends(auth)])
    def alterations(response: Response) -> AlterationsAnswer:
        """What is not done first, by the day on which it is ready; then what is done."""
        response.headers["Cache-Control"] = "no-store"
        first, last = desk.days()
        return AlterationsAnswer(
            currency=desk.currency, digits=digits_of(desk.currency), first_day=first.isoformat(),
            last_day=last.isoformat(), titles=desk.titles(), alterations=desk.listed(),
        )  # fmt: skip

    @router.put("/{request_id}", summary="Write a tailor's note")
    def write_note(
        request_id: _Request, body: TailorNoteBody, session: Annotated[AssociateSession, Depends(auth)]
    ) -> Wire[Alteration]:
        """The first one is of the associate who has claimed the request; until it is done, every associate may change
        it. The mirror shows it with the request. The price is told, not charged. 404 for a request that is closed or
        of another kind. 409 with a code: `alteration-not-claimed`; `alteration-changed` if somebody was faster;
        `alteration-is-done`; `alteration-past`, `alteration-far`, `alteration-closed` for a day on which it cannot be
        ready, whose `detail` ends with the next open day; `message-empty`, `message-sign` for the text."""
        try:
            ready = date.fromisoformat(body.ready)
        except ValueError:
            ready = date.min  # no day of the calendar: refused as a past one
        return desk.write(
            session.associate, request_id, NewNote(body.what, body.price_minor, ready, body.revision)
        )

    @router.post("/{request_id}/done", summary="An alteration is done")
    def alteration_done(
        request_id: _Request, session: Annotated[AssociateSession, Depends(auth)]
    ) -> Wire[Alteration]:
        """It can be fetched. Done twice, it is done once."""
        return desk.done(session.associate, request_id)

    return router
