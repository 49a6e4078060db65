"""The derived tables follow from the entries: made again, they are the same, after any history."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.core.domain.ids import OrderId, PieceId
from kiosk.core.domain.payment import Exchange, Order, PaymentState
from kiosk.core.domain.refund import Refund, RefundState
from kiosk.core.domain.sales.taken_back import TakeBackReason, TakenBack
from kiosk.store.errors import PieceTakenError
from kiosk.store.payments.ledger import Entry, PostgresLedger, SqliteLedger
from kiosk.store.payments.ledger.derived import Derived
from kiosk.store.payments.ledger.rebuild import scratch_tables
from kiosk.store.payments.ledger.sql_ledger import SqlLedger
from kiosk.store.payments.order_book import OrderBook
from kiosk.store.payments.refund_book import RefundBook
from kiosk.store.payments.taken_back.taken_back_book import TakenBackBook
from tests.contracts.ledger_orders import PRICE, attempt, begin
from tests.kiosk.store import postgres
from tests.kiosk.store.payments.ledgers import KEY, EarlierLedger, memory_ledger
from tests.kiosk.store.sample_shop import gtin_of
from tests.optional_values import present

ARTICLE = gtin_of("S1", "WHI", "M")
PIECES = [PieceId(f"{ARTICLE}.{name}") for name in ("1", "2", "~1", "~2")]
ORDERS = ("a", "b", "c")
Step = tuple[str, str, int, int]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["begin", "sent", "paid", "declined", "unsure", "refund", "restock", "settle", "identify",
                         "exchange", "take back", "return"]),
        st.sampled_from(ORDERS), st.integers(0, 3), st.integers(0, 3),
    ),
    max_size=25,
)  # fmt: skip


def play(ledger: SqlLedger, steps: list[Step]) -> None:
    """Any history that the books can write; a refused step changes nothing."""
    book = OrderBook(ledger)
    for number, (what, name, one, two) in enumerate(steps):
        known = book.order(OrderId(name))
        match what:
            case "begin" if known is None:
                with suppress(PieceTakenError):
                    begin(ledger, name, *dict.fromkeys([PIECES[one], PIECES[two]]))
            case "paid" if known is not None and may_be_paid(book, name):
                book.put_paid(replace(attempt(name), state=PaymentState.PAID), known, "http://shop")
            case "sent" | "declined" | "unsure" if book.attempt(f"K{name}1") is not None:
                book.put_attempt(replace(attempt(name), state=PaymentState(what)))
            case "refund" | "settle" | "exchange" | "take back" if known is not None and book.receipt(
                known.order_id
            ):
                after_sale(ledger, what, known, number, PIECES[one])
            case "restock" | "return":
                into_stock(ledger, what)
            case "identify":
                ledger.identify(PIECES[2 + one % 2], PIECES[two % 2], 1)


def may_be_paid(book: OrderBook, name: str) -> bool:
    """Whether the order has a key, and no valid receipt."""
    valid = book.receipt(OrderId(name)) is not None and not book.is_taken_back(OrderId(name))
    return book.attempt(f"K{name}1") is not None and not valid


def into_stock(ledger: SqlLedger, what: str) -> None:
    """The store's database takes in the oldest refund, or sale that was taken back."""
    refunds, taken_back = RefundBook(ledger), TakenBackBook(ledger)
    if what == "restock":
        for refund in refunds.unrestocked()[:1]:
            refunds.put_restocked(refund, 1)
    else:
        for taken in taken_back.unreturned()[:1]:
            taken_back.put_returned(taken, 1)


def take_back(ledger: SqlLedger, order_id: OrderId) -> None:
    """As `TakeBacks.write`, without what it checks before."""
    book = OrderBook(ledger)
    number = present(book.receipt(order_id)).number
    book.put_attempt(replace(attempt(order_id), state=PaymentState.ABANDONED, why="taken-back"))
    TakenBackBook(ledger).put(
        TakenBack(order_id, number, f"K{order_id}1", TakeBackReason.NOT_CHARGED, "a", 1)
    )


def after_sale(ledger: SqlLedger, what: str, known: Order, number: int, piece: PieceId) -> None:
    """One step of a paid order."""
    book = OrderBook(ledger)
    if what == "refund":
        refund = Refund(
            f"R{number}", known.order_id, known.lines[0].piece, ARTICLE, PRICE, "a", RefundState.DONE
        )
        RefundBook(ledger).put(refund)
    elif what == "settle":
        book.put_settled(known.order_id, 1)
    elif what == "take back":
        if not book.is_taken_back(known.order_id):
            take_back(ledger, known.order_id)
    else:
        exchange(book, known.order_id, number, piece)


def exchange(book: OrderBook, order_id: OrderId, number: int, new: PieceId) -> None:
    """Changes the first piece of an order that the shopper has, if no other order has the new one."""
    old = present(book.order_now(order_id)).lines[0]
    if new not in {line.piece for line in present(book.order_now(order_id)).lines}:
        with suppress(PieceTakenError):
            changed = Exchange(order_id, number, old.piece, replace(old, piece=new), "a", 1)
            book.put_exchange(changed)


def owners(ledger: SqlLedger) -> dict[PieceId, str]:
    return {piece: hold.order_id for piece, hold in ledger.taken(PIECES).items()}


def check(ledger: SqlLedger) -> None:
    with closing(scratch_tables(ledger.entries(1, ledger.head.seq))) as scratch:
        assert ledger.different_rows(scratch) == 0
    before = (owners(ledger), ledger.open_entries("attempt"), ledger.open_orders("unsettled"), ledger.head)
    ledger.rebuild()
    after = (owners(ledger), ledger.open_entries("attempt"), ledger.open_orders("unsettled"), ledger.head)
    assert before == after
    ledger.verify()


@given(STEPS)
@settings(max_examples=60)
def test_tables_made_again_are_the_same(steps: list[Step]) -> None:
    ledger = memory_ledger()
    play(ledger, steps)
    check(ledger)
    ledger.close()


def test_tables_made_again_are_the_same_in_postgresql(postgres_server: str) -> None:
    ledger = PostgresLedger(postgres.fresh_database(postgres_server), KEY)
    play(ledger, [("begin", "a", 0, 2), ("paid", "a", 0, 0), ("identify", "a", 0, 1), ("refund", "a", 0, 0)])
    play(ledger, [("begin", "b", 0, 0), ("sent", "b", 0, 0), ("begin", "c", 3, 3), ("declined", "c", 0, 0)])
    check(ledger)
    ledger.close()


class StrictExchanges(Derived):
    """A planted fault: a replayed exchange is refused if another order holds its new piece now."""

    def _exchange(self, order_id: str, body: dict[str, Any], *, strict: bool) -> None:  # noqa: ARG002 of the base class
        super()._exchange(order_id, body, strict=True)


def reordered() -> list[Entry]:
    """Entries that were accepted one by one and not in this order: the exchange follows another order with its piece,
    as in a ledger that takes over the pieces of the one before it."""
    ledger = memory_ledger()
    play(ledger, [("begin", "a", 0, 0), ("paid", "a", 0, 0), ("exchange", "a", 1, 0), ("settle", "a", 0, 0)])
    a = [entry for entry in ledger.entries(2, ledger.head.seq) if entry.order_id == "a"]
    ledger.close()
    other = memory_ledger()
    play(other, [("begin", "b", 1, 1), ("paid", "b", 0, 0)])
    b = list(other.entries(2, other.head.seq))
    other.close()
    return [entry._replace(seq=number) for number, entry in enumerate([*b, *a], 1)]


def test_an_exchange_that_was_accepted_is_accepted_when_it_is_replayed() -> None:
    ledger = memory_ledger()
    for entry in reordered():
        ledger.copy(entry)
    assert owners(ledger) == {PIECES[1]: "b"}
    check(ledger)
    ledger.close()


def test_planted_fault_a_replay_that_refuses_an_exchange_is_caught() -> None:
    ledger = memory_ledger()
    ledger._derived = StrictExchanges(ledger._execute, ledger._sql)
    *before, exchanged, _ = reordered()
    for entry in before:
        ledger.copy(entry)
    with pytest.raises(PieceTakenError):
        ledger.copy(exchanged)
    ledger.close()


def test_pieces_of_an_order_are_those_before_an_entry_also_when_later_exchanges_are_there() -> None:
    ledger = memory_ledger()
    play(
        ledger, [("begin", "a", 0, 0), ("paid", "a", 0, 0), ("exchange", "a", 1, 0), ("exchange", "a", 3, 0)]
    )
    last = ledger.head.seq
    ledger._derived.forget()
    assert ledger._derived.order_pieces("a", last) == [PIECES[3]]
    ledger._derived.forget()
    assert ledger._derived.order_pieces("a", last - 1) == [PIECES[1]]
    ledger.close()


def free_a_piece(ledger: SqliteLedger) -> None:
    ledger._execute("DELETE FROM piece WHERE order_id = 'a'", ())


def forget_an_attempt(ledger: SqliteLedger) -> None:
    ledger._execute("DELETE FROM open_key WHERE kind = 'attempt'", ())


def use_receipts_again(ledger: SqliteLedger) -> None:
    ledger._execute("UPDATE open_key SET seq = 0 WHERE kind = 'receipts'", ())


@pytest.mark.parametrize("fault", [free_a_piece, forget_an_attempt, use_receipts_again])
def test_planted_faults_in_the_tables_are_found(fault: Callable[[SqliteLedger], None]) -> None:
    ledger = memory_ledger()
    play(ledger, [("begin", "a", 0, 0), ("paid", "a", 0, 0), ("begin", "b", 1, 1)])
    fault(ledger)
    with closing(scratch_tables(ledger.entries(1, ledger.head.seq))) as scratch:
        assert ledger.different_rows(scratch) == 1
    ledger.close()


def test_a_ledger_of_the_version_before_is_continued(tmp_path: Path) -> None:
    """Its entries stay, a second sale of what it has sold is refused, and the chain goes on with the key."""
    sample = memory_ledger()
    play(sample, [("begin", "a", 0, 1), ("paid", "a", 0, 0), ("begin", "b", 2, 2), ("sent", "b", 0, 0)])
    rows = [entry for entry in sample.entries(1, sample.head.seq) if entry.kind != "chain"]
    sample.close()
    earlier = EarlierLedger(tmp_path / "l.db")
    for entry in rows:
        earlier.append_text(*entry[2:4], entry.body, entry.at_us, key=entry.key, state=entry.state)
    ledger = SqliteLedger(tmp_path / "l.db", KEY)
    found = list(ledger.entries(1, ledger.head.seq))
    assert [entry[1:7] for entry in found[:-1]] == [entry[1:7] for entry in rows], "as they were"
    assert found[-1].kind == "chain", "here the keyed chain begins"
    assert (ledger.head.receipts, ledger.open_orders("unsettled")) == (1, ["a"])
    assert len(ledger.open_entries("attempt")) == 1
    with pytest.raises(PieceTakenError):
        begin(ledger, "c", PIECES[1])
    check(ledger)
    ledger.close()
    again = SqliteLedger(tmp_path / "l.db", KEY)
    assert again.verify()[0] == again.head.seq
    again.close()


def test_an_earlier_ledger_with_a_piece_sold_twice_is_continued(tmp_path: Path) -> None:
    """The version before did not refuse it: the first sale keeps the piece."""
    sample = [memory_ledger(), memory_ledger()]
    earlier = EarlierLedger(tmp_path / "l.db")
    for ledger, name in zip(sample, ("a", "b"), strict=True):
        play(ledger, [("begin", name, 0, 0), ("paid", name, 0, 0)])
        for entry in ledger.entries(2, ledger.head.seq):
            earlier.append_text(*entry[2:4], entry.body, entry.at_us, key=entry.key, state=entry.state)
        ledger.close()
    opened = SqliteLedger(tmp_path / "l.db", KEY)
    assert owners(opened) == {PIECES[0]: "a"}
    check(opened)
    opened.close()
