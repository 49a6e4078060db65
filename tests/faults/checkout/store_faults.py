"""Faults that are planted into a store: each breaks one promise of the checkout."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from typing import Any

from kiosk.connectors.payments.port import PaymentTerminal, TerminalBusyError, TerminalReply, TerminalStatus
from kiosk.core.domain.payment import Attempt, PaymentState
from kiosk.core.domain.terminal_events import (
    Approved,
    Cancelled,
    Forgotten,
    NotReported,
    ReplyLost,
    Sending,
    Sent,
    TerminalEvent,
)
from kiosk.store.lifecycle import Store


def cancels_once(store: Store) -> None:
    """A wish to cancel that is not repeated, and a terminal that is offered all the same."""
    collector: Any = store.payments.collector
    collector._transactions.cancel_of = lambda _: None
    collector._occupancy.holder = lambda *_: None
    collector._occupancy.claim = lambda *_: True


def cancels_one_attempt(store: Store) -> None:
    """The wish to cancel an order goes to its oldest open attempt only."""
    collector: Any = store.payments.collector
    good = collector._wish_to_cancel

    def one(attempt: Attempt) -> Attempt:
        open_now = (a for a in store.payments.book.attempts(attempt.order_id) if a.state.is_open)
        others = sorted(open_now, key=lambda a: a.number)
        wished: Attempt = good(attempt) if others[0].key == attempt.key else attempt
        return wished

    collector._wish_to_cancel = one


def frees_what_is_parked(store: Store) -> None:
    """A terminal is free once a charge is parked or a person has called it ended, whatever still waits there.

    The mirror asks for the card before the terminal has taken the next charge up.
    """
    collector: Any = store.payments.collector
    holder = collector._occupancy.holder

    def by_state(*given: str) -> Attempt | None:
        found: Attempt | None = holder(*given)
        return found if found is not None and found.state.is_under_way else None

    collector._occupancy.holder = by_state
    _asks_early(collector)


def presents_what_was_cancelled(store: Store) -> None:
    """The wish to cancel a charge while the provider registers it is overlooked."""
    transactions: Any = store.payments.collector._transactions
    good = transactions.apply

    def overlooked(key: str, event: TerminalEvent) -> Attempt:
        before: Attempt = transactions.current(key)
        if isinstance(event, Sending) and before.cancel_wanted:
            book = store.payments.book
            book.put_attempt(replace(before, sent_us=event.at_us, provider_id=event.provider_id))
            return before
        after: Attempt = good(key, event)
        return after

    transactions.apply = overlooked


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
    _asks_early(store.payments.collector)


def _asks_early(collector: Any) -> None:
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


def believes_the_settlement(store: Store) -> None:
    """A settlement without the charge ends the questions, although the terminal may still wait for the card."""
    confirmations: Any = store.payments.confirmations
    good = confirmations._event

    def decided(*given: Any) -> TerminalEvent:
        event: TerminalEvent = good(*given)
        return Cancelled(event.at_us) if isinstance(event, NotReported) else event

    confirmations._event = decided


def believes_the_first_word(store: Store) -> None:
    """A person cannot take back that an order is paid."""
    desk: Any = store.payments.desk
    good = desk.settle
    desk.settle = lambda key, who, **said: good(key, who, **{**said, "done": True})


def hides_its_tasks(store: Store) -> None:
    """Payments without a result are not in the desk's list."""
    tasks: Any = store.payments.tasks
    tasks._payments = lambda *_: iter(())


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


def ends_only_the_attempt(store: Store) -> None:
    """A sale for which nothing was collected stays: its receipt is valid, its pieces are sold."""
    take_backs: Any = store.payments.take_backs
    take_backs.write = lambda _before, after, _by: store.payments.book.put_attempt(after)


def returns_nothing(store: Store) -> None:
    """The pieces of a sale that was taken back stay marked as sold in the store's database."""
    take_backs: Any = store.payments.take_backs
    take_backs.resume = lambda: None
