"""Which open attempts may occupy a terminal: those that went to it, and those of which the journal does not say."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.domain.payment import Attempt, PaymentState
from kiosk.store.payments.ledger import SqliteLedger
from kiosk.store.payments.order_book import OrderBook
from tests.contracts.ledger_orders import attempt
from tests.kiosk.store.payments.ledgers import KEY

IDENTITIES = ("", "sim:A", "sim:B")
STATES = (PaymentState.KEYED, PaymentState.SENT, PaymentState.PARKED, PaymentState.DECLINED)


def left_out(book: OrderBook, terminal: str) -> bool:
    """Whether a book says anything else of a terminal than what its list of all open attempts says of it."""
    wanted = [a for a in book.unfinished() if not terminal or a.terminal_id in ("", terminal)]
    return list(book.unfinished(terminal)) != wanted


class ExactTerminals(OrderBook):
    """Planted fault: an attempt of which the journal does not state the terminal occupies none."""

    def unfinished(self, terminal_id: str = "") -> tuple[Attempt, ...]:
        found = OrderBook.unfinished(self)
        return tuple(a for a in found if terminal_id in ("", a.terminal_id))


@given(st.lists(st.tuples(st.sampled_from(IDENTITIES), st.sampled_from(STATES)), max_size=8))
def test_no_attempt_that_may_occupy_a_terminal_is_left_out(found: list[tuple[str, PaymentState]]) -> None:
    ledger = SqliteLedger(None, KEY)
    book = OrderBook(ledger)
    for number, (identity, state) in enumerate(found):
        book.put_attempt(replace(attempt(f"o{number}"), terminal_id=identity))
        if state is not PaymentState.KEYED:
            book.put_attempt(replace(attempt(f"o{number}"), terminal_id=identity, state=state))
    assert not any(left_out(book, terminal) for terminal in IDENTITIES)
    ledger.close()


def test_an_entry_without_a_terminal_is_found_at_each() -> None:
    ledger = SqliteLedger(None, KEY)
    book = OrderBook(ledger)
    with ledger.transaction():
        book.put_attempt(attempt("old"))
    assert [a.order_id for a in book.unfinished("sim:A")] == ["old"]
    ledger.close()


def test_a_book_that_leaves_out_entries_without_a_terminal_is_caught() -> None:
    ledger = SqliteLedger(None, KEY)
    book = ExactTerminals(ledger)
    book.put_attempt(attempt("old"))
    assert left_out(book, "sim:A")
    ledger.close()
