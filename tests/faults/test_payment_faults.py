"""Faults between mirror, store and terminal: an order is collected at most once, and its state is known in the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kiosk.connectors.payments.port import Charge, TerminalLostError, new_key
from kiosk.core.domain.ids import OrderId, RoomId, Ticket
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import Attempt, Order, PaymentMeans, PaymentState
from kiosk.core.visit.effects import CollectPayment, PriceOrder
from kiosk.store.lifecycle import Store
from tests.kiosk.store.http_clients import mirror, read_stream
from tests.kiosk.store.payments.ledgers import forget_head
from tests.kiosk.store.payments.terminal_requests import presented
from tests.kiosk.store.sample_shop import (
    InProcessTerminal,
    ManualClock,
    gtin_of,
    piece_of,
    sample_store,
    settings_in,
)
from tests.kiosk.store.store_process import StoreProcess
from tests.kiosk.store.terminal_process import TerminalProcess, terminal_process
from tests.optional_values import present

TICKET, ROOM = Ticket("t1"), RoomId("1")
PIECES = ((piece_of("S1", "WHI", "M"), gtin_of("S1", "WHI", "M")),)
ORDER = PriceOrder(TICKET, OrderId("o1"), PIECES, None)


def wish(attempt: int = 1) -> CollectPayment:
    return CollectPayment(TICKET, OrderId("o1"), PaymentMeans.TERMINAL, attempt)


def told(body: dict[str, Any]) -> str:
    return body["state"]


@pytest.fixture
def terminal() -> Iterator[TerminalProcess]:
    with terminal_process() as process:
        yield process


@pytest.fixture
def shop(tmp_path: Path, terminal: TerminalProcess) -> Iterator[StoreProcess]:
    process = StoreProcess(tmp_path, terminal.uri)
    process.start()
    yield process
    process.close()


def begin(shop: StoreProcess) -> None:
    """Prices and starts to collect; returns when the terminal waits for the card."""
    with mirror(shop.url, shop.state, "1") as client, read_stream(client, "/api/v1/rooms/1/stream") as stream:
        client.of_room("PUT", "/orders/o1", ORDER)
        client.of_room("PUT", "/orders/o1/payment", wish())
        stream.wait(lambda name, body: name == "PaymentMoved" and told(body) == "sent")


def until_final(shop: StoreProcess, attempt: int = 1) -> dict[str, Any]:
    """The final state that a mirror gets when it repeats its request after the store has restarted."""
    with mirror(shop.url, shop.state, "1") as client, read_stream(client, "/api/v1/rooms/1/stream") as stream:
        stream.named("Snapshot")
        _, now = client.of_room("PUT", "/orders/o1/payment", wish(attempt))
        if PaymentState(told(now)).is_final:
            return now
        return stream.wait(lambda name, body: name == "PaymentMoved" and PaymentState(told(body)).is_final)


def test_the_store_is_killed_before_the_answer_and_queries_it_by_key(
    shop: StoreProcess, terminal: TerminalProcess
) -> None:
    begin(shop)
    shop.kill()
    terminal.tap()
    shop.start()
    paid = until_final(shop)
    assert told(paid) == "paid"
    assert paid["receipt"]["number"] == "000001"
    assert terminal.collected() == [1]


def test_the_store_is_killed_and_the_card_is_tapped_after_its_restart(
    shop: StoreProcess, terminal: TerminalProcess
) -> None:
    begin(shop)
    shop.kill()
    shop.start()
    with mirror(shop.url, shop.state, "1") as client:
        assert told(client.of_room("PUT", "/orders/o1/payment", wish())[1]) == "unsure"
    terminal.tap()
    assert told(until_final(shop)) == "paid"
    assert terminal.collected() == [1]


@pytest.mark.full
def test_the_store_is_killed_twice_and_the_answer_is_lost(
    shop: StoreProcess, terminal: TerminalProcess
) -> None:
    begin(shop)
    terminal.lose_next_answer(silent_s=0.5)
    terminal.tap()
    shop.kill()
    shop.start()
    shop.kill()
    shop.start()
    assert told(until_final(shop)) == "paid"
    assert terminal.collected() == [1]


def test_a_payment_that_was_never_sent_is_cancelled_and_can_be_tried_again(
    tmp_path: Path, terminal: TerminalProcess
) -> None:
    folder = tmp_path / "cut"
    with sample_store(settings_in(folder)) as store:
        order = store.service.price_order(ROOM, ORDER)
        key_only(store, order)
    shop = StoreProcess(folder, terminal.uri)
    try:
        shop.start()
        assert told(until_final(shop)) == "abandoned"
        assert terminal.collected() == [0]
        with (
            mirror(shop.url, shop.state, "1") as client,
            read_stream(client, "/api/v1/rooms/1/stream") as stream,
        ):
            client.of_room("PUT", "/orders/o1/payment", wish(2))
            stream.wait(lambda name, body: name == "PaymentMoved" and told(body) == "sent")
            terminal.tap()
            stream.wait(lambda name, body: name == "PaymentMoved" and told(body) == "paid")
        assert sorted(terminal.collected()) == [0, 1]
    finally:
        shop.close()


def key_only(store: Store, order: Order) -> None:
    """Writes an attempt's key and sends nothing, as a power cut between the two would leave it."""
    store.payments.book.put_key(
        Attempt(new_key(), order.order_id, PaymentMeans.TERMINAL, order.total, changed_us=1), 1
    )


def test_planted_fault_a_store_that_loses_its_keys_is_caught(
    shop: StoreProcess, terminal: TerminalProcess
) -> None:
    begin(shop)
    shop.kill()
    terminal.tap()
    (shop.state / "ledger.db").unlink()
    forget_head(shop.state)
    shop.start()
    begin(shop)
    terminal.tap()
    assert terminal.approved() == [12_900, 12_900], "charged twice, as the tests above would have seen"


def test_many_mirrors_hands_at_once_collect_once(tmp_path: Path) -> None:
    terminal = InProcessTerminal()
    with sample_store(settings_in(tmp_path), terminal=terminal) as store, ThreadPoolExecutor(8) as crowd:
        store.service.price_order(ROOM, ORDER)
        answers = list(crowd.map(lambda _: store.service.collect_payment(ROOM, wish()), range(16)))
        assert {a.state for a in answers} <= {PaymentState.KEYED, PaymentState.SENT}
        terminal.tap()
        assert (len(store.payments.book.attempts(OrderId("o1"))), terminal.collected()) == (1, [1])


STEPS = ("collect", "again", "tap", "decline", "lose", "silence", "speak", "drop", "restart")


class Walk:
    """A store and a terminal on which faults happen in any order; parked payments are soon asked for again."""

    def __init__(self, folder: Path) -> None:
        plain = settings_in(folder)
        timeouts = replace(plain.timeouts, first_query_us=500, sweep_us=20_000)
        self.settings = replace(plain, feeds=None, timeouts=timeouts)
        self.terminal, self.attempt = InProcessTerminal(), 0
        with sample_store(settings_in(folder)) as store:
            store.service.price_order(ROOM, ORDER)

    def play(self, steps: list[str]) -> list[PaymentState]:
        """Runs the steps, then waits until every attempt is final; the states in which they ended."""
        runs: list[list[str]] = [[]]
        for step in steps:
            runs.append([]) if step == "restart" else runs[-1].append(step)
        for run in runs:
            self._run(run)
        self.terminal.silent = False
        with self._opened() as store:
            store.payments.resume()
            for attempt in store.payments.book.unfinished():
                self._until_final(store, attempt.key)
            return [a.state for a in store.payments.book.attempts(OrderId("o1"))]

    def _run(self, steps: list[str]) -> None:
        with self._opened() as store:
            store.payments.resume()
            for step in steps:
                self._step(store, step)

    def _opened(self) -> AbstractContextManager[Store]:
        # The same terminal outlives each store, as a terminal does.
        self.terminal._closed = False
        return sample_store(self.settings, ManualClock(), self.terminal)

    def _step(self, store: Store, step: str) -> None:
        match step:
            case "collect":
                self.attempt += 1
                store.service.collect_payment(ROOM, wish(self.attempt))
            case "again":
                store.service.collect_payment(ROOM, wish(max(1, self.attempt)))
            case "tap" | "decline":
                self._until_left(store, PaymentState.KEYED)
                if self.terminal.book.waiting() is not None:
                    self.terminal.tap(good=step == "tap")
                    self._until_left(store, PaymentState.SENT)
            case "lose":
                self.terminal.lose_next_answer()
            case "silence" | "speak":
                self.terminal.silent = step == "silence"
            case "drop":
                store.service.till.cancel(ROOM, OrderId("o1"))

    def _until_left(self, store: Store, state: PaymentState) -> None:
        """Until no attempt has this state, so that a tap meets its charge and the reply is written; 1 s at most."""
        for _ in range(200):
            if all(a.state is not state for a in store.payments.book.open_attempts()):
                return
            store.payments.collector.worker._stop.wait(0.005)

    def _until_final(self, store: Store, key: str) -> None:
        self.terminal.cancel(presented(key))
        for _ in range(2000):
            if not present(store.payments.book.attempt(key)).is_asked_for:
                return
            store.payments.collector.worker._stop.wait(0.005)
        raise AssertionError(f"{key} stays open")


def walks(examples: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Runs a test on that many random sequences of steps."""
    play = settings(max_examples=examples, suppress_health_check=[HealthCheck.function_scoped_fixture])
    return lambda test: play(given(st.lists(st.sampled_from(STEPS), min_size=1, max_size=12))(test))


@walks(15)
@example(steps=["collect", "lose", "tap"])
def test_after_any_faults_a_payment_is_collected_at_most_once_and_reported_correctly(
    tmp_path_factory: pytest.TempPathFactory, steps: list[str]
) -> None:
    walked(tmp_path_factory, steps)


@pytest.mark.full
@pytest.mark.timeout(1800)
@walks(400)
def test_troubles_at_length(tmp_path_factory: pytest.TempPathFactory, steps: list[str]) -> None:
    walked(tmp_path_factory, steps)


def walked(tmp_path_factory: pytest.TempPathFactory, steps: list[str]) -> None:
    walk = Walk(tmp_path_factory.mktemp("walk"))
    states = walk.play(steps)
    assert sum(walk.terminal.collected()) <= 1
    entries = tuple(walk.terminal.book.entries())
    given_back = {e.of for e in entries if e.repaid}
    kept = [e for e in entries if e.collected and not e.voided and e.reference not in given_back]
    assert states.count(PaymentState.PAID) == len(kept), "the ledger and the terminal's book agree"
    assert all(s.is_final for s in states)


def test_planted_fault_a_lost_answer_sent_again_under_a_new_key_is_caught(tmp_path: Path) -> None:
    walk = Walk(tmp_path)
    with walk._opened() as store:
        collect_under_two_keys(walk.terminal, present(store.payments.book.order(OrderId("o1"))).total)
    assert sum(walk.terminal.collected()) == 2, "the walk's check would have seen it"


def collect_under_two_keys(terminal: InProcessTerminal, amount: Money) -> None:
    """What a collector would do that takes a lost reply for a failure."""
    with ThreadPoolExecutor(1) as pool:
        for _ in range(2):
            terminal.lose_next_answer()
            lost = pool.submit(terminal.present, Charge(new_key(), "o1", amount), "", lambda: None, 5)
            terminal.tap()
            with pytest.raises(TerminalLostError):
                lost.result(5)
