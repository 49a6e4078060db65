"""An entry that comes after a person's word, or after the settlement, counts or is refused: none is taken and lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kiosk.connectors.payments.attended import AttendedTerminal
from kiosk.core.domain.ids import AssociateId
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import PaymentState
from kiosk.store.errors import RefusedError
from kiosk.store.lifecycle import Store
from kiosk.store.payments.attended.attended_desk import Entry
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.associates import Associate
from tests.kiosk.store.payments.transactions.payment_waits import begin, last, order_of, until, until_state
from tests.kiosk.store.sample_shop import InProcessTerminal, ManualClock, build, settings_in

INES = Associate(AssociateId("a-ines"), "Inès")
PRICE = Money(12_900, "EUR")


@pytest.fixture
def settings(tmp_path: Path) -> StoreSettings:
    plain = settings_in(tmp_path)
    return replace(plain, timeouts=replace(plain.timeouts, first_query_us=200, sweep_us=20_000))


@contextmanager
def after_a_word(settings: StoreSettings, *, said: bool) -> Iterator[tuple[Store, str]]:
    """The word was given while the associates' terminal was not configured; now it is in their list again."""
    with build(settings, ManualClock(), {"till": AttendedTerminal("desk")}) as store:
        order_of(store)
        begin(store)
        until_state(store, "o1", PaymentState.SENT)
    with build(settings, ManualClock(), {"till": InProcessTerminal("sim:other")}) as store:
        store.payments.resume()
        key = until_state(store, "o1", PaymentState.PARKED).key
        store.service.desk.settle(key, INES, done=said, reference="0041 2026-09-21" if said else "")
    with build(settings, ManualClock(), {"till": AttendedTerminal("desk")}) as store:
        store.payments.resume()
        until(store, lambda: [one.key for one in store.payments.attended.waiting()] == [key])
        yield store, key


def entry(*, done: bool) -> Entry:
    return Entry(done, "0042" if done else "")


@pytest.mark.parametrize("said", [True, False], ids=["said charged", "said not charged"])
@pytest.mark.parametrize("done", [True, False], ids=["entered done", "entered not done"])
def test_an_entry_after_a_word_counts(settings: StoreSettings, *, said: bool, done: bool) -> None:
    with after_a_word(settings, said=said) as (store, key):
        store.payments.attended.enter(key, INES, entry(done=done))
        until(store, lambda: not last(store, "o1").provisional)
        assert last(store, "o1").contradicted is (said is not done)
        assert store.payments.attended.waiting() == ()


@pytest.mark.parametrize("said", [True, False], ids=["said charged", "said not charged"])
@pytest.mark.parametrize("moved", [PRICE, None], ids=["reported", "not reported"])
@pytest.mark.parametrize("done", [True, False], ids=["entered done", "entered not done"])
def test_an_entry_after_the_settlement_agrees_or_is_refused(
    settings: StoreSettings, moved: Money | None, *, said: bool, done: bool
) -> None:
    with after_a_word(settings, said=said) as (store, key):
        store.payments.confirmations.confirm_by_settlement(key, moved, "0041 2026-09-21" if moved else "")
        before = store.resources.ledger.head.seq
        charged = last(store, "o1").state in (PaymentState.PAID, PaymentState.UNWANTED)
        if charged is done:
            store.payments.attended.enter(key, INES, entry(done=done))
        else:
            with pytest.raises(RefusedError, match="has ended meanwhile"):
                store.payments.attended.enter(key, INES, entry(done=done))
            assert store.resources.ledger.head.seq == before
        assert store.payments.attended.waiting() == ()


def test_planted_fault_an_entry_without_the_check_is_written_and_changes_nothing(
    settings: StoreSettings,
) -> None:
    with after_a_word(settings, said=False) as (store, key):
        attended: Any = store.payments.attended
        attended._result = lambda _: None
        store.payments.confirmations.confirm_by_settlement(key, None)
        attended.enter(key, INES, entry(done=True))
        assert (last(store, "o1").state, store.service.desk.unsettled()) == (PaymentState.ABANDONED, ())
