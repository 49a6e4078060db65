"""What associates said of clues: what is wrong of a member never comes back, and each source's worth is counted."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import Connection, select, update

from kiosk.core.clues.clue import ClueSource, Why
from kiosk.core.clues.trust import NO_ANSWERS, Counts, Trust, Verdict
from kiosk.core.domain.ids import AssociateId, ShopperId
from kiosk.store.customers.book.consents import CLUES, consents_of
from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.clues import CLUE_TRUST, CLUE_VERDICT
from kiosk.store.db.upsert import insert_new, upsert
from kiosk.store.errors import ForbiddenError


@dataclass(frozen=True, slots=True)
class Answer:
    """One associate's answer to one clue that was shown."""

    member: ShopperId = field(repr=False)
    clue_id: str
    verdict: Verdict
    source: ClueSource
    why: Why
    by: AssociateId


class Verdicts:
    """Reads and writes answers. Safe from any thread; all methods raise SQLAlchemyError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, answer: Answer, at_us: int) -> None:
        """Stores an answer; said again it counts once, and another answer takes the place of the first.

        Raises ForbiddenError without the member's consent."""
        with self._database.writing() as connection:
            if CLUES not in consents_of(connection, answer.member):
                raise ForbiddenError("she has not agreed to clues")
            table = CLUE_VERDICT.c
            this = (table.shopper_id == answer.member) & (table.clue_id == answer.clue_id)
            before = connection.execute(
                select(table.verdict, table.source, table.why).where(this)
            ).one_or_none()
            if before is not None:
                if before.verdict == answer.verdict.value:
                    return
                _count(
                    connection,
                    ClueSource(before.source),
                    Why(before.why),
                    Verdict(before.verdict),
                    -1,
                )
            row = {
                "shopper_id": answer.member, "clue_id": answer.clue_id, "verdict": answer.verdict.value,
                "source": answer.source.value, "why": answer.why.value, "associate_id": answer.by, "at_us": at_us,
            }  # fmt: skip
            upsert(connection, CLUE_VERDICT, [row])
            _count(connection, answer.source, answer.why, answer.verdict, 1)

    def wrong(self, member: ShopperId) -> frozenset[str]:
        """The ids of clues that were called wrong of a member."""
        table = CLUE_VERDICT.c
        query = select(table.clue_id).where(table.shopper_id == member, table.verdict == Verdict.WRONG.value)
        with self._database.reading() as connection:
            return frozenset(connection.scalars(query))

    def useful(self, member: ShopperId) -> frozenset[str]:
        """The ids of clues that were called useful of a member."""
        table = CLUE_VERDICT.c
        query = select(table.clue_id).where(table.shopper_id == member, table.verdict == Verdict.USEFUL.value)
        with self._database.reading() as connection:
            return frozenset(connection.scalars(query))

    def trust(self, member: ShopperId) -> Trust:
        """What is known of each source, in the shop and of this member."""
        with self._database.reading() as connection:
            shop = {
                (ClueSource(row.source), Why(row.why)): Counts(row.useful, row.wrong)
                for row in connection.execute(select(CLUE_TRUST))
            }
            query = select(CLUE_VERDICT.c.source, CLUE_VERDICT.c.verdict).where(
                CLUE_VERDICT.c.shopper_id == member
            )
            hers: dict[ClueSource, Counts] = {}
            for row in connection.execute(query):
                source = ClueSource(row.source)
                hers[source] = hers.get(source, NO_ANSWERS).plus(Verdict(row.verdict))
        return Trust(shop, hers)


def _count(connection: Connection, source: ClueSource, why: Why, verdict: Verdict, by: int) -> None:
    insert_new(connection, CLUE_TRUST, {"source": source.value, "why": why.value, "useful": 0, "wrong": 0})
    column = CLUE_TRUST.c.useful if verdict is Verdict.USEFUL else CLUE_TRUST.c.wrong
    this = (CLUE_TRUST.c.source == source.value) & (CLUE_TRUST.c.why == why.value)
    connection.execute(update(CLUE_TRUST).where(this).values({column.name: column + by}))
