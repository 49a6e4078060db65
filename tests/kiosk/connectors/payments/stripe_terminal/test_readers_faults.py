"""A reader that cannot, an authorisation that ends, an outage of more than a day: attacks on the double."""

from __future__ import annotations

import time
from threading import Event

import pytest

from kiosk.connectors.payments.port import Presented, TerminalBusyError, TerminalStatus
from kiosk.core.domain.follow_up_kind import FollowUpKind
from kiosk.core.domain.money import Money
from tests.kiosk.connectors.payments.doubles.stripe_loop import READER
from tests.kiosk.connectors.payments.stripe_terminal.bench import (
    LIMIT_S,
    Bench,
    follow_up,
    presented,
    until,
)

OUTAGE_H = 30.0
CREATE = "POST /v1/payment_intents"


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("terminal_reader_busy", "busy"),
        ("terminal_reader_offline", "offline"),
        ("terminal_reader_hardware_fault", "hardware-fault"),
        ("terminal_reader_invalid_location_for_payment", "invalid-location-for-payment"),
        ("", "refused"),
    ],
)
def test_a_reader_that_cannot_take_a_charge_ends_it_unsent(bench: Bench, code: str, why: str) -> None:
    """Busy: also while it updates its software."""
    bench.double.fault("process", f"refused-400:{code}" if code else "refused-400")
    charge = bench.charge()
    intent_id = bench.driver.create(charge)
    with pytest.raises(TerminalBusyError) as refused:
        bench.driver.present(charge, intent_id, Event().set, 1.0)
    assert refused.value.why == why
    assert bench.driver.query(presented(charge, intent_id)).status is TerminalStatus.CANCELLED


def test_a_time_out_of_the_reader_may_be_wrong(bench: Bench) -> None:
    bench.double.fault("process", "refused-400:terminal_reader_timeout")
    assert bench.paid()[1].status is TerminalStatus.APPROVED
    assert [i.received for i in bench.double.intents()] == [12_900]


@pytest.mark.parametrize("kind", ["api_error", "invalid_request_error"])
def test_a_fault_of_the_reader_is_no_refusal_of_the_card(bench: Bench, kind: str) -> None:
    charge = bench.charge()
    intent_id, coming = bench.begun(charge)
    bench.double.control(do="fail", reader=READER, code="terminal_reader_hardware_fault", type=kind)
    reply = coming.result(LIMIT_S)
    assert (reply.status, reply.why) == (TerminalStatus.CANCELLED, "hardware-fault")
    assert bench.driver.query(presented(charge, intent_id)).status is TerminalStatus.CANCELLED


def test_an_amount_above_stripes_limit_is_refused_before_the_reader(bench: Bench) -> None:
    with pytest.raises(TerminalBusyError) as refused:
        bench.driver.create(bench.charge(Money(100_000_000, "EUR")))
    assert (refused.value.why, bench.double.intents()) == ("amount-too-large", [])


def test_an_authorisation_that_ended_is_neither_captured_nor_paid_back(bench: Bench) -> None:
    paid = bench.paid(bench.charge(capture=False))
    bench.double.control(do="expire")
    late = bench.driver.follow_up(follow_up(FollowUpKind.CAPTURE, *paid))
    assert (late.status, late.why) == (TerminalStatus.REFUSED, "expired")
    assert bench.driver.follow_up(follow_up(FollowUpKind.VOID, *paid)).status is TerminalStatus.APPROVED
    assert bench.driver.query(paid[0]).status is TerminalStatus.APPROVED
    assert [(i.received, i.refunds) for i in bench.double.intents()] == [(0, [])]


def earlier(wanted: Presented) -> Presented:
    """As it is asked for after the outage."""
    sent_us = time.time_ns() // 1000 - int(OUTAGE_H * 3.6e9)
    return Presented(wanted.key, wanted.order_id, wanted.amount, wanted.provider_id, sent_us)


@pytest.mark.parametrize("known", [True, False], ids=["its id is journaled", "its id is not known"])
def test_a_charge_of_before_the_outage_is_looked_up_and_never_created_again(
    bench: Bench, known: bool
) -> None:
    charge = bench.charge()
    intent_id = bench.driver.create(charge)
    bench.double.age(OUTAGE_H)
    wanted = earlier(presented(charge, intent_id if known else ""))
    assert bench.driver.query(wanted).status is TerminalStatus.CANCELLED
    assert bench.double.answered().count(CREATE) == 1


def test_a_refund_of_before_the_outage_is_not_paid_back_again(bench: Bench) -> None:
    paid = bench.paid()
    wanted = follow_up(FollowUpKind.REFUND, *paid)
    first = bench.driver.follow_up(wanted)
    bench.double.age(OUTAGE_H)
    assert [bench.driver.query(wanted), bench.driver.follow_up(wanted)] == [first, first]
    assert [len(i.refunds) for i in bench.double.intents()] == [1]


def test_a_creation_that_is_sent_again_after_a_day_of_sleep_collects_once(bench: Bench) -> None:
    """A computer that sleeps in the middle of `create` sends it again under a key that Stripe has pruned."""
    charge = bench.charge()
    first = bench.driver.create(charge)
    bench.double.age(OUTAGE_H)
    second = bench.driver.create(charge)
    assert first != second
    coming = bench._pool.submit(bench.driver.present, charge, second, Event().set, LIMIT_S)
    until(bench.double.tap)
    assert coming.result(LIMIT_S).status is TerminalStatus.APPROVED
    assert sorted(i.received for i in bench.double.intents()) == [0, 12_900]
