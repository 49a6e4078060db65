"""A member is erased while her visit runs: the visit ends at once, and nothing of her stays on the mirror."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.core.domain.advice import SizeAdvice, SizeReason
from kiosk.core.domain.ids import ShopperId, Ticket
from kiosk.core.domain.payment import PaymentState
from kiosk.core.domain.shopper import Shopper, Tier
from kiosk.core.exchanges import EXCHANGES
from kiosk.core.visit.effects import CancelPayment, IdentifyShopper, ReportVisit, WipeVisit
from kiosk.core.visit.events import CardTapped, MemberErased, ShopperIdentified, SizeAdviceReceived
from kiosk.core.visit.step import step
from kiosk.core.visit.touches import BasketToggled, PaymentRequested
from tests.kiosk.core.visit.visit_driver import CLARA, SHIRT, A, VisitDriver, visit_with

BEA = Shopper(ShopperId("s2"), Tier.PROVED, "Bea", "en")
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


def identified(asked: IdentifyShopper, shopper: Shopper | None, at_us: int) -> ShopperIdentified:
    """The store's answer as the mirror takes it in."""
    event = EXCHANGES[IdentifyShopper].answered(asked, shopper, at_us)
    assert isinstance(event, ShopperIdentified)
    return event


def paying(member: Shopper | None) -> VisitDriver:
    """A visit whose card is being charged; `member` has proved hers."""
    room = visit_with()
    if member is not None:
        room.send(ShopperIdentified(0, room.visit.ticket, replace(member, stored_means="")))
    room.send(BasketToggled(0, A), PaymentRequested(0))
    room.price_order()
    room.set_payment(PaymentState.SENT)
    assert room.visit.pay.busy
    return room


@pytest.mark.parametrize("member", [CLARA, None], ids=["known", "first tap"])
def test_an_answer_from_before_the_erasure_does_not_bring_her_back(member: Shopper | None) -> None:
    """The store read her card, erased her, and its answer arrives after the erasure."""
    room = paying(member)
    room.send(CardTapped(0, "ntag424", "04AA"))
    asked = room.last(IdentifyShopper)
    assert isinstance(asked, IdentifyShopper)
    room.send(MemberErased(0, room.visit.ticket))
    at_us = room.now
    late, unanswered = identified(asked, CLARA, at_us), identified(asked, None, at_us)
    room.send(late, late)
    assert room.visit.shopper is None
    room.send(unanswered, late)
    assert room.visit.shopper is None
    planted = replace(late, tapped_us=at_us + 1)
    assert step(room.visit, planted)[0].shopper == CLARA, "only the time of the tap keeps her away"
    room.set_payment(PaymentState.PAID)
    room.send(late)
    assert room.visit.shopper is None


def test_another_member_may_tap_afterwards() -> None:
    room = paying(CLARA)
    room.send(MemberErased(0, room.visit.ticket), CardTapped(0, "ntag424", "04BB"))
    asked = room.last(IdentifyShopper)
    assert isinstance(asked, IdentifyShopper)
    room.send(identified(asked, BEA, room.now))
    assert room.visit.shopper == BEA
    room.send(MemberErased(0, room.visit.ticket))
    assert room.visit.shopper is None


def test_the_repeated_end_leaves_the_receipt_of_what_was_paid() -> None:
    """The store repeats the event every two seconds until the visit has ended."""
    room = paying(CLARA)
    ticket = room.visit.ticket
    room.send(MemberErased(0, ticket))
    room.set_payment(PaymentState.PAID)
    room.send(MemberErased(0, ticket), MemberErased(0, ticket))
    assert (room.visit.ticket, room.visit.pay.receipt is not None) == (ticket, True)


@pytest.mark.parametrize("ticket", ["1.boot.9", ""])
def test_another_visit_is_not_ended(clara: VisitDriver, ticket: str) -> None:
    before = clara.visit
    clara.send(MemberErased(0, Ticket(ticket)))
    assert (clara.visit.ticket, clara.visit.shopper) == (before.ticket, CLARA)


def test_an_empty_room_has_nothing_to_end() -> None:
    room = VisitDriver()
    room.send(MemberErased(0, room.visit.ticket))
    assert (room.visit.under_way, room.effects) == (False, [])
