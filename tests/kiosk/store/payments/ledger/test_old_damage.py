"""Damage of an entry that is older than those checked at the start is found while the store runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.store.compose_payments import CHECKED_EACH_TIME
from kiosk.store.payments.ledger import Condition, SqliteLedger
from kiosk.store.payments.ledger.archives import LedgerPlace
from kiosk.store.payments.ledger.on_disk.damage_note import NOTE_FILE
from kiosk.store.payments.ledger.opening import open_ledger
from kiosk.store.payments.ledger.sql_ledger import CHECKED_AT_START
from kiosk.store.payments.ledger.upkeep.audit import audit
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


def place_of(path: Path) -> LedgerPlace:
    return LedgerPlace(path)


def found_while_it_runs(path: Path) -> None:
    """A run that finds the damage of an old entry."""
    flip(path, b"associate-400.", 3)
    ledger = open_ledger(place_of(path), KEY, None)
    assert not ledger.state.closed, "the start checks the newest entries only"
    for _ in range(10):
        ledger.check_some(CHECKED_EACH_TIME)
    assert ledger.state.closed
    ledger.close()


def found_by_an_audit(path: Path) -> None:
    flip(path, b"associate-400.", 3)
    ledger = open_ledger(place_of(path), KEY, None)
    assert audit(ledger, lambda *_: None, alone=True).damaged == 1
    assert ledger.state.closed, "an audit closes payments as well"
    ledger.close()


@pytest.mark.parametrize("found", [found_while_it_runs, found_by_an_audit])
@pytest.mark.parametrize("noted", [True, False], ids=["as it is", "planted fault"])
def test_damage_that_was_found_is_known_after_a_restart(
    tmp_path: Path, found: Callable[[Path], None], noted: bool
) -> None:
    path = tmp_path / "l.db"
    many_entries(path)
    sound = path.read_bytes()
    found(path)
    if not noted:
        (tmp_path / NOTE_FILE).unlink()
    again = open_ledger(place_of(path), KEY, None)
    assert again.state.closed is noted
    again.close()
    path.write_bytes(sound)
    path.with_name("l.db-journal").unlink(missing_ok=True)
    repaired = open_ledger(place_of(path), KEY, None)
    assert not repaired.state.closed, "an undamaged copy was put back"
    assert not (tmp_path / NOTE_FILE).exists()
    repaired.close()


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b'{"seq":"x"}', b'{"seq":99999999}', b'{"seq":-4}'])
def test_a_note_without_sense_closes_nothing(tmp_path: Path, content: bytes) -> None:
    file_ledger(tmp_path / "l.db").close()
    (tmp_path / NOTE_FILE).write_bytes(content)
    ledger = open_ledger(place_of(tmp_path / "l.db"), KEY, None)
    assert not ledger.state.closed
    ledger.close()
