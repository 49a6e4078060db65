"""The client book at the associates' page: entries of the member in a room, follow-ups, hand-over."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from kiosk.core.clues.clue import ClueCardId
from kiosk.core.clues.dislikes import Dislike, DislikeKind, dislikes_of
from kiosk.core.clues.freshness import DAY_US
from kiosk.core.clues.note_rules import note_problem
from kiosk.core.domain.garment import Garment
from kiosk.core.domain.ids import ArticleId, AssociateId, RoomId
from kiosk.core.domain.texts import LocalizedText
from kiosk.store.catalogue.catalogue import Catalogue
from kiosk.store.clues.clue_desk import ClueDesk
from kiosk.store.customers.book.entries import BookRecord, ClientBook
from kiosk.store.customers.book.entry import BookEntry, EntryKind, NewEntry, Occasion
from kiosk.store.db.database import Database
from kiosk.store.db.tables import SHOPPER, STYLE
from kiosk.store.errors import NotFoundError, RefusedError
from kiosk.store.staff.associates import Associate, AssociateAccounts, Role

log = logging.getLogger(__name__)
LOOK_AHEAD_US: Final = 14 * DAY_US
MAX_AHEAD_US: Final = 400 * DAY_US
MAX_CATEGORIES: Final = 200
_DAYS: Final = frozenset({EntryKind.DATE, EntryKind.FOLLOW_UP})
_OPINIONS: Final = frozenset({EntryKind.LIKE, EntryKind.DISLIKE})


class NoteRefusedError(RefusedError):
    """A note or day may not be stored; `code` is the name of the page's text that says why."""

    def __init__(self, code: str) -> None:
        super().__init__("this may not be stored in a client book")
        self.code = code


@dataclass(frozen=True, slots=True)
class Written:
    """What an associate enters. `article`: what a like or dislike points at; `about`: what about it. `told`: she has
    said it herself, without which no birthday is kept."""

    kind: EntryKind
    text: str = field(default="", repr=False)
    about: DislikeKind | None = None
    article: ArticleId | None = None
    category: str = ""
    size: str = ""
    due_us: int = 0
    occasion: Occasion = Occasion.OTHER
    told: bool = False


@dataclass(frozen=True, slots=True)
class ShownRecord:
    """What the page shows of a book beside its entries. `categories`: of the catalogue, for sizes."""

    known: BookRecord
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A follow-up that is due, with the first name of the member who agreed to the book."""

    entry: BookEntry
    first_name: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class BookDesk:
    """Reads and writes client books. Safe from any thread; methods raise NotFoundError, SQLAlchemyError."""

    clues: ClueDesk
    book: ClientBook
    catalogue: Catalogue
    accounts: AssociateAccounts
    database: Database
    now_us: Callable[[], int]

    def entries(self, room: RoomId, card: ClueCardId | None = None) -> tuple[BookEntry, ...]:
        """The book of the member in a room, the newest first. `card`: the one that the associate sees."""
        return self.book.of(self.clues.member(room, card), self.now_us())

    def record(self, room: RoomId, card: ClueCardId | None = None) -> ShownRecord:
        """What she has agreed to, her sizes of the feed, the changes of her book."""
        known = self.book.record(self.clues.member(room, card), self.now_us())
        names = select(STYLE.c.category).where(STYLE.c.category != "").distinct().order_by(STYLE.c.category)
        with self.database.reading() as connection:
            return ShownRecord(known, tuple(connection.scalars(names.limit(MAX_CATEGORIES))))

    def change(
        self, room: RoomId, card: ClueCardId, entry_id: str, seen_us: int, written: Written, who: Associate
    ) -> BookEntry:
        """Changes what an entry says; a like or dislike is deleted and written anew instead. `seen_us`: its `last_us`
        as the associate saw it.

        Raises RefusedError, ChangedMeanwhileError if somebody else was faster."""
        if written.kind in _OPINIONS:
            raise RefusedError("a like or dislike is not changed")
        member, (new, _) = self.clues.member(room, card), self._checked(written)
        return self.book.change(member, entry_id, seen_us, new, who.associate_id, self.now_us())

    def add(self, room: RoomId, card: ClueCardId, written: Written, who: Associate) -> BookEntry:
        """Writes an entry. A dislike leaves the glass at once, a like ends the same dislike there. `card`: the one that
        the associate sees.

        Raises RefusedError, ForbiddenError."""
        (new, subject), member = self._checked(written), self.clues.member(room, card)
        entry = self.book.add(member, new, who.associate_id, self.now_us())
        if subject is not None:
            self.clues.apply_opinion(room, member, subject, unwanted=new.kind is EntryKind.DISLIKE)
        return entry

    def state_dislike(self, room: RoomId, about: DislikeKind, article: ArticleId) -> None:
        """For this visit only, of guests too: it leaves the glass at once and is stored nowhere."""
        self.clues.state_dislike(room, _subject(self._garment(article), about))

    def done(self, room: RoomId, entry_id: str, who: Associate) -> None:
        """A follow-up is done."""
        self.book.done(self.clues.member(room), entry_id, who.associate_id, self.now_us())

    def delete(self, room: RoomId, entry_id: str, who: Associate) -> None:
        """Deletes an entry."""
        member = self.clues.member(room)
        found = next((one for one in self.book.of(member, self.now_us()) if one.entry_id == entry_id), None)
        if found is None:
            raise NotFoundError("there is no such entry")
        self.clues.delete_entry(room, member, found, who.associate_id)

    def due(self, who: Associate) -> tuple[FollowUp, ...]:
        """The follow-ups of an associate in the next 14 days, the earliest first. Managers see those, too, that nobody
        on the staff looks after."""
        holders = (str(who.associate_id), *(self._without_holder() if who.role is Role.MANAGER else ()))
        now_us = self.now_us()
        entries = self.book.due(holders, now_us + LOOK_AHEAD_US, now_us)
        names = select(SHOPPER.c.shopper_id, SHOPPER.c.first_name).where(
            SHOPPER.c.shopper_id.in_({entry.shopper_id for entry in entries})
        )
        with self.database.reading() as connection:
            first_names = {row.shopper_id: row.first_name for row in connection.execute(names)}
        return tuple(FollowUp(entry, first_names.get(entry.shopper_id, "")) for entry in entries)

    def follow_up_done(self, entry_id: str, who: Associate) -> None:
        """A follow-up is done, without the member in a room. Raises NotFoundError for one of another associate."""
        mine = (one.entry for one in self.due(who) if one.entry.entry_id == entry_id)
        entry = next(mine, None)
        if entry is None:
            raise NotFoundError("there is no such follow-up")
        self.book.done(entry.shopper_id, entry_id, who.associate_id, self.now_us())

    def hand_over(self, old: AssociateId, new: AssociateId, who: Associate) -> int:
        """Everything that one associate looks after goes to another one on the staff. Raises NotFoundError."""
        if new not in self.accounts.floor_ids():
            raise NotFoundError("there is no such associate")
        return self.book.hand_over(old, new, who.associate_id, self.now_us())

    def left(self, who: AssociateId) -> None:
        """An associate's access has ended: managers see what is to be handed over. It is no reason to keep access."""
        try:
            self.book.hand_over(who, AssociateId(""), who, self.now_us())
        except SQLAlchemyError as error:
            log.warning("client books still name an associate who has left (%s)", type(error).__name__)

    def _without_holder(self) -> tuple[str, ...]:
        here = self.accounts.floor_ids()
        return tuple(holder for holder in self.book.holders() if holder not in here)

    def _garment(self, article: ArticleId | None) -> Garment:
        found = self.catalogue.garment(article) if article is not None else None
        if found is None:
            raise NotFoundError("there is no such article")
        return found

    def _checked(self, written: Written) -> tuple[NewEntry, Dislike | None]:
        if written.kind in _OPINIONS:
            garment = self._garment(written.article)
            subject = _subject(garment, written.about or DislikeKind.STYLE)
            name = json.dumps(dict(_name(garment, subject.kind).by_language), ensure_ascii=False)
            new = NewEntry(written.kind, name, subject.kind, subject.value)
            return new, subject
        if written.kind is EntryKind.SIZE:
            if not written.category.strip() or not written.size.strip():
                raise RefusedError("a size has a category and a size")
            if note_problem(written.category) or note_problem(written.size):
                raise RefusedError("a size is no note")
            return NewEntry(EntryKind.SIZE, value=written.category.strip(), size=written.size.strip()), None
        return self._free_text(written), None

    def _free_text(self, written: Written) -> NewEntry:
        named = written.kind is EntryKind.DATE and written.occasion is not Occasion.OTHER
        problem = note_problem(written.text) if written.text.strip() or not named else None
        if problem is not None:
            raise NoteRefusedError(problem.value)
        new = NewEntry(written.kind, written.text.strip())
        if written.kind not in _DAYS:
            return new
        now_us = self.now_us()
        if not now_us - DAY_US < written.due_us < now_us + MAX_AHEAD_US:
            raise NoteRefusedError("book-day")
        if written.kind is EntryKind.DATE and written.occasion is Occasion.BIRTHDAY and not written.told:
            raise NoteRefusedError("book-birthday-told")
        value = written.occasion.value if named else ""
        return replace(new, due_us=written.due_us, value=value)


def _subject(garment: Garment, about: DislikeKind) -> Dislike:
    return next(one for one in dislikes_of(garment) if one.kind is about)


def _name(garment: Garment, about: DislikeKind) -> LocalizedText:
    """How the page names what is liked or disliked: a colour by its name, a category by the feed's word."""
    if about is DislikeKind.COLOUR:
        return garment.colourway.name
    return LocalizedText.of(garment.category) if about is DislikeKind.CATEGORY else garment.name
