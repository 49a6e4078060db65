"""A running store that has sold one piece over HTTP, for the tests of receipts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import requests

from kiosk.core.domain.ids import OrderId, Ticket
from kiosk.core.domain.payment import PaymentMeans, Receipt
from kiosk.core.visit.effects import CollectPayment, PriceOrder
from kiosk.store.lifecycle import Store
from kiosk.store.payments.receipts.links import token_of
from kiosk.store.receipt_settings import ReceiptSettings
from kiosk.store.settings import FiscalSettings
from tests.kiosk.store.http_clients import mirror, read_stream
from tests.kiosk.store.sample_shop import (
    InProcessTerminal,
    ManualClock,
    gtin_of,
    piece_of,
    sample_store,
    served,
    settings_in,
)
from tests.optional_values import present

PIECES = ((piece_of("S1", "WHI", "M"), gtin_of("S1", "WHI", "M")),)
ORDER = OrderId("o1")
TICKET = Ticket("t")
PUBLIC = "https://receipts.shop.example"


@dataclass(frozen=True, slots=True)
class Paid:
    """A running store that has sold one piece."""

    store: Store
    url: str
    clock: ManualClock
    event: dict[str, Any]
    """What the mirror got when it was paid."""

    @property
    def link(self) -> str:
        """The link that the mirror got."""
        return str(self.event["receipt"]["link"])

    @property
    def receipt(self) -> Receipt:
        return present(self.store.payments.book.receipt(ORDER))

    def opened(self, language: str = "en") -> requests.Response:
        address = f"{self.url}/r/{token_of(self.receipt)}"
        return requests.get(address, headers={"Accept-Language": language}, timeout=10)


@contextmanager
def paid(
    folder: Path, *, public_url: str = PUBLIC, days: int = 90, receipts: ReceiptSettings | None = None,
    printer: str = "", register: str = "",
) -> Iterator[Paid]:  # fmt: skip
    """One piece is priced, collected and tapped over HTTP. `printer`: that of room 1; `register`: address of the law's
    cash register."""
    clock, terminal = ManualClock(), InProcessTerminal()
    plain = settings_in(folder, public_url=public_url, receipts=receipts or ReceiptSettings(link_days=days))
    first, *others = plain.rooms
    fiscal = FiscalSettings(register, timeout_s=2) if register else None
    settings = replace(plain, rooms=(replace(first, printer=printer), *others), fiscal=fiscal)
    with sample_store(settings, clock, terminal) as store, served(store) as url:
        with mirror(url, settings.state, "1") as room, read_stream(room, "/api/v1/rooms/1/stream") as stream:
            room.of_room("PUT", f"/orders/{ORDER}", PriceOrder(TICKET, ORDER, PIECES, None))
            collect = CollectPayment(TICKET, ORDER, PaymentMeans.TERMINAL, 1)
            room.of_room("PUT", f"/orders/{ORDER}/payment", collect)
            terminal.tap()
            event = stream.wait(lambda n, b: n == "PaymentMoved" and b["state"] == "paid")
        yield Paid(store, url, clock, event)
