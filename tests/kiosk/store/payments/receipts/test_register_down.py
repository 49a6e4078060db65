"""Paper and e-mail while the law's cash register is away: they wait or say so, nothing is lost, nothing comes twice."""

from __future__ import annotations

from pathlib import Path
from queue import Queue

import pytest

from kiosk.connectors.fiscal.sim_book import Fault
from kiosk.connectors.fiscal.sim_register import RegisterServer
from kiosk.connectors.printers.drivers import open_printer
from kiosk.core.domain.slips.printing import PrintState
from kiosk.store.payments.fiscal.fiscal_queue import FiscalQueue
from kiosk.store.payments.receipts.links import DAY_US
from kiosk.store.receipts.outbox_table import MailState
from kiosk.store.receipts.print_desk import Print, PrintDesk
from tests.kiosk.connectors.printers.fake_printer import fake_printer
from tests.kiosk.store.payments.receipts.mailing_store import ADDRESS, mailing, outbox, sealed, states
from tests.kiosk.store.payments.receipts.paid_store import ORDER, Paid, paid
from tests.kiosk.store.payments.receipts.paper import printing_room
from tests.kiosk.store.payments.receipts.test_outbox import post
from tests.optional_values import present

AWAY = [Fault.DOWN, Fault.LOST]
RARER = [Fault.BUSY, Fault.ERROR_AFTER, Fault.REFUSED, Fault.DENIED]


def queue(sold: Paid) -> FiscalQueue:
    return present(sold.store.payments.fiscal)


def signs(sold: Paid) -> None:
    """The register is back, and signs what waits."""
    for _ in range(20):
        sold.clock.pass_s(3600)
        if queue(sold).sweep():
            return
    raise AssertionError("the register has not signed")


@pytest.mark.parametrize(
    "fault",
    [*AWAY, *(pytest.param(fault, marks=pytest.mark.full) for fault in RARER)],
    ids=lambda fault: str(fault.value),
)
def test_an_e_mail_waits_for_the_register_and_is_sent_once_with_the_signature(
    tmp_path: Path, fault: Fault
) -> None:
    with RegisterServer() as register, mailing(tmp_path, register=register.url) as (sold, server):
        register.register.faults.append(fault)
        queue(sold).sweep()
        post(sold, ADDRESS)
        for _ in range(3):
            outbox(sold).sweep()
            sold.clock.pass_s(600)
        assert (server.received, states(sold)) == ([], [MailState.WAITING])
        signs(sold)
        for _ in range(3):
            outbox(sold).sweep()
            sold.clock.pass_s(600)
        (message,) = server.received
        (entry,) = register.register.book.values()
        assert entry["answer"]["signature"] in present(message.get_body(("plain",))).get_content()
        assert states(sold) == [MailState.SENT]


def test_an_e_mail_that_waited_a_day_is_given_up_the_receipt_is_not(tmp_path: Path) -> None:
    with RegisterServer() as register, mailing(tmp_path, register=register.url) as (sold, server):
        register.register.faults.extend([Fault.DOWN] * 100)
        post(sold, ADDRESS)
        sold.clock.now_us += DAY_US
        outbox(sold).sweep()
        (entry,) = outbox(sold).of_order(ORDER)
        assert (entry.state, "has not signed" in entry.why, sealed(sold)) == (MailState.FAILED, True, [b""])
        register.register.faults.clear()
        signs(sold)
        outbox(sold).sweep()
        assert server.received == [], "given up is given up: the desk says so, and it is asked for again"
        post(sold, ADDRESS)
        outbox(sold).sweep()
        assert len(server.received) == 1


def test_a_print_waits_for_the_register_and_comes_out_once(tmp_path: Path) -> None:
    with RegisterServer() as register, printing_room(tmp_path, register=register.url) as room:
        register.register.faults.append(Fault.DOWN)
        queue(room.sold).sweep()
        assert [room.ask()[1]["state"] for _ in range(3)] == ["waiting"] * 3
        assert room.printer.receipts == []
        signs(room.sold)
        room.waits_for("printed")
        (paper,) = room.printer.receipts
        assert "SIM-REGISTER-1" in paper.text


def test_a_print_that_waited_too_long_says_so(tmp_path: Path) -> None:
    with (
        RegisterServer() as register,
        fake_printer() as printer,
        paid(tmp_path, register=register.url) as sold,
    ):
        services, shop = sold.store.receipts, sold.store.settings.shop
        desk = PrintDesk(
            {"desk": open_printer(printer.uri)}, {}, services.sales, services.links, shop, register_s=0.001
        )
        said: Queue[Print] = Queue()
        desk.on_change = said.put
        desk.print_receipt(ORDER, "desk", "en")
        desk.start()
        try:
            ended = said.get(timeout=20)
        finally:
            desk.close()
        assert (ended.state, ended.trouble) == (PrintState.NOT_PRINTED, "register")
        assert printer.receipts == []


def test_planted_a_mail_that_does_not_wait_is_noticed(tmp_path: Path) -> None:
    """Without a register nothing is waited for, so the same sweep sends at once."""
    with mailing(tmp_path) as (sold, server):
        post(sold, ADDRESS)
        outbox(sold).sweep()
        assert (len(server.received), states(sold)) == (1, [MailState.SENT])
