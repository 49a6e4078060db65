"""Faults that the double plays on request, each with the next request of its kind only."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from enum import Enum, unique
from typing import Any


@unique
class Fault(Enum):
    """What goes wrong with one request.

    NEVER_ARRIVES: the request is lost. REPLY_LOST: carried out, its reply is lost. TAKEN_UP_LOST: a payment waits
    for its card, its connection breaks. IN_PROGRESS: refused as busy. ERROR_AFTER: carried out, then HTTP 500. LATE:
    its reply comes late. TWICE: its reply comes twice. OTHER_ORDER, WRONG_AMOUNT, OTHER_CURRENCY: its reply states
    them. NONSENSE: its reply is none. EMPTY_BOOK: carried out, then the terminal restarts without its journal.
    """

    NEVER_ARRIVES = "never-arrives"
    REPLY_LOST = "reply-lost"
    TAKEN_UP_LOST = "taken-up-lost"
    IN_PROGRESS = "in-progress"
    ERROR_AFTER = "error-after"
    LATE = "late"
    TWICE = "twice"
    OTHER_ORDER = "other-order"
    WRONG_AMOUNT = "wrong-amount"
    OTHER_CURRENCY = "other-currency"
    NONSENSE = "nonsense"
    EMPTY_BOOK = "empty-book"


@unique
class Kind(Enum):
    """Requests with which something can go wrong. VOID is a reversal without an amount."""

    PAYMENT = "payment"
    STATUS = "status"
    ABORT = "abort"
    REFUND = "refund"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Planned:
    """A fault that waits for its request. `late_s`: how late a late reply comes."""

    kind: Kind
    fault: Fault
    late_s: float = 0.0


CHANGES = frozenset({Fault.OTHER_ORDER, Fault.WRONG_AMOUNT, Fault.OTHER_CURRENCY})
"""Faults in what a reply states."""


def changed(reply: dict[str, Any], fault: Fault) -> dict[str, Any]:
    """The reply with another order, amount or currency, as far as it states one."""
    result = deepcopy(reply)
    change = {
        Fault.OTHER_ORDER: _other_order,
        Fault.WRONG_AMOUNT: _wrong_amount,
        Fault.OTHER_CURRENCY: _other_currency,
    }[fault]
    _walk(result, change)
    return result


def _walk(value: object, change: Callable[[dict[str, Any]], None]) -> None:
    if isinstance(value, dict):
        change(value)
        for part in value.values():
            _walk(part, change)


def _other_order(part: dict[str, Any]) -> None:
    if part.get("MessageCategory") in ("Payment", "Reversal") and "ServiceID" in part:
        part["ServiceID"] = "0THER00001"
    if "SaleTransactionID" in part:
        part["SaleTransactionID"] = {**part["SaleTransactionID"], "TransactionID": "another-order"}


def _wrong_amount(part: dict[str, Any]) -> None:
    for name in ("AuthorizedAmount", "ReversedAmount"):
        if name in part:
            part[name] = part[name] + 1


def _other_currency(part: dict[str, Any]) -> None:
    if "AuthorizedAmount" in part:
        part["Currency"] = "USD" if part["Currency"] == "EUR" else "EUR"
