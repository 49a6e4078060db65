"""Receipts on paper, from the mirror's request to the printer: once, offered again, never in the way of a sale."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.core.domain.ids import OrderId, Ticket
from kiosk.core.visit.effects import PriceOrder, PrintReceipt, ReportVisit
from tests.kiosk.connectors.printers.fake_printer import Mood
from tests.kiosk.store.payments.receipts.paid_store import ORDER, TICKET, paid
from tests.kiosk.store.payments.receipts.paper import printing_room
from tests.kiosk.store.sample_shop import START_US, gtin_of, piece_of
from tests.optional_values import present


def test_a_receipt_is_printed_in_her_language_with_the_link(tmp_path: Path) -> None:
    with printing_room(tmp_path) as room:
        assert room.sold.event["can_print"] is True
        assert room.ask("de")[0] == 202
        room.waits_for("printed")
        (paper,) = room.printer.receipts
    assert "Beleg 000001" in paper.text
    assert "129,00" in paper.text
    assert len(paper.pictures) == 1


def test_where_no_phone_opens_the_link_the_paper_has_no_code(tmp_path: Path) -> None:
    with printing_room(tmp_path, public_url="http://127.0.0.1:1") as room:
        room.ask()
        room.waits_for("printed")
        assert room.printer.receipts[0].pictures == []


def test_without_paper_nothing_is_printed_and_it_is_offered_again(tmp_path: Path) -> None:
    with printing_room(tmp_path, Mood.PAPER_OUT) as room:
        assert room.ask()[1]["state"] == "waiting"
        room.waits_for("not-printed")
        assert present(room.sold.store.receipts.printing.state_of(ORDER, "desk")).trouble == "paper-out"
        room.printer.mood = Mood.GOOD
        room.ask()
        room.waits_for("printed")
        assert len(room.printer.receipts) == 1


def test_a_lost_print_is_said_and_offered_again(tmp_path: Path) -> None:
    with printing_room(tmp_path, Mood.HANGS_UP) as room:
        room.ask()
        room.waits_for("lost")
        room.printer.mood = Mood.GOOD
        room.ask()
        room.waits_for("printed")


def test_a_slow_printer_gets_a_receipt_once_and_keeps_no_sale_waiting(tmp_path: Path) -> None:
    with printing_room(tmp_path, Mood.SLOW) as room:
        assert [room.ask()[1]["state"] for _ in range(5)] == ["waiting"] * 5
        # another order is priced while the printer works
        other = ((piece_of("C1", "NVY", "38"), gtin_of("C1", "NVY", "38")),)
        order = PriceOrder(TICKET, OrderId("o2"), other, None)
        assert room.client.of_room("PUT", "/orders/o2", order)[0] == 200
        room.printer.step.set()
        room.waits_for("printed")
        assert len(room.printer.receipts) == 1


@pytest.mark.parametrize(
    ("order", "ticket", "status"),
    [(OrderId("o9"), TICKET, 404), (ORDER, Ticket("other"), 404)],
    ids=["unknown order", "another visit"],
)
def test_only_an_order_of_this_visit_is_printed(
    tmp_path: Path, order: OrderId, ticket: Ticket, status: int
) -> None:
    with printing_room(tmp_path) as room:
        effect = PrintReceipt(ticket, order, "en")
        assert room.client.of_room("PUT", f"/orders/{order}/print", effect)[0] == status
        ended = ReportVisit(TICKET, began=False, at_us=START_US)
        room.client.of_room("PUT", "/visit", ended)
        assert room.ask()[0] == 409
        assert room.printer.connections == 0


def test_a_room_without_a_printer_offers_none(tmp_path: Path) -> None:
    with paid(tmp_path) as sold:
        assert sold.event["can_print"] is False
        assert sold.store.receipts.printing.names == ()
