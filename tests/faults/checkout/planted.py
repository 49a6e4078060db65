"""Faults that are planted into a store, one for each rule, each with the steps that show it and what is found then."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any

from kiosk.connectors.payments.port import PaymentTerminal, TerminalBusyError, TerminalReply, TerminalStatus
from kiosk.core.domain.payment import PaymentState
from kiosk.core.domain.terminal_events import Approved, Cancelled, Forgotten, ReplyLost, Sent, TerminalEvent
from kiosk.store.lifecycle import Store
from tests.faults.checkout.world import Fault


@dataclass(frozen=True, slots=True)
class Planted:
    """`found` is a part of the sentence of the rule that is broken."""

    fault: Fault
    steps: tuple[str, ...]
    found: str


def cancels_once(store: Store) -> None:
    """A wish to cancel that is not repeated, and a terminal that is offered all the same."""
    collector: Any = store.payments.collector
    collector._transactions.cancel_of = lambda _: None
    collector._occupancy.holder = lambda *_: None
    collector._occupancy.claim = lambda *_: True


def believes_everything(store: Store) -> None:
    """What the terminal says it never heard of has ended, although it had taken it up."""
    worker: Any = store.payments.collector.worker
    good = worker._event

    def gullible(*given: Any) -> TerminalEvent:
        event: TerminalEvent = good(*given)
        return Cancelled(event.at_us) if isinstance(event, Forgotten) else event

    worker._event = gullible


def asks_for_cards_too_early(store: Store) -> None:
    """The mirror asks for the card before the terminal has taken the charge up, and goes on when it is busy."""
    cancels_once(store)
    collector: Any = store.payments.collector
    charge, event_from = collector._charge, collector.worker._event_from

    def early(wanted: Any, terminal: PaymentTerminal) -> TerminalReply:
        try:
            found: TerminalReply = charge(wanted, terminal)
        except TerminalBusyError:
            collector._transactions.apply(wanted.key, Sent(collector._now()))
            raise
        return found

    def without_loss(*given: Any) -> TerminalEvent | None:
        event: TerminalEvent | None = event_from(*given)
        return None if isinstance(event, ReplyLost) else event

    collector._charge, collector.worker._event_from = early, without_loss


class ByName:
    """Finds the terminal by what the configuration names now, whatever is journaled."""

    def __init__(self, drivers: Mapping[str, PaymentTerminal]) -> None:
        self._drivers = drivers

    def find(self, name: str, _: str) -> PaymentTerminal | None:
        return self._drivers.get(name)


def forgets_the_terminal(store: Store) -> None:
    """Another terminal is asked about an attempt, and believed."""
    believes_everything(store)
    worker: Any = store.payments.collector.worker
    worker._terminals = ByName(store.payments.terminals.drivers)


def believes_any_reply(store: Store) -> None:
    """Whose approval it is is not compared."""
    worker: Any = store.payments.collector.worker
    good = worker._event

    def careless(transaction: Any, reply: TerminalReply, driver: PaymentTerminal) -> TerminalEvent:
        if reply.status is TerminalStatus.APPROVED:
            return Approved(worker._now(), f"{reply.reference}-{transaction.key}")
        event: TerminalEvent = good(transaction, reply, driver)
        return event

    worker._event = careless


def pays_twice(store: Store) -> None:
    """Every approval pays for its order, and a second attempt may begin while the first is open."""
    collector: Any = store.payments.collector
    collector._transactions._why_unwanted = lambda *_: ""
    collector._transactions._end_others = lambda _: None
    collector._open_attempt = lambda _: None


def leaves_a_word_waiting(store: Store) -> None:
    """What a person has called charged is not cancelled at the terminal."""
    transactions: Any = store.payments.collector.worker._transactions
    good = transactions.cancel_of
    transactions.cancel_of = lambda one: None if one.state is PaymentState.PAID else good(one)


def believes_the_first_word(store: Store) -> None:
    """A person cannot take back that an order is paid."""
    desk: Any = store.payments.desk
    good = desk.settle
    desk.settle = lambda key, who, **said: good(key, who, **{**said, "done": True})


def hides_its_tasks(store: Store) -> None:
    """Payments without a result are not in the desk's list."""
    tasks: Any = store.payments.tasks
    tasks._payments = lambda: iter(())


def loses_its_threads(store: Store) -> None:
    """The sweep does not find what is open."""
    worker: Any = store.payments.collector.worker
    worker.unfinished = lambda: ()
    worker.ask = lambda transaction: (transaction, None)


class StuckReceipts:
    """A ledger that always gives the same number to the next receipt."""

    def __init__(self, ledger: Any) -> None:
        self._ledger = ledger

    def __getattr__(self, name: str) -> Any:
        return 0 if name == "receipts" else getattr(self._ledger, name)


def repeats_receipts(store: Store) -> None:
    """Each receipt has the number 1."""
    book: Any = store.payments.book
    book.ledger = StuckReceipts(book.ledger)


def refunds_again(store: Store) -> None:
    """A refund that is under way does not count."""
    refunds: Any = store.payments.refunds
    refunds._of_garment = lambda *_: ()
    refunds._check = lambda *_: None


def knows_no_limit(store: Store) -> None:
    """A ring pays any amount."""
    limit: Any = store.service.spending_limit
    limit.refusal = lambda *_: ""


def reserves_nothing(store: Store) -> None:
    """Two orders with the same piece are paid, and nobody is told."""
    till: Any = store.payments.till
    ledger: Any = store.resources.ledger
    settlement: Any = store.payments.settlement
    till._unsellable = lambda _: ""
    ledger._derived.taken = lambda *_: {}
    ledger._derived.reserve = lambda *_, **__: None
    settlement.on_foreign_sale = lambda _: None


def takes_results_back(store: Store) -> None:
    """After a start, what was paid counts as abandoned."""
    book = store.payments.book
    for entry in tuple(store.resources.ledger.entries(1, store.resources.ledger.head.seq)):
        attempt = book.attempt(entry.key) if entry.kind == "attempt" else None
        if attempt is not None and attempt.state is PaymentState.PAID:
            book.put_attempt(replace(attempt, state=PaymentState.ABANDONED))


def changes_an_entry(store: Store) -> None:
    """An old entry is changed behind the ledger's back, once there is a receipt."""
    ledger: Any = store.resources.ledger
    if ledger.head.receipts and not ledger.state.closed:
        run = ledger._connection.execute
        run("DROP TRIGGER IF EXISTS journal_no_update")
        run("UPDATE journal SET body = replace(body, 'Linen', 'Woollen') WHERE kind = 'order'")


def forgets_a_table(store: Store) -> None:
    """The ledger's table of pieces loses what was sold."""
    ledger: Any = store.resources.ledger
    if ledger.head.receipts:
        ledger._connection.execute("DELETE FROM piece")


def raises_something(store: Store) -> None:
    """A request of a mirror ends with an error that no shopper can be told."""
    till: Any = store.payments.till

    def cancel(*_: Any) -> None:
        with closing(sqlite3.connect(":memory:")):
            raise LookupError("no such thing")

    till.cancel = cancel


_PAID_1 = ("order 1 shirt1", "collect 1", "tap o1.1.1")
PLANTED = {
    "somebody else's amount": Planted(
        asks_for_cards_too_early,
        ("order 1 shirt1", "collect 1", "leave 1", "order 1 coat1", "collect 1", "tap o1.2.1"),
        "is asked for her card and pays o1.1.1",
    ),
    "a terminal waits for nobody": Planted(
        cancels_once, ("order 1 shirt1", "collect 1", "leave 1"), "still waits for the card of o1.1.1"
    ),
    "another terminal is asked": Planted(
        forgets_the_terminal,
        ("order 1 shirt1", "fault a present unanswered", "collect 1", "tap o1.1.1", "configure swapped"),
        "in the books, no task",
    ),
    "another one's approval": Planted(
        believes_any_reply,
        (*_PAID_1, "order 2 coat1", "fault a present stale", "collect 2", "decline o2.1.1"),
        "o2.1.1: 0 at the terminals, 98000 in the books",
    ),
    "paid twice": Planted(
        pays_twice,
        ("order 1 shirt1", "fault a present unanswered", "collect 1", "tap o1.1.1", "mute a", "configure crossed",
         "collect 1", "tap o1.1.1", "speak a", "minute"),
        "is paid by 2 attempts",
    ),
    "a wrong word leaves a terminal waiting": Planted(
        leaves_a_word_waiting,
        ("order 1 shirt1", "collect 1", "configure swapped", "settle 0 wrong", "configure usual"),
        "still waits for the card of o1.1.1",
    ),
    "a wrong word stays": Planted(
        believes_the_first_word,
        ("order 1 shirt1", "collect 1", "configure swapped", "settle 0 wrong", "configure usual"),
        "o1.1.1: 0 at the terminals, 12900 in the books",
    ),
    "a hidden task": Planted(
        hides_its_tasks, ("order 1 shirt1", "collect 1", "configure swapped"), "but not in the desk's list"
    ),
    "nobody asks": Planted(
        loses_its_threads, ("order 1 shirt1", "collect 1", "cut a"), "does not end"
    ),
    "a receipt's number twice": Planted(
        repeats_receipts, (*_PAID_1, "order 2 coat1", "collect 2", "tap o2.1.1"), "receipts are numbered [1, 1]"
    ),
    "refunded twice": Planted(
        refunds_again,
        ("order 1 shirt1+coat1", "collect 1", "tap o1.1.1", "minute", "fault a follow unanswered", "refund o1.1.1 0",
         "refund o1.1.1 0"),
        "is paid back 2 times",
    ),
    "no limit": Planted(
        knows_no_limit, ("order 1 shirt1+coat1", "ring 1", "order 2 coat2+scarf2", "ring 2"), "a card has spent"
    ),
    "a piece sold twice": Planted(
        reserves_nothing,
        ("order 1 shirt1", "order 2 shirt1", "collect 1", "tap o1.1.1", "collect 2", "tap o2.1.1"),
        "is in the paid orders ['o1.1.1', 'o2.1.1']",
    ),
    "a result that does not stay": Planted(
        takes_results_back, (*_PAID_1, "restart"), "was paid and is abandoned"
    ),
    "a changed entry": Planted(changes_an_entry, _PAID_1, "the audit finds 1 damaged entries"),
    "a table that lost rows": Planted(forgets_a_table, _PAID_1, "different rows"),
    "an unexpected error": Planted(
        raises_something, ("order 1 shirt1", "collect 1", "drop 1"), "LookupError: no such thing"
    ),
}  # fmt: skip
