"""Reads and writes the parcels of paid orders in the ledger."""

from __future__ import annotations

from typing import Any

from kiosk.core.domain.payment import Receipt
from kiosk.core.domain.promise.parcels import Parcel, parcel_key
from kiosk.core.wire import from_json, to_json
from kiosk.store.payments.ledger.open_keys import PARCEL
from kiosk.store.payments.ledger.values import read_value, read_values
from kiosk.store.payments.order_book import OrderBook


class ParcelBook:
    """The parcels of the ledger. Every write is on the disk when it returns."""

    def __init__(self, orders: OrderBook) -> None:
        self._orders, self._ledger = orders, orders.ledger

    def attach(self) -> None:
        """From now on each receipt makes its parcels, in the transaction that writes it. To be called after the cash
        register's book is attached, which replaces what is called."""
        before = self._orders.on_receipt

        def paid(receipt: Receipt) -> None:
            before(receipt)
            self._due(receipt)

        self._orders.on_receipt = paid

    def put(self, parcel: Parcel) -> None:
        self._ledger.append(
            PARCEL,
            parcel.order_id,
            to_json(parcel),
            parcel.changed_us,
            key=parcel.key,
            state=parcel.state.value,
        )

    def parcel(self, key: str) -> Parcel | None:
        body = self._ledger.last(PARCEL, key=key)
        return None if body is None else read_value(_read, body)

    def open(self) -> tuple[Parcel, ...]:
        """Those that are not done, the oldest first."""
        found = read_values(self._ledger, _read, self._ledger.open_entries(PARCEL))
        return tuple(sorted(found, key=lambda one: (one.changed_us, one.key)))

    def _due(self, receipt: Receipt) -> None:
        order = self._orders.order(receipt.order_id)
        for number, promise in enumerate(order.promises if order else (), start=1):
            if promise.is_kept_later:
                key = parcel_key(receipt.order_id, number)
                self.put(Parcel(key, receipt.order_id, number, changed_us=receipt.at_us))


def _read(body: Any) -> Parcel:
    parcel: Parcel = from_json(Parcel, body)
    return parcel
