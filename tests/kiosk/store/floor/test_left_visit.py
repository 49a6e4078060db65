"""A visit that goes on for an open request alone: what the store keeps of it, and what it cancels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace

import pytest

from kiosk.core.clues.clue import ClueCardId
from kiosk.core.clues.dislikes import Dislike, DislikeKind
from kiosk.core.domain.floor.staff_message import MessageKind, MessageNote, StaffMessage
from kiosk.core.domain.ids import OrderId, RequestId, ShopperId, Ticket
from kiosk.core.domain.payment import PaymentState
from kiosk.core.domain.service_request import RequestKind, ServiceRequest
from kiosk.core.domain.shopper import Shopper, Tier
from kiosk.core.visit.effects import ReportVisit
from kiosk.core.visit.prepared.prepared_event import PreparedChanged
from kiosk.store.floor.rooms.store_visit import StoreVisit
from kiosk.store.lifecycle import Store
from tests.kiosk.store.payments.payment_steps import SHIRT
from tests.kiosk.store.payments.transactions.payment_waits import ROOM, begin, last, order_of, until
from tests.kiosk.store.sample_shop import START_US, InProcessTerminal, ManualClock
from tests.optional_values import present

TICKET = Ticket("1.aa.1")
MEMBER = Shopper(ShopperId("m-9"), Tier.PROVED, "Odile", stored_means="**** 42")
FULL = StoreVisit(
    TICKET, START_US, MEMBER, 5, "an0ther-mac", (SHIRT[0],), here=(SHIRT[0],), erased=True, clues=ClueCardId("c1"),
    dislikes=(Dislike(DislikeKind.CATEGORY, "coat"),), message=StaffMessage("m1", "Inès", "Odile, it is ready"),
    message_keys=("a-ines k1",), message_note=MessageNote("m1", "Inès", MessageKind.LINE), told_us=7,
    began_steady_us=START_US, attended=True, coupons=frozenset({"SPRING"}),
    restated=PreparedChanged(START_US, TICKET, MEMBER.shopper_id, None),
)  # fmt: skip
NOT_HERS = {
    "ticket",
    "began_us",
    "began_steady_us",
    "chosen",
    "here",
    "erased",
    "told_us",
    "message_keys",
    "attended",
}
"""What the room shows without her: what she chose, and which of it is here, is reported by the mirror, which clears it
itself. Keys of messages say nothing; without them one that is sent again would be shown again."""
LOST_S = 300
Way = Callable[[Store, ManualClock], object]


@pytest.fixture
def shop(store: Store) -> Store:
    """A room whose mirror asks for help, with all that a visit can have."""
    service = store.service
    service.report_visit(ROOM, ReportVisit(TICKET, began=True, at_us=START_US))
    service.submit_request(ROOM, ServiceRequest(RequestId("r1"), ROOM, TICKET, RequestKind.HELP, START_US))
    service.floor.room(ROOM).visit = FULL
    return store


def lost(shop: Store, clock: ManualClock) -> None:
    """The mirror is lost for long."""
    shop.tick(clock.pass_s(1))
    shop.tick(clock.pass_s(LOST_S))


def unanswered(shop: Store, _clock: ManualClock) -> None:
    """Nobody has answered the mirror's question."""
    shop.service.report_visit(ROOM, ReportVisit(TICKET, began=True, at_us=START_US, unattended=True))


def erased(shop: Store, _clock: ManualClock) -> None:
    """Its member was erased."""
    shop.service.visits.forget_erased(lambda _: False)


def name_alone(shop: Store, _clock: ManualClock) -> None:
    """The planted fault: only who she is, is dropped."""
    shop.service.floor.room(ROOM).visit = replace(FULL, shopper=None, uid_mac="")


def kept(shop: Store) -> set[str]:
    """Fields of the visit that a visit which begins would not have."""
    visit, fresh = present(shop.service.floor.room(ROOM).visit), StoreVisit(TICKET, START_US)
    return {f.name for f in fields(StoreVisit) if getattr(visit, f.name) != getattr(fresh, f.name)}


def test_the_full_visit_has_every_field(shop: Store) -> None:
    assert kept(shop) | {"ticket", "began_us"} == {f.name for f in fields(StoreVisit)}


@pytest.mark.parametrize(
    ("way", "clean"), [(lost, True), (unanswered, True), (erased, True), (name_alone, False)]
)
def test_nothing_of_her_stays(shop: Store, clock: ManualClock, way: Way, clean: bool) -> None:
    way(shop, clock)
    assert (kept(shop) <= NOT_HERS) is clean
    assert len(shop.service.requests.open_requests.all()) == 1, "the associate still comes"


@pytest.mark.parametrize("marked", [False, True], ids=["lost", "planted fault: marked, and not cancelled"])
def test_no_terminal_waits_for_a_lost_mirrors_shopper(
    shop: Store, clock: ManualClock, terminal: InProcessTerminal, marked: bool
) -> None:
    order_of(shop, ticket=TICKET)
    begin(shop, ticket=TICKET)
    until(shop, lambda: terminal.book.waiting() is not None)
    if marked:
        shop.service.visits.give_up(ROOM)
    lost(shop, clock)
    if marked:
        assert terminal.book.waiting() is not None
        return
    until(shop, lambda: terminal.book.waiting() is None)
    until(shop, lambda: last(shop, "o1").state is PaymentState.ABANDONED)
    assert shop.payments.book.is_dropped(OrderId("o1"))


def test_what_is_ordered_after_a_mirror_came_back_is_cancelled_after_another_loss_alone(
    shop: Store, clock: ManualClock
) -> None:
    lost(shop, clock)
    order_of(shop, ticket=TICKET)
    shop.tick(clock.pass_s(60))
    assert not shop.payments.book.is_dropped(OrderId("o1"))
    shop.presence.opened(ROOM, TICKET, clock())
    shop.presence.closed(ROOM)
    lost(shop, clock)
    assert shop.payments.book.is_dropped(OrderId("o1"))
