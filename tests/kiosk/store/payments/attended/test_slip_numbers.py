"""A terminal counts its slips anew each day: number and the shop's day together name one payment, over restarts too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kiosk.connectors.payments.attended import AttendedTerminal
from kiosk.core.domain.ids import AssociateId, OrderId
from kiosk.core.domain.payment import Attempt, PaymentMeans, PaymentState
from kiosk.store.errors import RefusedError, SecondPersonError
from kiosk.store.lifecycle import Store
from kiosk.store.payments.attended.attended_desk import Entry, SecondPerson
from kiosk.store.payments.desk_tasks.desk_task import TaskAnswer
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.associates import Associate
from tests.kiosk.store.payments.transactions.payment_waits import (
    begin,
    last,
    order_of,
    until,
    until_state,
)
from tests.kiosk.store.sample_shop import InProcessTerminal, ManualClock, build, settings_in

INES = Associate(AssociateId("a-ines"), "Inès")
JONAS = SecondPerson(AssociateId("a-jonas"), "1234")
DAY_S = 86_400


@pytest.fixture
def settings(tmp_path: Path) -> StoreSettings:
    plain = settings_in(tmp_path)
    fast = replace(plain.timeouts, first_query_us=200, sweep_us=20_000)
    return replace(plain, timeouts=fast, shop=replace(plain.shop, time_zone="Australia/Sydney"))


@contextmanager
def opened(settings: StoreSettings, clock: ManualClock, terminal: Any = None) -> Iterator[Store]:
    with build(settings, clock, {"till": terminal or AttendedTerminal("desk")}) as store:
        store.payments.resume()
        yield store


def pays(store: Store, order: str, number: str, *, coat: bool = False) -> str:
    """An associate takes a payment; the reference that the ledger has of it."""
    order_of(store, order, coat=coat)
    begin(store, order)
    until_state(store, order, PaymentState.SENT)
    store.payments.attended.enter(last(store, order).key, INES, Entry(done=True, number=number))
    return until_state(store, order, PaymentState.PAID).reference


def at(clock: ManualClock, hour_utc: int) -> None:
    """Moves the clock forward to that hour of a day, UTC."""
    now_s = clock() / 1e6
    clock.pass_s((hour_utc * 3600 - now_s) % DAY_S)


@pytest.mark.parametrize("restart", [False, True], ids=["same run", "after a restart"])
@pytest.mark.parametrize(
    ("hours", "fits"),
    [((1, 2), False), ((1, 23), True), ((23, 1), False)],
    ids=["same day", "next day of the shop, same day of UTC", "same day of the shop, next day of UTC"],
)
def test_a_number_is_used_once_on_a_day_of_the_shop(
    settings: StoreSettings, hours: tuple[int, int], *, fits: bool, restart: bool
) -> None:
    clock = ManualClock()
    at(clock, hours[0])
    with opened(settings, clock) as store:
        first = pays(store, "o1", "0042")
        if not restart:
            second(store, clock, hours[1], first, fits=fits)
    if restart:
        with opened(settings, clock) as store:
            second(store, clock, hours[1], first, fits=fits)


def second(store: Store, clock: ManualClock, hour: int, first: str, *, fits: bool) -> None:
    at(clock, hour)
    if fits:
        assert pays(store, "o2", "0042", coat=True) != first
        return
    with pytest.raises(RefusedError, match="same day"):
        pays(store, "o2", "0042", coat=True)


@pytest.mark.parametrize(
    ("who", "taken"),
    [
        (None, False),
        (SecondPerson(INES.associate_id, "2580"), False),
        (SecondPerson(AssociateId("a-jonas"), "0000"), False),
        (JONAS, True),
    ],
    ids=["nobody", "herself", "wrong PIN", "another"],
)
def test_a_word_at_the_desk_needs_the_second_person_too(
    settings: StoreSettings, who: SecondPerson | None, *, taken: bool
) -> None:
    """The terminal of the associates is not configured any more, so that the payment is settled at the desk."""
    clock = ManualClock()
    limited = replace(settings, second_person_above=10_000)
    with opened(limited, clock) as store:
        order_of(store)
        begin(store)
        until_state(store, "o1", PaymentState.SENT)
    with opened(limited, clock, InProcessTerminal("sim:other")) as store:
        key = until_state(store, "o1", PaymentState.PARKED).key
        desk = store.service.desk
        until(store, lambda: [t.answers for t in desk.unsettled()] != [()])
        assert [t.second_person for t in desk.unsettled()] == [True], "the page asks for the second person"
        if not taken:
            with pytest.raises(SecondPersonError):
                desk.answer(key, INES, TaskAnswer.CHARGED, "0042", who)
            assert last(store, "o1").state is PaymentState.PARKED
            desk.answer(key, INES, TaskAnswer.NOT_CHARGED)
            return
        desk.answer(key, INES, TaskAnswer.CHARGED, "0042", who)
        reference = last(store, "o1").reference
        assert (last(store, "o1").state, reference[:5], len(reference)) == (PaymentState.PAID, "0042 ", 15)


@pytest.mark.parametrize(
    ("limit", "attended", "asked"),
    [(None, True, False), (12_899, True, True), (12_900, True, False), (12_899, False, False)],
    ids=["no limit", "above it", "at the limit", "a terminal that the store asks"],
)
def test_a_task_says_whether_its_word_needs_a_second_person(
    settings: StoreSettings, limit: int | None, *, attended: bool, asked: bool
) -> None:
    with opened(replace(settings, second_person_above=limit), ManualClock()) as store:
        park(store, "attended:desk" if attended else "sim:other")
        assert [t.second_person for t in store.service.desk.unsettled()] == [asked]


def park(store: Store, terminal_id: str) -> None:
    """A payment whose result is not known, sent to a terminal with that identity."""
    order_of(store)
    order = store.service.till.order(OrderId("o1"))
    attempt = Attempt(
        "KEYo1", order.order_id, PaymentMeans.TERMINAL, order.total, terminal="gone", terminal_id=terminal_id
    )
    store.payments.book.put_key(attempt, 1)
    store.payments.book.put_attempt(replace(attempt, state=PaymentState.PARKED))


def test_planted_fault_a_number_without_its_day_is_refused_on_the_next_day(settings: StoreSettings) -> None:
    clock = ManualClock()
    with opened(settings, clock) as store:
        store.payments.attended.day_of = lambda _: ""  # type: ignore[assignment]
        pays(store, "o1", "0042")
        clock.pass_s(DAY_S)
        with pytest.raises(RefusedError, match="same day"):
            pays(store, "o2", "0042", coat=True)
