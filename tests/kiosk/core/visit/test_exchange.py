"""A paid piece is changed for another size in the room: the request says so, and the new piece is hers afterwards."""

from __future__ import annotations

import pytest

from kiosk.core.domain.ids import PieceId
from kiosk.core.domain.payment import PaymentState
from kiosk.core.domain.service_request import RequestKind
from kiosk.core.visit.basket import WhyNot
from kiosk.core.visit.effects import SendRequest
from kiosk.core.visit.events import GarmentArrived, PieceExchanged
from kiosk.core.visit.touches import (
    AllPiecesChosen,
    BasketToggled,
    GarmentOpened,
    PaymentRequested,
    ServiceRequested,
    SizeChosen,
)
from tests.kiosk.core.garments import garment
from tests.kiosk.core.visit.visit_driver import SHIRT, A, B, VisitDriver, visit_with
from tests.optional_values import present

LARGE = PieceId("30L")


@pytest.fixture
def paid() -> VisitDriver:
    """A visit in which the shirt was paid; the coat hangs there as well."""
    room = visit_with()
    room.send(BasketToggled(0, A), PaymentRequested(0))
    room.price_order()
    room.set_payment(PaymentState.PAID)
    return room


def asked(room: VisitDriver, piece: PieceId, size: str = "L") -> SendRequest:
    room.send(GarmentOpened(0, piece), SizeChosen(0, size))
    room.send(ServiceRequested(0, RequestKind.SIZE, present(room.scene.garment).article))
    sent = room.last(SendRequest)
    assert isinstance(sent, SendRequest)
    return sent


def test_another_size_of_a_paid_piece_is_an_exchange(paid: VisitDriver) -> None:
    assert not present(paid.send(GarmentOpened(0, A)).garment).exchange
    assert present(paid.send(SizeChosen(0, "L")).garment).exchange
    assert asked(paid, A).request.instead_of == A


def test_another_size_of_a_piece_that_is_not_paid_is_none(paid: VisitDriver) -> None:
    assert asked(paid, B).request.instead_of is None
    assert not present(paid.scene.garment).exchange


def test_the_new_piece_is_hers_and_the_old_one_is_not(paid: VisitDriver) -> None:
    paid.send(GarmentArrived(0, LARGE, garment("S1", size="L")), BasketToggled(0, LARGE))
    assert paid.scene.basket.count == 1
    scene = paid.send(PieceExchanged(0, A, LARGE), GarmentArrived(0, A, SHIRT))
    reasons = {p.piece: (p.bought, p.why_not) for p in scene.pieces}
    assert reasons == {A: (False, None), B: (False, None), LARGE: (True, WhyNot.BOUGHT)}
    assert (scene.basket.count, scene.basket.total) == (0, "")
    assert paid.send(AllPiecesChosen(0)).basket.count == 2, "coat and shirt can be bought"


def test_an_exchange_of_another_shoppers_piece_changes_nothing(paid: VisitDriver) -> None:
    before = paid.visit.pay
    paid.send(PieceExchanged(0, PieceId("elsewhere"), B))
    assert paid.visit.pay == before
