"""Routes of the client book: entries of the member in a room, follow-ups, hand-over when an associate leaves."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Response
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
from kiosk.store.customers.book.edits import EditKind
from kiosk.store.customers.book.entry import BookEntry, EntryKind, Occasion

MAX_STAMP: Final = 2**62
_Card = Annotated[str | None, Query(max_length=32, description="`card` of the card that is seen")]
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
    occasion: Occasion = Occasion.OTHER
    told: bool = Field(default=False, description="she has said it herself; without it no birthday is kept")

    def written(self) -> Written:
        """As the desk takes it."""
        article = ArticleId(self.article) if self.article else None
        return Written(
            self.kind, self.text, self.about, article, self.category, self.size, self.due_us, self.occasion, self.told
        )  # fmt: skip


class BookChangeBody(BookEntryBody):
    """What an entry says from now on. `seen_us`: its `done_us` as the associate saw it, or `made_us` if it is not
    done."""

    seen_us: Annotated[int, Field(ge=0, le=MAX_STAMP)]


class BookEntryAnswer(JsonObject):
    """An entry. `subject`: what a like or dislike is about. `made_us`: written or last changed. Times in microseconds
    UTC, 0 for none; of a birthday the next one."""

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
    occasion: Occasion


class ListedSize(JsonObject):
    """A size that the feed lists."""

    category: str
    size: str


class BookEdit(JsonObject):
    """A change of an entry. `kind`: of the entry; `who`: id of the associate."""

    entry_id: str
    kind: EntryKind
    what: EditKind
    who: str
    at_us: int


class BookRecordAnswer(JsonObject):
    """What belongs to a book beside its entries. `consents`: what she has agreed to; `sizes`: of the feed, with her
    consent; `edits`: the newest changes, the newest first; `categories`: of the catalogue."""

    consents: list[str]
    sizes: list[ListedSize] = Field(repr=False)
    edits: list[BookEdit]
    categories: list[str]


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

    @router.post("/client-books/hand-over", summary="Hand over")
    def hand_over(body: HandOverBody, session: Annotated[AssociateSession, Depends(auth)]) -> HandOverAnswer:
        """Everything in the client books that one associate looks after goes to another."""
        old, new = AssociateId(body.old), AssociateId(body.new)
        return HandOverAnswer(entries=book.hand_over(old, new, session.associate))

    return router


def _room(router: APIRouter, book: BookDesk, auth: AssociateAuth) -> None:
    path = "/client-books/of-room/{room}"

    @router.get(path, summary="The client book of the member in a room", dependencies=[Depends(auth)])
    def entries(room: RoomId, response: Response, card: _Card = None) -> list[BookEntryAnswer]:
        """The newest first. 404 if `card` is not the one of the member who is here now."""
        response.headers["Cache-Control"] = "no-store"
        return [BookEntryAnswer.model_validate(_fields(entry)) for entry in book.entries(room, _card(card))]

    @router.post(path, summary="Write into the client book")
    def add(
        room: RoomId, body: BookEntryBody, session: Annotated[AssociateSession, Depends(auth)]
    ) -> BookEntryAnswer:
        """A dislike leaves the mirror at once. 409 for what may not be stored, with the reason as code:
        `note-empty`, `note-long`, `note-not-text`, `note-sensitive`, `book-day`, `book-birthday-told`."""
        return BookEntryAnswer.model_validate(
            _fields(book.add(room, ClueCardId(body.card), body.written(), session.associate))
        )

    @router.put(path + "/{entry_id}", summary="Change an entry")
    def change(
        room: RoomId, entry_id: str, body: BookChangeBody, session: Annotated[AssociateSession, Depends(auth)]
    ) -> BookEntryAnswer:
        """Of the same kind. 409 `book-changed` if it was changed since the associate saw it; a like or dislike is
        deleted and written anew instead."""
        changed = book.change(
            room, ClueCardId(body.card), entry_id, body.seen_us, body.written(), session.associate
        )
        return BookEntryAnswer.model_validate(_fields(changed))

    @router.delete(path + "/{entry_id}", summary="Delete an entry", status_code=204, response_class=Response)
    def delete(room: RoomId, entry_id: str, session: Annotated[AssociateSession, Depends(auth)]) -> None:
        """For good; that it was deleted, by whom and when is kept."""
        book.delete(room, entry_id, session.associate)

    @router.post(
        path + "/{entry_id}/done", summary="A follow-up is done", status_code=204, response_class=Response
    )
    def done(room: RoomId, entry_id: str, session: Annotated[AssociateSession, Depends(auth)]) -> None:
        """It stays in the book and is no clue any more."""
        book.done(room, entry_id, session.associate)

    @router.get(path + "/record", summary="Consents, sizes and changes", dependencies=[Depends(auth)])
    def record(room: RoomId, response: Response, card: _Card = None) -> BookRecordAnswer:
        """What belongs to the client book of the member in a room beside its entries."""
        response.headers["Cache-Control"] = "no-store"
        found = book.record(room, _card(card))
        return BookRecordAnswer(
            consents=sorted(found.known.consents),
            sizes=[ListedSize(category=category, size=size) for category, size in found.known.sizes],
            edits=[
                BookEdit(entry_id=one.entry_id, kind=one.kind, what=one.what, who=one.who, at_us=one.at_us)
                for one in found.known.edits
            ],
            categories=list(found.categories),
        )


def _card(card: str | None) -> ClueCardId | None:
    return ClueCardId(card) if card else None


def _fields(entry: BookEntry) -> dict[str, object]:
    new, is_opinion = entry.new, entry.new.kind in (EntryKind.LIKE, EntryKind.DISLIKE)
    return {
        "entry_id": entry.entry_id, "kind": new.kind, "text": "" if is_opinion else new.text, "about": new.about,
        "subject": subject_name(new.text if is_opinion else ""), "size": new.size,
        "category": new.value if new.kind is EntryKind.SIZE else "", "made_us": entry.made_us,
        "due_us": new.due_us, "done_us": entry.done_us, "expires_us": entry.expires_us,
        "author": entry.author, "holder": entry.holder, "occasion": new.occasion,
    }  # fmt: skip
