"""An associate states a dislike: matching suggestions leave the glass at once, and others are asked for."""

from __future__ import annotations

import pytest

from kiosk.core.clues.dislikes import Dislike, DislikeKind, dislikes_of, is_unwanted
from kiosk.core.domain.advice import LookReason, Suggestion
from kiosk.core.domain.ids import Ticket
from kiosk.core.visit.effects import FindLooks
from kiosk.core.visit.events import DislikesStated, SuggestionsReceived
from tests.kiosk.core.garments import garment
from tests.kiosk.core.visit.visit_driver import VisitDriver, visit_with

FOUND = tuple(Suggestion(garment(style), LookReason.POPULAR) for style in ("B1", "B2"))


@pytest.mark.parametrize("about", DislikeKind, ids=lambda about: about.value)
def test_what_she_does_not_want_leaves_at_once(about: DislikeKind) -> None:
    room = visit_with()
    ticket, asked = room.visit.ticket, room.visit.looks.question
    room.send(SuggestionsReceived(0, ticket, asked, FOUND))
    (stated,) = (one for one in dislikes_of(FOUND[0].garment) if one.kind is about)
    room.send(DislikesStated(0, ticket, (stated,)))
    left = [s.garment for s in room.visit.looks.suggestions]
    assert not any(is_unwanted(one, [stated]) for one in left)
    assert len(left) == sum(not stated.means(s.garment) for s in FOUND)
    assert room.visit.looks.searching
    assert isinstance(room.last(FindLooks), FindLooks)


def test_an_answer_from_before_does_not_bring_it_back() -> None:
    room = visit_with()
    ticket, asked = room.visit.ticket, room.visit.looks.question
    stated = Dislike(DislikeKind.STYLE, FOUND[0].garment.style_id)
    room.send(DislikesStated(0, ticket, (stated,)), SuggestionsReceived(0, ticket, asked, FOUND))
    assert room.visit.looks.suggestions == ()


def test_one_of_another_visit_changes_nothing() -> None:
    room: VisitDriver = visit_with()
    room.send(SuggestionsReceived(0, room.visit.ticket, room.visit.looks.question, FOUND))
    before = room.visit.looks
    room.send(DislikesStated(0, Ticket("earlier"), dislikes_of(FOUND[0].garment)))
    assert room.visit.looks == before
