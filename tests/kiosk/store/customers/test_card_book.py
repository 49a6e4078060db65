"""Cards in the database: what a feed must not change, and names of cards; on SQLite and on PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from kiosk.store.customers.card_book import CardBook
from kiosk.store.customers.card_import import CardSource
from kiosk.store.db.database import Database
from kiosk.store.db.tables import CREDENTIAL
from kiosk.store.errors import NotFoundError, RefusedError
from kiosk.store.feed_import import ImportReport
from kiosk.store.staff.tokens import card_mac
from tests.kiosk.store.feed_import.taking import take
from tests.kiosk.store.sample_shop import SHOPPERS, write_feed
from tests.optional_values import present

CLARA, HENRIK, NEW = "04A1B2C3D4E501", "04A1B2C3D4E502", "04A1B2C3D4E503"


def mac(uid: str) -> str:
    return card_mac(b"k" * 32, uid)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def feed(tmp_path: Path, database: Database) -> Path:
    folder = write_feed(tmp_path / "feed")
    taken(database, folder)
    return folder


@pytest.fixture
def book(database: Database, feed: Path) -> CardBook:
    return CardBook(database, mac)


def taken(database: Database, folder: Path, shoppers: list[dict[str, Any]] | None = None) -> ImportReport:
    if shoppers is not None:
        text = "".join(json.dumps(one) + "\n" for one in shoppers)
        (folder / "shoppers.jsonl").write_text(text, encoding="utf-8")
    return take(database, folder, mac=mac)


def without_cards() -> list[dict[str, Any]]:
    return [{**one, "credentials": []} for one in SHOPPERS]


def test_a_feed_never_deletes_an_enrolled_card(database: Database, book: CardBook, feed: Path) -> None:
    book.enrol(NEW, "s1", "card", 3)
    taken(database, feed, without_cards())
    assert [(c.source, c.shopper_id) for c in book.cards()] == [(CardSource.ENROLLED, "s1")]


def test_a_feed_gives_an_enrolled_card_to_no_other_shopper(
    database: Database, book: CardBook, feed: Path
) -> None:
    book.enrol(NEW, "s1", "card", 3)
    hers = {"credential_id": "x", "kind": "ring", "uid": NEW}
    taken(database, feed, [SHOPPERS[0], {**SHOPPERS[1], "credentials": [hers]}])
    card = present(book.card(NEW))
    assert (card.shopper_id, card.kind, card.source, card.counter) == (
        "s1",
        "card",
        CardSource.ENROLLED,
        3,
    )


def test_a_feed_never_removes_a_block_even_if_it_omits_the_card(
    database: Database, book: CardBook, feed: Path
) -> None:
    book.block(present(book.card(CLARA)).short, blocked=True)
    taken(database, feed)
    assert present(book.card(CLARA)).blocked
    taken(database, feed, without_cards())
    taken(database, feed, SHOPPERS)
    assert present(book.card(CLARA)).blocked
    assert present(book.card(CLARA)).shopper_id == "s1"


def test_a_card_that_comes_back_keeps_its_counter(database: Database, book: CardBook, feed: Path) -> None:
    book.raise_counter(CLARA, 61)
    taken(database, feed, without_cards())
    assert (present(book.card(CLARA)).shopper_id, book.card(HENRIK)) == ("", None)
    taken(database, feed, SHOPPERS)
    clara, henrik = present(book.card(CLARA)), present(book.card(HENRIK))
    assert (clara.shopper_id, clara.counter, henrik.counter) == ("s1", 61, -1)


def test_planted_fault_a_plain_replacement_of_cards_is_caught(
    database: Database, book: CardBook, feed: Path
) -> None:
    """Planted fault for the tests above: cards replaced like other rows."""
    book.enrol(NEW, "s1", "card", 3)
    book.block(present(book.card(CLARA)).short, blocked=True)
    with database.writing() as connection:
        connection.execute(CREDENTIAL.delete())
    with pytest.raises(AssertionError):
        assert book.card(NEW)
    with pytest.raises(AssertionError):
        assert book.card(CLARA)


def test_an_erased_shopper_loses_her_cards_and_their_counters_stay(
    database: Database, book: CardBook, feed: Path
) -> None:
    book.enrol(NEW, "s1", "card", 3)
    taken(database, feed, [SHOPPERS[1]])
    assert not book.has_shopper("s1")
    assert present(book.card(NEW)).shopper_id == ""
    assert book.card(CLARA) is None, "a card that was never used is deleted"
    taken(database, feed, SHOPPERS)
    assert book.has_shopper("s1")
    assert (present(book.card(NEW)).shopper_id, present(book.card(NEW)).counter) == ("", 3)
    assert present(book.card(CLARA)).shopper_id == "s1"


def test_a_counter_only_rises_and_only_once(book: CardBook) -> None:
    assert book.raise_counter(CLARA, 5)
    assert not book.raise_counter(CLARA, 5)
    assert not book.raise_counter(CLARA, 4)
    assert not book.raise_counter(NEW, 1)
    assert present(book.card(CLARA)).counter == 5
    assert book.enrol(CLARA, "s1", "ring", 2).counter == 5, "a chip whose counter starts again proves nothing"


def test_a_card_is_named_by_eight_characters_or_more(book: CardBook) -> None:
    short = present(book.card(CLARA)).short
    assert book.block(short.upper(), blocked=True).blocked
    assert not book.block(present(book.card(CLARA)).uid_mac, blocked=False).blocked
    with pytest.raises(RefusedError, match="8 characters"):
        book.block(short[:7], blocked=True)
    with pytest.raises(NotFoundError):
        book.block("00000000", blocked=True)


def test_another_shoppers_and_a_blocked_card_are_not_enrolled(book: CardBook) -> None:
    with pytest.raises(RefusedError, match="belongs to"):
        book.enrol(CLARA, "s2", "card", 1)
    book.block(present(book.card(CLARA)).short, blocked=True)
    with pytest.raises(RefusedError, match="blocked"):
        book.enrol(CLARA, "s1", "card", 1)


def between_reading_and_writing(begin: sa.Connection, other: CardBook, *, blocked: bool) -> None:
    """A transaction reads, another process blocks a card (or removes the block), the transaction writes."""
    with ThreadPoolExecutor(1) as desk, begin as connection:
        connection.execute(sa.select(CREDENTIAL)).all()
        done = desk.submit(lambda: other.block(present(other.card(CLARA)).short, blocked=blocked))
        # The other process either waits for this transaction, or is finished before it goes on.
        wait([done], 1.0)
        connection.execute(sa.update(CREDENTIAL).where(CREDENTIAL.c.uid_mac == mac(HENRIK)).values(counter=5))
        connection.commit()
        done.result(10)


def test_the_desk_and_the_store_write_to_one_database(
    tmp_path: Path, feed: Path, book: CardBook, database: Database
) -> None:
    beside = Database(database.engine.url.render_as_string(hide_password=False))
    other = CardBook(beside, mac)
    between_reading_and_writing(database._writer.connect(), other, blocked=True)
    assert (present(book.card(CLARA)).blocked, present(book.card(HENRIK)).counter) == (True, 5)
    if database.engine.dialect.name == "sqlite":
        # Planted fault: a transaction that does not take the write lock at its begin.
        with pytest.raises(sa.exc.OperationalError, match="locked"):
            between_reading_and_writing(database.engine.connect(), other, blocked=False)
    beside.close()


def test_what_is_no_uid_is_no_card(book: CardBook) -> None:
    for text in ("", "ring of Clara", "04A", "04:A1:B2", "é" * 14, "04" * 17, "\n04A1", "04A1\n"):
        assert book.card(text) is None
