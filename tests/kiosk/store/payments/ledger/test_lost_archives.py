"""Ledgers of earlier days that are missing or changed: the store starts, serves what is there and names what is not."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from kiosk.commands.doctor.finding import State
from kiosk.commands.doctor.ledger import look
from kiosk.core.domain.ids import OrderId
from kiosk.store.errors import LedgerDamagedError
from kiosk.store.payments.ledger import PostgresLedger, SqliteLedger
from kiosk.store.payments.ledger.archives import LedgerPlace
from kiosk.store.payments.ledger.opening import open_ledger
from kiosk.store.payments.ledger.port import Head
from kiosk.store.payments.ledger.upkeep.audit import audit
from kiosk.store.payments.ledger.upkeep.reopen import Reopening
from kiosk.store.payments.order_book import OrderBook
from kiosk.store.settings import StoreSettings
from tests.contracts.ledger_orders import pay
from tests.kiosk.store import postgres
from tests.kiosk.store.payments.ledger_steps import reopen, token_of, two_sales
from tests.kiosk.store.payments.ledgers import KEY
from tests.kiosk.store.sample_shop import sample_store


class KeptHead:
    """Where a head is kept."""

    def __init__(self) -> None:
        self.head: Head | None = None

    def read(self) -> Head | None:
        return self.head

    def write(self, head: Head) -> None:
        self.head = head


def three_ledgers(folder: Path) -> None:
    """An order in each of three ledgers, one after the other: `ledger-1.db`, `ledger-2.db`, `ledger.db`."""
    place, kept = LedgerPlace(folder / "ledger.db"), KeptHead()
    for number in (1, 2, 3):
        ledger = SqliteLedger(place.file, KEY)
        pay(ledger, f"o{number}")
        OrderBook(ledger).put_settled(OrderId(f"o{number}"), 1)
        kept.head = ledger.head
        ledger.close()
        if number < 3:
            Reopening(place, KEY, kept).run()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of three ledgers, made once; each test has a copy."""
    folder = tmp_path_factory.mktemp("three-ledgers")
    three_ledgers(folder)
    return folder


@pytest.fixture
def place(made: Path, tmp_path: Path) -> LedgerPlace:
    """Three ledgers of its own."""
    folder = tmp_path / "ledgers"
    shutil.copytree(made, folder)
    return LedgerPlace(folder / "ledger.db")


def delete(file: Path) -> None:
    file.unlink()


def make_a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def overwrite(file: Path) -> None:
    file.write_bytes(b"no ledger" * 1000)


def empty(file: Path) -> None:
    file.write_bytes(b"")


def put_an_older_copy_back(file: Path) -> None:
    file.unlink()
    SqliteLedger(file, KEY).close()


FAULTS = [delete, make_a_folder, overwrite, empty, put_an_older_copy_back]


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("lost", [1, pytest.param(2, marks=pytest.mark.full)])
def test_what_is_there_is_served_and_what_is_lost_is_named(
    place: LedgerPlace, fault: Callable[[Path], None], lost: int
) -> None:
    fault(place.file.with_name(f"ledger-{lost}.db"))
    ledger = open_ledger(place, KEY, None)
    assert not ledger.state.closed
    there = [number for number in (1, 2, 3) if ledger.last("receipt", order_id=f"o{number}") is not None]
    assert there == [number for number in (1, 2, 3) if number != lost]
    assert f"ledger-{lost}.db" in "".join(map(str, ledger.lost_archives))
    result = audit(ledger, lambda *_: None, alone=True)
    assert (result.sound, result.damaged, len(result.lost)) == (False, 0, len(ledger.lost_archives))
    ledger.close()


def test_nothing_is_named_where_nothing_is_lost(place: LedgerPlace) -> None:
    ledger = open_ledger(place, KEY, None)
    assert ledger.lost_archives == ()
    assert audit(ledger, lambda *_: None, alone=True).sound
    ledger.close()


def test_a_store_with_a_missing_archive_sells_and_says_so(settings: StoreSettings) -> None:
    links = two_sales(settings)
    reopen(settings)
    (settings.state / "ledger-1.db").unlink()
    with sample_store(settings) as store:
        health = store.health()
        assert (health.ok, health.payments_closed) == (True, False)
        assert "ledger-1.db: is missing" in "".join(health.ledger.lost)
        assert store.service.desk.sale(token_of(links[0])) is None
        found = look(health.model_dump(mode="json"))
        assert (found.state, "ledger-1.db" in found.found) == (State.BAD, True)


def test_an_earlier_ledger_in_postgresql_that_is_missing_is_not_made_anew(postgres_server: str) -> None:
    url = postgres.fresh_database(postgres_server)
    PostgresLedger(url, KEY).close()
    with pytest.raises(LedgerDamagedError, match="its tables are missing"):
        PostgresLedger(url, KEY, number=7, checked=False)
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "SELECT tablename FROM pg_tables WHERE tablename LIKE 'ledger_7%'"
        ).fetchall()
    assert rows == []
