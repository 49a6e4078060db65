"""Damage of an entry that is older than those checked at the start is found while the store runs."""

from __future__ import annotations

from pathlib import Path

from kiosk.store.compose_payments import CHECKED_EACH_TIME
from kiosk.store.payments.ledger import Condition, SqliteLedger
from kiosk.store.payments.ledger.sql_ledger import CHECKED_AT_START
from tests.kiosk.store.payments.ledger_files import flip
from tests.kiosk.store.payments.ledgers import KEY, file_ledger


def many_entries(path: Path) -> None:
    ledger = file_ledger(path)
    with ledger.transaction():
        for number in range(CHECKED_AT_START + 500):
            ledger.append("word", f"o{number}", {"by": f"associate-{number}."}, number)
    ledger.close()


def test_damage_of_an_old_entry_closes_payments_while_the_store_runs(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    many_entries(path)
    flip(path, b"associate-400.", 3)
    ledger = SqliteLedger(path, KEY)
    assert not ledger.state.closed, "the start checks the newest entries only"
    rounds = 0
    while not ledger.state.closed:
        ledger.check_some(CHECKED_EACH_TIME)
        rounds += 1
        assert rounds < 100
    assert (ledger.state.condition, ledger.state.seq) == (Condition.DAMAGED, 402)
    ledger.close()


def test_an_undamaged_ledger_stays_open_however_often_it_is_checked(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    many_entries(path)
    ledger = SqliteLedger(path, KEY)
    for _ in range(2 * CHECKED_AT_START // CHECKED_EACH_TIME):
        ledger.check_some(CHECKED_EACH_TIME)
    ledger.check()
    ledger.close()
