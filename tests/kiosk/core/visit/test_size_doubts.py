"""Advice that is no knowledge: it is never stated alone, it says so, and one question more may be asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.core.domain.advice import LookReason, SizeAdvice, SizeDoubt, SizeReason, Suggestion
from kiosk.core.domain.fit_feedback import SizeQuestion, SizeRun
from kiosk.core.domain.service_request import RequestKind
from kiosk.core.scene.garment_cards import Availability
from kiosk.core.visit.events import SuggestionsReceived
from kiosk.core.visit.fit_form import FitMethod
from kiosk.core.visit.navigation import Page
from kiosk.core.visit.touches import (
    BackPressed,
    ColourChosen,
    FitAnswered,
    FitField,
    FitFieldChanged,
    FitQuestionOpened,
    SizeChosen,
    SuggestionOpened,
)
from tests.kiosk.core.visit.test_on_fit import OPEN, advised, card_of, on_the_shirt
from tests.kiosk.core.visit.visit_driver import COAT, SHIRT, A, visit_with

RUNS = (SizeRun("", ("S", "M", "L"), "alpha"),)
DIFFER = SizeAdvice(
    ("L", "S"),
    0.9,
    SizeReason.TRUE_TO_SIZE,
    "S",
    ask=SizeQuestion.LABEL,
    runs=RUNS,
    doubt=SizeDoubt.CONTRADICTION,
)
FEW = replace(DIFFER, sizes=(), ask=SizeQuestion.NONE, doubt=SizeDoubt.FEW_ALIKE)


@pytest.mark.parametrize("doubt", [SizeDoubt.CONTRADICTION, SizeDoubt.FEW_ALIKE])
def test_a_doubt_is_never_stated_alone(doubt: SizeDoubt) -> None:
    """Not even by a store that says the first size may be."""
    card = advised(on_the_shirt(), replace(DIFFER, doubt=doubt, alone=True)).advice
    assert card is not None
    assert (card.sure, card.sizes, card.best, card.doubt) == (False, ("S", "L"), "L", doubt)
    # the planted fault: without the doubt this confidence is stated alone
    stated = advised(on_the_shirt(), replace(DIFFER, doubt=SizeDoubt.NONE)).advice
    assert stated is not None
    assert stated.sure


def test_a_contradiction_asks_for_a_size_that_fits_once() -> None:
    room = on_the_shirt()
    advised(room, OPEN)
    room.send(FitQuestionOpened(0), FitFieldChanged(0, FitField.WEIGHT, 27), FitAnswered(0))
    card = advised(room, DIFFER)
    assert card.advice is not None
    assert (card.advice.ask, card.advice.can_ask) == (SizeQuestion.LABEL, True)
    form = room.send(FitQuestionOpened(0)).fit
    assert form is not None
    assert form.way is FitMethod.LABEL
    room.send(BackPressed(0))
    after = card_of(room).advice
    assert after is not None
    assert (after.can_ask, after.sizes) == (False, ("S", "L")), "it can be skipped, and both sizes stay named"
    room.send(FitQuestionOpened(0))
    assert room.scene.page is Page.GARMENT


def test_a_skipped_question_is_not_followed_by_another() -> None:
    room = on_the_shirt()
    advised(room, OPEN)
    room.send(FitQuestionOpened(0), FitAnswered(0, said=False))
    card = advised(room, DIFFER).advice
    assert card is not None
    assert not card.can_ask


def test_too_few_answers_are_said_even_without_a_size_and_a_question() -> None:
    card = advised(on_the_shirt(), FEW).advice
    assert card is not None
    assert (card.sizes, card.doubt, card.can_ask) == ((), SizeDoubt.FEW_ALIKE, False)


def test_a_suggestion_whose_size_is_not_known_names_none_until_one_is_chosen() -> None:
    room = visit_with((A, SHIRT))
    known = Suggestion(COAT, LookReason.POPULAR)
    for found, size in ((known, "M"), (replace(known, sized=False), "")):
        scene = room.send(SuggestionsReceived(0, room.visit.ticket, 1, (found,)))
        assert [look.size for look in scene.looks] == [size]
    card = room.send(SuggestionOpened(0, COAT.item)).garment
    assert card is not None
    assert (card.size, card.offer, card.article) == ("", Availability.CHOOSE, None)
    assert not any(size.chosen for size in card.sizes)
    recoloured = room.send(ColourChosen(0, COAT.colours[1].code)).garment
    assert recoloured is not None
    assert recoloured.offer is Availability.CHOOSE
    chosen = room.send(SizeChosen(0, "L")).garment
    assert chosen is not None
    assert (chosen.size, chosen.kind) == ("L", RequestKind.PIECE)
    assert chosen.article is not None
