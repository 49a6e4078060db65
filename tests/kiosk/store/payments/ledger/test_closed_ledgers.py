"""A shop whose ledger is damaged, deleted or replaced: payments close with a reason, all that is readable is read."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.core.domain.ids import OrderId
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import Attempt, PaymentMeans, PaymentState
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.payments.ledger_files import copy_of
from tests.kiosk.store.payments.ledger_steps import (
    COAT,
    ROOM,
    SCARF,
    SHIRT,
    all_read,
    closed,
    collect,
    damage,
    lose_index,
    order,
    pay,
    token_of,
    two_sales,
)
from tests.kiosk.store.payments.ledgers import file_ledger
from tests.kiosk.store.sample_shop import sample_store
from tests.optional_values import present


@pytest.mark.parametrize("fault", [damage, lose_index])
def test_a_damaged_ledger_is_read_and_takes_nothing(
    settings: StoreSettings, fault: Callable[[StoreSettings], None]
) -> None:
    links = two_sales(settings)
    fault(settings)
    content = settings.ledger_path.read_bytes()
    with sample_store(settings) as store:
        closed(store, "damaged")
        all_read(store, links)
    assert settings.ledger_path.read_bytes() == content, "the evidence is not touched"


def test_of_a_file_cut_short_what_is_left_is_read(settings: StoreSettings) -> None:
    first, _ = two_sales(settings)
    settings.ledger_path.write_bytes(settings.ledger_path.read_bytes()[:-4096])
    with sample_store(settings) as store:
        closed(store, "damaged")
        assert present(store.service.desk.sale(token_of(first))).receipt.number == "000001"


def test_yesterdays_copy_is_noticed_at_the_start(settings: StoreSettings) -> None:
    with sample_store(settings) as store:
        first = pay(store, "o1", SHIRT)
    copy = copy_of(settings.ledger_path)
    with sample_store(settings) as store:
        pay(store, "o2", COAT)
    shutil.copyfile(copy, settings.ledger_path)
    with sample_store(settings) as store:
        closed(store, "behind")
        assert present(store.service.desk.sale(token_of(first))).receipt.number == "000001"


def test_a_ledger_ahead_of_the_database_is_normal(settings: StoreSettings) -> None:
    with sample_store(settings) as store:
        pay(store, "o1", SHIRT)
        database = settings.state / "store.db"
    yesterday = copy_of(database)
    with sample_store(settings) as store:
        pay(store, "o2", COAT)
    shutil.copyfile(yesterday, database)
    for beside in ("store.db-wal", "store.db-shm"):
        (settings.state / beside).unlink(missing_ok=True)
    with sample_store(settings) as store:
        assert store.health().ok
        assert token_of(pay(store, "o3", SCARF))


def test_a_missing_ledger_is_noticed_and_not_made_anew(settings: StoreSettings) -> None:
    two_sales(settings)
    settings.ledger_path.unlink()
    with sample_store(settings) as store:
        closed(store, "missing")
    assert not settings.ledger_path.exists()


def test_another_store_key_is_said(settings: StoreSettings) -> None:
    links = two_sales(settings)
    (settings.state / "store.key").unlink()
    with sample_store(settings) as store:
        closed(store, "other-key")
        all_read(store, links)


def test_a_chain_made_anew_without_the_key_is_noticed(settings: StoreSettings) -> None:
    """All amounts changed and every hash computed again, as anybody can do who reads the source."""
    import hashlib
    import json
    import sqlite3
    from contextlib import closing

    two_sales(settings)
    with closing(sqlite3.connect(settings.ledger_path, isolation_level=None)) as raw:
        raw.execute("DROP TRIGGER journal_no_update")
        chain = ""
        for row in raw.execute(
            "SELECT seq, at_us, kind, order_id, key, state, body FROM journal ORDER BY seq"
        ).fetchall():
            body = row[6].replace('"minor":12900', '"minor":1')
            entry = [chain, *row[:6], body]
            chain = hashlib.sha256(json.dumps(entry, ensure_ascii=False).encode()).hexdigest()
            raw.execute("UPDATE journal SET body = ?, chain = ? WHERE seq = ?", (body, chain, row[0]))
    with sample_store(settings) as store:
        assert store.health().payments_closed


def remove(path: Path) -> None:
    path.unlink()


def replace_by_copy(path: Path) -> None:
    copy_of(path).replace(path)


def overwrite(path: Path) -> None:
    """Another content in the same file, as `cp` does it."""
    path.write_bytes(path.read_bytes())


def remove_journal(path: Path) -> None:
    path.with_name(path.name + "-journal").unlink()


@pytest.mark.parametrize(
    ("act", "condition"),
    [
        (remove, "removed"),
        (overwrite, "changed"),
        pytest.param(replace_by_copy, "removed", marks=pytest.mark.full),
        pytest.param(remove_journal, "changed", marks=pytest.mark.full),
    ],
)
def test_a_ledger_that_is_deleted_or_changed_while_the_store_runs_closes_payments_at_once(
    settings: StoreSettings, act: Callable[[Path], None], condition: str
) -> None:
    with sample_store(settings) as store:
        first = pay(store, "o1", SHIRT)
        store.service.price_order(ROOM, order("o2", COAT))
        act(settings.ledger_path)
        assert collect(store, "o2") == (PaymentState.DECLINED, "closed")
        closed(store, condition)
        assert present(store.service.desk.sale(token_of(first))).receipt.number == "000001"


def test_a_replaced_file_is_noticed_also_after_a_write_that_does_not_ask(settings: StoreSettings) -> None:
    """The result of a payment comes between the replacement and the next order."""
    with sample_store(settings) as store:
        pay(store, "o1", SHIRT)
        replace_by_copy(settings.ledger_path)
        store.payments.book.put_decision(
            Attempt("KEYo1", OrderId("o1"), PaymentMeans.TERMINAL, Money(1, "EUR")), "a-ines", 1, paid=True
        )
        closed(store, "removed")


def test_a_deleted_ledger_is_saved_at_once_in_case_the_store_is_killed(settings: StoreSettings) -> None:
    with sample_store(settings) as store:
        link = pay(store, "o1", SHIRT)
        settings.ledger_path.unlink()
        closed(store, "removed")
        # what a kill would leave: nothing is put back at the end
        saved = settings.ledger_path.with_name("ledger.db.saved").read_bytes()
    settings.ledger_path.unlink()
    settings.ledger_path.with_name("ledger.db.saved").write_bytes(saved)
    with sample_store(settings) as store:
        assert store.health().ok
        assert present(store.service.desk.sale(token_of(link))).receipt.number == "000001"


def test_writes_of_other_threads_are_not_taken_for_changes(tmp_path: Path) -> None:
    ledger = file_ledger(tmp_path / "l.db")
    with ThreadPoolExecutor(2) as threads:
        writing = threads.submit(lambda: [ledger.append("order", f"o{n}", {}, n) for n in range(60)])
        while not writing.done():
            ledger.check()
    assert (writing.result()[-1], ledger.state.closed) == (61, False)
    ledger.close()


def test_what_was_begun_is_still_written_and_a_deleted_ledger_is_put_back(settings: StoreSettings) -> None:
    with sample_store(settings) as store:
        links = pay(store, "o1", SHIRT), pay(store, "o2", COAT)
        priced = store.service.price_order(ROOM, order("o3", SCARF))
        attempt = Attempt("KEYo3", priced.order_id, PaymentMeans.TERMINAL, priced.total, changed_us=1)
        store.payments.book.put_key(attempt, 1)
        settings.ledger_path.unlink()
        closed(store, "removed")
        store.payments.settlement.write_paid(replace(attempt, state=PaymentState.PAID, reference="REF"))
    with sample_store(settings) as store:
        assert store.health().ok
        assert present(store.payments.book.receipt(OrderId("o3"))).number == "000003"
        assert present(store.service.desk.sale(token_of(links[0]))).receipt.number == "000001"
