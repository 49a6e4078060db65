"""The key of another account or mode, deleted intents, keys without rights: never taken for "nothing was paid"."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.connectors.payments.port import (
    FollowUp,
    Presented,
    TerminalBusyError,
    TerminalLostError,
    TerminalReply,
    TerminalStatus,
)
from kiosk.connectors.payments.stripe_terminal.api import Found
from kiosk.connectors.payments.stripe_terminal.driver import StripeTerminalDriver
from kiosk.connectors.payments.stripe_terminal.failures import FailureKind, StripeFailure
from kiosk.core.domain.follow_up_kind import FollowUpKind
from tests.kiosk.connectors.payments.doubles.stripe_loop import SECRET
from tests.kiosk.connectors.payments.stripe_terminal.bench import LIMIT_S, Bench, follow_up, until

KINDS = tuple(FollowUpKind)
Paid = tuple[Presented, TerminalReply]


def forget(bench: Bench) -> None:
    """The account has none of its intents, as another one, or after test data were deleted."""
    bench.double.run(bench.double.double.account.intents.clear)


def revoke(bench: Bench) -> None:
    bench.double.double.revoked.add(SECRET)


def show_the_other_mode(bench: Bench) -> None:
    bench.double.double.live = True


WRONG = (forget, revoke, show_the_other_mode)


def questions(paid: Paid) -> list[Presented | FollowUp]:
    """All that the store asks about an approved charge."""
    return [paid[0], *(follow_up(kind, *paid) for kind in KINDS)]


def believed(driver: StripeTerminalDriver, paid: Paid) -> list[TerminalStatus]:
    """The states that a driver reports about charges of another account; right is none."""
    found = []
    for wanted in questions(paid):
        try:
            found.append(driver.query(wanted).status)
        except TerminalLostError:
            continue
    return found


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.__name__)
def test_a_charge_that_was_created_is_lost_never_absent(bench: Bench, wrong: Callable[[Bench], None]) -> None:
    paid = bench.paid()
    wrong(bench)
    assert believed(bench.driver, paid) == []
    with pytest.raises(TerminalLostError):
        bench.driver.cancel(paid[0])
    for kind in KINDS:
        with pytest.raises(TerminalLostError):
            bench.driver.follow_up(follow_up(kind, *paid))


class TakesItForAbsent(StripeTerminalDriver):
    """Takes an intent that Stripe does not show for one that was never created."""

    def _intent_of(self, wanted: Presented, until_s: float) -> Found | None:
        try:
            return super()._intent_of(wanted, until_s)
        except StripeFailure as failure:
            if failure.kind is FailureKind.MISSING:
                return None
            raise


def test_planted_a_driver_that_takes_it_for_absent_is_caught(bench: Bench) -> None:
    paid = bench.paid()
    forget(bench)
    planted = TakesItForAbsent(bench.driver._settings, bench.driver._session.waits)
    assert believed(planted, paid) == [TerminalStatus.NOT_FOUND]
    planted.close()


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.__name__)
def test_an_intent_that_is_deleted_while_a_card_is_waited_for_ends_nothing(
    bench: Bench, wrong: Callable[[Bench], None]
) -> None:
    _, coming = bench.begun(bench.charge())
    wrong(bench)
    bench.double.run(lambda: _without_action(bench))
    with pytest.raises(TerminalLostError):
        coming.result(LIMIT_S)


def _without_action(bench: Bench) -> None:
    for reader in bench.double.double.account.readers.values():
        reader.action = None


@pytest.mark.parametrize("status", [401, 403])
def test_a_key_without_the_right_is_named_at_every_call(bench: Bench, status: int) -> None:
    bench.double.fault("create", f"refused-{status}")
    with pytest.raises(TerminalBusyError) as refused:
        bench.driver.create(bench.charge())
    assert refused.value.why == "key-not-accepted"
    charge = bench.charge()
    intent_id = bench.driver.create(charge)
    bench.double.fault("process", f"refused-{status}")
    with pytest.raises(TerminalBusyError) as refused:
        bench.driver.present(charge, intent_id, lambda: None, 1.0)
    assert refused.value.why == "key-not-accepted"
    for kind, call in ((FollowUpKind.REFUND, "refund"), (FollowUpKind.CAPTURE, "capture")):
        paid = bench.paid(bench.charge(capture=kind is FollowUpKind.REFUND))
        wanted = follow_up(kind, *paid)
        bench.double.fault(call, f"refused-{status}")
        reply = bench.driver.follow_up(wanted)
        assert (reply.status, reply.why) == (TerminalStatus.REFUSED, "key-not-accepted")
        assert bench.driver.query(wanted).status is TerminalStatus.NOT_FOUND
    until(lambda: bench.paid()[1].status is TerminalStatus.APPROVED)


def test_too_many_requests_are_tried_again(bench: Bench) -> None:
    for call in ("create", "process", "read"):
        bench.double.fault(call, "refused-429:rate_limit")
    assert bench.paid()[1].status is TerminalStatus.APPROVED
