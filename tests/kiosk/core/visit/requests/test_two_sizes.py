"""Two sizes of a garment asked for together, where the advice does not say which one fits."""

from __future__ import annotations

import pytest

from kiosk.core.domain.advice import SizeAdvice, SizeReason
from kiosk.core.domain.floor.asked_articles import articles_of
from kiosk.core.domain.floor.second_size import SecondSize
from kiosk.core.domain.ids import ArticleId
from kiosk.core.domain.service_request import RequestKind
from kiosk.core.scene.garment_cards import Availability, GarmentCard
from kiosk.core.visit.effects import SendRequest
from kiosk.core.visit.events import SizeAdviceReceived
from kiosk.core.visit.touches import GarmentOpened, ServiceRequested, SizeChosen
from tests.kiosk.core.visit.visit_driver import SHIRT, A, VisitDriver, visit_with
from tests.optional_values import present

BY_SIZE = {offer.size: offer.article for offer in SHIRT.colourway.sizes}


def unsure_between(*sizes: str, alone: bool = False) -> VisitDriver:
    """A shirt in M hangs in the room; S is on the floor, L in the stockroom, XL in another shop."""
    room = visit_with((A, SHIRT))
    advice = SizeAdvice(sizes, 0.9 if alone else 0.4, SizeReason.NOT_SURE, alone=alone)
    room.send(SizeAdviceReceived(0, room.visit.ticket, SHIRT.article, advice), GarmentOpened(0, A))
    return room


def card_of(room: VisitDriver, chosen: str) -> GarmentCard:
    return present(room.send(SizeChosen(0, chosen)).garment)


def ask(room: VisitDriver, first: str, second: ArticleId | None) -> SendRequest:
    room.send(ServiceRequested(0, RequestKind.SIZE, BY_SIZE[first], second=second))
    sent = room.last(SendRequest)
    assert isinstance(sent, SendRequest)
    return sent


@pytest.mark.parametrize(
    ("advised", "chosen", "both"),
    [
        pytest.param(("S", "L"), "S", ("S", "L"), id="both can be brought"),
        pytest.param(("L", "S"), "L", ("L", "S"), id="the chosen one first"),
        pytest.param(("M", "L"), "L", (), id="the other one hangs in the room"),
        pytest.param(("L", "XL"), "L", (), id="the other one is in another shop"),
        pytest.param(("L", "S"), "XL", (), id="another size was chosen"),
        pytest.param(("L",), "L", (), id="one size is advised"),
    ],
)
def test_both_are_offered_where_either_may_fit_and_both_are_here(
    advised: tuple[str, ...], chosen: str, both: tuple[str, ...]
) -> None:
    card = card_of(unsure_between(*advised), chosen)
    assert card.both == both
    assert card.second == (BY_SIZE[both[1]] if both else None)


def test_one_size_is_offered_where_the_advice_is_sure() -> None:
    assert card_of(unsure_between("L", "S", alone=True), "L").both == ()


def test_one_request_names_both_and_neither_is_asked_for_again() -> None:
    room = unsure_between("S", "L")
    sent = ask(room, "S", BY_SIZE["L"])
    assert sent.request.second == SecondSize(BY_SIZE["L"], "L", "stockroom")
    assert articles_of(sent.request) == (BY_SIZE["S"], BY_SIZE["L"])
    assert room.scene.requests[0].size == "S / L"
    for size in ("S", "L"):
        card = card_of(room, size)
        assert (card.offer, card.both) == (Availability.ASKED, ())


@pytest.mark.parametrize("second", [None, BY_SIZE["S"], BY_SIZE["XL"], ArticleId("none")])
def test_a_second_size_that_cannot_be_brought_is_left_out(second: ArticleId | None) -> None:
    assert ask(unsure_between("S", "L"), "S", second).request.second is None
