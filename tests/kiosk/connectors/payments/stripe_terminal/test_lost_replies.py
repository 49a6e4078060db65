"""Charges whose replies are lost, late or wrong: paid at most once, and known in the end."""

from __future__ import annotations

from threading import Event

import pytest

from kiosk.connectors.payments.port import (
    Charge,
    TerminalBusyError,
    TerminalLostError,
    TerminalStatus,
    new_key,
)
from kiosk.core.domain.money import Money
from tests.kiosk.connectors.payments.stripe_terminal.bench import LIMIT_S, PRICE, Bench, presented, until


@pytest.mark.parametrize("kind", ["never-arrives", "reply-lost", "in-progress", "late", "twice", "nonsense"])
def test_a_creation_that_goes_wrong_makes_one_charge(bench: Bench, kind: str) -> None:
    bench.double.fault("create", kind, 0.45)
    _, reply = bench.paid()
    assert reply.status is TerminalStatus.APPROVED
    assert [i.received for i in bench.double.intents()] == [12_900]


def test_an_error_500_that_is_saved_under_the_key_is_looked_up(bench: Bench) -> None:
    bench.double.fault("create", "error-after")
    charge = bench.charge()
    intent_id = bench.driver.create(charge)
    assert [i.intent_id for i in bench.double.intents()] == [intent_id]


@pytest.mark.parametrize(
    "kind",
    ["never-arrives", "reply-lost", "in-progress", "error-after", "late", "twice", "nonsense"],
)
def test_a_hand_over_that_goes_wrong_is_paid_once(bench: Bench, kind: str) -> None:
    bench.double.fault("process", kind, 0.45)
    _, reply = bench.paid()
    assert reply.status is TerminalStatus.APPROVED
    assert [i.received for i in bench.double.intents()] == [12_900]


def test_a_reader_that_restarts_ends_the_charge(bench: Bench) -> None:
    bench.double.fault("process", "reader-restart")
    _, coming = bench.begun(bench.charge())
    assert coming.result(LIMIT_S).status is TerminalStatus.CANCELLED
    assert bench.double.intents()[0].status == "canceled"


def test_a_short_outage_while_the_card_is_waited_for_is_borne(bench: Bench) -> None:
    _, coming = bench.begun(bench.charge())
    for _ in range(5):
        bench.double.fault("read", "never-arrives")
    until(bench.double.tap)
    assert coming.result(LIMIT_S).status is TerminalStatus.APPROVED


def test_a_charge_whose_id_is_not_known_is_found_by_its_key(bench: Bench) -> None:
    charge = bench.charge()
    bench.driver.create(charge)
    for _ in range(3):
        bench.driver.create(bench.charge())
    found = bench.driver.query(presented(charge, ""))
    assert (found.status, found.key) == (TerminalStatus.CANCELLED, charge.key)
    assert bench.driver.query(presented(bench.charge(), "")).status is TerminalStatus.NOT_FOUND


def test_it_is_found_by_its_key_also_where_the_clocks_differ(bench: Bench) -> None:
    bench.double.double.ahead_s = 3_600.0
    charge = bench.charge()
    bench.driver.create(charge)
    assert bench.driver.query(presented(charge, "")).key == charge.key


def test_a_page_of_a_proxy_does_not_mean_that_there_is_no_charge(bench: Bench) -> None:
    bench.double.fault("read", "nonsense")
    with pytest.raises(TerminalLostError):
        bench.driver.query(presented(bench.charge(), "pi_unknown123"))


def test_nothing_is_created_again_under_an_old_key(bench: Bench) -> None:
    charge = bench.charge()
    wanted, reply = bench.paid(charge)
    bench.double.double.ahead_s = 25 * 3600.0
    assert bench.driver.query(wanted) == reply
    assert len(bench.double.intents()) == 1


def test_a_charge_that_was_not_created_is_not_presented(bench: Bench) -> None:
    with pytest.raises(TerminalBusyError):
        bench.driver.present(bench.charge(), "", Event().set, 1.0)


def test_a_restarted_store_finds_the_charge_at_the_reader_and_its_end(bench: Bench) -> None:
    charge = bench.charge()
    intent_id = bench.driver.create(charge)
    api = bench.driver._api
    api.process(intent_id, "another-process", bench.driver._session.until(5))
    wanted = presented(charge, intent_id)
    waiting = bench.driver.query(wanted)
    assert (waiting.status, waiting.taken_up) == (TerminalStatus.PENDING, True)
    assert bench.double.tap()
    assert bench.driver.query(wanted).status is TerminalStatus.APPROVED


def test_a_declined_charge_is_final_even_if_nobody_saw_it(bench: Bench) -> None:
    charge = bench.charge()
    intent_id = bench.driver.create(charge)
    bench.driver._api.process(intent_id, "another-process", bench.driver._session.until(5))
    assert bench.double.tap("declined")
    reply = bench.driver.query(presented(charge, intent_id))
    assert (reply.status, reply.why) == (TerminalStatus.REFUSED, "declined")


@pytest.mark.parametrize("kind", ["never-arrives", "reply-lost", "error-after", "late", "nonsense"])
def test_a_stored_card_is_charged_at_most_once(bench: Bench, kind: str) -> None:
    bench.double.fault("confirm", kind, 0.45)
    charge = bench.charge(stored="ring")
    intent_id, coming = bench.begun(charge)
    reply = coming.result(LIMIT_S)
    assert bench.driver.query(presented(charge, intent_id)) == reply
    received = sum(i.received for i in bench.double.intents())
    assert received == (12_900 if reply.status is TerminalStatus.APPROVED else 0)


def test_closing_ends_a_waiting_charge_as_lost(bench: Bench) -> None:
    _, coming = bench.begun(bench.charge())
    bench.driver.close()
    with pytest.raises(TerminalLostError):
        coming.result(LIMIT_S)


@pytest.mark.parametrize("kind", ["other-order", "other-key", "wrong-amount", "other-currency"])
def test_a_reply_says_what_stripe_says_not_what_was_asked(bench: Bench, kind: str) -> None:
    wanted, good = bench.paid()
    bench.double.fault("read", kind)
    other = bench.driver.query(wanted)
    assert other.status is TerminalStatus.APPROVED
    said = (other.key, other.order_id, other.amount)
    assert said != (good.key, good.order_id, good.amount)
    assert bench.driver.query(wanted) == good


def test_a_key_that_belongs_to_another_charge_is_refused(bench: Bench) -> None:
    key = new_key()
    first = bench.driver.create(Charge(key, "o1", PRICE))
    assert bench.driver.create(Charge(key, "o1", PRICE)) == first
    assert bench.driver.create(Charge(key, "o1", Money(100, "EUR"))) == first
    assert len(bench.double.intents()) == 1
