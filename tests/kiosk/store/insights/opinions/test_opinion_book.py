"""From reviews in a file to the tables: consents, corrections, languages, erasure, a store that ends in between."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from kiosk.clock import US
from kiosk.core.clues.clue import ClueKind, ClueSource, Why
from kiosk.core.clues.dislikes import DislikeKind
from kiosk.core.clues.fact import Fact
from kiosk.core.clues.trust import Verdict
from kiosk.core.domain.ids import AssociateId, ShopperId
from kiosk.store.clues.sentiment.calibration import OfLanguage, Shown
from kiosk.store.clues.sentiment.calibration_file import WrittenOpinions, as_json
from kiosk.store.clues.sentiment.style_texts import PAGE, MemberTexts
from kiosk.store.customers.book.consents import refuse_clues
from kiosk.store.customers.book.entries import ClientBook
from kiosk.store.customers.book.entry import EntryKind, NewEntry
from kiosk.store.customers.book.verdicts import Answer, Verdicts
from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.opinions import INSIGHT_OPINION, INSIGHT_OPINION_WEEK
from kiosk.store.db.tables import SHOPPER
from kiosk.store.errors import ImportStoppedError
from kiosk.store.insights.opinions.opinion_book import RETRY_US, OpinionBook
from kiosk.store.insights.pace import Pace
from kiosk.store.insights.report import Insights
from kiosk.store.insights.table import Table, TableName
from kiosk.store.insights.weeks import Period, ShopWeeks
from tests.kiosk.store import postgres
from tests.kiosk.store.clues.sentiment.reviews import review, written
from tests.kiosk.store.feed_import.taking import take
from tests.kiosk.store.insights.test_week_book import StopsAt
from tests.kiosk.store.sample_shop import START_US, write_feed

WEEKS = ShopWeeks(ZoneInfo("Europe/Vienna"))
WEEK_US = 7 * 24 * 3600 * US
MONDAY_US = WEEKS.bounds_us(WEEKS.week_of(START_US))[1] + 3 * 3600 * US
"""When the week of START_US is counted."""
LOVE, HATE, DULL = "I love it, it fits perfectly", "I hate it, terrible and ugly", "It came on Monday"
GERMAN = "Ich liebe es, es sitzt perfekt"
SHIRT = "S1-WHI"


@dataclass
class Shop:
    """A shop with members, their reviews, and the count of them."""

    database: Database
    folder: Path

    def members(self, count: int, *consents: str, prefix: str = "m") -> None:
        """So many members with these consents."""
        rows = [
            {"shopper_id": f"{prefix}{n}", "first_name": "A", "language": "en", "consents": json.dumps(consents),
             "sizes": "{}", "member": True}
            for n in range(count)
        ]  # fmt: skip
        with self.database.writing() as connection:
            connection.execute(SHOPPER.insert(), rows)

    def writes(self, *lines: dict[str, Any]) -> None:
        """The file of records."""
        written(self.folder / "members.jsonl", lines)

    def book(self, pace: Pace | None = None) -> OpinionBook:
        calibration = self.folder / "sentiment.json"
        good = Shown(0.4, 0.9, 100)
        calibration.write_text(as_json([OfLanguage("en", 400, good, good, 0.5)]), "utf-8")
        texts = MemberTexts(self.database, self.folder / "members.jsonl", WrittenOpinions(calibration))
        return OpinionBook(self.database, WEEKS, texts, pace or Pace())

    def tables(self, now_us: int = MONDAY_US, period: Period = Period.WEEK) -> dict[TableName, Table]:
        """After the count of the last week."""
        self.book().count(now_us)
        return dict(Insights(self.database, WEEKS).report(period, now_us, "en").tables)

    def row(self, now_us: int = MONDAY_US, period: Period = Period.WEEK) -> dict[str, Any] | None:
        """The shirt in the table of styles; None if it is not shown."""
        return first(self.tables(now_us, period)[TableName.SENTIMENT])


def first(table: Table) -> dict[str, Any] | None:
    keys = [column.key for column in table.columns]
    return dict(zip(keys, table.rows[0], strict=True)) if table.rows else None


def says(
    text: str, count: int = 12, stars: int = 0, at_us: int = START_US, **more: Any
) -> list[dict[str, Any]]:
    """A review of the shirt by each of so many members."""
    return [review(f"m{n}", SHIRT, text, stars, at_us=at_us, **more) for n in range(count)]


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A database with the catalogue."""
    folder = tmp_path_factory.mktemp("catalogue")
    database = Database(f"sqlite:///{folder / 's.db'}")
    take(database, write_feed(folder / "feed"))
    database.close()
    return (folder / "s.db").read_bytes()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.full)])
def shop(request: pytest.FixtureRequest, tmp_path: Path, catalogue: bytes) -> Iterator[Shop]:
    """On PostgreSQL as well with `--full`."""
    if request.param == "postgresql":
        database = Database(postgres.fresh_database(request.getfixturevalue("postgres_server")))
        take(database, write_feed(tmp_path / "feed"))
    else:
        (tmp_path / "s.db").write_bytes(catalogue)
        database = Database(f"sqlite:///{tmp_path / 's.db'}")
    yield Shop(database, tmp_path)
    database.close()


def test_reviews_are_positive_negative_mixed_or_unsure(shop: Shop) -> None:
    shop.members(70, "clues", "reviews")
    shop.writes(
        *(review(f"m{n}", SHIRT, DULL, 5, at_us=START_US) for n in range(21)),
        *(review(f"m{n}", SHIRT, LOVE, at_us=START_US) for n in range(21, 32)),
        *(review(f"m{n}", SHIRT, HATE, at_us=START_US) for n in range(32, 43)),
        *(review(f"m{n}", SHIRT, LOVE, 3, at_us=START_US) for n in range(43, 54)),
        *(review(f"m{n}", SHIRT, GERMAN, language="de", at_us=START_US) for n in range(54, 70)),
    )
    row = shop.row()
    assert row == {
        "style_id": "S1", "style": "Linen <b>shirt</b>", "opinions": 75, "positive": 35, "positive_percent": None,
        "negative": 15, "negative_percent": None, "mixed": 15, "unsure": 15, "unsure_percent": None, "tried": None,
        "bought": None, "returned": None,
    }  # fmt: skip
    tables = shop.tables()
    assert [row[0:5] for row in tables[TableName.SENTIMENT_LANGUAGES].rows] == [
        ("en", 55, 35, 25, None),
        ("de", 15, None, None, 15),
    ], "planted: German has the same words of praise, and no lexicon"
    assert tables[TableName.SENTIMENT_WEEKS].rows[0][2] == WEEKS.week_of(START_US).isoformat()


def test_only_members_who_agreed_to_it_are_counted(shop: Shop) -> None:
    shop.writes(*says(LOVE))
    assert shop.row() is None
    for consents in (("clues",), ("reviews",), ("clues", "web"), ()):
        shop.members(12, *consents)
        assert shop.row(MONDAY_US) is None
        with shop.database.writing() as connection:
            connection.execute(SHOPPER.delete().where(SHOPPER.c.shopper_id.like("m%")))
            connection.execute(INSIGHT_OPINION_WEEK.delete())
    shop.members(12, "clues", "reviews")
    assert (shop.row() or {})["positive"] == 15


def test_ten_texts_of_one_member_are_no_group(shop: Shop) -> None:
    shop.members(2, "clues", "reviews")
    shop.writes(*(review("m1", SHIRT, LOVE, 5, at_us=START_US + n) for n in range(30)))
    table = shop.tables()[TableName.SENTIMENT]
    assert (table.rows, table.hidden) == ((), 1)


@pytest.mark.parametrize(("verdict", "positive"), [(Verdict.WRONG, None), (Verdict.USEFUL, 15)])
def test_what_an_associate_says_of_a_reading_is_used(
    shop: Shop, verdict: Verdict, positive: int | None
) -> None:
    shop.members(12, "clues", "reviews")
    # what is wrong was read as praise; what is useful is not read any more
    shop.writes(*says(LOVE if verdict is Verdict.WRONG else DULL))
    verdicts = Verdicts(shop.database)
    clue = Fact(ClueKind.WROTE_WELL, ClueSource.REVIEW, SHIRT, (), 0).clue_id
    for number in range(12):
        answer = Answer(
            ShopperId(f"m{number}"), clue, verdict, ClueSource.REVIEW, Why.RECENT, AssociateId("a-ines")
        )
        verdicts.save(answer, START_US)
    row = shop.row()
    assert row is not None
    assert (row["positive"], row["unsure"]) == (positive, None if positive else 15)


def test_likes_and_dislikes_of_the_client_book_count_and_notes_do_not(shop: Shop) -> None:
    shop.members(36, "clues")
    book = ClientBook(shop.database)
    for number in range(36):
        kind = (EntryKind.DISLIKE, EntryKind.LIKE, EntryKind.NOTE)[number % 3]
        about, value = ((DislikeKind.ITEM, SHIRT), (DislikeKind.STYLE, "S1"), (None, ""))[number % 3]
        entry = NewEntry(kind, LOVE if kind is EntryKind.NOTE else "{}", about, value)
        book.add(ShopperId(f"m{number}"), entry, AssociateId("a-ines"), START_US)
    row = shop.row()
    assert row is not None
    assert (row["opinions"], row["positive"], row["negative"]) == (25, 15, 15)
    assert shop.tables()[TableName.SENTIMENT_LANGUAGES].rows == ()


@pytest.mark.parametrize("how", ["erased", "withdrawn", "gone from the file"])
def test_an_erased_member_leaves_what_is_not_disclosed_yet(shop: Shop, how: str) -> None:
    shop.members(10, "clues", "reviews")
    shop.writes(*says(LOVE, 9))
    assert shop.row() is None
    assert counted(shop) == [9]
    lines = [*says(LOVE, 9), *(line | {"at_us": START_US + WEEK_US} for line in says(LOVE, 10)[9:])]
    if how == "gone from the file":
        shop.writes(*lines[1:])
    else:
        shop.writes(*lines)
        with shop.database.writing() as connection:
            if how == "erased":
                connection.execute(SHOPPER.delete().where(SHOPPER.c.shopper_id == "m0"))
            else:
                refuse_clues(connection, ShopperId("m0"), START_US)
    assert shop.row(MONDAY_US + WEEK_US, Period.YEAR) is None
    assert sorted(counted(shop)) == [1, 8]


def test_planted_with_the_tenth_member_it_would_be_shown(shop: Shop) -> None:
    shop.members(10, "clues", "reviews")
    shop.writes(*says(LOVE, 9))
    shop.tables()
    shop.writes(*says(LOVE, 9), *(line | {"at_us": START_US + WEEK_US} for line in says(LOVE, 10)[9:]))
    row = shop.row(MONDAY_US + WEEK_US, Period.YEAR)
    assert row is not None
    assert row["opinions"] == 15


def test_what_was_disclosed_stays_after_an_erasure(shop: Shop) -> None:
    shop.members(12, "clues", "reviews")
    shop.writes(*says(LOVE, 10))
    shop.tables()
    with shop.database.writing() as connection:
        connection.execute(SHOPPER.delete().where(SHOPPER.c.shopper_id.in_(("m0", "m1"))))
    assert (shop.row(MONDAY_US + WEEK_US, Period.FOUR_WEEKS) or {})["opinions"] == 15
    assert counted(shop) == [10]


def counted(shop: Shop) -> list[int]:
    """The positive ones of each row."""
    with shop.database.reading() as connection:
        return list(connection.scalars(select(INSIGHT_OPINION.c.positive)))


def test_a_store_that_ends_at_any_step_shows_no_half_count(shop: Shop) -> None:
    shop.members(12, "clues", "reviews")
    shop.writes(*says(LOVE), *(line | {"item": "C1-NVY"} for line in says(HATE)))
    at, halves = 0, 0
    while True:
        try:
            shop.book(StopsAt(at)).count(MONDAY_US)
        except ImportStoppedError:
            with shop.database.reading() as connection:
                halves += bool(connection.scalar(select(func.count()).select_from(INSIGHT_OPINION)))
            found = Insights(shop.database, WEEKS).report(Period.WEEK, MONDAY_US, "en").tables
            assert found[TableName.SENTIMENT].rows == () or marked(shop)
            at += 1
        else:
            break
    assert halves, "planted: rows of a count that is not marked are there"
    assert len(shop.tables()[TableName.SENTIMENT].rows) == 2


def marked(shop: Shop) -> bool:
    with shop.database.reading() as connection:
        return bool(connection.scalar(select(func.count()).select_from(INSIGHT_OPINION_WEEK)))


def test_a_file_that_cannot_be_read_is_tried_again_an_hour_later(shop: Shop) -> None:
    shop.members(12, "clues", "reviews")
    (shop.folder / "members.jsonl").mkdir()
    book = shop.book()
    assert book.count(MONDAY_US) is None
    (shop.folder / "members.jsonl").rmdir()
    shop.writes(*says(LOVE))
    assert book.count(MONDAY_US + RETRY_US - 1) is None
    assert book.count(MONDAY_US + RETRY_US + 1) == WEEKS.week_of(START_US)
    assert book.count(MONDAY_US + RETRY_US + 2) is None


def test_reviews_of_many_reads_and_of_things_that_are_not_sold_here(shop: Shop) -> None:
    shop.members(2 * PAGE + 7, "clues", "reviews")
    lines = [
        review(f"m{n}", SHIRT if n % 3 else "WEB-ONLY", DULL, 1, at_us=START_US) for n in range(2 * PAGE + 7)
    ]
    shop.writes(*lines)
    row = shop.row()
    assert row is not None
    assert (row["opinions"], row["negative_percent"]) == (405, 100)


def test_a_count_that_was_made_while_the_clock_was_ahead_keeps_no_right_one_away(shop: Shop) -> None:
    shop.members(12, "clues", "reviews")
    shop.writes(*says(LOVE, language="en_US"))
    assert shop.book().count(MONDAY_US + 4000 * WEEK_US) is not None
    assert (shop.row() or {})["positive"] == 15, "planted: nothing was counted for 77 years"
