"""Captures, voids, refunds: at most once per key, whatever is lost, and also after Stripe forgot the key."""

from __future__ import annotations

import pytest

from kiosk.connectors.payments.port import FollowUp, TerminalLostError, TerminalReply, TerminalStatus
from kiosk.connectors.payments.stripe_terminal.api import Found
from kiosk.connectors.payments.stripe_terminal.follow_ups import FollowUps
from kiosk.core.domain.follow_up_kind import FollowUpKind
from kiosk.core.domain.money import Money
from tests.kiosk.connectors.payments.stripe_terminal.bench import PRICE, Bench, follow_up, presented

WAYS = ["never-arrives", "reply-lost", "in-progress", "error-after", "late", "twice", "nonsense"]
CALL = {FollowUpKind.CAPTURE: "capture", FollowUpKind.VOID: "cancel", FollowUpKind.REFUND: "refund"}


def approved(bench: Bench, kind: FollowUpKind, amount: Money = PRICE) -> FollowUp:
    """A charge that was approved, and what follows it."""
    wanted, reply = bench.paid(bench.charge(amount, capture=kind is FollowUpKind.REFUND))
    return follow_up(kind, wanted, reply)


def money(bench: Bench) -> tuple[int, int]:
    """Received and paid back."""
    intents = bench.double.intents()
    return sum(i.received for i in intents), sum(r.units for i in intents for r in i.refunds)


AFTER = {FollowUpKind.CAPTURE: (12_900, 0), FollowUpKind.VOID: (0, 0), FollowUpKind.REFUND: (12_900, 12_900)}


@pytest.mark.parametrize("kind", FollowUpKind)
def test_each_is_done_once_and_repeats_its_reply(bench: Bench, kind: FollowUpKind) -> None:
    wanted = approved(bench, kind)
    assert bench.driver.query(wanted).status is TerminalStatus.NOT_FOUND
    first = bench.driver.follow_up(wanted)
    assert (first.status, first.order_id, first.amount) == (TerminalStatus.APPROVED, "o1", PRICE)
    assert first.key in ("", wanted.key)
    assert first.reference
    assert [bench.driver.follow_up(wanted), bench.driver.query(wanted)] == [first, first]
    assert money(bench) == AFTER[kind]


@pytest.mark.parametrize("kind", FollowUpKind)
@pytest.mark.parametrize("way", WAYS)
def test_each_is_done_once_whatever_is_lost(bench: Bench, kind: FollowUpKind, way: str) -> None:
    wanted = approved(bench, kind)
    bench.double.fault(CALL[kind], way, 0.45)
    reply = _sent(bench, wanted) or bench.driver.query(wanted)
    if reply.status is TerminalStatus.NOT_FOUND:
        reply = bench.driver.follow_up(wanted)
    assert reply.status is TerminalStatus.APPROVED
    assert money(bench) == AFTER[kind]


def _sent(bench: Bench, wanted: FollowUp) -> TerminalReply | None:
    try:
        return bench.driver.follow_up(wanted)
    except TerminalLostError:
        return None


@pytest.mark.parametrize("kind", FollowUpKind)
def test_each_is_done_once_also_days_later(bench: Bench, kind: FollowUpKind) -> None:
    wanted = approved(bench, kind)
    first = bench.driver.follow_up(wanted)
    bench.double.double.ahead_s = 50 * 3600.0
    assert bench.driver.follow_up(wanted) == first
    assert money(bench) == AFTER[kind]


class SendsAtOnce(FollowUps):
    """Does not look what is there already, and so depends on the idempotency key alone."""

    def _known(self, wanted: FollowUp, until_s: float) -> tuple[TerminalReply, Found | None]:
        reply = TerminalReply(TerminalStatus.NOT_FOUND, wanted.key, wanted.order_id)
        return reply, self._api.intent(wanted.of.provider_id, until_s)


def test_a_driver_that_depends_on_the_idempotency_key_pays_back_twice_after_a_day(bench: Bench) -> None:
    paid, reply = bench.paid()
    wanted = follow_up(FollowUpKind.REFUND, paid, reply, Money(1_000, "EUR"))
    planted = SendsAtOnce(bench.driver._session)
    for ahead_s, refunded in ((0.0, 1_000), (3_600.0, 1_000), (90_000.0, 2_000)):
        bench.double.double.ahead_s = ahead_s
        planted.carry_out(wanted)
        assert money(bench)[1] == refunded
    bench.driver.follow_up(wanted)
    assert money(bench)[1] == 2_000


def test_a_captured_charge_is_voided_by_paying_all_of_it_back(bench: Bench) -> None:
    paid, reply = bench.paid()
    wanted = follow_up(FollowUpKind.VOID, paid, reply)
    assert bench.driver.follow_up(wanted).status is TerminalStatus.APPROVED
    assert bench.driver.query(wanted).key == wanted.key
    assert money(bench) == (12_900, 12_900)


def test_parts_are_paid_back_and_never_more_than_was_paid(bench: Bench) -> None:
    paid, reply = bench.paid()
    parts = [follow_up(FollowUpKind.REFUND, paid, reply, Money(5_000, "EUR")) for _ in range(3)]
    replies = [bench.driver.follow_up(part) for part in parts]
    assert [r.status for r in replies] == [
        TerminalStatus.APPROVED,
        TerminalStatus.APPROVED,
        TerminalStatus.REFUSED,
    ]
    assert replies[2].why == "too-much"
    assert len({r.reference for r in replies[:2]}) == 2
    rest = follow_up(FollowUpKind.REFUND, paid, reply, Money(2_900, "EUR"))
    assert bench.driver.follow_up(rest).status is TerminalStatus.APPROVED
    more = follow_up(FollowUpKind.REFUND, paid, reply, Money(100, "EUR"))
    assert bench.driver.follow_up(more).why == "too-much"


@pytest.mark.parametrize("amount", [Money(0, "EUR"), Money(-1, "EUR"), Money(100, "USD")])
def test_nothing_and_other_money_are_not_paid_back(bench: Bench, amount: Money) -> None:
    paid, reply = bench.paid()
    wanted = follow_up(FollowUpKind.REFUND, paid, reply, amount)
    assert bench.driver.follow_up(wanted).status is TerminalStatus.REFUSED
    assert money(bench) == (12_900, 0)


def test_a_charge_without_a_number_or_without_a_payment_is_not_paid_back(bench: Bench) -> None:
    charge = bench.charge()
    for intent_id in ("", bench.driver.create(charge)):
        wanted = follow_up(
            FollowUpKind.REFUND, presented(charge, intent_id), TerminalReply(TerminalStatus.APPROVED)
        )
        assert bench.driver.follow_up(wanted).status is TerminalStatus.REFUSED


def test_interac_is_paid_back_with_the_card_at_the_reader(bench: Bench) -> None:
    paid, reply = bench.paid(bench.charge(Money(700, "CAD")), "interac")
    assert bench.driver.follow_up(follow_up(FollowUpKind.VOID, paid, reply)).why == "card-needed"
    wanted = follow_up(FollowUpKind.REFUND, paid, reply)
    waiting = bench.driver.follow_up(wanted)
    assert (waiting.status, waiting.taken_up) == (TerminalStatus.PENDING, True)
    assert bench.driver.follow_up(wanted).status is TerminalStatus.PENDING
    assert bench.double.tap("interac")
    done = bench.driver.query(wanted)
    assert (done.status, done.key) == (TerminalStatus.APPROVED, wanted.key)
    assert bench.driver.follow_up(wanted) == done
    assert money(bench) == (700, 700)


def test_a_voided_charge_stays_approved_when_it_is_queried(bench: Bench) -> None:
    paid, reply = bench.paid(bench.charge(capture=False))
    bench.driver.follow_up(follow_up(FollowUpKind.VOID, paid, reply))
    again = bench.driver.query(paid)
    assert (again.status, again.references) == (TerminalStatus.APPROVED, reply.references)
    late = follow_up(FollowUpKind.CAPTURE, paid, reply)
    assert bench.driver.follow_up(late).status is TerminalStatus.REFUSED
