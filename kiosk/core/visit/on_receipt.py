"""The receipt of this visit on paper: asked for by a touch, and what the store says of it."""

from __future__ import annotations

from dataclasses import replace

from kiosk.core.domain.slips.printing import PrintState
from kiosk.core.visit.effects import PrintReceipt
from kiosk.core.visit.events import ReceiptPrintChanged
from kiosk.core.visit.state import StepResult, Visit

LONGEST_PRINT_US = 120_000_000
"""A receipt waits for the cash register and for others at its printer; longer than the store tries."""


def print_receipt(visit: Visit) -> StepResult:
    """Asks for the receipt, unless it is being printed or was printed already."""
    pay = visit.pay
    if pay.receipt is None or not pay.can_print or pay.printing in (PrintState.WAITING, PrintState.PRINTED):
        return visit, ()
    effect = PrintReceipt(visit.ticket, pay.receipt.order_id, visit.language)
    after = replace(pay, printing=PrintState.WAITING, print_asked_us=visit.now_us)
    return replace(visit, pay=after), (effect,)


def without_answer(visit: Visit) -> Visit:
    """A print of which nothing is heard for too long (the store was started again) may be asked for again."""
    pay = visit.pay
    if pay.printing is not PrintState.WAITING or visit.now_us - pay.print_asked_us < LONGEST_PRINT_US:
        return visit
    return replace(visit, pay=replace(pay, printing=PrintState.LOST))


def on_print_changed(visit: Visit, answer: ReceiptPrintChanged) -> Visit:
    """The print of this visit's receipt has come to this state; a late answer does not take PRINTED back."""
    pay = visit.pay
    other = pay.receipt is None or pay.receipt.order_id != answer.order_id
    if other or pay.printing in (None, PrintState.PRINTED):
        return visit
    return replace(visit, pay=replace(pay, printing=answer.state))
