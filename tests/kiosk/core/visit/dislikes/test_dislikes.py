"""An associate states a dislike: matching suggestions leave the glass at once, and others are asked for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.core.clues.dislikes import MAX_UNWANTED, Dislike, DislikeKind, dislikes_of, is_unwanted
from kiosk.core.domain.advice import LookReason, Suggestion
from kiosk.core.domain.ids import PieceId, ShopperId, Ticket
from kiosk.core.domain.shopper import Shopper, Tier
from kiosk.core.visit.effects import FindLooks
from kiosk.core.visit.events import (
    DislikesStated,
    GarmentArrived,
    MemberErased,
    ShopperIdentified,
    StoreBack,
    StoreLost,
    SuggestionsReceived,
)
from kiosk.core.visit.messages.dislike_event import DislikesWithdrawn
from tests.kiosk.core.garments import garment
from tests.kiosk.core.visit.visit_driver import VisitDriver, visit_with

NO_SHIRTS = Dislike(DislikeKind.CATEGORY, "shirts")
NO_BLUE = Dislike(DislikeKind.COLOUR, "NVY\tnavy")
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


def asked(room: VisitDriver) -> tuple[Dislike, ...]:
    """The dislikes in the last question for looks."""
    question = room.last(FindLooks)
    assert isinstance(question, FindLooks)
    return question.unwanted


def test_the_mirror_keeps_them_while_the_store_starts_again() -> None:
    """The store forgets them then: they go with each question."""
    room = visit_with()
    room.send(DislikesStated(0, room.visit.ticket, (NO_SHIRTS,)), StoreLost(0), StoreBack(0))
    assert asked(room) == (NO_SHIRTS,)
    room.send(GarmentArrived(0, PieceId("another"), FOUND[1].garment))
    assert asked(room) == (NO_SHIRTS,)


def test_stated_again_after_a_reconnection_nothing_is_asked() -> None:
    room = visit_with()
    said = DislikesStated(0, room.visit.ticket, (NO_SHIRTS,))
    room.send(said)
    before = len(room.effects)
    room.send(said, said)
    assert len(room.effects) == before


def test_what_was_wrong_may_be_offered_again() -> None:
    room = visit_with()
    ticket = room.visit.ticket
    room.send(DislikesStated(0, ticket, (NO_SHIRTS, NO_BLUE)), DislikesWithdrawn(0, ticket, (NO_SHIRTS,)))
    assert asked(room) == (NO_BLUE,)


def another_member(room: VisitDriver) -> None:
    for name in ("s1", "s2"):
        room.send(ShopperIdentified(0, room.visit.ticket, Shopper(ShopperId(name), Tier.PROVED), tapped_us=1))


def left_alone(room: VisitDriver) -> None:
    room.wait(700)


def erased(room: VisitDriver) -> None:
    room.send(MemberErased(0, room.visit.ticket))


@pytest.mark.parametrize("ends", [another_member, left_alone, erased], ids=lambda ends: ends.__name__)
def test_they_end_with_the_visit_and_with_its_member(ends: Callable[[VisitDriver], None]) -> None:
    room = visit_with()
    room.send(DislikesStated(0, room.visit.ticket, (NO_SHIRTS,)))
    ends(room)
    assert room.visit.looks.unwanted == ()


def test_no_more_are_kept_than_the_store_takes() -> None:
    room = visit_with()
    many = tuple(Dislike(DislikeKind.STYLE, str(n)) for n in range(MAX_UNWANTED + 5))
    room.send(DislikesStated(0, room.visit.ticket, many))
    assert asked(room) == many[5:]


def test_one_of_another_visit_changes_nothing() -> None:
    room: VisitDriver = visit_with()
    room.send(SuggestionsReceived(0, room.visit.ticket, room.visit.looks.question, FOUND))
    before = room.visit.looks
    room.send(DislikesStated(0, Ticket("earlier"), dislikes_of(FOUND[0].garment)))
    assert room.visit.looks == before
