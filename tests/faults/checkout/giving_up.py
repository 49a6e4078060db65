"""An order is given up at any moment, by its shopper or by the desk."""

from __future__ import annotations

import sqlite3
from contextlib import suppress

from sqlalchemy.exc import SQLAlchemyError

from kiosk.core.domain.payment import is_desk
from kiosk.store.errors import StoreError
from kiosk.store.lifecycle import Store


def give_up(store: Store, key: str) -> bool:
    """Gives the order of an attempt up; whether the wish to cancel the attempt is journaled."""
    book = store.payments.book
    attempt = book.attempt(key)
    order = book.order(attempt.order_id) if attempt is not None else None
    if order is None:
        return False
    with suppress(StoreError, SQLAlchemyError, sqlite3.Error):
        if is_desk(order.order_id):
            store.service.desk.cancel(order.order_id)
        else:
            store.service.till.cancel(order.room, order.order_id)
    wished = book.attempt(key)
    return wished is not None and wished.cancel_wanted
