"""Reads the bodies of entries as values; of a damaged ledger, those that can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from kiosk.core.wire import WireError
from kiosk.store.errors import LedgerDamagedError
from kiosk.store.payments.ledger.port import Ledger

T = TypeVar("T")


def read_value(read: Callable[[Any], T], body: Any) -> T:
    """The value of one body. Raises LedgerDamagedError if it is not one."""
    try:
        return read(body)
    except (WireError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise LedgerDamagedError("the ledger", 0, "an entry cannot be read") from error


def read_values(ledger: Ledger, read: Callable[[Any], T], bodies: Iterable[Any]) -> tuple[T, ...]:
    """The values of several bodies; while payments are closed, those that can be read."""
    found = []
    for body in bodies:
        try:
            found.append(read_value(read, body))
        except LedgerDamagedError:
            if not ledger.state.closed:
                raise
    return tuple(found)
