"""The receipt on paper: asked for once, shown as it goes, offered again if it did not come out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.core.domain.ids import OrderId, Ticket
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import PaymentMeans, Receipt
from kiosk.core.domain.slips.printing import PrintState
from kiosk.core.scene.payment_cards_of import receipt_card
from kiosk.core.scene.service_cards import ReceiptCard
from kiosk.core.visit.effects import PrintReceipt
from kiosk.core.visit.events import ReceiptPrintChanged, Tick
from kiosk.core.visit.on_receipt import LONGEST_PRINT_US
from kiosk.core.visit.state import Visit
from kiosk.core.visit.step import step
from kiosk.core.visit.touches import ReceiptPrintRequested
from tests.kiosk.core.visit.visit_driver import VisitDriver
from tests.optional_values import present

ORDER = OrderId("o1")
MONEY = Money(100, "EUR")


def paid(*, can_print: bool = True) -> Visit:
    visit = VisitDriver().visit
    receipt = Receipt(ORDER, "000001", MONEY, MONEY, PaymentMeans.TERMINAL, "", 1)
    return replace(visit, pay=replace(visit.pay, receipt=receipt, can_print=can_print), language="de")


def said(visit: Visit, state: PrintState, order: OrderId = ORDER, ticket: Ticket | None = None) -> Visit:
    return step(visit, ReceiptPrintChanged(2, ticket or visit.ticket, order, state))[0]


def asked(visit: Visit) -> tuple[Visit, list[PrintReceipt]]:
    after, effects = step(visit, ReceiptPrintRequested(2))
    return after, [effect for effect in effects if isinstance(effect, PrintReceipt)]


def card(visit: Visit) -> ReceiptCard:
    return present(receipt_card(visit))


def test_a_touch_prints_the_receipt_in_her_language_once() -> None:
    visit, effects = asked(paid())
    assert effects == [PrintReceipt(visit.ticket, ORDER, "de")]
    assert (card(visit).can_print, card(visit).printing) == (False, PrintState.WAITING)
    assert asked(visit)[1] == []
    visit = said(visit, PrintState.PRINTED)
    assert (card(visit).can_print, card(visit).printing) == (False, PrintState.PRINTED)
    assert asked(visit)[1] == []
    # an answer that was on its way does not take it back
    assert card(said(visit, PrintState.LOST)).printing is PrintState.PRINTED


@pytest.mark.parametrize("state", [PrintState.NOT_PRINTED, PrintState.LOST])
def test_what_did_not_come_out_is_offered_again(state: PrintState) -> None:
    visit = said(asked(paid())[0], state)
    assert (card(visit).can_print, card(visit).printing) == (True, state)
    assert len(asked(visit)[1]) == 1


def test_a_print_of_which_nothing_is_heard_is_offered_again() -> None:
    visit = asked(paid())[0]
    almost = step(visit, Tick(visit.now_us + LONGEST_PRINT_US - 1))[0]
    assert card(almost).printing is PrintState.WAITING
    assert card(step(almost, Tick(visit.now_us + LONGEST_PRINT_US))[0]).printing is PrintState.LOST


def test_without_a_printer_or_a_receipt_nothing_is_asked() -> None:
    assert asked(paid(can_print=False))[1] == []
    assert not card(paid(can_print=False)).can_print
    assert asked(VisitDriver().visit)[1] == []


def test_an_answer_about_another_order_or_visit_changes_nothing() -> None:
    visit = asked(paid())[0]
    assert card(said(visit, PrintState.PRINTED, OrderId("o2"))).printing is PrintState.WAITING
    assert card(said(visit, PrintState.PRINTED, ticket=Ticket("other"))).printing is PrintState.WAITING
    assert card(said(paid(), PrintState.PRINTED)).printing is None
