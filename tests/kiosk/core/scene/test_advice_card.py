"""What the garment page offers beside the size advice: decided in the card, not in QML."""

from __future__ import annotations

from dataclasses import replace

from kiosk.core.domain.advice import SizeReason
from kiosk.core.domain.fit_feedback import FitRating, SizeQuestion
from kiosk.core.scene.garment_cards import AdviceCard

ONE_SIZE = AdviceCard(("M",), sure=True, reason=SizeReason.TRUE_TO_SIZE, usual="M", kept=0, of=0, best="M")
NO_SIZE = replace(ONE_SIZE, sizes=(), sure=False, best="")


def test_the_fit_question_is_offered_while_it_would_help() -> None:
    assert not ONE_SIZE.can_ask
    assert replace(NO_SIZE, ask=SizeQuestion.BODY).can_ask


def test_an_alteration_is_offered_where_a_tailor_would_help() -> None:
    assert not ONE_SIZE.can_alter
    assert replace(ONE_SIZE, taken_up=True, felt=FitRating.LOOSE).can_alter
    assert not NO_SIZE.can_alter
    assert replace(NO_SIZE, felt=FitRating.TIGHT).can_alter
