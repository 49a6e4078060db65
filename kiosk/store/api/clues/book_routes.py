"""Routes of the client book: entries of the member in a room, follow-ups, hand-over when an associate leaves."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Response
from pydantic import ConfigDict, Field

from kiosk.core.clues.clue import ClueCardId
from kiosk.core.clues.dislikes import DislikeKind
from kiosk.core.clues.note_rules import MAX_NOTE
from kiosk.core.domain.ids import ArticleId, AssociateId, RoomId
from kiosk.core.domain.texts import LocalizedText
from kiosk.store.api.auth import AssociateAuth, AssociateSession
from kiosk.store.api.body_limit import LimitedRoute
from kiosk.store.api.clues.clue_routes import CardField
from kiosk.store.api.wire_types import JsonObject, Wire
from kiosk.store.clues.book_desk import BookDesk, Written
from kiosk.store.clues.sources.own import subject_name
from kiosk.store.customers.book.entries import BookEntry, EntryKind

MAX_STAMP: Final = 2**62
_Id = Annotated[str, Field(min_length=1, max_length=64)]


class BookEntryBody(JsonObject):
    """What an associate writes. `text` of a note, a day or a follow-up; `article` and `about` of a like or dislike;
    `category` and `size` of a size; `due_us` of a day or a follow-up."""

    model_config = ConfigDict(extra="forbid")
    card: CardField
    kind: EntryKind
    text: str = Field(default="", max_length=4 * MAX_NOTE, repr=False)
    about: DislikeKind | None = None
    article: str | None = Field(default=None, max_length=128)
    category: str = Field(default="", max_length=64)
    size: str = Field(default="", max_length=32)
    due_us: Annotated[int, Field(ge=0, le=MAX_STAMP)] = 0


class BookEntryAnswer(JsonObject):
    """An entry. `subject`: what a like or dislike is about. Times in microseconds UTC, 0 for none."""

    entry_id: str
    kind: EntryKind
    text: str = Field(repr=False)
    about: DislikeKind | None
    subject: Wire[LocalizedText] = Field(repr=False)
    category: str
    size: str
    made_us: int
    due_us: int
    done_us: int
    expires_us: int
    author: str
    holder: str


class FollowUpAnswer(BookEntryAnswer):
    """A follow-up that is due, with the first name of the member, who agreed to the book."""

    first_name: str = Field(repr=False)


class HandOverBody(JsonObject):
    """From whom to whom. `old`: empty for what nobody looks after."""

    model_config = ConfigDict(extra="forbid")
    old: str = Field(max_length=64)
    new: _Id


class HandOverAnswer(JsonObject):
    """How many entries have another associate now."""

    entries: int


def book_router(book: BookDesk, auth: AssociateAuth) -> APIRouter:
    """The routes. Those of a room answer 404 where no member who agreed to it has proved her card."""
    router = APIRouter(prefix="/api/v1", tags=["associates"], route_class=LimitedRoute)
    _room(router, book, auth)

    @router.get("/follow-ups", summary="Follow-ups that are due")
    def due(session: Annotated[AssociateSession, Depends(auth)], response: Response) -> list[FollowUpAnswer]:
        """Of this associate, in the next 14 days; for managers also those of nobody on the staff."""
        response.headers["Cache-Control"] = "no-store"
        found = book.due(session.associate)
        return [
            FollowUpAnswer.model_validate(_fields(one.entry) | {"first_name": one.first_name})
            for one in found
        ]

    @router.post(
        "/follow-ups/{entry_id}/done", summary="A follow-up is done", status_code=204, response_class=Response
    )
    def follow_up_done(entry_id: str, session: Annotated[AssociateSession, Depends(auth)]) -> None:
        """404 for a follow-up of another associate."""
        book.follow_up_done(entry_id, session.associate)

    @router.post("/client-books/hand-over", summary="Hand over", dependencies=[Depends(auth)])
    def hand_over(body: HandOverBody) -> HandOverAnswer:
        """Everything in the client books that one associate looks after goes to another."""
        return HandOverAnswer(entries=book.hand_over(AssociateId(body.old), AssociateId(body.new)))

    return router


def _room(router: APIRouter, book: BookDesk, auth: AssociateAuth) -> None:
    path = "/client-books/of-room/{room}"

    @router.get(path, summary="The client book of the member in a room", dependencies=[Depends(auth)])
    def entries(room: RoomId, response: Response) -> list[BookEntryAnswer]:
        """The newest first."""
        response.headers["Cache-Control"] = "no-store"
        return [BookEntryAnswer.model_validate(_fields(entry)) for entry in book.entries(room)]

    @router.post(path, summary="Write into the client book")
    def add(
        room: RoomId, body: BookEntryBody, session: Annotated[AssociateSession, Depends(auth)]
    ) -> BookEntryAnswer:
        """A dislike leaves the mirror at once. 409 for a note that may not be stored, with the reason as code:
        `note-empty`, `note-long`, `note-not-text`, `note-sensitive`."""
        article = ArticleId(body.article) if body.article else None
        written = Written(body.kind, body.text, body.about, article, body.category, body.size, body.due_us)
        return BookEntryAnswer.model_validate(
            _fields(book.add(room, ClueCardId(body.card), written, session.associate))
        )

    @router.delete(
        path + "/{entry_id}", summary="Delete an entry", status_code=204, response_class=Response,
        dependencies=[Depends(auth)],
    )  # fmt: skip
    def delete(room: RoomId, entry_id: str) -> None:
        """For good."""
        book.delete(room, entry_id)

    @router.post(
        path + "/{entry_id}/done", summary="A follow-up is done", status_code=204, response_class=Response,
        dependencies=[Depends(auth)],
    )  # fmt: skip
    def done(room: RoomId, entry_id: str) -> None:
        """It stays in the book and is shown no more."""
        book.done(room, entry_id)


def _fields(entry: BookEntry) -> dict[str, object]:
    new, is_opinion = entry.new, entry.new.kind in (EntryKind.LIKE, EntryKind.DISLIKE)
    return {
        "entry_id": entry.entry_id, "kind": new.kind, "text": "" if is_opinion else new.text, "about": new.about,
        "subject": subject_name(new.text if is_opinion else ""), "size": new.size,
        "category": new.value if new.kind is EntryKind.SIZE else "", "made_us": entry.made_us,
        "due_us": new.due_us, "done_us": entry.done_us, "expires_us": entry.expires_us,
        "author": entry.author, "holder": entry.holder,
    }  # fmt: skip
