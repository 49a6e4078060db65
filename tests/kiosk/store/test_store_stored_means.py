"""Paying with the means on file: only after a fresh proof, only where that was chosen."""

from __future__ import annotations

from kiosk.core.effects import TellVisit
from kiosk.core.ids import Ticket
from kiosk.core.payment import Means
from tests.kiosk.store.at_the_till import (  # noqa: F401  # fixtures are used by name
    CLARA,
    COAT,
    SHIRT,
    TICKET,
    collect,
    ends,
    price,
    prove,
    room,
    settings,
    stream,
)


def test_a_proved_member_who_chooses_the_terminal_is_asked_for_a_card(room, stream, terminal, prove):
    prove()
    price(room)
    assert collect(room)[1]["state"] == "keyed"
    ends(stream, "sent")
    assert terminal.collected() == [0]
    terminal.tap()
    assert ends(stream, "paid")["receipt"]["paid_with"] == "terminal"


def test_a_proved_member_pays_with_the_stored_means_without_a_tap(room, stream, terminal, prove):
    prove()
    price(room)
    collect(room, means=Means.STORED)
    assert ends(stream, "paid")["receipt"]["paid_with"] == "stored"
    assert terminal.collected() == [1]


def test_a_proof_grows_old(room, clock, prove):
    prove()
    price(room)
    clock.pass_s(301)
    assert collect(room, means=Means.STORED)[1]["why"] == "not-proved"


def test_a_proof_is_of_one_visit_only(room, prove):
    prove()
    room.of_room("PUT", "/visit", TellVisit(TICKET, began=False, at_us=1))
    room.of_room("PUT", "/visit", TellVisit(Ticket("visit-2"), began=True, at_us=2))
    price(room, ticket=Ticket("visit-2"))
    assert collect(room, means=Means.STORED)[1]["why"] == "not-proved"
