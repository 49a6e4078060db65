"""Clues about the member in a room, and what associates say of them: with her consent, and only while she is here."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from kiosk.core.clues.clue import NO_CARD, Clue, ClueCardId, ClueKind, ClueSource
from kiosk.core.clues.dislikes import Dislike
from kiosk.core.clues.fact import Fact
from kiosk.core.clues.selection import Moment, reason, select
from kiosk.core.clues.trust import Verdict
from kiosk.core.domain.ids import AssociateId, RoomId, ShopperId
from kiosk.core.domain.shopper import Shopper, Tier
from kiosk.core.visit.events import DislikesStated
from kiosk.store.clues.sources.own import fact_of_entry
from kiosk.store.clues.sources.port import FactSource
from kiosk.store.customers.book.consents import CLUES, consents_of, refuse_clues
from kiosk.store.customers.book.entries import ClientBook
from kiosk.store.customers.book.entry import BookEntry
from kiosk.store.customers.book.verdicts import Answer, Verdicts
from kiosk.store.db.database import Database
from kiosk.store.errors import NotFoundError
from kiosk.store.floor.shop_floor import ShopFloor
from kiosk.store.floor.visits import RoomVisits

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ClueCard:
    """What an associate sees of the member in a room. `rated`: ids of clues that were called useful before."""

    card: ClueCardId
    first_name: str = field(repr=False)
    language: str
    clues: tuple[Clue, ...]
    rated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClueDesk:
    """Cards, answers and withdrawals. Safe from any thread. Methods raise NotFoundError where no member who agreed to
    it has proved her card in the room's present visit, and SQLAlchemyError. `card`: the one that the associate sees;
    that of another member, or of an earlier visit, is not found."""

    floor: ShopFloor
    visits: RoomVisits
    sources: tuple[FactSource, ...]
    verdicts: Verdicts
    book: ClientBook
    database: Database
    writer: AbstractContextManager[Any]
    now_us: Callable[[], int]

    def member(self, room: RoomId, card: ClueCardId | None = None) -> ShopperId:
        """The member in a room, if she has agreed to clues."""
        return self._shopper(room, card)[0].shopper_id

    def card(self, room: RoomId) -> ClueCard:
        """At most three clues about her; those that were called wrong never come back."""
        (shopper, open_card), moment = self._shopper(room), self._moment(room)
        member = shopper.shopper_id
        wrong = self.verdicts.wrong(member)
        shown = select(self._facts(member), moment, self.verdicts.trust(member), wrong)
        self.member(room, open_card)  # she may have withdrawn her consent or left meanwhile
        useful = self.verdicts.useful(member)
        rated = tuple(clue.clue_id for clue in shown if clue.clue_id in useful)
        return ClueCard(open_card, shopper.first_name, shopper.language, shown, rated)

    def answer(
        self, room: RoomId, card: ClueCardId, clue_id: str, verdict: Verdict, who: AssociateId
    ) -> None:
        """What an associate says of a clue. What is wrong and stands in the client book is deleted there.

        Raises NotFoundError for a clue that is not known of her, ForbiddenError if she withdrew meanwhile."""
        member, moment = self.member(room, card), self._moment(room)
        found = [fact for fact in self._facts(member) if fact.clue_id == clue_id]
        if not found:
            raise NotFoundError("there is no such clue")
        best = max(found, key=lambda fact: (fact.seen_us, fact.source.value))
        answer = Answer(member, clue_id, verdict, best.source, reason(best, moment), who)
        self.verdicts.save(answer, self.now_us())
        if verdict is Verdict.WRONG:
            self._delete_from_book(room, member, found, who)

    def withdraw(self, room: RoomId, card: ClueCardId) -> None:
        """She does not want it any more: everything that was kept with the consent is deleted, the card disappears."""
        member = self.member(room, card)
        with self.database.writing(durable=True) as connection:
            refuse_clues(connection, member, self.now_us())
        with self.writer:
            self.visits.set_clues(lambda shopper_id: shopper_id != member)
        log.info("a member in room %s withdrew the consent to clues", room)

    def state_dislike(self, room: RoomId, dislike: Dislike) -> None:
        """She does not want to be offered this: it leaves the glass at once, and is not suggested in this visit.

        For guests as well. Raises NotFoundError if nobody is in the room."""
        with self.writer:
            visit = self.floor.room(room).visit
            if visit is None:
                raise NotFoundError("nobody is in this room")
            self.visits.add_dislike(room, dislike)
            event = DislikesStated(self.now_us(), visit.ticket, (dislike,))
            self.floor.publish_to_mirror(room, event)

    def _shopper(self, room: RoomId, card: ClueCardId | None = None) -> tuple[Shopper, ClueCardId]:
        with self.writer:
            visit = self.floor.room(room).visit
            shopper, present = (visit.shopper, visit.clues) if visit is not None else (None, NO_CARD)
        if shopper is None or shopper.tier < Tier.PROVED or not present or card not in (None, present):
            raise NotFoundError("nobody who agreed to clues is in this room")
        with self.database.reading() as connection:
            if CLUES not in consents_of(connection, shopper.shopper_id):
                raise NotFoundError("nobody who agreed to clues is in this room")
        return shopper, present

    def delete_entry(self, room: RoomId, member: ShopperId, entry: BookEntry, who: AssociateId) -> None:
        """Deletes an entry of her book; a dislike does not count in this visit any more either."""
        self.book.delete(member, entry.entry_id, who, self.now_us())
        dislike = entry.as_dislike()
        if dislike is not None:
            self.apply_opinion(room, member, dislike, unwanted=False)

    def apply_opinion(self, room: RoomId, member: ShopperId, subject: Dislike, *, unwanted: bool) -> None:
        """What was written into her book counts in this visit; in no visit of another shopper, if she has left
        meanwhile."""
        with self.writer:
            visit = self.floor.room(room).visit
            if visit is None or visit.shopper is None or visit.shopper.shopper_id != member:
                return
            if unwanted:
                self.state_dislike(room, subject)
            else:
                self.visits.end_dislike(room, subject)

    def _moment(self, room: RoomId) -> Moment:
        garments = self.floor.garments_in(room)
        styles, categories = {g.style_id for g in garments}, {g.category for g in garments}
        return Moment(self.now_us(), frozenset(styles), frozenset(categories))

    def _facts(self, member: ShopperId) -> list[Fact]:
        """From every source that she has agreed to. A source that cannot be read is left out: a card is no reason to
        keep a shopper waiting."""
        with self.database.reading() as connection:
            consents = consents_of(connection, member)
        found: list[Fact] = []
        for source in self.sources:
            if CLUES in consents and source.needs <= consents:
                try:
                    found += source.facts(member, self.now_us())
                except (OSError, SQLAlchemyError) as error:
                    log.warning("a source of clues cannot be read (%s)", type(error).__name__)
        return found

    def _delete_from_book(self, room: RoomId, member: ShopperId, wrong: list[Fact], who: AssociateId) -> None:
        if not any(fact.source in (ClueSource.BOOK, ClueSource.NOTE) for fact in wrong):
            return
        ids = {fact.clue_id for fact in wrong}
        for entry in self.book.of(member, self.now_us()):
            if fact_of_entry(entry).clue_id in ids and fact_of_entry(entry).kind is not ClueKind.FOLLOW_UP:
                self.delete_entry(room, member, entry, who)
