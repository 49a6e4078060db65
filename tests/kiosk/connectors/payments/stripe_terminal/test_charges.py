"""Charges at a reader of Stripe: approved, refused, cancelled, timed out."""

from __future__ import annotations

from threading import Event

import pytest

from kiosk.connectors.payments.port import (
    TerminalBusyError,
    TerminalStatus,
)
from kiosk.core.domain.money import Money
from tests.kiosk.connectors.payments.doubles.stripe_loop import READER
from tests.kiosk.connectors.payments.stripe_terminal.bench import LIMIT_S, PRICE, Bench, presented


def test_a_tap_is_approved_with_stripes_numbers_and_what_the_receipt_shows(bench: Bench) -> None:
    charge = bench.charge()
    wanted, reply = bench.paid(charge)
    assert (reply.status, reply.key, reply.order_id) == (TerminalStatus.APPROVED, charge.key, "o1")
    assert (reply.amount, reply.captured) == (PRICE, True)
    assert reply.reference == reply.references["charge"]
    assert reply.references["intent"] == wanted.provider_id
    assert reply.card is not None
    shown = reply.card
    assert (shown.brand, shown.last_four, shown.method) == ("visa", "4242", "contactless")
    assert (shown.application, shown.application_label) == ("A0000000031010", "Visa Credit")
    assert shown.authorisation == "123456"
    assert bench.driver.query(wanted) == reply


@pytest.mark.parametrize(
    ("card", "why"), [("declined", "declined"), ("insufficient_funds", "insufficient-funds")]
)
def test_a_refused_card_ends_the_charge_for_good(bench: Bench, card: str, why: str) -> None:
    wanted, reply = bench.paid(card=card)
    assert (reply.status, reply.why) == (TerminalStatus.REFUSED, why)
    assert bench.driver.query(wanted) == reply
    assert bench.double.intents()[0].status == "canceled"


def test_the_store_authorises_only_and_some_schemes_capture_all_the_same(bench: Bench) -> None:
    for card, captured in (("", False), ("eftpos", True)):
        _, reply = bench.paid(bench.charge(capture=False), card)
        assert (reply.status, reply.captured) == (TerminalStatus.APPROVED, captured)


def test_a_charge_is_presented_twice_and_collected_once(bench: Bench) -> None:
    charge = bench.charge()
    wanted, reply = bench.paid(charge)
    again = bench.driver.present(charge, wanted.provider_id, Event().set, 1.0)
    assert again == reply
    assert [i.received for i in bench.double.intents()] == [12_900]


def test_cancelling_ends_the_wait_at_reader_and_intent(bench: Bench) -> None:
    charge = bench.charge()
    intent_id, coming = bench.begun(charge)
    bench.driver.cancel(presented(charge, intent_id))
    assert coming.result(LIMIT_S).status is TerminalStatus.CANCELLED
    assert not bench.double.waits()
    assert not bench.double.tap()


def test_cancelling_while_a_card_is_authorised_undoes_nothing(bench: Bench) -> None:
    for capture in (True, False):
        charge = bench.charge(capture=capture)
        intent_id, coming = bench.begun(charge)
        bench.double.run(
            lambda: bench.double.server.controlled({"do": "reader", "reader": READER, "authorising": True})
        )
        bench.driver.cancel(presented(charge, intent_id))
        assert bench.double.tap()
        assert coming.result(LIMIT_S).status is TerminalStatus.APPROVED
        bench.driver.cancel(presented(charge, intent_id))
        assert bench.driver.query(presented(charge, intent_id)).status is TerminalStatus.APPROVED


def test_a_cancel_leaves_the_charge_of_another_alone(bench: Bench) -> None:
    first = bench.charge()
    first_id = bench.driver.create(first)
    second = bench.charge()
    _, coming = bench.begun(second)
    bench.driver.cancel(presented(first, first_id))
    assert bench.double.waits()
    assert bench.double.tap()
    assert coming.result(LIMIT_S).key == second.key


def test_the_time_for_the_card_ends(bench: Bench) -> None:
    charge = bench.charge()
    intent_id, coming = bench.begun(charge, 0.05)
    reply = coming.result(LIMIT_S)
    assert (reply.status, reply.why) == (TerminalStatus.CANCELLED, "timeout")
    assert bench.driver.query(presented(charge, intent_id)) == reply


def test_the_shopper_presses_cancel_on_the_reader(bench: Bench) -> None:
    _, coming = bench.begun(bench.charge())
    bench.double.run(lambda: bench.double.server.controlled({"do": "press-cancel", "reader": READER}))
    assert coming.result(LIMIT_S).status is TerminalStatus.CANCELLED


def test_a_reader_that_waits_for_another_card_is_busy_and_offline_is_said(bench: Bench) -> None:
    first, coming = bench.begun(bench.charge())
    second = bench.charge()
    second_id = bench.driver.create(second)
    with pytest.raises(TerminalBusyError) as busy:
        bench.driver.present(second, second_id, Event().set, 1.0)
    assert busy.value.why == "busy"
    assert bench.driver.query(presented(second, second_id)).status is TerminalStatus.CANCELLED
    bench.double.tap()
    assert coming.result(LIMIT_S).references["intent"] == first
    bench.double.run(
        lambda: bench.double.server.controlled({"do": "reader", "reader": READER, "online": False})
    )
    third = bench.charge()
    with pytest.raises(TerminalBusyError) as offline:
        bench.driver.present(third, bench.driver.create(third), Event().set, 1.0)
    assert offline.value.why == "offline"


@pytest.mark.parametrize(
    ("amount", "why"),
    [
        (Money(10, "EUR"), "amount-too-small"),
        (Money(12_345, "KWD"), "amount-not-exact"),
        (Money(500, "IQD"), "currency"),
        (Money(501, "MGA"), "amount-not-exact"),
    ],
)
def test_an_amount_that_stripe_cannot_take_is_refused_before_the_reader(
    bench: Bench, amount: Money, why: str
) -> None:
    with pytest.raises(TerminalBusyError) as refused:
        bench.driver.create(bench.charge(amount))
    assert refused.value.why == why


@pytest.mark.parametrize(
    ("amount", "units"),
    [
        (Money(500, "JPY"), 500),
        (Money(500, "ISK"), 50_000),
        (Money(12_500, "KWD"), 12_500),
        (Money(5_000, "MGA"), 50),
    ],
)
def test_other_digits_come_back_as_they_were_sent(bench: Bench, amount: Money, units: int) -> None:
    _, reply = bench.paid(bench.charge(amount))
    assert (bench.double.intents()[0].units, reply.amount) == (units, amount)


def test_stored_means_are_charged_without_a_tap(bench: Bench) -> None:
    for named in ("ring", "cus_stored/pm_cardstored"):
        charge = bench.charge(stored=named)
        intent_id, coming = bench.begun(charge)
        reply = coming.result(LIMIT_S)
        assert (reply.status, reply.key) == (TerminalStatus.APPROVED, charge.key)
        assert reply.card is not None
        assert reply.card.method == "stored"
        assert bench.driver.query(presented(charge, intent_id)) == reply


@pytest.mark.parametrize(
    ("method", "why"), [("pm_carddeclined", "declined"), ("pm_cardasks", "authentication-required")]
)
def test_a_stored_card_that_is_refused_ends_the_charge(bench: Bench, method: str, why: str) -> None:
    charge = bench.charge(stored=f"cus_stored/{method}")
    intent_id, coming = bench.begun(charge)
    reply = coming.result(LIMIT_S)
    assert (reply.status, reply.why) == (TerminalStatus.REFUSED, why)
    assert bench.driver.query(presented(charge, intent_id)) == reply


def test_a_shopper_without_stored_means_is_refused(bench: Bench) -> None:
    for named in ("nobody", "o'; drop", "cus_stored/pm_unknown"):
        with pytest.raises(TerminalBusyError):
            bench.driver.create(bench.charge(stored=named))
