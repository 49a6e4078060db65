"""How does it feel? What a shopper says of a piece, and of herself, changes the advice and is forgotten with her."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.core.domain.advice import SizeAdvice, SizeReason
from kiosk.core.domain.fit_feedback import (
    NOTHING_TOLD,
    Feel,
    Felt,
    LabelRun,
    SizeLabel,
    SizeQuestion,
    Spot,
    Told,
    spots_of,
)
from kiosk.core.domain.shopper import WornSize
from kiosk.core.scene.scene import GarmentCard, Offer
from kiosk.core.visit.effects import AdviseSize, KeepFeel
from kiosk.core.visit.events import AdviceCame, GarmentArrived, ShopperCame, StoreBack, StoreLost
from kiosk.core.visit.fit_dials import Way
from kiosk.core.visit.state import SECOND, Page
from kiosk.core.visit.touches import (
    Dial,
    FeltSaid,
    FitAsked,
    FitDialled,
    FitTold,
    GarmentOpened,
    LanguageChosen,
    SizeChosen,
    VisitClosed,
    WentBack,
)
from tests.kiosk.core.rack import garment
from tests.kiosk.core.room import BELT, CLARA, SHIRT, A, B, Room, in_the_room

TAKE_L = SizeAdvice(("L",), 0.8, SizeReason.RUNS_SMALL, felt=Felt.TIGHT, tried="M")
RUNS = (LabelRun("", ("S", "M", "L"), "alpha"), LabelRun("FR", ("36", "38", "40"), "alpha"))
OPEN = SizeAdvice((), 0.0, SizeReason.NOT_SURE, ask=SizeQuestion.BODY, runs=RUNS)


def before_the_shirt() -> Room:
    room = in_the_room((A, SHIRT))
    room.tell(GarmentOpened(0, A))
    return room


def advised(room: Room, advice: SizeAdvice) -> GarmentCard:
    question = room.last(AdviseSize)
    assert isinstance(question, AdviseSize)
    card = room.tell(AdviceCame(0, room.visit.ticket, question.gtin, advice, question.learned)).garment
    assert card is not None
    return card


def card_of(room: Room) -> GarmentCard:
    card = room.scene.garment
    assert card is not None
    return card


def test_a_little_tight_brings_the_next_size_within_reach() -> None:
    room = before_the_shirt()
    feel = card_of(room).feel
    assert feel is not None
    assert (feel.size, feel.felt, feel.spots) == ("M", None, ())
    room.tell(FeltSaid(0, Felt.TIGHT))
    question = room.last(AdviseSize)
    assert isinstance(question, AdviseSize)
    assert question.feels == (Feel(SHIRT.style_id, "M", Felt.TIGHT, None, SHIRT.category),)
    card = advised(room, TAKE_L)
    assert card.advice is not None
    assert (card.advice.best, card.advice.felt, card.advice.tried) == ("L", Felt.TIGHT, "M")
    assert (card.size, card.offer) == ("L", Offer.BRING), "the size to bring is chosen, one touch away"
    assert card.feel is not None
    assert (card.feel.size, card.feel.felt, card.feel.spots) == ("M", Felt.TIGHT, spots_of(SHIRT.category))


def test_where_is_the_second_touch_and_the_last() -> None:
    room = before_the_shirt()
    room.tell(FeltSaid(0, Felt.TIGHT), FeltSaid(0, Felt.TIGHT, Spot.SHOULDER))
    feel = card_of(room).feel
    assert feel is not None
    assert (feel.felt, feel.spot) == (Felt.TIGHT, Spot.SHOULDER)
    assert [f.spot for f in room.visit.feels] == [Spot.SHOULDER], "one word of each size"


def test_just_right_confirms_and_moves_nothing() -> None:
    room = before_the_shirt()
    room.tell(FeltSaid(0, Felt.RIGHT, Spot.CHEST))
    card = advised(room, SizeAdvice(("M",), 0.9, SizeReason.TRUE_TO_SIZE, felt=Felt.RIGHT, tried="M"))
    assert (card.size, card.offer) == ("M", Offer.IN_ROOM)
    assert card.feel is not None
    assert (card.feel.felt, card.feel.spot, card.feel.spots) == (Felt.RIGHT, None, ())


def test_what_was_said_can_be_taken_back() -> None:
    room = before_the_shirt()
    room.tell(FeltSaid(0, Felt.LOOSE), FeltSaid(0, None))
    assert room.visit.feels == ()
    question = room.last(AdviseSize)
    assert isinstance(question, AdviseSize)
    assert question.feels == ()


def test_an_answer_to_an_older_question_is_dropped() -> None:
    room = before_the_shirt()
    old = room.last(AdviseSize)
    assert isinstance(old, AdviseSize)
    room.tell(FeltSaid(0, Felt.TIGHT))
    late = SizeAdvice(("M",), 0.9, SizeReason.TRUE_TO_SIZE)
    room.tell(AdviceCame(0, room.visit.ticket, old.gtin, late, old.learned))
    assert card_of(room).advice is None


def test_the_hand_goes_before_the_advice() -> None:
    """Whoever chooses a size after saying how it feels keeps it, however late the advice comes."""
    room = before_the_shirt()
    room.tell(FeltSaid(0, Felt.TIGHT), SizeChosen(0, "XL"))
    assert advised(room, TAKE_L).size == "XL"


@pytest.mark.parametrize("other", [garment("S1", start=60, sizes="one", size="one"), BELT])
def test_what_comes_in_one_size_is_not_asked_about(other: object) -> None:
    room = in_the_room((A, other))
    room.tell(GarmentOpened(0, A), FeltSaid(0, Felt.TIGHT))
    assert card_of(room).feel is None
    assert room.visit.feels == ()


def test_what_does_not_hang_here_cannot_be_felt() -> None:
    room = Room()
    room.tell(GarmentArrived(0, A, SHIRT, sure=False), GarmentOpened(0, A), FeltSaid(0, Felt.TIGHT))
    assert room.visit.feels == ()


def test_nothing_of_a_guest_is_handed_over_to_be_kept() -> None:
    room = before_the_shirt()
    room.tell(FeltSaid(0, Felt.TIGHT))
    assert not [e for e in room.done if isinstance(e, KeepFeel)]


def test_a_members_words_are_kept_those_before_her_card_as_well() -> None:
    room = before_the_shirt()
    room.tell(FeltSaid(0, Felt.TIGHT), ShopperCame(0, room.visit.ticket, CLARA))
    room.tell(FeltSaid(0, Felt.TIGHT, Spot.SLEEVE), FeltSaid(0, None))
    kept = [(e.feel.spot, e.kept) for e in room.done if isinstance(e, KeepFeel)]
    assert kept == [(None, True), (Spot.SLEEVE, True), (Spot.SLEEVE, False)]


def test_after_the_store_was_away_all_is_asked_again_with_what_was_said() -> None:
    room = before_the_shirt()
    advised(room, TAKE_L)
    room.tell(StoreLost(0), FeltSaid(0, Felt.LOOSE))
    room.done.clear()
    room.tell(StoreBack(0))
    question = room.last(AdviseSize)
    assert isinstance(question, AdviseSize)
    assert [f.felt for f in question.feels] == [Felt.LOOSE]


def test_long_sleeves_are_taken_up_but_long_shoes_are_not() -> None:
    sleeve = Feel(SHIRT.style_id, "M", Felt.LOOSE, Spot.SLEEVE, "shirts")
    assert sleeve.taken_up
    assert not replace(sleeve, felt=Felt.TIGHT).taken_up
    assert not replace(sleeve, spot=Spot.LENGTH, category="shoes").taken_up


# The one question.


def test_one_question_is_asked_once_and_its_answer_goes_to_the_store() -> None:
    room = before_the_shirt()
    card = advised(room, OPEN)
    assert card.advice is not None
    assert card.advice.ask is SizeQuestion.BODY
    fit = room.tell(FitAsked(0)).fit
    assert room.scene.page is Page.FIT
    assert fit is not None
    assert (fit.way, fit.height, fit.weight, fit.imperial) == (Way.BODY, "170", "68", False)
    room.tell(FitDialled(0, Dial.HEIGHT, 10), FitDialled(0, Dial.HEIGHT, -1), FitDialled(0, Dial.WEIGHT, -10))
    scene = room.tell(FitTold(0))
    assert (scene.page, scene.fit) == (Page.GARMENT, None)
    question = room.last(AdviseSize)
    assert isinstance(question, AdviseSize)
    assert question.told == Told(height_cm=179, weight_kg=58)
    again = advised(room, OPEN)
    assert again.advice is None, "once in a visit"
    room.tell(FitAsked(0))
    assert room.scene.page is Page.GARMENT


@pytest.mark.parametrize("way_out", [FitTold(0, said=False), WentBack(0)])
def test_it_can_always_be_skipped(way_out: FitTold | WentBack) -> None:
    room = before_the_shirt()
    advised(room, OPEN)
    asked = len([e for e in room.done if isinstance(e, AdviseSize)])
    room.tell(FitAsked(0), FitDialled(0, Dial.HEIGHT, 5), way_out)
    assert room.scene.page is Page.GARMENT
    assert room.visit.told == NOTHING_TOLD
    assert len([e for e in room.done if isinstance(e, AdviseSize)]) == asked
    assert room.scene.fit is None


def test_a_label_that_fits_answers_as_well() -> None:
    room = before_the_shirt()
    advised(room, OPEN)
    room.tell(FitAsked(0), FitDialled(0, Dial.WAY), FitDialled(0, Dial.SYSTEM), FitDialled(0, Dial.SIZE, 9))
    fit = room.scene.fit
    assert fit is not None
    assert (fit.way, fit.systems, fit.system, fit.size) == (Way.LABEL, ("", "FR"), "FR", "40")
    room.tell(FitTold(0))
    assert room.visit.told == Told(kind="alpha", system="FR", size="40")


def test_feet_and_pounds_for_those_who_read_them() -> None:
    room = before_the_shirt()
    us = replace(CLARA, language="en", sizes=(WornSize("us-women", "8"),))
    room.tell(ShopperCame(0, room.visit.ticket, us))
    advised(room, OPEN)
    room.tell(FitAsked(0))
    fit = room.tell(FitDialled(0, Dial.HEIGHT, 4), FitDialled(0, Dial.WEIGHT, 2)).fit
    assert fit is not None
    assert (fit.imperial, fit.height, fit.weight) == (True, "5′ 11″", "152")
    fit = room.tell(FitDialled(0, Dial.UNITS)).fit
    assert fit is not None
    assert (fit.imperial, fit.height) == (False, "180")


def test_dials_stop_at_their_ends() -> None:
    room = before_the_shirt()
    advised(room, replace(OPEN, runs=()))
    room.tell(FitAsked(0), FitDialled(0, Dial.WAY), FitDialled(0, Dial.SYSTEM), FitDialled(0, Dial.SIZE, -5))
    fit = room.scene.fit
    assert fit is not None
    assert (fit.way, fit.systems) == (Way.BODY, ()), "without labels there is one way"
    for dial in (Dial.HEIGHT, Dial.WEIGHT):
        for by in (10_000, -10_000, 0):
            room.tell(FitDialled(0, dial, by))
    told = room.visit.dials
    assert told is not None
    assert 100 < told.height_cm < 220
    assert 30 < told.weight_kg < 200


def test_sizes_are_read_at_home() -> None:
    room = before_the_shirt()
    labels = (SizeLabel("M", "FR", "40"), SizeLabel("M", "UK", "12"), SizeLabel("M", "US", "8"),
              SizeLabel("L", "FR", "42"), SizeLabel("L", "FR", "44"))  # fmt: skip
    card = advised(room, replace(TAKE_L, labels=labels, own="EU"))
    assert card.also == "UK 12 · US 8"
    room.tell(LanguageChosen(0, "fr"))
    assert {s.size: s.also for s in card_of(room).sizes if s.also} == {"M": "FR 40", "L": "FR 42–44"}
    room.tell(LanguageChosen(0, "de"))
    assert card_of(room).also == "", "the shop's own system needs no other words"


def test_all_of_it_is_forgotten_with_the_visit() -> None:
    room = before_the_shirt()
    advised(room, OPEN)
    room.tell(FeltSaid(0, Felt.TIGHT), FitAsked(0), FitTold(0), VisitClosed(0))
    room.later(room.visit.manners.away_us / SECOND + 1)
    visit = room.visit
    assert (visit.feels, visit.told, visit.dials, visit.fit_asked) == ((), NOTHING_TOLD, None, False)
    assert "TIGHT" not in repr(visit)
    assert B not in [p.epc for p in visit.pieces]
