"""Puts clues and the client book together: their sources, and the desks behind the associates' page."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.connectors.clues.port import MemberRecords, RecordKind
from kiosk.store.catalogue.catalogue import Catalogue
from kiosk.store.clues.book_desk import BookDesk
from kiosk.store.clues.clue_desk import ClueDesk
from kiosk.store.clues.sentiment.calibration_file import WrittenOpinions
from kiosk.store.clues.sources.connected import Connected
from kiosk.store.clues.sources.own import AskedBefore, BookFacts, FitAnswers, Purchases, UsualSizes
from kiosk.store.clues.sources.port import FactSource
from kiosk.store.customers.book.asked import AskedItems
from kiosk.store.customers.book.entries import ClientBook
from kiosk.store.customers.book.verdicts import Verdicts
from kiosk.store.db.database import Database
from kiosk.store.floor.visits import RoomVisits
from kiosk.store.staff.associates import AssociateAccounts


@dataclass(frozen=True, slots=True)
class ClueServices:
    """What the routes of clues need."""

    clues: ClueDesk
    book: BookDesk


def compose_clues(
    database: Database, catalogue: Catalogue, accounts: AssociateAccounts, visits: RoomVisits,
    records: tuple[MemberRecords, ...] = (), opinions: WrittenOpinions | None = None,
) -> ClueServices:  # fmt: skip
    """`records`: what other systems know of members. `opinions`: reads reviews without stars; None: nobody does."""
    book, now_us = ClientBook(database), visits.now_us
    sources: list[FactSource] = [
        Purchases(database, catalogue), UsualSizes(database), FitAnswers(database, catalogue),
        AskedBefore(AskedItems(database), catalogue), BookFacts(book),
    ]  # fmt: skip
    reads = opinions or WrittenOpinions(None)
    sources += [Connected(kind, known, catalogue, reads) for known in records for kind in RecordKind]
    clues = ClueDesk(
        visits.floor, visits, tuple(sources), Verdicts(database), book, database, database.lock, now_us
    )  # fmt: skip
    return ClueServices(clues, BookDesk(clues, book, catalogue, accounts, database, now_us))
