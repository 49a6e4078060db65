"""A shop whose room 1 has a printer, for the tests of printed receipts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.core.visit.effects import PrintReceipt
from kiosk.store.receipt_settings import PrinterSettings, ReceiptSettings
from tests.kiosk.connectors.printers.fake_printer import FakePrinter, Mood, fake_printer
from tests.kiosk.store.http_clients import EventStreamReader, HttpClient, mirror, read_stream
from tests.kiosk.store.payments.receipts.paid_store import ORDER, TICKET, Paid, paid


@dataclass(frozen=True, slots=True)
class Room:
    """The mirror of room 1 after the payment, with its stream and the room's printer."""

    sold: Paid
    printer: FakePrinter
    client: HttpClient
    stream: EventStreamReader

    def ask(self, language: str = "en") -> tuple[int, Any]:
        return self.client.of_room("PUT", f"/orders/{ORDER}/print", PrintReceipt(TICKET, ORDER, language))

    def waits_for(self, state: str) -> None:
        """Waits until the mirror gets this state of the print."""
        self.stream.wait(lambda name, body: name == "ReceiptPrintChanged" and body["state"] == state)


@contextmanager
def printing_room(folder: Path, mood: Mood = Mood.GOOD, **changes: Any) -> Iterator[Room]:
    """A store that has sold one piece in room 1."""
    with fake_printer(mood) as printer:
        receipts = ReceiptSettings(printers=(PrinterSettings("desk", printer.uri),))
        with paid(folder, receipts=receipts, printer="desk", **changes) as sold:
            sold.store.receipts.start()
            state = sold.store.settings.state
            with (
                mirror(sold.url, state, "1") as client,
                read_stream(client, "/api/v1/rooms/1/stream") as stream,
            ):
                yield Room(sold, printer, client, stream)
