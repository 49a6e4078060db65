"""A shop whose ledger is in PostgreSQL: payments, moving there from the file and back, an old dump that came back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.store.settings import StoreSettings
from tests.kiosk.store import postgres
from tests.kiosk.store.payments.ledger_steps import COAT, SCARF, SHIRT, closed, pay, reopen, token_of
from tests.kiosk.store.sample_shop import sample_store
from tests.optional_values import present


@pytest.fixture
def in_file(settings: StoreSettings, postgres_server: str) -> StoreSettings:
    return replace(settings, database=postgres.fresh_database(postgres_server))


def receipt(settings: StoreSettings, link: str) -> str:
    with sample_store(settings) as store:
        return present(store.service.desk.sale(token_of(link))).receipt.number


@pytest.mark.full
def test_the_ledger_moves_into_the_database_and_back(in_file: StoreSettings) -> None:
    with sample_store(in_file) as store:
        first = pay(store, "o1", SHIRT)
    in_database = replace(in_file, ledger_in_database=True)
    with sample_store(in_database) as store:
        closed(store, "missing")
        assert present(store.service.desk.sale(token_of(first))).receipt.number == "000001"
    reopen(in_database)
    with sample_store(in_database) as store:
        assert store.health().ok
        second = pay(store, "o2", COAT)
        with pytest.raises(Exception, match="sold already"):
            pay(store, "o3", SHIRT)
    assert [receipt(in_database, link) for link in (first, second)] == ["000001", "001002"]
    reopen(in_database)
    assert [receipt(in_database, link) for link in (first, second)] == ["000001", "001002"], (
        "a second one there"
    )
    with sample_store(in_file) as store:
        closed(store, "missing")
    reopen(in_file)
    with sample_store(in_file) as store:
        third = pay(store, "o4", SCARF)
    assert [receipt(in_file, link) for link in (first, second, third)] == ["000001", "001002", "003003"]


def test_a_database_that_went_back_in_time_closes_payments(in_file: StoreSettings) -> None:
    in_database = replace(in_file, ledger_in_database=True)
    with sample_store(in_database) as store:
        pay(store, "o1", SHIRT)
    # a dump from before the shop's first payment was restored
    postgres.fresh_database(in_file.database)
    with sample_store(in_database) as store:
        closed(store, "missing")
