"""The language that the shopper has chosen by touch outranks that of her card, until the visit has ended."""

from __future__ import annotations

from dataclasses import replace

from kiosk.core.domain.ids import ShopperId
from kiosk.core.domain.service_request import RequestKind, RequestState
from kiosk.core.visit.events import Event, RequestChanged, ShopperIdentified
from kiosk.core.visit.state import StepResult, Visit
from kiosk.core.visit.step import step
from kiosk.core.visit.touches import LanguageChosen, ServiceRequested, VisitClosed
from tests.kiosk.core.visit.visit_driver import CLARA, SHIRT, A, VisitDriver, visit_with

ENGLISH = replace(CLARA, shopper_id=ShopperId("s2"), first_name="Ada", language="en")


def identify(room: VisitDriver, *shoppers: object) -> str:
    """The language after these members have presented their cards one after the other."""
    for shopper in shoppers:
        room.send(ShopperIdentified(0, room.visit.ticket, shopper))  # type: ignore[arg-type]
    return room.scene.language


def chosen_then_card(room: VisitDriver) -> str:
    """Deutsch is touched, then a card whose language is English is presented."""
    room.send(LanguageChosen(0, "de"))
    return identify(room, ENGLISH)


def test_a_card_does_not_change_the_language_that_was_touched() -> None:
    room = visit_with((A, SHIRT))
    assert chosen_then_card(room) == "de"
    assert (room.scene.first_name, room.scene.pieces[0].name) == ("Ada", "Hemd S1")
    assert identify(room, CLARA, ENGLISH) == "de", "nor does another card"
    assert room.send(LanguageChosen(0, "fr")).language == "fr"
    assert identify(room, CLARA) == "fr"


def test_without_a_touch_the_language_is_that_of_the_card() -> None:
    room = visit_with((A, SHIRT))
    assert identify(room, CLARA) == "de"
    assert identify(room, ENGLISH) == "en"
    assert room.send(LanguageChosen(0, "tlh")).language == "en", "an unknown language is no choice"
    assert identify(room, CLARA) == "de"


def test_the_next_visit_follows_its_card_again() -> None:
    room = visit_with((A, SHIRT))
    chosen_then_card(room)
    room.send(VisitClosed(0))
    room.wait(7)
    assert room.scene.language == room.visit.settings.language
    assert identify(room, CLARA) == "de"
    assert identify(room, ENGLISH) == "en"


def test_a_visit_that_goes_on_without_her_follows_the_next_card() -> None:
    room = visit_with((A, SHIRT))
    room.send(ServiceRequested(0, RequestKind.HELP, None, False), LanguageChosen(0, "de"))
    claimed = replace(room.visit.requests[0], state=RequestState.CLAIMED, by="Inès")
    room.send(RequestChanged(0, room.visit.ticket, claimed))
    room.wait(601 + 30)
    room.send(ShopperIdentified(0, room.visit.ticket, ENGLISH, tapped_us=room.now))
    assert room.scene.language == "en"


def test_planted_fault_a_card_that_outranks_the_touch_is_caught() -> None:
    def forgets_the_touch(visit: Visit, event: Event) -> StepResult:
        return step(replace(visit, language_chosen=False), event)

    room = visit_with((A, SHIRT))
    room.stepped = forgets_the_touch
    assert chosen_then_card(room) == "en"
