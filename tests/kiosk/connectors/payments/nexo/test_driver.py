"""The driver of Adyen's terminals against the double, on the local network and over the cloud."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from threading import Event
from time import monotonic

import pytest

from kiosk.connectors.payments.doubles.adyen.faults import Fault, Kind
from kiosk.connectors.payments.nexo.driver import NexoTerminal, Waits
from kiosk.connectors.payments.nexo.line import LocalLine
from kiosk.connectors.payments.port import (
    Charge,
    TerminalBusyError,
    TerminalLostError,
    TerminalStatus,
    new_key,
)
from kiosk.core.domain.card_shown import CardShown
from kiosk.core.domain.money import Money
from tests.kiosk.connectors.payments.nexo.conftest import PRICE, WAIT_S, Counter, charge, presented

APPROVED, REFUSED = TerminalStatus.APPROVED, TerminalStatus.REFUSED


def test_an_approval_states_key_order_amount_card_and_numbers(counter: Counter) -> None:
    asked = charge()
    reply = counter.paid(asked)
    assert (reply.status, reply.key, reply.order_id, reply.amount, reply.captured) == (
        APPROVED, asked.key, "order-1", PRICE, True,
    )  # fmt: skip
    assert reply.card == CardShown("visa", "1111", "A0000000031010", "VISA CREDIT", "contactless", "123456")
    assert reply.reference == reply.references["psp"]
    assert reply.references["transaction"].endswith(reply.reference)
    assert counter.driver.query(presented(asked)) == reply
    assert not counter.driver.query(presented(asked)).taken_up


def test_nothing_else_of_the_card_is_kept(local: Counter) -> None:
    kept = repr(local.paid(charge()))
    assert not [word for word in ("A SHOPPER", "411111", "2030", "1230", "M9009") if word in kept]


@pytest.mark.parametrize("minor_currency", [(500, "JPY"), (12_500, "KWD"), (1234, "CLP"), (100, "ISK")])
def test_amounts_of_other_digits_come_back_as_asked(local: Counter, minor_currency: tuple[int, str]) -> None:
    asked = charge(Money(*minor_currency))
    assert local.paid(asked).amount == asked.amount
    assert Decimal(local.terminal.listed()[0]["amount"]) * 10**asked.amount.digits == asked.amount.minor


def test_a_declined_card_is_refused_for_good(counter: Counter) -> None:
    asked = charge()
    coming = counter.start(asked)
    assert counter.terminal.tap(good=False)
    reply = coming.result(WAIT_S)
    assert (reply.status, reply.why, reply.key) == (REFUSED, "declined", asked.key)
    assert counter.driver.query(presented(asked)) == reply


def test_a_card_with_too_little_is_a_partial_approval(local: Counter) -> None:
    coming = local.start(charge())
    assert local.terminal.tap(partial=Decimal("20.50"))
    reply = coming.result(WAIT_S)
    assert (reply.status, reply.amount) == (TerminalStatus.PARTIAL, Money(2050, "EUR"))


def test_the_terminal_is_asked_whether_it_has_the_payment(counter: Counter) -> None:
    asked = charge()
    coming = counter.start(asked)
    pending = counter.driver.query(presented(asked))
    assert (pending.status, pending.taken_up, pending.key) == (TerminalStatus.PENDING, True, asked.key)
    assert counter.terminal.tap()
    assert coming.result(WAIT_S).status is APPROVED


def test_a_terminal_that_ends_the_connection_may_have_the_payment(local: Counter) -> None:
    local.terminal.plan(Kind.PAYMENT, Fault.NEVER_ARRIVES)
    taken, asked = Event(), charge()
    with pytest.raises(TerminalLostError):
        local.driver.present(asked, "", taken.set, WAIT_S)
    assert taken.is_set()
    assert local.driver.query(presented(asked)).status is TerminalStatus.NOT_FOUND


def test_silence_is_not_taken_for_a_payment_that_arrived(
    local: Counter, silent_peer: Callable[[], int]
) -> None:
    line = local.driver._line
    assert isinstance(line, LocalLine)
    away = NexoTerminal(replace(line, peer=replace(line.peer, port=silent_peer())), Waits(connect=0.1))
    taken = Event()
    with pytest.raises(TerminalLostError):
        away.present(charge(), "", taken.set, WAIT_S)
    assert not taken.is_set()


def test_a_connection_that_died_without_a_sign_does_not_hide_the_result(local: Counter) -> None:
    local.terminal.plan(Kind.PAYMENT, Fault.LATE, late_s=30)
    asked = charge()
    reply = local.paid(asked)
    assert (reply.status, reply.key, reply.amount) == (APPROVED, asked.key, PRICE)


def test_a_busy_terminal_is_found_by_a_probe_and_is_no_fault(local: Counter) -> None:
    coming = local.start(charge())
    probe = local.driver.probe()
    assert (probe.paired, [finding.what for finding in probe.findings if not finding.good]) == (True, [])
    assert "the terminal is not ready: Busy" in [finding.what for finding in probe.findings]
    assert local.terminal.tap()
    assert coming.result(WAIT_S).status is APPROVED


def test_cancelling_ends_the_wait_and_never_undoes_an_approval(counter: Counter) -> None:
    asked, later = charge(), charge()
    coming = counter.start(asked)
    counter.driver.cancel(presented(asked))
    assert coming.result(WAIT_S).status is TerminalStatus.CANCELLED
    reply = counter.paid(later)
    counter.driver.cancel(presented(later))
    assert counter.driver.query(presented(later)) == reply


def test_a_cancel_that_was_lost_is_an_error(local: Counter) -> None:
    asked = charge()
    coming = local.start(asked)
    local.terminal.plan(Kind.ABORT, Fault.NEVER_ARRIVES)
    with pytest.raises(TerminalLostError):
        local.driver.cancel(presented(asked))
    assert local.driver.query(presented(asked)).status is TerminalStatus.PENDING
    local.driver.cancel(presented(asked))
    assert coming.result(WAIT_S).status is TerminalStatus.CANCELLED


def test_after_the_time_limit_the_payment_is_aborted(local: Counter) -> None:
    reply = local.start(charge(), wait_s=0.1, taken_up=False).result(WAIT_S)
    assert (reply.status, reply.why) == (TerminalStatus.CANCELLED, "aborted")
    assert not local.terminal.waits()


def test_a_terminal_that_does_not_end_it_in_time_is_pending(local: Counter) -> None:
    driver = local.opened(Waits(reply=1.0, after_abort=0.1, first_status=0.02))
    local.terminal.plan(Kind.ABORT, Fault.NEVER_ARRIVES)
    asked = charge()
    assert driver.present(asked, "", Event().set, 0.1).status is TerminalStatus.PENDING
    driver.cancel(presented(asked))
    assert driver.query(presented(asked)).status is TerminalStatus.CANCELLED
    driver.close()


def test_a_key_collects_once_however_often_it_is_sent(counter: Counter) -> None:
    asked = charge()
    first = counter.paid(asked)
    again = [counter.start(asked, taken_up=False) for _ in range(3)]
    assert [coming.result(WAIT_S) for coming in again] == [first] * 3
    assert [entry["collected"] for entry in counter.terminal.listed()] == [1]


def test_the_same_key_sent_twice_at_once_collects_once(local: Counter) -> None:
    asked = charge()
    coming = [local.start(asked), local.start(asked, taken_up=False)]
    assert local.terminal.tap()
    assert {c.result(WAIT_S).status for c in coming} == {APPROVED}
    assert [entry["collected"] for entry in local.terminal.listed()] == [1]


def test_a_second_payment_while_one_waits_is_busy_and_not_taken_up(counter: Counter) -> None:
    first, second = charge(), charge()
    coming = counter.start(first)
    with pytest.raises(TerminalBusyError) as busy:
        counter.driver.present(second, "", Event().set, WAIT_S)
    assert busy.value.why == "busy"
    assert counter.terminal.tap()
    assert coming.result(WAIT_S).status is APPROVED


def test_a_key_that_was_not_found_is_not_sent_any_more(local: Counter) -> None:
    asked = charge()
    assert local.driver.query(presented(asked)).status is TerminalStatus.NOT_FOUND
    with pytest.raises(TerminalBusyError) as busy:
        local.driver.present(asked, "", Event().set, 1)
    assert (busy.value.why, local.terminal.listed()) == ("denied", [])


@pytest.mark.parametrize("fault", [Fault.REPLY_LOST, Fault.ERROR_AFTER, Fault.NONSENSE, Fault.TAKEN_UP_LOST])
def test_a_lost_reply_is_an_error_and_known_by_key(counter: Counter, fault: Fault) -> None:
    asked = charge()
    counter.terminal.plan(Kind.PAYMENT, fault)
    coming = counter.start(asked)
    assert counter.terminal.tap()
    with pytest.raises(TerminalLostError):
        coming.result(WAIT_S)
    assert counter.driver.query(presented(asked)).status is APPROVED


@pytest.mark.parametrize(
    ("fault", "stated"),
    [
        (Fault.OTHER_ORDER, ("0THER00001", "another-order", PRICE)),
        (Fault.WRONG_AMOUNT, ("", "order-1", Money(13_000, "EUR"))),
        (Fault.OTHER_CURRENCY, ("", "order-1", Money(12_900, "USD"))),
        (Fault.TWICE, ("", "order-1", PRICE)),
    ],
)
def test_a_reply_states_what_the_terminal_stated(
    local: Counter, fault: Fault, stated: tuple[str, str, Money]
) -> None:
    asked = charge()
    for kind in (Kind.PAYMENT, Kind.STATUS):
        local.terminal.plan(kind, fault)
    wanted = (stated[0] or asked.key, *stated[1:])
    replies = (local.paid(asked), local.driver.query(presented(asked)))
    assert [(r.key, r.order_id, r.amount) for r in replies] == [wanted, wanted]


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        (Charge(new_key(), "o", PRICE, stored="s1"), "no-stored-means"),
        (Charge(new_key(), "o", PRICE, capture=False), "no-capture"),
        (Charge(new_key(), "o", Money(50, "CVE")), "amount"),
    ],
)
def test_what_a_terminal_cannot_do_is_not_sent(local: Counter, wanted: Charge, why: str) -> None:
    with pytest.raises(TerminalBusyError) as busy:
        local.driver.present(wanted, "", Event().set, 1)
    assert (busy.value.why, local.terminal.listed()) == (why, [])


def test_a_restarted_terminal_does_not_know_the_key(local: Counter) -> None:
    asked = charge()
    local.paid(asked)
    local.terminal.restart()
    assert local.driver.query(presented(asked)).status is TerminalStatus.NOT_FOUND


def test_closing_ends_waiting_payments_as_lost(counter: Counter) -> None:
    coming = counter.start(charge())
    counter.driver.close()
    with pytest.raises(TerminalLostError):
        coming.result(WAIT_S)
    with pytest.raises(TerminalLostError):
        counter.driver.query(presented(charge()))


@pytest.mark.full
def test_no_question_waits_longer_than_five_seconds(local: Counter) -> None:
    local.terminal.plan(Kind.STATUS, Fault.LATE, late_s=30)
    driver = local.opened(Waits())
    begin = monotonic()
    with pytest.raises(TerminalLostError):
        driver.query(presented(charge()))
    assert monotonic() - begin < 5.0
    driver.close()


def test_a_text_is_shown_and_taken_away(local: Counter) -> None:
    local.driver.show("Anna, please\nlay your card here")
    assert local.terminal.shown == "Anna, please\nlay your card here"
    local.driver.show("")
    assert local.terminal.shown == ""


def test_a_terminal_that_is_away_is_lost(local: Counter) -> None:
    local.server.close()
    for call in (
        lambda: local.driver.present(charge(), "", Event().set, 1),
        lambda: local.driver.query(presented(charge())),
        lambda: local.driver.cancel(presented(charge())),
    ):
        with pytest.raises(TerminalLostError):
            call()
    local.driver.show("nothing")


def test_identity_and_capabilities_are_static(counter: Counter) -> None:
    driver: NexoTerminal = counter.driver
    assert driver.identity in ("nexo:V400m-324688179", "adyen:Shop_POS/V400m-324688179")
    able = driver.capabilities
    assert (able.void, able.partial_refund, able.capture, able.stored_means) == (True, True, False, False)
    assert able.not_found_after_s == (120 if driver.identity.startswith("nexo:") else 150)
    assert driver.create(charge()) == ""
    assert Waits().connect + Waits().reply <= 5, "a query ends within 5 s, as the port promises"
