"""Reads and writes in the ledger which sales were taken back, and what is still to be done for them."""

from __future__ import annotations

from typing import Any, Final

from kiosk.core.domain.ids import OrderId
from kiosk.core.domain.payment import Receipt
from kiosk.core.domain.sales.taken_back import TakenBack
from kiosk.core.wire import from_json, to_json
from kiosk.store.payments.ledger import Ledger
from kiosk.store.payments.ledger.open_keys import TAKEN_BACK, UNRETURNED
from kiosk.store.payments.ledger.values import read_value, read_values

RETURNED: Final = "returned"
"""Kind of an entry: the store's database has taken in that a sale was taken back."""


class TakenBackBook:
    """The entries of kind `taken-back`. Every write is on the disk when it returns."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def put(self, taken: TakenBack) -> None:
        """Takes the sale back: from here on its pieces are free. Raises PaymentsClosedError."""
        self._ledger.append(
            TAKEN_BACK,
            taken.order_id,
            to_json(taken),
            taken.at_us,
            key=taken.receipt,
            state=taken.reason.value,
        )

    def of_receipt(self, receipt: Receipt) -> TakenBack | None:
        """How the sale of a receipt was taken back; None if it is valid."""
        body = self._ledger.last(TAKEN_BACK, key=receipt.number)
        return None if body is None else read_value(_read, body)

    def of_order(self, order_id: OrderId) -> tuple[TakenBack, ...]:
        """The sales of an order that were taken back, the oldest first."""
        return read_values(self._ledger, _read, self._ledger.of_order(TAKEN_BACK, order_id))

    def unreturned(self) -> tuple[TakenBack, ...]:
        """Those that the store's database may not have taken in yet, the oldest first."""
        found = (self._ledger.last(TAKEN_BACK, key=key) for key in self._ledger.open_orders(UNRETURNED))
        return read_values(self._ledger, _read, found)

    def put_returned(self, taken: TakenBack, at_us: int) -> None:
        """The pieces are in the stock again."""
        self._ledger.append(RETURNED, taken.order_id, {}, at_us, key=taken.receipt)


def _read(body: Any) -> TakenBack:
    found: TakenBack = from_json(TakenBack, body)
    return found
