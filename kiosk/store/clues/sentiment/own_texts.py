"""The shop's own texts for the calibration: reviews of members who agreed to it, with stars or corrected."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlalchemy import select

from kiosk.connectors.clues.port import MemberRecord, MemberRecords, RecordKind
from kiosk.core.clues.clue import ClueKind, ClueSource
from kiosk.core.clues.fact import Fact
from kiosk.core.clues.trust import Verdict
from kiosk.core.domain.ids import ShopperId
from kiosk.store.clues.sentiment.calibration import Opinion, RatedText
from kiosk.store.clues.sentiment.lexicon import score
from kiosk.store.customers.book.consents import CLUES, consents_in
from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.clues import CLUE_VERDICT
from kiosk.store.db.tables import SHOPPER

MAX_TEXTS = 10_000
"""Of one member."""
GOOD_STARS, BAD_STARS = 4, 2
KINDS = {
    Opinion.GOOD: ClueKind.WROTE_WELL,
    Opinion.BAD: ClueKind.WROTE_BADLY,
    Opinion.MIXED: ClueKind.WROTE_MIXED,
}


def of_stars(stars: int) -> Opinion:
    """What stars say, 1 to 5."""
    return Opinion.GOOD if stars >= GOOD_STARS else Opinion.BAD if stars <= BAD_STARS else Opinion.MIXED


def rated_texts(database: Database, records: MemberRecords) -> Iterator[RatedText]:
    """The texts of members with the consents `clues` and `reviews`. Raises OSError, SQLAlchemyError."""
    for member in _agreed(database):
        said = _verdicts(database, member)
        for one in records.of_member(member, MAX_TEXTS):
            opinion = _opinion(one, said) if one.kind is RecordKind.REVIEW and one.text.strip() else None
            if opinion is not None:
                yield RatedText(one.text, one.language, opinion, score(one.text, one.language))


def _agreed(database: Database) -> list[ShopperId]:
    with database.reading() as connection:
        rows = connection.execute(select(SHOPPER.c.shopper_id, SHOPPER.c.consents)).all()
        return [
            ShopperId(row.shopper_id)
            for row in rows
            if "reviews" in json.loads(row.consents)
            and CLUES in consents_in(connection, ShopperId(row.shopper_id), row.consents)
        ]


def _verdicts(database: Database, member: ShopperId) -> dict[str, Verdict]:
    table = CLUE_VERDICT.c
    query = select(table.clue_id, table.verdict).where(
        table.shopper_id == member, table.source == ClueSource.REVIEW.value
    )
    with database.reading() as connection:
        return {row.clue_id: Verdict(row.verdict) for row in connection.execute(query)}


def _opinion(review: MemberRecord, said: dict[str, Verdict]) -> Opinion | None:
    """By its stars; without them by what an associate said of the clue that was made of it: a wrong one is mixed."""
    if review.stars:
        return of_stars(review.stars)
    for opinion in (Opinion.GOOD, Opinion.BAD):
        clue = Fact(KINDS[opinion], ClueSource.REVIEW, review.item, (), review.at_us).clue_id
        if clue in said:
            return opinion if said[clue] is Verdict.USEFUL else Opinion.MIXED
    return None
