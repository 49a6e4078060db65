"""Compares, after the last restart, the books of a store with what the terminals have and what was acknowledged."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from kiosk.core.domain.ids import OrderId
from kiosk.core.domain.payment import PaymentState
from kiosk.core.domain.refund import RefundState
from kiosk.store.lifecycle import Store
from kiosk.store.payments.ledger.upkeep.audit import audit
from kiosk.store.payments.refund_book import RefundBook
from tests.faults.kills.doubles import Kept
from tests.faults.kills.memory import Memory


class Judge:
    """`store`: built after its process has ended, not started. `kept`: what the terminals have of this store's orders.
    `listed`: the orders for which the desk's list has a task."""

    def __init__(self, store: Store, memory: Memory, kept: Sequence[Kept], listed: Collection[str]) -> None:
        self._store, self._memory, self._listed = store, memory, listed
        self._book, self._refunds = store.payments.book, RefundBook(store.resources.ledger)
        self._kept: dict[str, list[Kept]] = defaultdict(list)
        for one in kept:
            self._kept[one.order].append(one)
        self.counts: Counter[str] = Counter()

    def violations(self) -> list[str]:
        """What is wrong; empty if everything is right."""
        return [
            *self._memory.wrong,
            *self._money(),
            *self._receipts(),
            *self._acknowledged(),
            *self._pieces(),
            *self._ledger(),
        ]

    def _money(self) -> Iterator[str]:
        for order in sorted({*self._memory.totals, *self._kept}):
            attempts = self._book.attempts(OrderId(order))
            paid = [a for a in attempts if a.state is PaymentState.PAID]
            back = [r for r in self._refunds.of_order(OrderId(order)) if r.state is RefundState.DONE]
            self.counts["paid"] += len(paid)
            books = sum(a.collected.minor for a in paid) - sum(r.amount.minor for r in back)
            charges = self._kept.get(order, [])
            terminal = sum(one.minor for one in charges)
            states = ", ".join(f"{a.state.value} {a.why}".strip() for a in attempts)
            if terminal != books and order not in self._listed:
                yield f"{order}: {terminal} at the terminal, {books} in the books, no task ({states})"
            if any(one.times > 1 for one in charges):
                yield f"{order}: one key was collected more than once"
            if sum(one.minor > 0 for one in charges) > 1 and order not in self._listed:
                yield f"{order}: charged more than once ({states})"
            if len(paid) > 1:
                yield f"{order}: paid {len(paid)} times in the books"
            if terminal < 0:
                yield f"{order}: more was paid back than was paid"

    def _receipts(self) -> Iterator[str]:
        ledger = self._store.resources.ledger
        numbers = [e for e in ledger.entries(1, ledger.head.seq) if e.kind == "receipt"]
        orders = Counter(e.order_id for e in numbers)
        found = sorted(
            int(receipt.number) for receipt in map(self._book.receipt, map(OrderId, orders)) if receipt
        )
        if found != list(range(1, len(found) + 1)):
            yield f"the numbers of the receipts have a gap: {found}"
        if twice := [order for order, count in orders.items() if count > 1]:
            yield f"two receipts: {twice}"

    def _acknowledged(self) -> Iterator[str]:
        for order, total in self._memory.totals.items():
            known = self._book.order(OrderId(order))
            if known is None or known.total.minor != total:
                yield f"{order} was priced at {total} and is not in the ledger"
        for order, (number, link) in self._memory.receipts.items():
            receipt = self._book.receipt(OrderId(order))
            if self._book.paid_attempt(OrderId(order)) is None or receipt is None:
                yield f"{order} was acknowledged as paid and is not"
            elif receipt.number != number or link not in ("", receipt.link):
                yield f"{order} had receipt {number}, and has {receipt.number}"
        for key, (order, state) in self._memory.refunds.items():
            refund = self._refunds.refund(key)
            if refund is None or (state in ("done", "refused") and refund.state.value != state):
                yield f"refund {key} of {order} was acknowledged as {state}, and is {refund and refund.state.value}"
        for order, pieces in self._memory.exchanges.items():
            made = {exchange.line.piece for exchange in self._book.exchanges(OrderId(order))}
            if not pieces <= made:
                yield f"exchange of {order} was acknowledged and is not in the ledger"

    def _pieces(self) -> Iterator[str]:
        owners: dict[str, set[str]] = defaultdict(set)
        for order in self._memory.totals:
            known = self._book.order_now(OrderId(order))
            if known is None or self._book.paid_attempt(OrderId(order)) is None:
                continue
            for line in known.lines:
                if line.piece not in self._refunds.refunded(OrderId(order)):
                    owners[line.piece].add(order)
        for piece, orders in owners.items():
            if len(orders) > 1:
                yield f"{piece} is sold to {sorted(orders)}"

    def _ledger(self) -> Iterator[str]:
        found = audit(self._store.resources.ledger, lambda *_: None, alone=True)
        if found.state.closed or found.damaged or found.different_rows:
            yield f"the audit found {found.damaged} damaged entries, {found.different_rows} rows: {found.state}"


def of_orders(kept: Sequence[Kept], prefix: str) -> list[Kept]:
    """What belongs to the orders of one round."""
    return [one for one in kept if one.order.startswith(prefix) or not one.order]


def by_kind(wrong: Sequence[str]) -> Mapping[str, int]:
    """How many violations there are."""
    return {"violations": len(wrong)}
