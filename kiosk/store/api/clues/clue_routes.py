"""Routes for associates: clues about the member in a room, what they say of them, what she does not want."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response
from pydantic import ConfigDict, Field

from kiosk.core.clues.clue import Clue, ClueCardId
from kiosk.core.clues.dislikes import DislikeKind
from kiosk.core.clues.trust import Verdict
from kiosk.core.domain.ids import ArticleId, RoomId
from kiosk.store.api.auth import AssociateAuth, AssociateSession
from kiosk.store.api.body_limit import LimitedRoute
from kiosk.store.api.wire_types import JsonObject, Wire
from kiosk.store.clues.book_desk import BookDesk
from kiosk.store.clues.clue_desk import ClueDesk

CardField = Annotated[str, Field(min_length=1, max_length=32, description="`card` of the card that is seen.")]
_Article = Annotated[str, Field(min_length=1, max_length=128)]


class ClueCardAnswer(JsonObject):
    """What she has agreed to: first name and language, at most three clues, and which of them were useful before.

    `card`: the id of this card; `clues` of the room's board is another one as soon as it is not to be seen any more.
    """

    card: str
    first_name: str = Field(repr=False)
    language: str
    clues: Wire[tuple[Clue, ...]]
    rated: tuple[str, ...]


class VerdictBody(JsonObject):
    """What an associate says of a clue."""

    model_config = ConfigDict(extra="forbid")
    card: CardField
    clue_id: Annotated[str, Field(min_length=1, max_length=32)]
    verdict: Verdict


class WithdrawBody(JsonObject):
    """Of which member."""

    model_config = ConfigDict(extra="forbid")
    card: CardField


class DislikeBody(JsonObject):
    """What she does not want to be offered: something about an article."""

    model_config = ConfigDict(extra="forbid")
    about: DislikeKind
    article: _Article


def clue_router(clues: ClueDesk, book: BookDesk, auth: AssociateAuth) -> APIRouter:
    """The routes below /api/v1/clues. 404 where no member who agreed to clues has proved her card in the room."""
    router = APIRouter(prefix="/api/v1/clues/{room}", tags=["associates"], route_class=LimitedRoute)

    @router.get("", summary="Clues about the member in a room", dependencies=[Depends(auth)])
    def card(room: RoomId, response: Response) -> ClueCardAnswer:
        """At most three. `RoomChanged` with another `clues` than `card` ends it: she has left, or withdrew it."""
        response.headers["Cache-Control"] = "no-store"
        found = clues.card(room)
        return ClueCardAnswer(
            card=found.card, first_name=found.first_name, language=found.language, clues=found.clues,
            rated=found.rated,
        )  # fmt: skip

    @router.post(
        "/answers", summary="Say that a clue is useful or wrong", status_code=204, response_class=Response
    )
    def answer(room: RoomId, body: VerdictBody, session: Annotated[AssociateSession, Depends(auth)]) -> None:
        """A wrong one never comes back. The last answer counts, once."""
        who = session.associate.associate_id
        clues.answer(room, ClueCardId(body.card), body.clue_id, body.verdict, who)

    @router.post(
        "/withdraw", summary="She wants no clues any more", status_code=204, response_class=Response,
        dependencies=[Depends(auth)],
    )  # fmt: skip
    def withdraw(room: RoomId, body: WithdrawBody) -> None:
        """The client book and everything else that was kept with this consent is deleted at once."""
        clues.withdraw(room, ClueCardId(body.card))

    @router.post(
        "/dislikes", summary="She does not want to be offered this", status_code=204, response_class=Response,
        dependencies=[Depends(auth)],
    )  # fmt: skip
    def dislike(room: RoomId, body: DislikeBody) -> None:
        """For this visit, of guests too: it leaves the mirror at once and is stored nowhere. A client book keeps it."""
        book.state_dislike(room, body.about, ArticleId(body.article))

    return router
