"""Faults between store and terminal: a piece is paid back at most once, and ledger and terminal agree."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.connectors.payments.port import TerminalLostError, new_key
from kiosk.core.domain.ids import AssociateId, OrderId, RoomId, Ticket
from kiosk.core.domain.payment import Attempt, PaymentMeans
from kiosk.core.domain.payment_transitions import attempt_after
from kiosk.core.domain.refund import Refund, RefundState
from kiosk.core.domain.terminal_events import Approved
from kiosk.core.visit.effects import CollectPayment, PriceOrder
from kiosk.store.errors import RefusedError
from kiosk.store.lifecycle import Store
from kiosk.store.payments.desk import PaymentDesk
from kiosk.store.staff.associates import Associate
from tests.kiosk.store.http_clients import associate, mirror, read_stream
from tests.kiosk.store.payments.terminal_requests import charge_stored, refund_of
from tests.kiosk.store.payments.transactions.payment_waits import until
from tests.kiosk.store.sample_shop import (
    PIN,
    InProcessTerminal,
    ManualClock,
    gtin_of,
    piece_of,
    sample_store,
    settings_in,
)
from tests.kiosk.store.store_process import StoreProcess
from tests.kiosk.store.terminal_process import TerminalProcess, terminal_process

INES = Associate(AssociateId("a-ines"), "Inès")
ORDER = OrderId("o1")
PIECES = tuple((piece_of("S1", "WHI", "M", n), gtin_of("S1", "WHI", "M")) for n in (1, 2))
STEPS = ("back-1", "back-1", "back-2", "lose", "silence", "speak", "restart", "settle", "deny", "ask")


class Walk:
    """A paid order of two shirts, its terminal, and a store that is closed and opened in between."""

    def __init__(self, folder: Path) -> None:
        plain = settings_in(folder)
        # parked ones are soon asked for again too: their first reply may be "still waiting"
        timeouts = replace(plain.timeouts, first_query_us=500, sweep_us=20_000)
        self.settings = replace(plain, feeds=None, timeouts=timeouts)
        self.terminal = InProcessTerminal()
        with sample_store(settings_in(folder)) as store:
            order = store.service.price_order(RoomId("1"), PriceOrder(Ticket("t1"), ORDER, PIECES, None))
            answer = charge_stored(self.terminal, order.total)
            attempt = Attempt("KEY0000001", ORDER, PaymentMeans.TERMINAL, order.total, changed_us=1)
            store.payments.book.put_key(attempt, 1)
            store.payments.settlement.write_paid(attempt_after(attempt, Approved(2, answer.reference)))
            self.paid = order.total.minor

    def play(self, steps: list[str]) -> None:
        """Runs the steps, then waits until every refund is final."""
        runs: list[list[str]] = [[]]
        for step in steps:
            runs.append([]) if step == "restart" else runs[-1].append(step)
        for run in runs:
            with self.opened() as store:
                store.payments.resume()
                for step in run:
                    self._step(store.service.desk, step)
        self.terminal.silent = False
        with self.opened() as store:
            store.payments.resume()
            for refund in store.service.desk.refunds.open_refunds():
                store.service.desk.query(refund.key)
            # Under the lock of every change of a payment: what is paid back and what is sold are read as one.
            with store.payments.lock:
                refunds = store.payments.refunds._refunds.of_order(ORDER)
                self._judge(refunds, store.resources.catalogue.sold([piece for piece, _ in PIECES]))

    def opened(self) -> AbstractContextManager[Store]:
        # The same terminal outlives each store, as a terminal does.
        self.terminal._closed = False
        return sample_store(self.settings, ManualClock(), self.terminal)

    def _step(self, desk: PaymentDesk, step: str) -> None:
        match step:
            case "back-1" | "back-2":
                try:
                    desk.refunds.begin(ORDER, PIECES[int(step[-1]) - 1][0], INES)
                except RefusedError:
                    return
            case "lose":
                self.terminal.lose_next_answer()
            case "silence" | "speak":
                self.terminal.silent = step == "silence"
            case "ask" | "settle" | "deny":
                self._person(desk, step)

    def _person(self, desk: PaymentDesk, step: str) -> None:
        """An associate queries again; or settles a parked refund as the terminal's own journal has it."""
        for refund in desk.refunds.open_refunds():
            if step == "ask":
                desk.query(refund.key)
                continue
            truth = any(e.key == refund.key and e.repaid for e in self.terminal.book.entries())
            if truth is (step == "settle"):
                try:
                    desk.settle(refund.key, INES, done=truth, reference="slip")
                except RefusedError:
                    continue

    def _judge(self, refunds: tuple[Refund, ...], sold: frozenset[str]) -> None:
        entries = [e for e in self.terminal.book.entries() if e.of]
        repaid = sum(e.minor * e.repaid for e in entries)
        done = [r for r in refunds if r.state is RefundState.DONE]
        assert all(r.state.is_final for r in refunds), refunds
        assert repaid == sum(r.amount.minor for r in done), "the ledger and the terminal's book agree"
        assert repaid <= self.paid
        assert len({r.piece for r in done}) == len(done), "each piece once"
        assert sold == {piece for piece, _ in PIECES} - {r.piece for r in done}, (
            "what is paid back is the house's"
        )


def walks(examples: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Runs a test on that many random sequences of steps."""
    play = settings(max_examples=examples, suppress_health_check=[HealthCheck.function_scoped_fixture])
    return lambda test: play(given(st.lists(st.sampled_from(STEPS), min_size=1, max_size=12))(test))


@walks(15)
def test_in_any_order_of_troubles_each_piece_is_paid_back_at_most_once(
    tmp_path_factory: pytest.TempPathFactory, steps: list[str]
) -> None:
    Walk(tmp_path_factory.mktemp("walk")).play(steps)


@pytest.mark.full
@pytest.mark.timeout(1800)
@walks(400)
def test_in_any_order_of_troubles_at_length(
    tmp_path_factory: pytest.TempPathFactory, steps: list[str]
) -> None:
    Walk(tmp_path_factory.mktemp("walk")).play(steps)


def test_planted_a_desk_that_repeats_a_lost_refund_is_caught(tmp_path: Path) -> None:
    """Two pieces cost more than one, so that a terminal that checks only the sum would accept both refunds."""
    walk = Walk(tmp_path)
    reference = next(e.reference for e in walk.terminal.book.entries())
    with walk.opened() as store:
        piece = store.service.desk.refunds.find(PIECES[0][0])[0]
        for _ in range(2):
            walk.terminal.lose_next_answer()
            with pytest.raises(TerminalLostError):
                walk.terminal.follow_up(refund_of(new_key(), piece.paid, reference))
        with pytest.raises(AssertionError, match="agree"):
            walk._judge((), frozenset(piece for piece, _ in PIECES))


def test_both_pieces_at_once_from_many_hands(tmp_path: Path) -> None:
    walk = Walk(tmp_path)
    with walk.opened() as store:
        begin = store.service.desk.refunds.begin
        hands = [Thread(target=begin, args=(ORDER, piece, INES)) for piece, _ in PIECES for _ in range(6)]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join(10)
        until(store, lambda: not store.service.desk.refunds.open_refunds())
    walk.play([])
    assert walk.terminal.repaid() == [12_900, 12_900]


@pytest.mark.full
def test_the_store_is_killed_before_the_reply_and_queries_it_by_key(tmp_path: Path) -> None:
    with terminal_process() as terminal:
        shop = StoreProcess(tmp_path, terminal.uri)
        try:
            shop.start()
            buy_shirt(shop, terminal)
            terminal.lose_next_answer(silent_s=0.5)
            with associate(shop.url, "a-ines", PIN) as ines:
                _, begun = ines.ask("POST", "/api/v1/refunds", {"order_id": "o1", "piece": PIECES[0][0]})
                wait_until(lambda: repaid(terminal) == [1])
            shop.kill()
            shop.start()
            with associate(shop.url, "a-ines", PIN) as ines:
                path = f"/api/v1/refunds/{begun['key']}"
                wait_until(lambda: ines.ask("GET", path)[1]["state"] == "done")
                again = ines.ask("POST", "/api/v1/refunds", {"order_id": "o1", "piece": PIECES[0][0]})[1]
                assert again["key"] == begun["key"]
                assert ines.ask("GET", "/api/v1/sales", params={"label": PIECES[0][0]})[0] == 404, "unsold"
            assert repaid(terminal) == [1]
        finally:
            shop.close()


def buy_shirt(shop: StoreProcess, terminal: TerminalProcess) -> None:
    order = PriceOrder(Ticket("t1"), ORDER, PIECES[:1], None)
    with mirror(shop.url, shop.state, "1") as client, read_stream(client, "/api/v1/rooms/1/stream") as stream:
        client.of_room("PUT", "/orders/o1", order)
        wish = CollectPayment(Ticket("t1"), ORDER, PaymentMeans.TERMINAL, 1)
        client.of_room("PUT", "/orders/o1/payment", wish)
        stream.wait(lambda name, body: name == "PaymentMoved" and body["state"] == "sent")
        terminal.tap()
        stream.wait(lambda name, body: name == "PaymentMoved" and body["state"] == "paid")


def repaid(terminal: TerminalProcess) -> list[int]:
    """How often money was paid back under each key that paid any back."""
    return [entry["repaid"] for entry in terminal.do(do="list")["book"] if entry["repaid"]]


def wait_until(condition: Callable[[], bool]) -> None:
    """Returns once the condition holds; fails after 20 s."""
    pause, tries = Event(), 0
    while not condition():
        tries += 1
        assert tries < 400
        pause.wait(0.05)
