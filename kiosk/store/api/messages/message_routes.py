"""Routes of the messages to mirrors: associates show a line, a piece or a look; a mirror says what became of it."""

from functools import partial
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Path, Query, Response
from pydantic import ConfigDict, Field

from kiosk.core.domain.floor.staff_message import MAX_PIECES, MAX_TEXT, LookPiece
from kiosk.core.domain.ids import ArticleId, RoomId
from kiosk.core.domain.money import Money
from kiosk.core.exchanges import ROOM_PREFIX
from kiosk.core.visit.effects import ReportMessage
from kiosk.core.wire import WireError
from kiosk.store.advice.advice_threads import AdviceThreads
from kiosk.store.advice.associate_looks import AssociateLooks, CheckedPiece, WantedPiece
from kiosk.store.api.auth import AssociateAuth, AssociateSession, MirrorAuth
from kiosk.store.api.body_limit import LimitedRoute
from kiosk.store.api.products.product_routes import ProductAnswer
from kiosk.store.api.wire_types import JsonObject, Wire
from kiosk.store.floor.messages.room_messages import MessageRefusedError, NewMessage, RoomMessages
from kiosk.store.measuring.measured_advice import MeasuredAdvice

MAX_STAMP: Final = 2**62
MAX_ID: Final = 64
_Since = Annotated[int, Field(ge=0, le=MAX_STAMP)]
"""That of the room's board as the associate saw it: another visit gets nothing."""


class LookPieceBody(JsonObject):
    """A piece of a look."""

    model_config = ConfigDict(extra="forbid")
    article: Annotated[str, Field(min_length=1, max_length=128)]
    """An article of the catalogue."""
    hers: bool = False
    """In her size, as far as it is known, instead of that of the article."""


class LookBody(JsonObject):
    """A look that is not finished yet."""

    model_config = ConfigDict(extra="forbid")
    occupied_since_us: _Since
    look: Annotated[tuple[LookPieceBody, ...], Field(max_length=MAX_PIECES)]


class MessageBody(JsonObject):
    """What is shown: `text`; `article` or `look`, alone or with it."""

    model_config = ConfigDict(extra="forbid")
    key: Annotated[str, Field(min_length=1, max_length=64)]
    """Made by the page for one message. Sent again with the same key, it is not shown again."""
    occupied_since_us: _Since
    text: Annotated[str, Field(max_length=MAX_TEXT, repr=False)] = ""
    """One line, without control characters and emoji; shown as it is written."""
    article: Annotated[str, Field(max_length=128)] = ""
    """An article of the catalogue."""
    look: Annotated[tuple[LookPieceBody, ...], Field(max_length=MAX_PIECES)] = ()
    """2 to 6 different pieces, each in the shop and none that she does not want."""


class CheckedPieceAnswer(JsonObject):
    """A piece of a look as it would be shown."""

    article: str
    """As it was asked."""
    size: str
    """Empty where she chooses one on the mirror, or `problem` says that there is none."""
    lies: str
    """`floor` or `stockroom`; empty where it is in neither, or no size is named."""
    price: Wire[Money | None]
    problem: str
    """`message-article`, `message-gone`, `message-unwanted`; empty where it can be shown."""

    @classmethod
    def of(cls, checked: CheckedPiece) -> "CheckedPieceAnswer":
        """The wire form."""
        piece = checked.piece
        found = piece.garment.stock_of(piece.garment.article) if piece is not None and piece.sized else None
        stock = found[1] if found is not None else None
        lies = ("floor" if stock.floor else "stockroom" if stock.stockroom else "") if stock else ""
        return cls(
            article=checked.wanted.article, size=stock.size if stock else "", lies=lies,
            price=piece.garment.price_of(piece.garment.article).now if piece else None,
            problem=checked.problem.value if checked.problem else "",
        )  # fmt: skip


class CheckedLookAnswer(JsonObject):
    """The pieces in the order in which they were asked."""

    pieces: tuple[CheckedPieceAnswer, ...]


class RoomSuggestionAnswer(JsonObject):
    """A piece that goes with those in a room; `article` has its colour."""

    article: str
    product: ProductAnswer


class RoomSuggestionsAnswer(JsonObject):
    """At most six, the best first."""

    suggestions: tuple[RoomSuggestionAnswer, ...]


def message_router(
    messages: RoomMessages, looks: AssociateLooks, advice: MeasuredAdvice, auth: AssociateAuth
) -> APIRouter:
    """The routes below /api/v1/messages."""
    router = APIRouter(prefix="/api/v1/messages", tags=["associates"], route_class=LimitedRoute)
    threads = AdviceThreads()

    @router.post("/{room}", summary="Show something on a mirror", status_code=204, response_class=Response)
    def show(room: RoomId, body: MessageBody, session: Annotated[AssociateSession, Depends(auth)]) -> None:
        """The mirror shows it as from the associate, by first name, until the shopper closes it, another message comes,
        or the visit ends; until then it is kept encrypted, over a restart too. `message` of the room's board says what
        became of it. 404 if nobody is in the room, 409 `visit-over` for another visit, `message-empty`, `message-sign`,
        `message-article`, `message-look`, `message-gone` or `message-unwanted` for what cannot be shown, 429 above 6 in
        a minute."""
        who = session.associate
        if messages.knows(room, who.associate_id, body.key):
            return
        look = _look(looks.checked(room, body.occupied_since_us, _wanted(body.look))) if body.look else ()
        article = ArticleId(body.article) if body.article else None
        said = NewMessage(body.key, body.occupied_since_us, body.text, article, look)
        messages.show(room, who.associate_id, who.name, said)

    @router.post("/{room}/look", summary="Check the pieces of a look", dependencies=[Depends(auth)])
    def check(room: RoomId, body: LookBody, response: Response) -> CheckedLookAnswer:
        """In which size each piece would be shown, where it is, and what cannot be shown. A size stored for a member is
        used only if she lets associates see clues about her. 404 if nobody is in the room, 409 `visit-over`."""
        response.headers["Cache-Control"] = "no-store"
        found = looks.checked(room, body.occupied_since_us, _wanted(body.look))
        return CheckedLookAnswer(pieces=tuple(map(CheckedPieceAnswer.of, found)))

    @router.get(
        "/{room}/suggestions", summary="What goes with the pieces in a room", dependencies=[Depends(auth)]
    )
    async def suggestions(
        room: RoomId, occupied_since_us: Annotated[int, Query(ge=0, le=MAX_STAMP)], response: Response
    ) -> RoomSuggestionsAnswer:
        """For a look; none where a trial has switched suggestions off. 404 if nobody is in the room, 409 `visit-over`,
        503 if too many questions wait."""
        response.headers["Cache-Control"] = "no-store"
        found = await threads.run(partial(advice.for_associate, room, occupied_since_us))
        return RoomSuggestionsAnswer(
            suggestions=tuple(
                RoomSuggestionAnswer(article=one.garment.article, product=ProductAnswer.of(one.garment))
                for one in found
            )
        )

    return router


def mirror_message_router(messages: RoomMessages, auth: MirrorAuth) -> APIRouter:
    """The route below /api/v1/rooms/{room}; `auth` finds the room by the mirror's token."""
    router = APIRouter(prefix=ROOM_PREFIX, tags=["mirror"], route_class=LimitedRoute)

    @router.put(
        "/messages/{message_id}", summary="What became of a message", status_code=204, response_class=Response
    )
    def report(
        message_id: Annotated[str, Path(min_length=1, max_length=MAX_ID)],
        room: Annotated[RoomId, Depends(auth)],
        body: Wire[ReportMessage],
    ) -> None:
        """`shown`: the window has presented it; `closed`: the shopper has closed it, and the store forgets it. May be
        sent again; what is about an earlier message or visit changes nothing."""
        if body.message_id != message_id:
            raise WireError("$.message_id: is not the one in the address")
        messages.reported(room, body)

    return router


def _wanted(pieces: tuple[LookPieceBody, ...]) -> tuple[WantedPiece, ...]:
    return tuple(WantedPiece(ArticleId(piece.article), piece.hers) for piece in pieces)


def _look(checked: tuple[CheckedPiece, ...]) -> tuple[LookPiece, ...]:
    """Raises MessageRefusedError for the first piece that cannot be shown."""
    for one in checked:
        if one.problem is not None:
            raise MessageRefusedError(one.problem.value)
    return tuple(one.piece for one in checked if one.piece is not None)
