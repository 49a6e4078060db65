"""A garment is paid back once, whichever of its ids is scanned: that of the sale, or that of its tag."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.connectors.payments.port import FollowUp, TerminalLostError, TerminalReply
from kiosk.core.domain.ids import AssociateId, OrderId, PieceId, Ticket, anonymous_piece, article_of
from kiosk.core.domain.payment import PaymentState
from kiosk.core.domain.refund import RefundState
from kiosk.core.visit.effects import PriceOrder
from kiosk.store.errors import RefusedError, TryAgainError
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.associates import Associate
from tests.kiosk.store.payments.payment_steps import SHIRT
from tests.kiosk.store.payments.transactions.payment_waits import ROOM, begin, last, until, until_state
from tests.kiosk.store.sample_shop import InProcessTerminal, ManualClock, build, piece_of, settings_in

INES = Associate(AssociateId("a-ines"), "Inès")
ORDER = OrderId("o1")
TAG, ARTICLE = SHIRT
SCANNED = anonymous_piece(ARTICLE, "7f")
LARGE, SMALL = piece_of("S1", "WHI", "L"), piece_of("S1", "WHI", "S")
BOTH_WAYS = pytest.mark.parametrize(
    ("first", "second"), [(SCANNED, TAG), (TAG, SCANNED)], ids=["tag second", "tag first"]
)


@pytest.fixture
def settings(tmp_path: Path) -> StoreSettings:
    plain = settings_in(tmp_path)
    hour_us = 3_600_000_000
    return replace(plain, timeouts=replace(plain.timeouts, first_query_us=200, sweep_us=hour_us))


class MuteAfterRefund(InProcessTerminal):
    """Pays back, loses its answer and is mute from then on, if a test has set it so."""

    mute = False

    def follow_up(self, follow_up: FollowUp) -> TerminalReply:
        reply = super().follow_up(follow_up)
        if self.mute:
            self.silent, self.mute = True, False
            raise TerminalLostError("the answer was lost")
        return reply


@pytest.fixture
def terminal() -> MuteAfterRefund:
    return MuteAfterRefund()


@pytest.fixture
def store(settings: StoreSettings, terminal: MuteAfterRefund) -> Iterator[Store]:
    """The shirt was sold by its label without serial; then its tag was read."""
    with build(settings, ManualClock(), {"till": terminal}) as opened:
        line = ((SCANNED, ARTICLE),)
        opened.service.price_order(ROOM, PriceOrder(Ticket("t1"), ORDER, line, None))
        begin(opened)
        terminal.tap()
        until_state(opened, "o1", PaymentState.PAID)
        until(opened, lambda: last(opened, "o1").captured)
        opened.resources.catalogue.identify(SCANNED, TAG)
        yield opened


def called_not_done(store: Store, terminal: MuteAfterRefund, piece: PieceId) -> str:
    """A refund whose answer is lost, and that a person calls not done."""
    terminal.mute = True
    desk = store.service.desk
    key = desk.refunds.begin(ORDER, piece, INES).key
    until(store, lambda: desk.refunds.refund(key).state is RefundState.PARKED)
    desk.settle(key, INES, done=False, reference="")
    return key


@BOTH_WAYS
def test_it_is_paid_back_once(
    store: Store, terminal: MuteAfterRefund, first: PieceId, second: PieceId
) -> None:
    refunds = store.service.desk.refunds
    key = refunds.begin(ORDER, first, INES).key
    until(store, lambda: refunds.refund(key).state is RefundState.DONE)
    assert refunds.begin(ORDER, second, INES).key == key
    assert terminal.repaid() == [12_900]


@pytest.mark.parametrize("what", ["refund", "exchange"])
def test_a_tag_that_is_read_while_the_database_is_locked_is_known_at_the_desk(
    settings: StoreSettings, terminal: MuteAfterRefund, what: str
) -> None:
    """Its id is not in the table of sold pieces before the next tick."""
    with build(settings, ManualClock(), {"till": terminal}) as store:
        store.service.price_order(ROOM, PriceOrder(Ticket("t1"), ORDER, ((SCANNED, ARTICLE),), None))
        begin(store)
        terminal.tap()
        until(store, lambda: last(store, "o1").captured)
        until(store, lambda: store.resources.catalogue.sold([SCANNED]) == {SCANNED})
        with closing(sqlite3.connect(settings.state / "store.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            store.resources.catalogue.identify(SCANNED, TAG)
        desk = store.service.desk
        if what == "refund":
            assert desk.refunds.begin(ORDER, TAG, INES).piece == SCANNED
        else:
            assert desk.exchanges.exchange(ORDER, TAG, LARGE, INES).piece == SCANNED


@BOTH_WAYS
def test_a_refund_that_a_person_calls_not_done_is_asked_for_under_either_id(
    store: Store, terminal: MuteAfterRefund, first: PieceId, second: PieceId
) -> None:
    key = called_not_done(store, terminal, first)
    refunds = store.service.desk.refunds
    with pytest.raises(TryAgainError):
        refunds.begin(ORDER, second, INES)
    with pytest.raises(TryAgainError):
        store.service.desk.exchanges.exchange(ORDER, second, LARGE, INES)
    terminal.silent = False
    assert refunds.begin(ORDER, second, INES).key == key, "it was paid back"
    with pytest.raises(RefusedError):
        store.service.desk.exchanges.exchange(ORDER, second, LARGE, INES)
    assert terminal.repaid() == [12_900]


def test_planted_fault_a_refund_compared_by_one_id_begins_twice(
    store: Store, terminal: MuteAfterRefund
) -> None:
    first = called_not_done(store, terminal, SCANNED)
    book = store.payments.book
    book._identity = lambda piece: piece
    second = store.service.desk.refunds.begin(ORDER, TAG, INES)
    assert second.key != first, (
        "it is not known yet what became of the first: the tests above demand that it is asked"
    )


@BOTH_WAYS
def test_an_exchange_is_made_once_under_either_id(store: Store, first: PieceId, second: PieceId) -> None:
    exchanges = store.service.desk.exchanges
    made = exchanges.exchange(ORDER, first, LARGE, INES)
    assert exchanges.exchange(ORDER, second, LARGE, INES) == made
    assert store.payments.book.exchanges(ORDER) == (made,)


def test_a_piece_that_was_paid_back_does_not_come_into_its_order_again(
    store: Store, terminal: MuteAfterRefund
) -> None:
    """It could not be paid back a second time, although the shopper has paid for the one that she gives for it."""
    desk, order = store.service.desk, OrderId("o2")
    lines = tuple((piece, article_of(piece)) for piece in (LARGE, SMALL))
    store.service.price_order(ROOM, PriceOrder(Ticket("t1"), order, lines, None))
    begin(store, "o2")
    terminal.tap()
    until_state(store, "o2", PaymentState.PAID)
    key = desk.refunds.begin(order, SMALL, INES).key
    until(store, lambda: desk.refunds.refund(key).state is RefundState.DONE)
    with pytest.raises(RefusedError, match="paid back in this sale"):
        desk.exchanges.exchange(order, LARGE, SMALL, INES)
    assert desk.exchanges.exchange(ORDER, TAG, SMALL, INES).line.piece == SMALL, (
        "into another order it may come"
    )
    key = desk.refunds.begin(order, LARGE, INES).key
    until(store, lambda: desk.refunds.refund(key).state is RefundState.DONE)
    assert sum(terminal.repaid()) == sum(line.paid.minor for line in store.service.till.order(order).lines)
