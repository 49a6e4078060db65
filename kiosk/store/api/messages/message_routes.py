"""Route for associates: show a line of text or a piece on the mirror of a room."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Response
from pydantic import ConfigDict, Field

from kiosk.core.domain.floor.staff_message import MAX_TEXT
from kiosk.core.domain.ids import ArticleId, RoomId
from kiosk.store.api.auth import AssociateAuth, AssociateSession
from kiosk.store.api.body_limit import LimitedRoute
from kiosk.store.api.wire_types import JsonObject
from kiosk.store.floor.messages.room_messages import NewMessage, RoomMessages

MAX_STAMP: Final = 2**62


class MessageBody(JsonObject):
    """What is shown: `text`, `article`, or both."""

    model_config = ConfigDict(extra="forbid")
    key: Annotated[str, Field(min_length=1, max_length=64)]
    """Made by the page for one message. Sent again with the same key, it is not shown again."""
    occupied_since_us: Annotated[int, Field(ge=0, le=MAX_STAMP)]
    """That of the room's board as the associate saw it: another visit gets nothing."""
    text: Annotated[str, Field(max_length=MAX_TEXT, repr=False)] = ""
    """One line, without control characters and emoji; shown as it is written."""
    article: Annotated[str, Field(max_length=128)] = ""
    """An article of the catalogue."""


def message_router(messages: RoomMessages, auth: AssociateAuth) -> APIRouter:
    """The route below /api/v1/messages."""
    router = APIRouter(prefix="/api/v1/messages", tags=["associates"], route_class=LimitedRoute)

    @router.post("/{room}", summary="Show something on a mirror", status_code=204, response_class=Response)
    def show(room: RoomId, body: MessageBody, session: Annotated[AssociateSession, Depends(auth)]) -> None:
        """The mirror shows it as from the associate, by first name, until the shopper closes it, another message comes,
        or the visit ends; until then it is kept encrypted, over a restart too. 404 if nobody is in the room, 409
        `visit-over` for another visit, `message-empty`, `message-sign` or `message-article` for what cannot be shown,
        429 above 6 in a minute."""
        article = ArticleId(body.article) if body.article else None
        said = NewMessage(body.key, body.occupied_since_us, body.text, article)
        messages.show(room, session.associate.associate_id, session.associate.name, said)

    return router
