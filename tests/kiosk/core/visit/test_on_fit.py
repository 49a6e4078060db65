"""Fit feedback and the fit question: both change the size advice, and are wiped with the visit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.core.domain.advice import SizeAdvice, SizeReason
from kiosk.core.domain.fit_feedback import (
    NO_BODY_FACTS,
    BodyFacts,
    FitArea,
    FitFeedback,
    FitRating,
    SizeLabel,
    SizeQuestion,
    SizeRun,
    fit_areas_of,
)
from kiosk.core.domain.garment import Garment
from kiosk.core.domain.shopper import CategorySize
from kiosk.core.scene.garment_cards import Availability, GarmentCard
from kiosk.core.visit.effects import AdviseSize, SaveFitFeedback
from kiosk.core.visit.events import (
    GarmentArrived,
    ShopperIdentified,
    SizeAdviceReceived,
    StoreBack,
    StoreLost,
)
from kiosk.core.visit.fit_form import FitMethod
from kiosk.core.visit.navigation import Page
from kiosk.core.visit.settings import SECOND_US
from kiosk.core.visit.state import Fit
from kiosk.core.visit.touches import (
    BackPressed,
    FitAnswered,
    FitField,
    FitFieldChanged,
    FitQuestionOpened,
    FitRated,
    GarmentOpened,
    LanguageChosen,
    SizeChosen,
    VisitClosed,
)
from tests.kiosk.core.garments import garment
from tests.kiosk.core.visit.visit_driver import BELT, CLARA, SHIRT, A, B, VisitDriver, visit_with

TAKE_L = SizeAdvice(("L",), 0.8, SizeReason.RUNS_SMALL, felt=FitRating.TIGHT, tried="M")
RUNS = (SizeRun("", ("S", "M", "L"), "alpha"), SizeRun("FR", ("36", "38", "40"), "alpha"))
OPEN = SizeAdvice((), 0.0, SizeReason.NOT_SURE, ask=SizeQuestion.BODY, runs=RUNS)


def on_the_shirt() -> VisitDriver:
    room = visit_with((A, SHIRT))
    room.send(GarmentOpened(0, A))
    return room


def advised(room: VisitDriver, advice: SizeAdvice) -> GarmentCard:
    question = room.last(AdviseSize)
    assert isinstance(question, AdviseSize)
    card = room.send(
        SizeAdviceReceived(0, room.visit.ticket, question.article, advice, question.learned)
    ).garment
    assert card is not None
    return card


def card_of(room: VisitDriver) -> GarmentCard:
    card = room.scene.garment
    assert card is not None
    return card


def test_a_tight_piece_leads_to_the_next_size() -> None:
    room = on_the_shirt()
    feel = card_of(room).feel
    assert feel is not None
    assert (feel.size, feel.felt, feel.spots) == ("M", None, ())
    room.send(FitRated(0, FitRating.TIGHT))
    question = room.last(AdviseSize)
    assert isinstance(question, AdviseSize)
    assert question.feels == (FitFeedback(SHIRT.style_id, "M", FitRating.TIGHT, None, SHIRT.category),)
    card = advised(room, TAKE_L)
    assert card.advice is not None
    assert (card.advice.best, card.advice.felt, card.advice.tried) == ("L", FitRating.TIGHT, "M")
    assert (card.size, card.offer) == ("L", Availability.BRING), "the size to bring is chosen, one touch away"
    assert card.feel is not None
    assert (card.feel.size, card.feel.felt, card.feel.spots) == (
        "M",
        FitRating.TIGHT,
        fit_areas_of(SHIRT.category),
    )


def test_the_area_is_the_second_touch() -> None:
    room = on_the_shirt()
    room.send(FitRated(0, FitRating.TIGHT), FitRated(0, FitRating.TIGHT, FitArea.SHOULDER))
    feel = card_of(room).feel
    assert feel is not None
    assert (feel.felt, feel.spot) == (FitRating.TIGHT, FitArea.SHOULDER)
    assert [f.spot for f in room.visit.fit.feedback] == [FitArea.SHOULDER], "one rating of each size"


def test_a_piece_that_fits_changes_no_choice() -> None:
    room = on_the_shirt()
    room.send(FitRated(0, FitRating.RIGHT, FitArea.CHEST))
    card = advised(room, SizeAdvice(("M",), 0.9, SizeReason.TRUE_TO_SIZE, felt=FitRating.RIGHT, tried="M"))
    assert (card.size, card.offer) == ("M", Availability.IN_ROOM)
    assert card.feel is not None
    assert (card.feel.felt, card.feel.spot, card.feel.spots) == (FitRating.RIGHT, None, ())


def test_feedback_can_be_withdrawn() -> None:
    room = on_the_shirt()
    room.send(FitRated(0, FitRating.LOOSE), FitRated(0, None))
    assert room.visit.fit.feedback == ()
    question = room.last(AdviseSize)
    assert isinstance(question, AdviseSize)
    assert question.feels == ()


def test_an_answer_to_an_older_question_is_dropped() -> None:
    room = on_the_shirt()
    old = room.last(AdviseSize)
    assert isinstance(old, AdviseSize)
    room.send(FitRated(0, FitRating.TIGHT))
    late = SizeAdvice(("M",), 0.9, SizeReason.TRUE_TO_SIZE)
    room.send(SizeAdviceReceived(0, room.visit.ticket, old.article, late, old.learned))
    assert card_of(room).advice is None


def test_a_size_chosen_by_touch_is_kept() -> None:
    """Advice that comes after the touch does not change the chosen size."""
    room = on_the_shirt()
    room.send(FitRated(0, FitRating.TIGHT), SizeChosen(0, "XL"))
    assert advised(room, TAKE_L).size == "XL"


@pytest.mark.parametrize("other", [garment("S1", start=60, sizes="one", size="one"), BELT])
def test_a_garment_in_one_size_cannot_be_rated(other: Garment) -> None:
    room = visit_with((A, other))
    room.send(GarmentOpened(0, A), FitRated(0, FitRating.TIGHT))
    assert card_of(room).feel is None
    assert room.visit.fit.feedback == ()


def test_an_uncertain_piece_cannot_be_rated() -> None:
    room = VisitDriver()
    room.send(GarmentArrived(0, A, SHIRT, sure=False), GarmentOpened(0, A), FitRated(0, FitRating.TIGHT))
    assert room.visit.fit.feedback == ()


def test_feedback_of_a_guest_is_not_saved() -> None:
    room = on_the_shirt()
    room.send(FitRated(0, FitRating.TIGHT))
    assert not [e for e in room.effects if isinstance(e, SaveFitFeedback)]


def test_feedback_of_a_member_is_saved_also_from_before_her_tap() -> None:
    room = on_the_shirt()
    room.send(FitRated(0, FitRating.TIGHT), ShopperIdentified(0, room.visit.ticket, CLARA))
    room.send(FitRated(0, FitRating.TIGHT, FitArea.SLEEVE), FitRated(0, None))
    kept = [(e.feel.spot, e.kept) for e in room.effects if isinstance(e, SaveFitFeedback)]
    assert kept == [(None, True), (FitArea.SLEEVE, True), (FitArea.SLEEVE, False)]


def test_after_the_store_was_away_advice_is_asked_for_with_the_feedback() -> None:
    room = on_the_shirt()
    advised(room, TAKE_L)
    room.send(StoreLost(0), FitRated(0, FitRating.LOOSE))
    room.effects.clear()
    room.send(StoreBack(0))
    question = room.last(AdviseSize)
    assert isinstance(question, AdviseSize)
    assert [f.felt for f in question.feels] == [FitRating.LOOSE]


def test_long_sleeves_are_shortened_but_long_shoes_are_not() -> None:
    sleeve = FitFeedback(SHIRT.style_id, "M", FitRating.LOOSE, FitArea.SLEEVE, "shirts")
    assert sleeve.taken_up
    assert not replace(sleeve, felt=FitRating.TIGHT).taken_up
    assert not replace(sleeve, spot=FitArea.LENGTH, category="shoes").taken_up


# The fit question.


def test_the_question_is_asked_once_and_its_answer_goes_to_the_store() -> None:
    room = on_the_shirt()
    card = advised(room, OPEN)
    assert card.advice is not None
    assert card.advice.ask is SizeQuestion.BODY
    fit = room.send(FitQuestionOpened(0)).fit
    assert room.scene.page is Page.FIT
    assert fit is not None
    assert (fit.way, fit.height, fit.weight, fit.imperial) == (FitMethod.BODY, "170", "68", False)
    room.send(
        FitFieldChanged(0, FitField.HEIGHT, 10),
        FitFieldChanged(0, FitField.HEIGHT, -1),
        FitFieldChanged(0, FitField.WEIGHT, -10),
    )
    scene = room.send(FitAnswered(0))
    assert (scene.page, scene.fit) == (Page.GARMENT, None)
    question = room.last(AdviseSize)
    assert isinstance(question, AdviseSize)
    assert question.told == BodyFacts(height_cm=179, weight_kg=58)
    again = advised(room, OPEN)
    assert again.advice is None, "once in a visit"
    room.send(FitQuestionOpened(0))
    assert room.scene.page is Page.GARMENT


@pytest.mark.parametrize("way_out", [FitAnswered(0, said=False), BackPressed(0)])
def test_the_fit_question_can_always_be_skipped(way_out: FitAnswered | BackPressed) -> None:
    room = on_the_shirt()
    advised(room, OPEN)
    asked = len([e for e in room.effects if isinstance(e, AdviseSize)])
    room.send(FitQuestionOpened(0), FitFieldChanged(0, FitField.HEIGHT, 5), way_out)
    assert room.scene.page is Page.GARMENT
    assert room.visit.fit.body == NO_BODY_FACTS
    assert len([e for e in room.effects if isinstance(e, AdviseSize)]) == asked
    assert room.scene.fit is None


def test_a_label_that_fits_answers_as_well() -> None:
    room = on_the_shirt()
    advised(room, OPEN)
    room.send(
        FitQuestionOpened(0),
        FitFieldChanged(0, FitField.WAY),
        FitFieldChanged(0, FitField.SYSTEM),
        FitFieldChanged(0, FitField.SIZE, 9),
    )
    fit = room.scene.fit
    assert fit is not None
    assert (fit.way, fit.systems, fit.system, fit.size) == (FitMethod.LABEL, ("", "FR"), "FR", "40")
    room.send(FitAnswered(0))
    assert room.visit.fit.body == BodyFacts(kind="alpha", system="FR", size="40")


def test_us_sizes_show_feet_and_pounds() -> None:
    room = on_the_shirt()
    us = replace(CLARA, language="en", sizes=(CategorySize("us-women", "8"),))
    room.send(ShopperIdentified(0, room.visit.ticket, us))
    advised(room, OPEN)
    room.send(FitQuestionOpened(0))
    fit = room.send(FitFieldChanged(0, FitField.HEIGHT, 4), FitFieldChanged(0, FitField.WEIGHT, 2)).fit
    assert fit is not None
    assert (fit.imperial, fit.height, fit.weight) == (True, "5′ 11″", "152")
    fit = room.send(FitFieldChanged(0, FitField.UNITS)).fit
    assert fit is not None
    assert (fit.imperial, fit.height) == (False, "180")


def test_fields_stop_at_their_limits() -> None:
    room = on_the_shirt()
    advised(room, replace(OPEN, runs=()))
    room.send(
        FitQuestionOpened(0),
        FitFieldChanged(0, FitField.WAY),
        FitFieldChanged(0, FitField.SYSTEM),
        FitFieldChanged(0, FitField.SIZE, -5),
    )
    fit = room.scene.fit
    assert fit is not None
    assert (fit.way, fit.systems) == (FitMethod.BODY, ()), "without labels there is one way"
    for dial in (FitField.HEIGHT, FitField.WEIGHT):
        for by in (10_000, -10_000, 0):
            room.send(FitFieldChanged(0, dial, by))
    told = room.visit.fit.form
    assert told is not None
    assert 100 < told.height_cm < 220
    assert 30 < told.weight_kg < 200


def test_sizes_are_shown_in_the_shoppers_own_system() -> None:
    room = on_the_shirt()
    labels = (SizeLabel("M", "FR", "40"), SizeLabel("M", "UK", "12"), SizeLabel("M", "US", "8"),
              SizeLabel("L", "FR", "42"), SizeLabel("L", "FR", "44"))  # fmt: skip
    card = advised(room, replace(TAKE_L, labels=labels, own="EU"))
    assert card.also == "UK 12 · US 8"
    room.send(LanguageChosen(0, "fr"))
    assert {s.size: s.also for s in card_of(room).sizes if s.also} == {"M": "FR 40", "L": "FR 42–44"}
    room.send(LanguageChosen(0, "de"))
    assert card_of(room).also == "", "the shop's own system needs no second label"


def test_fit_is_wiped_with_the_visit() -> None:
    room = on_the_shirt()
    advised(room, OPEN)
    room.send(FitRated(0, FitRating.TIGHT), FitQuestionOpened(0), FitAnswered(0), VisitClosed(0))
    room.wait(room.visit.settings.goodbye_us / SECOND_US + 1)
    visit = room.visit
    assert visit.fit == Fit()
    assert "TIGHT" not in repr(visit)
    assert B not in [p.piece_id for p in visit.pieces]
