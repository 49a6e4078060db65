"""Contract of `kiosk.connectors.payments.port.PaymentTerminal`, run on every driver and double."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event

import pytest

from kiosk.connectors.payments.drivers import open_terminal
from kiosk.connectors.payments.port import (
    KEY_LENGTH,
    Charge,
    NoTerminalDriverError,
    PaymentTerminal,
    TerminalBusyError,
    TerminalLostError,
    TerminalReply,
    TerminalStatus,
    new_key,
)
from kiosk.core.domain.money import Money
from tests.kiosk.store.payments.terminal_requests import charge_stored, presented, refund_of
from tests.kiosk.store.sample_shop import InProcessTerminal
from tests.kiosk.store.terminal_process import TerminalProcess, terminal_process

PRICE = Money(12_900, "EUR")
WAIT_S = 20.0


class Bench:
    """A driver, and the control of its terminal (`hand`): taps and faults."""

    def __init__(self, driver: PaymentTerminal, hand: InProcessTerminal | TerminalProcess) -> None:
        self.driver, self.hand = driver, hand
        self._pool = ThreadPoolExecutor(8)

    def collect(self, key: str, *, stored: str = "", wait_s: float = WAIT_S) -> Future[TerminalReply]:
        """Starts to collect; returns the future reply once the terminal has taken the charge up."""
        taken = Event()
        coming = self._pool.submit(
            self.driver.present, Charge(key, "o1", PRICE, stored), "", taken.set, wait_s
        )
        coming.add_done_callback(lambda _: taken.set())
        assert taken.wait(WAIT_S)
        return coming

    def close(self) -> None:
        self.driver.close()
        self._pool.shutdown()


@pytest.fixture(params=["sim", "drawer"])
def bench(request: pytest.FixtureRequest) -> Iterator[Bench]:
    if request.param == "drawer":
        drawer = InProcessTerminal()
        found = Bench(drawer, drawer)
        yield found
        found.close()
        return
    with terminal_process() as process:
        found = Bench(open_terminal(process.uri), process)
        yield found
        found.close()


def test_a_good_tap_is_approved_with_a_reference(bench: Bench) -> None:
    key = new_key()
    coming = bench.collect(key)
    bench.hand.tap()
    answer = coming.result(WAIT_S)
    assert answer.status is TerminalStatus.APPROVED
    assert answer.reference
    assert bench.driver.query(presented(key)) == answer


def test_a_declined_card_is_refused_for_good(bench: Bench) -> None:
    key = new_key()
    coming = bench.collect(key)
    bench.hand.tap(good=False)
    answer = coming.result(WAIT_S)
    assert (answer.status, answer.why) == (TerminalStatus.REFUSED, "declined")
    assert bench.driver.query(presented(key)) == answer
    assert bench.hand.collected() == [0]


def test_a_key_collects_once_however_often_it_is_sent(bench: Bench) -> None:
    key = new_key()
    coming = bench.collect(key)
    bench.hand.tap()
    first = coming.result(WAIT_S)
    again = [bench.collect(key) for _ in range(3)]
    assert [c.result(WAIT_S) for c in again] == [first] * 3
    assert bench.hand.collected() == [1]


def test_the_same_key_sent_twice_at_once_collects_once(bench: Bench) -> None:
    key = new_key()
    coming = [bench.collect(key), bench.collect(key)]
    bench.hand.tap()
    assert {c.result(WAIT_S).status for c in coming} == {TerminalStatus.APPROVED}
    assert bench.hand.collected() == [1]


def test_a_terminal_that_waits_for_the_card_reports_it(bench: Bench) -> None:
    key = new_key()
    coming = bench.collect(key)
    assert bench.driver.query(presented(key)).status is TerminalStatus.PENDING
    bench.hand.tap()
    assert coming.result(WAIT_S).status is TerminalStatus.APPROVED


def test_cancelling_ends_the_wait(bench: Bench) -> None:
    key = new_key()
    coming = bench.collect(key)
    bench.driver.cancel(presented(key))
    assert coming.result(WAIT_S).status is TerminalStatus.CANCELLED
    assert bench.driver.query(presented(key)).status is TerminalStatus.CANCELLED


def test_cancelling_never_undoes_an_approval(bench: Bench) -> None:
    key = new_key()
    coming = bench.collect(key)
    bench.hand.tap()
    approved = coming.result(WAIT_S)
    bench.driver.cancel(presented(key))
    assert bench.driver.query(presented(key)) == approved
    assert bench.hand.collected() == [1]


def test_a_charge_is_cancelled_after_its_time_limit(bench: Bench) -> None:
    answer = bench.driver.present(Charge(new_key(), "o1", PRICE), "", Event().set, 0.05)
    assert answer.status is TerminalStatus.CANCELLED


def test_a_key_reported_as_never_arrived_is_refused_afterwards(bench: Bench) -> None:
    key = new_key()
    assert bench.driver.query(presented(key)).status is TerminalStatus.NOT_FOUND
    late = bench.driver.present(Charge(key, "o1", PRICE), "", Event().set, 1)
    assert late.status is not TerminalStatus.APPROVED
    assert sum(bench.hand.collected()) == 0


def test_a_lost_answer_is_an_error_and_known_by_key_afterwards(bench: Bench) -> None:
    key = new_key()
    coming = bench.collect(key)
    bench.hand.lose_next_answer()
    bench.hand.tap()
    with pytest.raises(TerminalLostError):
        coming.result(WAIT_S)
    assert bench.driver.query(presented(key)).status is TerminalStatus.APPROVED
    assert bench.hand.collected() == [1]


def test_stored_means_need_no_tap(bench: Bench) -> None:
    answer = bench.driver.present(Charge(new_key(), "o1", PRICE, "s1"), "", Event().set, WAIT_S)
    assert answer.status is TerminalStatus.APPROVED
    assert bench.hand.collected() == [1]


def paid(bench: Bench, minor: int = PRICE.minor) -> str:
    """The reference of a charge that was approved."""
    return charge_stored(bench.driver, Money(minor, "EUR")).reference


def test_a_charge_is_refunded_once_even_if_the_key_is_sent_again(bench: Bench) -> None:
    repay = refund_of(new_key(), PRICE, paid(bench))
    first = bench.driver.follow_up(repay)
    assert (first.status, bool(first.reference)) == (TerminalStatus.APPROVED, True)
    assert [bench.driver.follow_up(repay), bench.driver.query(repay)] == [first, first]
    again = bench.driver.follow_up(refund_of(new_key(), PRICE, repay.references["reference"]))
    assert (again.status, again.why) == (TerminalStatus.REFUSED, "too-much")


def test_never_more_is_paid_back_than_was_paid_in_however_many_parts(bench: Bench) -> None:
    reference = paid(bench)
    parts = [bench.driver.follow_up(refund_of(new_key(), Money(5_000, "EUR"), reference)) for _ in range(3)]
    assert [p.status for p in parts] == [
        TerminalStatus.APPROVED,
        TerminalStatus.APPROVED,
        TerminalStatus.REFUSED,
    ]
    assert (
        bench.driver.follow_up(refund_of(new_key(), Money(2_900, "EUR"), reference)).status
        is TerminalStatus.APPROVED
    )


@pytest.mark.parametrize("amount", [Money(0, "EUR"), Money(-1, "EUR"), Money(100, "USD")])
def test_nothing_and_other_money_are_not_paid_back(bench: Bench, amount: Money) -> None:
    assert bench.driver.follow_up(refund_of(new_key(), amount, paid(bench))).status is TerminalStatus.REFUSED


def test_an_unknown_charge_is_not_refunded(bench: Bench) -> None:
    for reference in ("", "SIM999999"):
        answer = bench.driver.follow_up(refund_of(new_key(), PRICE, reference))
        assert (answer.status, answer.why) == (TerminalStatus.REFUSED, "unknown-charge")


def test_a_lost_answer_of_paying_back_is_known_by_key_afterwards(bench: Bench) -> None:
    repay = refund_of(new_key(), PRICE, paid(bench))
    bench.hand.lose_next_answer()
    with pytest.raises(TerminalLostError):
        bench.driver.follow_up(repay)
    assert bench.driver.query(repay).status is TerminalStatus.APPROVED
    assert bench.driver.follow_up(repay).status is TerminalStatus.APPROVED
    assert (
        bench.driver.follow_up(refund_of(new_key(), Money(1, "EUR"), repay.references["reference"])).why
        == "too-much"
    )


def test_a_second_charge_while_one_waits_is_refused_as_busy(bench: Bench) -> None:
    first = bench.collect(new_key())
    second = Charge(new_key(), "o1", PRICE)
    with pytest.raises(TerminalBusyError):
        bench.driver.present(second, "", Event().set, WAIT_S)
    assert bench.driver.query(presented(second.key)).status is TerminalStatus.NOT_FOUND
    bench.hand.tap()
    assert first.result(WAIT_S).status is TerminalStatus.APPROVED


def test_closing_ends_waiting_charges_as_lost(bench: Bench) -> None:
    coming = bench.collect(new_key())
    bench.driver.close()
    with pytest.raises(TerminalLostError):
        coming.result(WAIT_S)


def test_a_terminal_that_is_away_is_lost_not_refused(free_port: Callable[[], int]) -> None:
    driver = open_terminal(f"sim://127.0.0.1:{free_port()}")
    with pytest.raises(TerminalLostError):
        driver.query(presented(new_key()))
    with pytest.raises(TerminalLostError):
        driver.present(Charge(new_key(), "o1", PRICE), "", Event().set, 1)
    driver.close()


@pytest.mark.parametrize("uri", ["stripe://x", "sim://host", "nonsense"])
def test_an_address_without_a_driver_is_refused(uri: str) -> None:
    with pytest.raises(NoTerminalDriverError):
        open_terminal(uri)


def test_keys_fit_the_strictest_provider() -> None:
    keys = {new_key() for _ in range(1000)}
    assert len(keys) == 1000
    assert all(len(k) == KEY_LENGTH == 10 and k.isalnum() and k.isascii() for k in keys)
