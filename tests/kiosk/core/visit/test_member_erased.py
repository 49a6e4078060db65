"""A member is erased while her visit runs: the visit ends at once, and nothing of her stays on the mirror."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.core.domain.advice import SizeAdvice, SizeReason
from kiosk.core.domain.ids import Ticket
from kiosk.core.domain.payment import PaymentState
from kiosk.core.visit.effects import CancelPayment, ReportVisit, WipeVisit
from kiosk.core.visit.events import MemberErased, ShopperIdentified, SizeAdviceReceived
from kiosk.core.visit.touches import BasketToggled, PaymentRequested
from tests.kiosk.core.visit.visit_driver import CLARA, SHIRT, A, VisitDriver, visit_with

ADVICE = SizeAdvice(("L",), 0.9, SizeReason.USUAL_SIZE)


@pytest.fixture
def clara() -> VisitDriver:
    """Her visit: she has proved her card and got an advice on her size."""
    room = visit_with()
    ticket = room.visit.ticket
    room.send(ShopperIdentified(0, ticket, CLARA), SizeAdviceReceived(0, ticket, SHIRT.article, ADVICE))
    assert room.visit.shopper == CLARA
    return room


def test_the_visit_ends_at_once_and_is_wiped(clara: VisitDriver) -> None:
    ticket = clara.visit.ticket
    clara.send(MemberErased(0, ticket))
    assert not clara.visit.under_way
    assert clara.visit.ticket != ticket
    assert clara.visit.shopper is None
    assert len(clara.visit.pieces) == 2, "what hangs in the room stays"
    assert clara.effects[-2:] == [
        ReportVisit(ticket, began=False, at_us=clara.now), WipeVisit(ticket),
    ]  # fmt: skip


def test_a_priced_order_is_cancelled(clara: VisitDriver) -> None:
    clara.send(BasketToggled(0, A), PaymentRequested(0))
    clara.price_order()
    clara.send(MemberErased(0, clara.visit.ticket))
    assert isinstance(clara.last(CancelPayment), CancelPayment)
    assert not clara.visit.under_way


def test_while_a_card_may_be_charged_it_goes_on_as_a_guests(clara: VisitDriver) -> None:
    at_terminal = replace(CLARA, stored_means="")
    clara.send(ShopperIdentified(0, clara.visit.ticket, at_terminal))
    clara.send(BasketToggled(0, A), PaymentRequested(0))
    clara.price_order()
    clara.set_payment(PaymentState.SENT)
    ticket, asked = clara.visit.ticket, clara.visit.fit.revision
    assert clara.visit.pay.busy
    clara.send(MemberErased(0, ticket), SizeAdviceReceived(0, ticket, SHIRT.article, ADVICE, asked))
    assert (clara.visit.ticket, clara.visit.shopper, dict(clara.visit.fit.advice)) == (ticket, None, {})
    clara.set_payment(PaymentState.PAID)
    assert clara.visit.pay.receipt is not None, "what was paid has its receipt"


@pytest.mark.parametrize("ticket", ["1.boot.9", ""])
def test_another_visit_is_not_ended(clara: VisitDriver, ticket: str) -> None:
    before = clara.visit
    clara.send(MemberErased(0, Ticket(ticket)))
    assert (clara.visit.ticket, clara.visit.shopper) == (before.ticket, CLARA)


def test_an_empty_room_has_nothing_to_end() -> None:
    room = VisitDriver()
    room.send(MemberErased(0, room.visit.ticket))
    assert (room.visit.under_way, room.effects) == (False, [])
