"""Visits in the rooms: begin and end, a shopper who proves herself, and how long her stored means may be used."""

from __future__ import annotations

import pytest

from kiosk.core.domain.ids import RoomId, ShopperId, Ticket
from kiosk.core.domain.shopper import Shopper, Tier
from kiosk.core.visit.effects import ReportVisit
from kiosk.store.errors import RefusedError
from kiosk.store.floor.visits import RoomVisits
from kiosk.store.lifecycle import Store
from tests.kiosk.store.sample_shop import START_US, ManualClock

ROOM, T1, T2 = RoomId("1"), Ticket("t1"), Ticket("t2")
CLARA = Shopper(ShopperId("s1"), Tier.PROVED, "Clara", "en", stored_means="card ending in 42")


@pytest.fixture
def visits(store: Store) -> RoomVisits:
    return store.service.visits


def began(ticket: Ticket) -> ReportVisit:
    return ReportVisit(ticket, began=True, at_us=START_US)


def ended(ticket: Ticket) -> ReportVisit:
    return ReportVisit(ticket, began=False, at_us=START_US)


def test_a_visit_begins_once_and_ends_the_one_before(visits: RoomVisits) -> None:
    assert visits.report(ROOM, began(T1)) == frozenset()
    assert visits.report(ROOM, began(T1)) == frozenset()
    assert visits.report(ROOM, began(T2)) == {T1}
    assert visits.report(ROOM, began(T1)) == frozenset(), "an ended visit does not begin again"
    assert visits.present(ROOM, T2).ticket == T2


def test_the_end_of_an_unknown_visit_is_kept_against_its_late_messages(visits: RoomVisits) -> None:
    visits.report(ROOM, began(T2))
    assert visits.report(ROOM, ended(T1)) == {T1}
    assert visits.present(ROOM, T2).ticket == T2
    with pytest.raises(RefusedError, match="this visit is over"):
        visits.present(ROOM, T1)


def test_a_message_before_the_report_creates_the_visit(visits: RoomVisits) -> None:
    assert visits.present(ROOM, T1).shopper is None
    assert visits.report(ROOM, began(T1)) == frozenset()


def test_a_card_without_proof_does_not_replace_a_proof(visits: RoomVisits) -> None:
    plain = Shopper(CLARA.shopper_id, Tier.STATIC)
    assert visits.identify(ROOM, T1, plain, "") == plain
    assert not visits.has_proved(ROOM, T1, CLARA.shopper_id)
    assert visits.identify(ROOM, T1, CLARA, "card") == CLARA
    assert visits.identify(ROOM, T1, plain, "") == CLARA
    assert visits.has_proved(ROOM, T1, CLARA.shopper_id)
    assert not visits.has_proved(ROOM, T1, ShopperId("s2"))
    assert not visits.has_proved(ROOM, T2, CLARA.shopper_id)


def test_the_stored_means_may_be_used_for_five_minutes_after_the_proof(
    visits: RoomVisits, clock: ManualClock
) -> None:
    assert visits.payer(ROOM, T1) is None
    visits.identify(ROOM, T1, CLARA, "card")
    assert visits.payer(ROOM, T1) == (CLARA.shopper_id, "card")
    assert visits.payer(ROOM, T2) is None
    clock.pass_s(300)
    assert visits.payer(ROOM, T1) is not None
    clock.pass_s(1)
    assert visits.payer(ROOM, T1) is None
    visits.identify(ROOM, T1, CLARA, "card")
    assert visits.payer(ROOM, T1) is not None
    visits.report(ROOM, ended(T1))
    assert visits.payer(ROOM, T1) is None


def test_without_stored_means_or_card_no_shopper_pays_with_them(visits: RoomVisits) -> None:
    visits.identify(ROOM, T1, CLARA, "")
    assert visits.payer(ROOM, T1) is None
    visits.identify(ROOM, T1, Shopper(CLARA.shopper_id, Tier.PROVED, "Clara"), "card")
    assert visits.payer(ROOM, T1) is None
