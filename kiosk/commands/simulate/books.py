"""Reads the ledger of a store that has ended: what is paid, the receipts, and what the audit finds."""

from __future__ import annotations

from pathlib import Path

from kiosk import paths
from kiosk.commands.configuration import store_config
from kiosk.commands.ledger_store import alone
from kiosk.core.domain.ids import OrderId
from kiosk.core.domain.payment import PaymentState
from kiosk.core.domain.refund import RefundState
from kiosk.demo.soak.evidence import Books
from kiosk.store.payments.ledger.opening import open_ledger
from kiosk.store.payments.ledger.sql_ledger import SqlLedger
from kiosk.store.payments.ledger.upkeep.audit import audit
from kiosk.store.payments.order_book import OrderBook
from kiosk.store.payments.refund_book import RefundBook
from kiosk.store.resources import ledger_place
from kiosk.store.settings import settings_of


def read_books(config_file: Path) -> Books:
    """The books of the store of this configuration, which must not run."""
    _, config = store_config(config_file)
    settings = settings_of(config, paths.state_place("store", config.state))
    with alone(settings) as held:
        ledger = open_ledger(ledger_place(settings), held.key, held.kept.read())
        try:
            return _books(ledger)
        finally:
            ledger.close()


def _books(ledger: SqlLedger) -> Books:
    orders = sorted({entry.order_id for entry in ledger.entries(1, ledger.head.seq) if entry.order_id})
    book, refunds = OrderBook(ledger), RefundBook(ledger)
    paid, twice, receipts = dict[str, int](), list[str](), set[str]()
    for order in map(OrderId, orders):
        collected = [a.collected.minor for a in book.attempts(order) if a.state is PaymentState.PAID]
        back = [r.amount.minor for r in refunds.of_order(order) if r.state is RefundState.DONE]
        paid[order] = sum(collected) - sum(back)
        if len(collected) > 1:
            twice.append(order)
        if (receipt := book.receipt(order)) is not None:
            receipts.add(receipt.number)
    return Books(paid, tuple(twice), frozenset(receipts), tuple(_wrong(ledger)))


def _wrong(ledger: SqlLedger) -> list[str]:
    found = audit(ledger, lambda *_: None, alone=True)
    wrong = [f"the ledger is closed: {found.state.why}"] if found.state.closed else []
    if found.damaged:
        wrong.append(f"the audit found {found.damaged} damaged entries")
    if found.different_rows:
        wrong.append(
            f"{found.different_rows} rows of the ledger's derived tables do not follow from its entries"
        )
    return wrong
