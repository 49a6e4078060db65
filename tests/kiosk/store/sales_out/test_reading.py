"""Marks over ledgers: no document is lost or read twice over pages, new ledgers and restarts; what waits is counted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from kiosk.clock import US
from kiosk.store.payments.ledger import PostgresLedger, SqliteLedger
from kiosk.store.payments.ledger.archives import LedgerPlace, attach_archives
from kiosk.store.payments.ledger.opening import open_ledger
from kiosk.store.payments.ledger.sql_ledger import SqlLedger
from kiosk.store.payments.ledger.upkeep.reopen import Reopening
from kiosk.store.sales_out.reading import DocumentReader, Mark, NoSuchLedgerError, Waiting
from tests.contracts.ledger_orders import pay
from tests.kiosk.store import postgres
from tests.kiosk.store.payments.books.random_shop import RandomShop
from tests.kiosk.store.payments.ledger.test_lost_archives import KeptHead
from tests.kiosk.store.payments.ledger_files import flip
from tests.kiosk.store.payments.ledgers import KEY, memory_ledger
from tests.kiosk.store.sales_out.ledger_documents import all_documents, first_mark
from tests.kiosk.store.sample_shop import piece_of

START_US = 1_774_600_000 * US


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger(request: pytest.FixtureRequest) -> Iterator[SqlLedger]:
    if request.param == "sqlite":
        found: SqlLedger = memory_ledger()
    else:
        url = postgres.fresh_database(request.getfixturevalue("postgres_server"))
        found = PostgresLedger(url, KEY)
    yield found
    found.close()


def test_pages_of_any_size_have_the_same_documents(
    ledger: SqlLedger, monkeypatch: pytest.MonkeyPatch
) -> None:
    RandomShop(ledger, Random(3), START_US).live(40, take_back=True)
    whole = all_documents(ledger)
    assert len(whole) > 25
    for size in (1, 7, 50):
        assert all_documents(ledger, entries=size) == whole


def test_what_waits_is_counted_in_parts(ledger: SqlLedger) -> None:
    """A refund that is confirmed has no second document, and is not counted twice."""
    shop = RandomShop(ledger, Random(4), START_US)
    shop.live(30, take_back=True)
    reader, mark = DocumentReader(ledger), first_mark(ledger)
    found = all_documents(ledger)
    whole = reader.waiting(mark)
    assert whole == Waiting(len(found), found[0].at_us)
    assert DocumentReader(ledger, 7).waiting(mark) == whole
    middle = Mark(mark.ledger, ledger.head.seq // 2)
    assert reader.waiting(mark, middle).with_more(reader.waiting(middle)) == whole
    assert reader.waiting(reader.newest) == Waiting()


def test_a_mark_before_a_day(ledger: SqlLedger) -> None:
    shop = RandomShop(ledger, Random(4), START_US)
    shop.live(10)
    noon_us = shop.now_us + 1
    shop.now_us += US
    shop.live(10)
    reader = DocumentReader(ledger)
    later = all_documents(ledger, reader.mark_before(noon_us))
    assert later == [each for each in all_documents(ledger) if each.at_us >= noon_us]
    assert all_documents(ledger, reader.mark_before(0)) == all_documents(ledger)
    assert reader.mark_before(shop.now_us + US) == reader.newest


def opened(place: LedgerPlace) -> SqliteLedger:
    found = SqliteLedger(place.file, KEY)
    attach_archives(found, place, KEY)
    return found


def test_a_mark_goes_on_in_a_new_ledger(tmp_path: Path) -> None:
    """A new ledger takes over the entries of open orders: they have no second documents."""
    place, kept, random, read = LedgerPlace(tmp_path / "ledger.db"), KeptHead(), Random(6), []
    mark: Mark | None = None
    now_us, names = START_US, []
    for number in range(3):
        ledger = opened(place)
        shop = RandomShop(ledger, random, now_us, prefix=f"{'xyz'[number]}")
        shop.live(12)
        now_us = shop.now_us
        reader = DocumentReader(ledger)
        mark, more = mark or first_mark(ledger), True
        assert reader.waiting(mark).count > 0
        while more:
            page = reader.page(mark)
            read += [document.document_id for _, document in page.documents]
            mark, more = page.end, page.more
            if number < 2 and len(read) > 9 * (number + 1):
                break  # the rest is read after the new ledger was begun
        names = [each.document_id for each in all_documents(ledger)]
        kept.head = ledger.head
        ledger.close()
        if number < 2:
            Reopening(place, KEY, kept).run()
    assert read == names
    assert len(set(read)) == len(read)


def test_damaged_entries_are_counted_and_stop_no_other(tmp_path: Path) -> None:
    ledger = SqliteLedger(tmp_path / "ledger.db", KEY)
    for number in (1, 2, 3):
        pay(ledger, f"o{number}", piece_of("S1", "WHI", "M", number))
    ledger.close()
    flip(tmp_path / "ledger.db", b'"number":"000002"', 10)
    damaged = open_ledger(LedgerPlace(tmp_path / "ledger.db"), KEY, None)
    assert damaged.state.closed
    page = DocumentReader(damaged).page(first_mark(damaged))
    assert page.damaged >= 1
    assert [document.document_id for _, document in page.documents] == ["sale.o1.000001", "sale.o3.000003"]
    damaged.close()


def test_a_mark_of_a_ledger_that_is_gone_is_said() -> None:
    reader = DocumentReader(memory_ledger())
    for ask in (reader.page, reader.waiting):
        with pytest.raises(NoSuchLedgerError):
            ask(Mark("another ledger", 5))
