"""Refunds and voids of Adyen's terminals against the double."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kiosk.connectors.payments.doubles.adyen.faults import Fault, Kind
from kiosk.connectors.payments.nexo.driver import Waits
from kiosk.connectors.payments.port import (
    Charge,
    FollowUp,
    TerminalBusyError,
    TerminalLostError,
    TerminalReply,
    TerminalStatus,
    new_key,
)
from kiosk.core.domain.follow_up_kind import FollowUpKind
from kiosk.core.domain.money import Money
from tests.kiosk.connectors.payments.nexo.conftest import PRICE, Counter, charge, presented

APPROVED, REFUSED = TerminalStatus.APPROVED, TerminalStatus.REFUSED


def refund(of: Charge, reply: TerminalReply, minor: int = PRICE.minor, **changes: str) -> FollowUp:
    references = {**reply.references, **changes}
    return FollowUp(new_key(), FollowUpKind.REFUND, Money(minor, PRICE.currency), presented(of), references)


def test_a_refund_in_parts_and_never_more_than_was_paid(counter: Counter) -> None:
    asked = charge()
    paid = counter.paid(asked)
    parts = [refund(asked, paid, 5_000), refund(asked, paid, 5_000), refund(asked, paid, 5_000)]
    replies = [counter.driver.follow_up(part) for part in parts]
    assert [r.status for r in replies] == [APPROVED, APPROVED, REFUSED]
    assert (replies[0].key, replies[0].amount) == (parts[0].key, Money(5_000, "EUR"))
    assert replies[0].reference != paid.reference
    assert [counter.driver.query(part) for part in parts] == replies
    assert counter.driver.follow_up(parts[0]) == replies[0]
    assert counter.terminal.listed()[0]["undone"] == "100.0"


def test_a_void_gives_everything_back_once(local: Counter) -> None:
    asked = charge()
    paid = local.paid(asked)
    for status in (APPROVED, REFUSED):
        void = FollowUp(new_key(), FollowUpKind.VOID, PRICE, presented(asked), paid.references)
        assert local.driver.follow_up(void).status is status
    assert Decimal(local.terminal.listed()[0]["undone"]) == 129


@pytest.mark.parametrize("fault", [Fault.REPLY_LOST, Fault.ERROR_AFTER, Fault.NONSENSE])
def test_a_lost_reply_to_a_refund_is_known_by_key(local: Counter, fault: Fault) -> None:
    asked = charge()
    wanted = refund(asked, local.paid(asked))
    local.terminal.plan(Kind.REFUND, fault)
    with pytest.raises(TerminalLostError):
        local.driver.follow_up(wanted)
    assert local.driver.query(wanted).status is APPROVED
    assert local.driver.follow_up(wanted).status is APPROVED
    assert [entry["repaid"] for entry in local.terminal.listed()] == [0, 1]


def test_a_refund_that_a_restarted_terminal_does_not_know_is_not_reported_as_never_arrived(
    local: Counter,
) -> None:
    asked = charge()
    wanted = refund(asked, local.paid(asked))
    local.terminal.plan(Kind.REFUND, Fault.EMPTY_BOOK)
    with pytest.raises(TerminalLostError):
        local.driver.follow_up(wanted)
    first = local.driver.query(wanted)
    assert (first.status, first.taken_up) == (TerminalStatus.PENDING, True)
    assert local.driver.query(wanted).status is TerminalStatus.NOT_FOUND
    with pytest.raises(TerminalBusyError):
        local.driver.follow_up(wanted)
    assert [entry["repaid"] for entry in local.terminal.listed()] == [0, 1]


def test_a_refund_that_takes_long_is_pending(local: Counter) -> None:
    asked = charge()
    wanted = refund(asked, local.paid(asked))
    local.terminal.plan(Kind.REFUND, Fault.LATE, late_s=30)
    driver = local.opened(Waits(follow_up=0.1))
    assert driver.follow_up(wanted).status is TerminalStatus.PENDING
    assert driver.query(wanted).status is APPROVED
    driver.close()


def test_a_refund_without_numbers_asks_for_those_of_the_payment(local: Counter) -> None:
    asked = charge()
    local.paid(asked)
    wanted = FollowUp(new_key(), FollowUpKind.REFUND, PRICE, presented(asked))
    assert local.driver.follow_up(wanted).status is APPROVED


def test_an_unknown_payment_is_not_refunded(local: Counter) -> None:
    asked = charge()
    paid = local.paid(asked)
    for wanted in (
        refund(asked, paid, transaction="dbl1.8"),
        refund(asked, paid, transaction_at="2020-01-01T00:00:00.000Z"),
        FollowUp(new_key(), FollowUpKind.REFUND, PRICE, presented(charge())),
    ):
        reply = local.driver.follow_up(wanted)
        assert (reply.status, reply.why) == (REFUSED, "unknown-charge")
