"""What members said of styles, for the insights: their reviews, and the likes and dislikes in the client book.

A review is positive or negative by its stars; without them by an associate who called the clue of it useful, else by
the lexicon, where the measured precision allows it. What an associate called wrong is unsure, and so is every text in a
language without a lexicon. Notes are not read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, select

from kiosk.connectors.clues.json_lines import reviews_in
from kiosk.connectors.clues.port import MemberRecord
from kiosk.core.clues.clue import ClueSource
from kiosk.core.clues.dislikes import DislikeKind
from kiosk.core.clues.fact import Fact
from kiosk.core.clues.trust import Verdict
from kiosk.core.domain.ids import ShopperId
from kiosk.store.clues.sentiment.calibration import Opinion
from kiosk.store.clues.sentiment.calibration_file import WrittenOpinions
from kiosk.store.clues.sentiment.own_texts import KINDS, of_stars
from kiosk.store.customers.book.consents import CLUES, agreed_to
from kiosk.store.customers.book.entry import EntryKind
from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.clues import BOOK_ENTRY, CLUE_VERDICT
from kiosk.store.db.tables import COLOURWAY
from kiosk.store.insights.opinions.said import NO_TEXT, UNKNOWN_LANGUAGE, Said, Stance, Wanted

PAGE: Final = 300
"""Reviews or entries of one read."""
_STANCES: Final = {
    Opinion.GOOD: Stance.POSITIVE, Opinion.BAD: Stance.NEGATIVE, Opinion.MIXED: Stance.MIXED,
}  # fmt: skip
_OF_ENTRIES: Final = {EntryKind.LIKE.value: Stance.POSITIVE, EntryKind.DISLIKE.value: Stance.NEGATIVE}
Verdicts = dict[tuple[str, str], Verdict]
"""By member and clue."""
X = TypeVar("X")


@dataclass(frozen=True, slots=True)
class MemberTexts:
    """Implements `StyleTexts`. `records`: the file of reviews; None for none. Safe from any thread."""

    database: Database
    records: Path | None
    opinions: WrittenOpinions

    def said(self, wanted: Wanted, step: Callable[[], None]) -> Iterator[Said]:
        """Reviews of members with the consents `clues` and `reviews`, entries of those with `clues`."""
        yield from self._reviews(wanted, step)
        yield from self._entries(wanted, step)

    def _reviews(self, wanted: Wanted, step: Callable[[], None]) -> Iterator[Said]:
        every = reviews_in(self.records) if self.records is not None else iter(())
        for some in _parts(every, step):
            members = {member for member, _ in some}
            with self.database.reading() as connection:
                agreed = agreed_to(connection, members, frozenset({CLUES, "reviews"}))
                styles = _styles(connection, {one.item for _, one in some})
                verdicts = _verdicts(connection, agreed)
            step()
            for member, one in some:
                style = styles.get(one.item)
                says_something = one.stars or one.text.strip()
                if style and says_something and member in agreed and wanted(member, style, one.at_us):
                    yield self._said(member, style, one, verdicts)
                step()

    def _said(self, member: ShopperId, style: str, review: MemberRecord, verdicts: Verdicts) -> Said:
        stance, by_reading = self._stance(member, review, verdicts)
        return Said(member, style, review.at_us, stance, review.language or UNKNOWN_LANGUAGE, by_reading)

    def _stance(self, member: ShopperId, review: MemberRecord, verdicts: Verdicts) -> tuple[Stance, bool]:
        """What a review says, and whether a lexicon has read it."""
        if review.stars:
            return _STANCES[of_stars(review.stars)], False
        found = {side: verdicts.get((member, _clue(review, side))) for side in (Opinion.GOOD, Opinion.BAD)}
        useful = next((side for side, verdict in found.items() if verdict is Verdict.USEFUL), None)
        if useful is not None:
            return _STANCES[useful], False
        read = self.opinions.of(review.text, review.language)
        if read is None or found.get(read[0]) is Verdict.WRONG:
            return Stance.UNSURE, False
        return _STANCES[read[0]], True

    def _entries(self, wanted: Wanted, step: Callable[[], None]) -> Iterator[Said]:
        """Likes and dislikes of a style, or of one of its colours."""
        last = ""
        while rows := self._page_of_entries(last):
            last = rows[-1].entry_id
            with self.database.reading() as connection:
                agreed = agreed_to(connection, {row.shopper_id for row in rows}, frozenset({CLUES}))
                styles = _styles(
                    connection, {row.value for row in rows if row.about == DislikeKind.ITEM.value}
                )
            for row in rows:
                style = row.value if row.about == DislikeKind.STYLE.value else styles.get(row.value)
                member = ShopperId(row.shopper_id)
                if style and member in agreed and wanted(member, style, row.made_us):
                    yield Said(member, style, row.made_us, _OF_ENTRIES[row.kind], NO_TEXT)
            step()

    def _page_of_entries(self, after: str) -> Sequence[Any]:
        table = BOOK_ENTRY.c
        about = table.about.in_((DislikeKind.STYLE.value, DislikeKind.ITEM.value))
        query = select(table.entry_id, table.shopper_id, table.kind, table.about, table.value, table.made_us)
        query = query.where(table.entry_id > after, table.kind.in_(_OF_ENTRIES), about)
        with self.database.reading() as connection:
            return connection.execute(query.order_by(table.entry_id).limit(PAGE)).all()


def _parts(every: Iterable[X], step: Callable[[], None]) -> Iterator[list[X]]:
    left = iter(every)
    while some := list(islice(left, PAGE)):
        step()
        yield some


def _clue(review: MemberRecord, side: Opinion) -> str:
    return Fact(KINDS[side], ClueSource.REVIEW, review.item, (), review.at_us).clue_id


def _styles(connection: Connection, items: Collection[str]) -> dict[str, str]:
    """The styles of these items; what the catalogue does not have is left out."""
    query = select(COLOURWAY.c.item, COLOURWAY.c.style_id).where(COLOURWAY.c.item.in_(items))
    return {row.item: row.style_id for row in connection.execute(query)}


def _verdicts(connection: Connection, members: Collection[str]) -> Verdicts:
    table = CLUE_VERDICT.c
    query = select(table.shopper_id, table.clue_id, table.verdict)
    query = query.where(table.shopper_id.in_(members), table.source == ClueSource.REVIEW.value)
    return {(row.shopper_id, row.clue_id): Verdict(row.verdict) for row in connection.execute(query)}
