"""The page on which a technician connects the mirror: when it is shown, what is typed, and that shoppers are spared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.visit.effects import PairMirror
from kiosk.core.visit.events import (
    CardTapped,
    Event,
    PairingAnswered,
    StoreBack,
    StoreLost,
    TapFailed,
    TapFailure,
)
from kiosk.core.visit.pairing import CODE_DIGITS, PairingKey, PairingNeed, PairingProblem, PairingStep
from kiosk.core.visit.touches import LanguageChosen, PairingKeyPressed, ScreenWoken, VisitClosed
from kiosk.pairing.exchange import CODE_DIGITS as DIGITS_OF_THE_STORE
from tests.kiosk.core.visit.visit_driver import VisitDriver, visit_with
from tests.optional_values import present

CODE = "48213907"


def keys(text: str) -> list[Event]:
    return [PairingKeyPressed(0, PairingKey(key)) for key in text]


def lost(need: PairingNeed | None) -> VisitDriver:
    room = VisitDriver()
    room.send(StoreLost(0, need))
    return room


def asked(room: VisitDriver) -> list[str]:
    return [e.code for e in room.effects if isinstance(e, PairMirror)]


def test_a_code_has_as_many_digits_as_the_stores() -> None:
    assert CODE_DIGITS == DIGITS_OF_THE_STORE


def test_the_first_start_to_the_first_visit() -> None:
    room = lost(PairingNeed.UNPAIRED)
    card = present(room.scene.pairing)
    assert (card.step, card.room, card.typed) == (PairingStep.TYPING, "1", "")
    room.send(*keys("49"), PairingKeyPressed(0, PairingKey.ERASE), *keys(CODE[1:]))
    assert asked(room) == [CODE]
    assert present(room.scene.pairing).step is PairingStep.ASKING
    room.send(*keys("1"))
    assert asked(room) == [CODE], "it is sent once"
    card = present(room.send(PairingAnswered(0, PairingProblem.WRONG_CODE)).pairing)
    assert (card.step, card.typed, card.problem) == (PairingStep.TYPING, "", PairingProblem.WRONG_CODE)
    assert present(room.send(*keys("1")).pairing).problem is None
    room.send(*keys(CODE[1:]), PairingAnswered(0, None))
    assert present(room.scene.pairing).step is PairingStep.DONE
    assert room.send(StoreBack(0)).pairing is None
    assert not room.visit.under_way


@pytest.mark.parametrize("need", [PairingNeed.REFUSED, PairingNeed.UNTRUSTED])
def test_a_shopper_sees_a_quiet_page_until_somebody_opens_it(need: PairingNeed) -> None:
    room = lost(need)
    assert present(room.scene.pairing).step is PairingStep.CLOSED
    assert present(room.send(*keys("1")).pairing).typed == "", "digits are not taken while it is closed"
    room.send(PairingKeyPressed(0, PairingKey.OPEN), *keys("12"))
    assert present(room.scene.pairing).typed == "12"
    assert present(room.wait(119).pairing).typed == "12"
    card = present(room.wait(2).pairing)
    assert (card.step, card.typed) == (PairingStep.CLOSED, "")


@pytest.mark.parametrize(
    "event",
    [
        ScreenWoken(0),
        VisitClosed(0),
        CardTapped(0, "ring", "04A1"),
        TapFailed(0, TapFailure.UNREADABLE),
        PairingKeyPressed(0, PairingKey.ONE),
        LanguageChosen(0, "ar"),
    ],
    ids=lambda event: type(event).__name__,
)
def test_no_visit_begins_on_it(event: Event) -> None:
    room = lost(PairingNeed.UNPAIRED)
    room.send(event)
    assert not room.visit.under_way
    assert room.effects == []
    # the planted fault: without a reason that a pairing ends, a touch begins a visit
    other = lost(None)
    other.send(ScreenWoken(0))
    assert other.visit.under_way


def test_its_language_is_chosen_by_the_technician() -> None:
    room = lost(PairingNeed.UNPAIRED)
    scene = room.send(LanguageChosen(0, "ar"))
    assert (scene.language, scene.right_to_left) == ("ar", True)
    assert room.send(LanguageChosen(0, "xx")).language == "ar"


def test_a_visit_under_way_goes_on_and_the_page_comes_after_it() -> None:
    room = visit_with()
    scene = room.send(StoreLost(0, PairingNeed.REFUSED))
    assert scene.pairing is None
    assert scene.notice is not None
    room.send(VisitClosed(0))
    room.wait(7)
    assert present(room.scene.pairing).step is PairingStep.CLOSED


def test_a_key_without_the_page_changes_nothing() -> None:
    room = VisitDriver()
    room.send(*keys("1"), PairingAnswered(0, None))
    assert not room.visit.under_way
    assert room.scene.pairing is None


def test_a_loss_that_no_pairing_ends_closes_the_page() -> None:
    room = lost(PairingNeed.UNTRUSTED)
    assert room.send(StoreLost(0, None)).pairing is None
    assert present(room.send(StoreLost(0, PairingNeed.REFUSED)).pairing).need is PairingNeed.REFUSED


EVENTS = st.one_of(
    st.sampled_from(PairingKey).map(lambda key: PairingKeyPressed(0, key)),
    st.sampled_from([None, *PairingProblem]).map(lambda problem: PairingAnswered(0, problem)),
    st.sampled_from([None, *PairingNeed]).map(lambda need: StoreLost(0, need)),
    st.just(StoreBack(0)),
)


@given(st.lists(EVENTS, max_size=30))
def test_whatever_happens_only_whole_codes_are_sent(events: list[Event]) -> None:
    room = VisitDriver()
    room.send(*events)
    assert all(len(code) == CODE_DIGITS and code.isdigit() for code in asked(room))
    card = room.scene.pairing
    assert card is None or (len(card.typed) == CODE_DIGITS) is (card.step is PairingStep.ASKING)
