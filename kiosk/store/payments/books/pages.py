"""Reads an open ledger, and those before it, as pages of orders' histories; nothing is written.

Every entry's time is looked at, because the computer's clock may have been wrong for some of them.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from kiosk.store.errors import NotFoundError
from kiosk.store.payments.books.history import KINDS, History, Page, Placed, Position
from kiosk.store.payments.books.period import Period
from kiosk.store.payments.ledger.archives import lost_entries
from kiosk.store.payments.ledger.chain import CHAIN
from kiosk.store.payments.ledger.derived import CARRIED
from kiosk.store.payments.ledger.port import Entry
from kiosk.store.payments.ledger.reader import LedgerReader

SLICE: Final = 1000
"""Entries that are looked at while the ledger is locked: some 5 ms."""
MAX_SLICES: Final = 20
"""Slices of a page in which nothing is found."""


class LedgerPages:
    """The pages of a ledger and of those before it. Safe to use from any thread.

    `kinds`: of the entries that are in the histories; `entries`: how many are looked at while the ledger is locked.
    """

    def __init__(self, ledger: LedgerReader, kinds: frozenset[str] = KINDS, entries: int = SLICE) -> None:
        self._ledgers, self._kinds, self._slice = (*reversed(ledger.archives), ledger), kinds, entries
        self.first_own = cache(self._look_for_first_own)
        """By the number of a ledger: that of its first entry that was not taken over from those before it."""

    def page(self, period: Period, position: Position) -> Page:
        """The page that begins there. Raises NotFoundError for no such ledger, LedgerDamagedError, SQLAlchemyError."""
        if position.ledger > len(self._ledgers):
            raise NotFoundError("there is no such ledger")
        ledger, first, damaged = self._ledgers[position.ledger - 1], position.seq, 0
        end = ledger.head.seq
        found: list[tuple[int, str]] = []
        for _ in range(MAX_SLICES):
            last = min(first + self._slice - 1, end)
            if ledger.state.closed:
                damaged += len(ledger.damages(first, last))
            found = ledger.orders_between(
                max(first, self.first_own(position.ledger)), last, period.from_us, period.to_us
            )
            first = last + 1
            if found or first > end:
                break
        following: Position | None = Position(position.ledger, first)
        if first > end:
            following = Position(position.ledger + 1) if position.ledger < len(self._ledgers) else None
        return Page(
            self._histories(position.ledger, found), following, self._done(position.ledger, first - 1),
            sum(each.head.seq for each in self._ledgers), damaged, self._notices(period, position),
        )  # fmt: skip

    def _histories(self, number: int, found: list[tuple[int, str]]) -> tuple[History, ...]:
        of_order: dict[str, set[tuple[int, int]]] = {}
        for seq, order_id in found:
            of_order.setdefault(order_id, set()).add((number, seq))
        made = []
        for order_id, places in of_order.items():
            entries = tuple(self._entries(order_id))
            marked = frozenset(places & {(entry.ledger, entry.seq) for entry in entries})
            if marked:
                made.append(History(order_id, entries, marked))
        return tuple(made)

    def _entries(self, order_id: str) -> list[Placed]:
        found = []
        for number, ledger in enumerate(self._ledgers, start=1):
            first = self.first_own(number)
            found += [
                Placed(number, e.seq, e.at_us, e.kind, e.key, e.state, e.body)
                for e in ledger.readable_entries_of(order_id)
                if e.seq >= first and e.kind in self._kinds
            ]
        return found

    def _look_for_first_own(self, number: int) -> int:
        """Number of the first entry of a ledger that was not taken over from those before it.

        A new ledger begins with the entries of open orders, which are in the one before as well (`reopen`); where that
        cannot be read, they are its own.
        """
        ledger = self._ledgers[number - 1]
        if number == 1:
            return 1
        for entry in ledger.entries(1, ledger.head.seq):
            if entry.kind not in (CHAIN, CARRIED) and not self._is_older(number, entry):
                return entry.seq
        return ledger.head.seq + 1

    def _is_older(self, number: int, entry: Entry) -> bool:
        content = entry[1:7]
        older = self._ledgers[: number - 1]
        return any(content == e[1:7] for each in older for e in each.readable_entries_of(entry.order_id))

    def _done(self, number: int, seq: int) -> int:
        return sum(each.head.seq for each in self._ledgers[: number - 1]) + seq

    def _notices(self, period: Period, position: Position) -> tuple[str, ...]:
        """Said with the first page: which ledgers cannot be read, or only in part."""
        if position != Position():
            return ()
        said = [
            why if (why := each.state.why).startswith(each.place) else f"{each.place}: {why}"
            for each in self._ledgers[-1:]
            if each.state.closed and each.state.why
        ]
        said += [f"earlier ledger {lost}" for lost in self._ledgers[-1].lost_archives]
        said += [lost for each in self._ledgers if (lost := _lost_before(each, period))]
        return tuple(said)


def _lost_before(ledger: LedgerReader, period: Period) -> str:
    """What was lost when a ledger was begun after a lost one; empty if nothing was, or only before the period."""
    lost = lost_entries(ledger.before())
    begun_us = next((entry.at_us for entry in ledger.entries(1, 1)), period.to_us)
    if lost is None or begun_us < period.from_us:
        return ""
    return f"entries {lost[0]} to {lost[1]} of the ledger before {ledger.place} were lost when it was begun"
