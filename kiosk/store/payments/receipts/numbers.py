"""Finds a receipt by its number, which a shopper reads on the mirror.

Numbers rise with the entries of a ledger, and from one ledger to the next, so that a binary search over the entries
finds one in some twenty small reads; no table of numbers has to be kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain
from typing import Protocol

from kiosk.core.domain.payment import Receipt
from kiosk.core.wire import WireError, from_json
from kiosk.store.payments.ledger.port import Entry, Head
from kiosk.store.payments.order_book import RECEIPT


class Entries(Protocol):
    """What is read of a ledger."""

    @property
    def head(self) -> Head: ...
    def entries(self, first: int, last: int) -> Iterator[Entry]: ...


def receipt_numbered(ledger: Entries, number: int) -> Receipt | None:
    """The receipt with that number; None if no ledger has it. Damaged entries are passed over."""
    archives: tuple[Entries, ...] = getattr(ledger, "archives", ())
    found = (_in_ledger(each, number) for each in chain((ledger,), archives))
    return next((receipt for receipt in found if receipt is not None), None)


def _in_ledger(ledger: Entries, number: int) -> Receipt | None:
    low, high = 1, ledger.head.seq
    while low <= high:
        middle = (low + high) // 2
        found = _first_receipt(ledger, middle, high)
        if found is None:
            high = middle - 1
            continue
        at, receipt = found
        if int(receipt.number) == number:
            return receipt
        low, high = (at + 1, high) if int(receipt.number) < number else (low, middle - 1)
    return None


def _first_receipt(ledger: Entries, first: int, last: int) -> tuple[int, Receipt] | None:
    """The first receipt among these entries, with the number of its entry."""
    step = 50
    while first <= last:
        for entry in ledger.entries(first, min(first + step - 1, last)):
            receipt = _receipt(entry)
            if receipt is not None:
                return entry.seq, receipt
        first, step = first + step, min(step * 2, 500)
    return None


def _receipt(entry: Entry) -> Receipt | None:
    if entry.kind != RECEIPT:
        return None
    try:
        found: Receipt = from_json(Receipt, json.loads(entry.body))
    except (ValueError, WireError):
        return None
    return found if found.number.isdigit() else None
